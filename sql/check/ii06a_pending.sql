-- severity: error
-- title: Biểu II.06a, cột (11): tổng đang giải quyết phải bằng (12) + (13) + (13a)
SELECT period, unit_key, tier, '(11) = ' || pending || ', (12) + (13) + (13a) = ' || (pending_within_due + pending_overdue + pending_no_deadline) AS detail, NULL AS dataset, NULL AS key
FROM (SELECT period, unit_key, tier,
       sum(CASE WHEN measure = 'dossiers.pending' THEN value ELSE 0 END) AS pending,
       sum(CASE WHEN measure = 'dossiers.pending_within_due' THEN value ELSE 0 END) AS pending_within_due,
       sum(CASE WHEN measure = 'dossiers.pending_overdue' THEN value ELSE 0 END) AS pending_overdue,
       sum(CASE WHEN measure = 'dossiers.pending_no_deadline' THEN value ELSE 0 END) AS pending_no_deadline
      FROM counts WHERE measure LIKE 'dossiers.%' GROUP BY ALL) c
WHERE pending <> pending_within_due + pending_overdue + pending_no_deadline
ORDER BY ALL
