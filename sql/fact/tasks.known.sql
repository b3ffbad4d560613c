-- Units that have a plan for the year of the cut-off day.
SELECT DISTINCT p.period, upper(t.unit_code) AS unit_key
FROM tasks t JOIN periods p ON t.year = p.plan_year
