-- severity: error
-- title: Hồ sơ kỳ trước chuyển qua phải bằng hồ sơ đang giải quyết cuối kỳ trước
-- Counted from the same rows, so a difference is a fault of the program or of a
-- unit whose register rows changed in between.
SELECT n.period, n.unit_key, n.tier,
       'kỳ trước chuyển qua ' || n.value || ', đang giải quyết cuối kỳ ' || b.period || ' là ' || b.value AS detail, NULL AS dataset, NULL AS key
FROM counts n JOIN before_counts b ON b.unit_key = n.unit_key AND b.tier = n.tier AND b.measure = 'dossiers.pending'
WHERE n.measure = 'dossiers.carried_over' AND n.value <> b.value
ORDER BY ALL
