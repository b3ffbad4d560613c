-- severity: warning
-- title: Biểu II.06a do đơn vị tự tổng hợp: (3) phải bằng (7) + (11)
SELECT p.period, upper(s.unit_code) AS unit_key, 'own' AS tier,
       s.field || ': (3) = ' || c3 || ', (7) + (11) = ' || (c7 + c11) || ', chênh ' || (c3 - (c7 + c11)) AS detail,
       'summaries' AS dataset, s.key
FROM summaries s JOIN checked p ON s.period IN (p.period, p.days)
WHERE c3 <> c7 + c11
ORDER BY ALL
