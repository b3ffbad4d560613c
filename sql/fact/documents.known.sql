-- Units of which a document is known by the cut-off day.
SELECT p.period, k.unit_key
FROM (SELECT upper(unit_code) AS unit_key, min(registered_on) AS first_on FROM documents GROUP BY 1) k
JOIN periods p ON k.first_on <= p.to_day
