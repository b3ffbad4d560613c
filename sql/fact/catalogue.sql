-- The catalogue of procedures as each unit sees it: one row per period, unit and
-- catalogue row that stands for the unit. A row with applies_to stands for every
-- unit of that tier at or under its publisher; distance -1 is the unit's own row,
-- else how far up the publisher stands. The lowest distance, then the latest
-- valid_from, is in force.
SELECT c.period, c.unit_key,
       upper(r.procedure_code) AS code,
       CASE WHEN r.applies_to IS NULL THEN -1 ELSE c.distance END AS distance,
       r.*
FROM procedures r
JOIN closure c ON c.ancestor_key = upper(r.unit_code)
JOIN tree t ON t.period = c.period AND t.unit_key = c.unit_key
WHERE (r.applies_to IS NULL AND c.distance = 0)
   OR (r.applies_to = t.tier AND t.born)
