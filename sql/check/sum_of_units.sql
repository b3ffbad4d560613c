-- severity: error
-- title: Số của đơn vị phải bằng số của chính đơn vị cộng các đơn vị trực thuộc
-- Additive datasets only: procedures count distinct codes. A unit's "all" is its
-- own rows plus the "all" of the units directly below it.
WITH below AS (
  SELECT n.period, c.ancestor_key AS unit_key, n.measure, CAST(sum(n.value) AS BIGINT) AS value
  FROM counts n JOIN closure c ON c.period = n.period AND c.unit_key = n.unit_key AND c.distance = 1
  WHERE n.tier = 'all' GROUP BY ALL
)
SELECT n.period, n.unit_key, n.tier,
       n.measure || ': ' || n.value || ', của chính đơn vị ' || coalesce(o.value, 0) || ', các đơn vị trực thuộc ' || coalesce(b.value, 0) AS detail,
       NULL AS dataset, NULL AS key
FROM counts n
LEFT JOIN own_counts o ON o.period = n.period AND o.unit_key = n.unit_key AND o.measure = n.measure
LEFT JOIN below b ON b.period = n.period AND b.unit_key = n.unit_key AND b.measure = n.measure
WHERE n.tier = 'all' AND n.measure NOT LIKE 'procedures.%' AND n.value <> coalesce(o.value, 0) + coalesce(b.value, 0)
ORDER BY ALL
