-- Latest result per unit and criterion.
SELECT k.unit_code, k.criterion, coalesce(k.requirement, ''), k.result, coalesce(k.note, ''), k.checked_on
FROM fact_checklist f JOIN checklist k USING (key) JOIN tree t ON t.period = f.period AND t.unit_key = f.unit_key
WHERE f.period = (SELECT period FROM periods WHERE ord = 0)
ORDER BY t.ord, k.criterion
