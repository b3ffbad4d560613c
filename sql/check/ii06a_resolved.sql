-- severity: error
-- title: Biểu II.06a, cột (7): tổng đã giải quyết phải bằng (8) + (9) + (10) + (10a)
SELECT period, unit_key, tier, '(7) = ' || resolved || ', (8) + (9) + (10) + (10a) = ' || (resolved_early + resolved_on_time + resolved_late + resolved_no_deadline) AS detail, NULL AS dataset, NULL AS key
FROM (SELECT period, unit_key, tier,
       sum(CASE WHEN measure = 'dossiers.resolved' THEN value ELSE 0 END) AS resolved,
       sum(CASE WHEN measure = 'dossiers.resolved_early' THEN value ELSE 0 END) AS resolved_early,
       sum(CASE WHEN measure = 'dossiers.resolved_on_time' THEN value ELSE 0 END) AS resolved_on_time,
       sum(CASE WHEN measure = 'dossiers.resolved_late' THEN value ELSE 0 END) AS resolved_late,
       sum(CASE WHEN measure = 'dossiers.resolved_no_deadline' THEN value ELSE 0 END) AS resolved_no_deadline
      FROM counts WHERE measure LIKE 'dossiers.%' GROUP BY ALL) c
WHERE resolved <> resolved_early + resolved_on_time + resolved_late + resolved_no_deadline
ORDER BY ALL
