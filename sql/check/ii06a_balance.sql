-- severity: error
-- title: Biểu II.06a: tổng tiếp nhận (3) phải bằng đã giải quyết (7) + đang giải quyết (11)
SELECT period, unit_key, tier, '(3) = ' || received || ', (7) + (11) = ' || (resolved + pending) AS detail, NULL AS dataset, NULL AS key
FROM (SELECT period, unit_key, tier,
       sum(CASE WHEN measure = 'dossiers.received' THEN value ELSE 0 END) AS received,
       sum(CASE WHEN measure = 'dossiers.resolved' THEN value ELSE 0 END) AS resolved,
       sum(CASE WHEN measure = 'dossiers.pending' THEN value ELSE 0 END) AS pending
      FROM counts WHERE measure LIKE 'dossiers.%' GROUP BY ALL) c
WHERE received <> resolved + pending
ORDER BY ALL
