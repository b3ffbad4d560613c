-- severity: warning
-- title: Biểu II.06a do đơn vị tự tổng hợp: (3) phải bằng (4) + (5) + (6)
SELECT p.period, upper(s.unit_code) AS unit_key, 'own' AS tier,
       s.field || ': (3) = ' || c3 || ', (4) + (5) + (6) = ' || (c4 + c5 + c6) || ', chênh ' || (c3 - (c4 + c5 + c6)) AS detail,
       'summaries' AS dataset, s.key
FROM summaries s JOIN checked p ON s.period IN (p.period, p.days)
WHERE c3 <> c4 + c5 + c6
ORDER BY ALL
