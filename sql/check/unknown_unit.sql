-- severity: error
-- title: Dòng dữ liệu của đơn vị không còn trong danh mục đơn vị nên không được tính
SELECT (SELECT period FROM checked) AS period, upper(d.unit_code) AS unit_key, 'own' AS tier, 'hồ sơ của đơn vị ' || d.unit_code AS detail,
       'dossiers' AS dataset, d.key
FROM dossiers d WHERE upper(d.unit_code) NOT IN (SELECT unit_key FROM tree)
ORDER BY ALL
