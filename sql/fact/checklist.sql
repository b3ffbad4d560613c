-- One row per unit, criterion and period: the latest result on or before the
-- cut-off day.
WITH latest AS (
  SELECT * FROM (
    SELECT p.period, k.*, upper(k.unit_code) AS unit_key,
           row_number() OVER (PARTITION BY p.period, upper(k.unit_code), upper(k.criterion) ORDER BY k.checked_on DESC) AS place
    FROM checklist k JOIN periods p ON k.checked_on <= p.to_day
  ) ranked WHERE place = 1
)
SELECT
  period, unit_key, key, key AS counted,
  reporting_month(checked_on) AS month,
  result <> 'not_applicable' AS checked,
  result = 'pass' AS passed,
  result = 'partly' AS partly,
  result = 'fail' AS failed
FROM latest
