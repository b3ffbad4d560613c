-- Procedures that findings name: abolished but still posted, and level 4 without
-- a dossier received online.
SELECT t.ord, f.unit_key, p.procedure_code, coalesce(p.procedure_name, ''), coalesce(p.field, ''), f.posted_though_abolished
FROM fact_procedures f JOIN procedures p USING (key) JOIN tree t ON t.period = f.period AND t.unit_key = f.unit_key
WHERE f.period = (SELECT period FROM periods WHERE ord = 0)
  AND (f.posted_though_abolished OR (f.level_4 AND NOT f.level_4_used))
ORDER BY t.ord, p.procedure_code, p.valid_from
