-- severity: warning
-- title: Biểu II.06a do đơn vị tự tổng hợp: (7) phải bằng (8) + (9) + (10)
SELECT p.period, upper(s.unit_code) AS unit_key, 'own' AS tier,
       s.field || ': (7) = ' || c7 || ', (8) + (9) + (10) = ' || (c8 + c9 + c10) || ', chênh ' || (c7 - (c8 + c9 + c10)) AS detail,
       'summaries' AS dataset, s.key
FROM summaries s JOIN checked p ON s.period IN (p.period, p.days)
WHERE c7 <> c8 + c9 + c10
ORDER BY ALL
