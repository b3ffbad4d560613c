-- Declared figures of the period, under any of its names ($1, $2).
SELECT f.unit_code, f.code, CAST(f.value * 1000000 AS BIGINT), CAST(f.numerator * 1000000 AS BIGINT), CAST(f.denominator * 1000000 AS BIGINT),
       coalesce(f.evidence, ''), coalesce(f.entered_by, ''), f.entered_on
FROM figures f JOIN tree t ON t.unit_key = upper(f.unit_code) AND t.period = (SELECT period FROM periods WHERE ord = 0)
WHERE f.period IN ($1, $2) ORDER BY t.ord, lower(f.code), f.period
