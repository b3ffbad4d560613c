-- severity: warning
-- title: Đơn vị chưa gửi dữ liệu hồ sơ của kỳ
-- Units that stand on the cut-off day and have no unit below them, in a tier of
-- which another unit under the same parent has sent dossiers.
WITH now AS (SELECT t.* FROM tree t JOIN checked p ON p.period = t.period WHERE t.standing),
leaf AS (
  SELECT n.*, u.ancestor_key AS parent_key FROM now n
  LEFT JOIN closure u ON u.period = n.period AND u.unit_key = n.unit_key AND u.distance = 1
  WHERE NOT EXISTS (SELECT 1 FROM closure c JOIN now b ON b.unit_key = c.unit_key WHERE c.period = n.period AND c.ancestor_key = n.unit_key AND c.distance > 0)
),
known AS (SELECT k.unit_key FROM known_dossiers k JOIN checked p ON p.period = k.period)
SELECT l.period, l.unit_key, l.tier, 'không có hồ sơ nào đến ngày ' || strftime(p.to_day, '%d/%m/%Y') AS detail, NULL AS dataset, NULL AS key
FROM leaf l JOIN periods p ON p.period = l.period
WHERE l.unit_key NOT IN (SELECT unit_key FROM known)
  AND EXISTS (SELECT 1 FROM leaf o WHERE o.parent_key = l.parent_key AND o.tier = l.tier AND o.unit_key IN (SELECT unit_key FROM known))
ORDER BY ALL
