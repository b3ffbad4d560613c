-- Units' own II.06 tables of the period ($1, $2).
SELECT s.unit_code, s.field, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13
FROM summaries s JOIN tree t ON t.unit_key = upper(s.unit_code) AND t.period = (SELECT period FROM periods WHERE ord = 0)
WHERE s.period IN ($1, $2) ORDER BY t.ord, s.line
