-- Per unit, tier and dataset: how many units of the tier at or under it exist on
-- the cut-off day, of how many a row is known, and the newest day of any row.
WITH now AS (SELECT * FROM periods WHERE ord = 0),
known AS (
  SELECT 'dossiers' AS dataset, period, unit_key FROM known_dossiers UNION ALL
  SELECT 'documents', period, unit_key FROM known_documents UNION ALL
  SELECT 'tasks', period, unit_key FROM known_tasks UNION ALL
  SELECT 'procedures', period, unit_key FROM known_procedures UNION ALL
  SELECT 'checklist', period, unit_key FROM known_checklist
),
sets AS (SELECT DISTINCT dataset FROM (VALUES ('dossiers'), ('documents'), ('tasks'), ('procedures'), ('checklist')) v(dataset))
SELECT c.ancestor_key, coalesce(t.tier, 'all'), s.dataset,
       count(k.unit_key), count(*), max(l.day)
FROM now n
JOIN closure c ON c.period = n.period
JOIN tree t ON t.period = n.period AND t.unit_key = c.unit_key
CROSS JOIN sets s
LEFT JOIN known k ON k.period = n.period AND k.unit_key = c.unit_key AND k.dataset = s.dataset
LEFT JOIN latest l ON l.unit_key = c.unit_key AND l.dataset = s.dataset
WHERE t.standing OR k.unit_key IS NOT NULL
GROUP BY GROUPING SETS ((c.ancestor_key, t.tier, s.dataset), (c.ancestor_key, s.dataset))
ORDER BY 1, 2, 3
