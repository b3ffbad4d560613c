-- severity: error
-- title: Tổng theo lĩnh vực phải bằng số chung của đơn vị
SELECT n.period, n.unit_key, n.tier,
       n.measure || ': chung ' || n.value || ', cộng theo lĩnh vực ' || coalesce(f.value, 0) AS detail, NULL AS dataset, NULL AS key
FROM counts n LEFT JOIN (
  SELECT period, unit_key, tier, measure, CAST(sum(value) AS BIGINT) AS value FROM field_counts GROUP BY ALL
) f ON f.period = n.period AND f.unit_key = n.unit_key AND f.tier = n.tier AND f.measure = n.measure
WHERE n.measure LIKE 'dossiers.%' AND n.value <> coalesce(f.value, 0)
ORDER BY ALL
