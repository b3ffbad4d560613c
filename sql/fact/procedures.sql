-- One row per catalogue row, unit and period for which it says something: it is in
-- force on the cut-off day, came into force in the period, or ceased in it.
-- Not additive: what is counted is the procedure's code, once per unit and tier.
WITH
-- The days on which it matters which row is in force.
days AS (
  SELECT DISTINCT c.period, c.unit_key, c.code, p.to_day AS day FROM catalogue c JOIN periods p ON p.period = c.period
  UNION
  SELECT c.period, c.unit_key, c.code, c.valid_from FROM catalogue c JOIN periods p ON p.period = c.period
  WHERE c.valid_from BETWEEN p.from_day AND p.to_day
  UNION
  SELECT c.period, c.unit_key, c.code, CAST(c.valid_to - INTERVAL 1 DAY AS DATE) FROM catalogue c JOIN periods p ON p.period = c.period
  WHERE c.valid_to BETWEEN p.from_day AND p.to_day
),
in_force AS (
  SELECT period, unit_key, code, day, key FROM (
    SELECT d.period, d.unit_key, d.code, d.day, c.key,
           row_number() OVER (PARTITION BY d.period, d.unit_key, d.code, d.day ORDER BY c.distance, c.valid_from DESC) AS place
    FROM days d JOIN catalogue c
      ON c.period = d.period AND c.unit_key = d.unit_key AND c.code = d.code
     AND c.valid_from <= d.day AND (c.valid_to IS NULL OR c.valid_to > d.day)
  ) ranked WHERE place = 1
),
at_cut_off AS (
  SELECT f.period, f.unit_key, f.code, f.key FROM in_force f JOIN periods p ON p.period = f.period AND p.to_day = f.day
),
-- Procedures for which a dossier was received online in the period at the unit. A
-- local code without a row in force on the cut-off day stands for the national one.
used AS (
  SELECT DISTINCT o.period, o.unit_key, CASE WHEN a.code IS NOT NULL THEN o.code ELSE o.base_code END AS code
  FROM (
    SELECT DISTINCT p.period, upper(d.unit_code) AS unit_key, upper(d.procedure_code) AS code,
           nullif(regexp_extract(upper(d.procedure_code), '^([^.]+\.[^.]+)\.', 1), '') AS base_code
    FROM dossiers d JOIN periods p ON d.received_at >= p.start_at AND d.received_at < p.stop_at
    WHERE d.channel = 'online' AND coalesce(d.status, '') NOT IN ('submitted', 'not_accepted')
  ) o LEFT JOIN at_cut_off a ON a.period = o.period AND a.unit_key = o.unit_key AND a.code = o.code
),
flagged AS (
  SELECT c.*, p.from_day, p.to_day,
         a.key IS NOT NULL AS now,
         u.code IS NOT NULL AS is_used,
         coalesce(c.valid_from BETWEEN p.from_day AND p.to_day AND born.key IS NOT NULL, false) AS came,
         coalesce(c.valid_to BETWEEN p.from_day AND p.to_day AND died.key IS NOT NULL AND other.key IS NULL, false) AS ceased
  FROM catalogue c
  JOIN periods p ON p.period = c.period
  LEFT JOIN at_cut_off a ON a.period = c.period AND a.unit_key = c.unit_key AND a.code = c.code AND a.key = c.key
  LEFT JOIN at_cut_off other ON other.period = c.period AND other.unit_key = c.unit_key AND other.code = c.code
  LEFT JOIN used u ON u.period = c.period AND u.unit_key = c.unit_key AND u.code = c.code
  LEFT JOIN in_force born ON born.period = c.period AND born.unit_key = c.unit_key AND born.code = c.code
        AND born.key = c.key AND born.day = c.valid_from
  LEFT JOIN in_force died ON died.period = c.period AND died.unit_key = c.unit_key AND died.code = c.code
        AND died.key = c.key AND died.day = CAST(c.valid_to - INTERVAL 1 DAY AS DATE)
)
SELECT
  period, unit_key, key, code AS counted,
  coalesce(field, '') AS field, code AS procedure, reporting_month(valid_from) AS month,
  now AS total,
  now AND coalesce(one_stop, false) AS one_stop,
  now AND coalesce(interlinked, false) AS interlinked,
  now AND coalesce(postal, false) AS postal,
  now AND coalesce(posted, false) AS posted,
  now AND coalesce(service_level = 2, false) AS level_2,
  now AND coalesce(service_level = 3, false) AS level_3,
  now AND coalesce(service_level = 4, false) AS level_4,
  now AND coalesce(service_level IN (3, 4), false) AS level_3_4,
  now AND is_used AND coalesce(service_level IN (3, 4), false) AS level_3_4_used,
  now AND is_used AND coalesce(service_level = 4, false) AS level_4_used,
  now AND coalesce(committed_days * 10 <= statutory_days * 8, false) AS time_cut_20,
  came AND coalesce(change = 'new', false) AS issued,
  came AND coalesce(change = 'amended', false) AS amended,
  ceased AS abolished,
  ceased AND coalesce(posted, false) AS posted_though_abolished
FROM flagged
WHERE now OR came OR ceased
