-- severity: warning
-- title: Biểu II.06a do đơn vị tự tổng hợp: (11) phải bằng (12) + (13)
SELECT p.period, upper(s.unit_code) AS unit_key, 'own' AS tier,
       s.field || ': (11) = ' || c11 || ', (12) + (13) = ' || (c12 + c13) || ', chênh ' || (c11 - (c12 + c13)) AS detail,
       'summaries' AS dataset, s.key
FROM summaries s JOIN checked p ON s.period IN (p.period, p.days)
WHERE c11 <> c12 + c13
ORDER BY ALL
