-- Units that were checked on or before the cut-off day.
SELECT DISTINCT p.period, upper(k.unit_code) AS unit_key
FROM checklist k JOIN periods p ON k.checked_on <= p.to_day
