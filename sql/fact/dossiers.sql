-- One row per dossier and period that it touches: carried over into it, received
-- in it, or submitted in it without having been received.
-- A date stands for 00:00 of its day. The end of a dossier is when the result was
-- ready; only if that is missing, when it was handed over.
WITH
dated AS (
  SELECT d.*, upper(d.unit_code) AS unit_key,
         coalesce(d.finished_at, d.returned_at) AS ended_at,
         d.received_at IS NOT NULL AND coalesce(d.status, '') NOT IN ('submitted', 'not_accepted') AS accepted,
         upper(d.procedure_code) AS code,
         nullif(regexp_extract(upper(d.procedure_code), '^([^.]+\.[^.]+)\.', 1), '') AS base_code
  FROM dossiers d
),
touching AS (
  SELECT p.period, p.from_day, p.to_day, p.start_at, p.stop_at, d.*,
         d.accepted AND d.received_at < p.start_at AND (d.ended_at IS NULL OR d.ended_at >= p.start_at) AS carried_over,
         d.accepted AND d.received_at >= p.start_at AND d.received_at < p.stop_at AS received_in_period,
         d.submitted_at >= p.start_at AND d.submitted_at < p.stop_at AS submitted_in_period
  FROM dated d JOIN periods p
    ON (d.accepted AND d.received_at < p.stop_at AND (d.received_at >= p.start_at OR d.ended_at IS NULL OR d.ended_at >= p.start_at))
    OR (d.status IN ('submitted', 'not_accepted') AND d.submitted_at >= p.start_at AND d.submitted_at < p.stop_at)
),
-- A dossier whose export gives no level takes that of the catalogue's row in force
-- for its unit and procedure on the day of reception; a local code without a row
-- of its own takes the national one.
unlevelled AS (
  SELECT DISTINCT period, unit_key, code, base_code, CAST(received_at AS DATE) AS received_on
  FROM touching WHERE received_in_period AND service_level IS NULL AND code IS NOT NULL
),
catalogue_level AS (
  SELECT period, unit_key, code, received_on, catalogue_level FROM (
    SELECT u.period, u.unit_key, u.code, u.received_on, c.service_level AS catalogue_level,
           row_number() OVER (PARTITION BY u.period, u.unit_key, u.code, u.received_on
             ORDER BY CASE WHEN c.code = u.code THEN 0 ELSE 1 END, c.distance, c.valid_from DESC) AS place
    FROM unlevelled u JOIN catalogue c
      ON c.period = u.period AND c.unit_key = u.unit_key AND (c.code = u.code OR c.code = u.base_code)
     AND c.valid_from <= u.received_on AND (c.valid_to IS NULL OR c.valid_to > u.received_on)
  ) ranked WHERE place = 1
),
counted AS (
  SELECT t.*,
         coalesce(t.service_level, l.catalogue_level) AS level,
         t.carried_over OR t.received_in_period AS received,
         CASE WHEN s.deadline_instant THEN t.ended_at ELSE date_trunc('day', t.ended_at) END AS ended_cmp,
         CASE WHEN s.deadline_instant THEN t.due_at ELSE date_trunc('day', t.due_at) END AS due_cmp,
         t.ended_at IS NOT NULL AND t.ended_at >= t.start_at AND t.ended_at < t.stop_at AS ended_in_period,
         t.ended_at IS NULL OR t.ended_at >= t.stop_at AS open_at_stop,
         CAST(t.due_at AS DATE) AS due_day,
         coalesce(t.channel, 'unknown') AS way_in
  FROM touching t CROSS JOIN settings s
  LEFT JOIN catalogue_level l
    ON l.period = t.period AND l.unit_key = t.unit_key AND l.code = t.code AND l.received_on = CAST(t.received_at AS DATE)
)
SELECT
  period, unit_key, key, key AS counted,
  coalesce(field, '') AS field, coalesce(desk, '') AS desk, coalesce(code, '') AS procedure,
  coalesce(reporting_month(CAST(coalesce(received_at, submitted_at) AS DATE)), '') AS month,
  carried_over,
  received_in_period,
  received,
  received_in_period AND way_in = 'online' AS received_online,
  received_in_period AND way_in = 'counter' AS received_counter,
  received_in_period AND way_in = 'post' AS received_post,
  received_in_period AND way_in NOT IN ('online', 'counter', 'post') AS received_channel_unknown,
  received AND ended_in_period AS resolved,
  received AND ended_in_period AND due_at IS NOT NULL AND ended_cmp < due_cmp AS resolved_early,
  received AND ended_in_period AND due_at IS NOT NULL AND ended_cmp = due_cmp AS resolved_on_time,
  received AND ended_in_period AND due_at IS NOT NULL AND ended_cmp > due_cmp AS resolved_late,
  received AND ended_in_period AND due_at IS NULL AS resolved_no_deadline,
  received AND ended_in_period AND CAST(ended_at AS DATE) = CAST(received_at AS DATE) AS resolved_same_day,
  received AND ended_in_period AND coalesce(status = 'withdrawn', false) AS resolved_withdrawn,
  received AND ended_in_period AND coalesce(status = 'refused', false) AS resolved_refused,
  received AND ended_in_period AND coalesce(status = 'stopped', false) AS resolved_stopped,
  received AND open_at_stop AS pending,
  received AND open_at_stop AND due_at IS NOT NULL AND due_day >= to_day AS pending_within_due,
  received AND open_at_stop AND due_at IS NOT NULL AND due_day < to_day AS pending_overdue,
  received AND open_at_stop AND due_at IS NULL AS pending_no_deadline,
  received_in_period AND coalesce(level IN (3, 4), false) AS offered_online,
  received_in_period AND way_in = 'online' AND coalesce(level = 3, false) AS online_level_3,
  received_in_period AND way_in = 'online' AND coalesce(level = 4, false) AS online_level_4,
  received_in_period AND way_in = 'online' AND coalesce(level IN (3, 4), false) AS online_level_3_4,
  received_in_period AND (way_in = 'post' OR coalesce(return_channel = 'post', false)) AS by_post,
  received AND ended_in_period AND coalesce(return_channel = 'post', false) AS returned_by_post,
  received AND ended_in_period AND coalesce(result_attached, false) AS result_attached,
  received_in_period AND coalesce(digitised, false) AS digitised,
  received_in_period AND coalesce(has_fee, false) AS with_fee,
  received_in_period AND coalesce(has_fee, false) AND coalesce(paid_online, false) AS paid_online,
  received AND coalesce(apology, false) AND due_at IS NOT NULL
    AND ((ended_in_period AND ended_cmp > due_cmp) OR (open_at_stop AND due_day < to_day)) AS late_with_apology,
  coalesce(status = 'submitted', false) AND coalesce(submitted_in_period, false) AS awaiting_reception,
  coalesce(status = 'not_accepted', false) AND coalesce(submitted_in_period, false) AS not_accepted
FROM counted
