-- severity: error
-- title: Biểu II.06a, cột (3): tổng tiếp nhận phải bằng (4) + (5) + (5a) + (6)
SELECT period, unit_key, tier, '(3) = ' || received || ', (4) + (5) + (5a) + (6) = ' || (received_online + received_counter + received_post + received_channel_unknown + carried_over) AS detail, NULL AS dataset, NULL AS key
FROM (SELECT period, unit_key, tier,
       sum(CASE WHEN measure = 'dossiers.received' THEN value ELSE 0 END) AS received,
       sum(CASE WHEN measure = 'dossiers.received_online' THEN value ELSE 0 END) AS received_online,
       sum(CASE WHEN measure = 'dossiers.received_counter' THEN value ELSE 0 END) AS received_counter,
       sum(CASE WHEN measure = 'dossiers.received_post' THEN value ELSE 0 END) AS received_post,
       sum(CASE WHEN measure = 'dossiers.received_channel_unknown' THEN value ELSE 0 END) AS received_channel_unknown,
       sum(CASE WHEN measure = 'dossiers.carried_over' THEN value ELSE 0 END) AS carried_over
      FROM counts WHERE measure LIKE 'dossiers.%' GROUP BY ALL) c
WHERE received <> received_online + received_counter + received_post + received_channel_unknown + carried_over
ORDER BY ALL
