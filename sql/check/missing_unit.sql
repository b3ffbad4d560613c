-- severity: warning
-- title: Đơn vị chưa gửi dữ liệu hồ sơ của kỳ
-- Units that stand on the cut-off day, have no unit below them and sent neither
-- dossiers nor a summary, in a tier of which another unit has sent dossiers.
WITH now AS (SELECT t.* FROM tree t JOIN checked p ON p.period = t.period WHERE t.standing),
leaf AS (
  SELECT n.* FROM now n
  WHERE NOT EXISTS (SELECT 1 FROM closure c JOIN now b ON b.unit_key = c.unit_key WHERE c.period = n.period AND c.ancestor_key = n.unit_key AND c.distance > 0)
),
known AS (SELECT k.unit_key, t.tier FROM known_dossiers k JOIN checked p ON p.period = k.period JOIN tree t ON t.period = k.period AND t.unit_key = k.unit_key),
summed AS (SELECT upper(s.unit_code) AS unit_key FROM summaries s JOIN checked p ON s.period IN (p.period, p.days))
SELECT l.period, l.unit_key, l.tier, 'không có hồ sơ nào đến ngày ' || strftime(p.to_day, '%d/%m/%Y') AS detail, NULL AS dataset, NULL AS key
FROM leaf l JOIN periods p ON p.period = l.period
WHERE l.unit_key NOT IN (SELECT unit_key FROM known)
  AND l.unit_key NOT IN (SELECT unit_key FROM summed)
  AND l.tier IN (SELECT tier FROM known)
ORDER BY ALL
