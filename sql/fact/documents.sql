-- One row per document and period in which it was registered. Secret documents
-- are set aside: they count in secret alone.
WITH registered AS (
  SELECT p.period, p.to_day, CAST(p.stop_at AS DATE) AS stop_day, d.*,
         upper(d.unit_code) AS unit_key,
         NOT coalesce(d.secret, false) AS open,
         coalesce(d.electronic, false) AS is_electronic,
         coalesce(d.processed_online, false) AS is_processed,
         coalesce(d.signed_by_organ, false) AS by_organ,
         coalesce(d.signed_by_person, false) AS by_person
  FROM documents d JOIN periods p ON d.registered_on >= p.from_day AND d.registered_on <= p.to_day
)
SELECT
  period, unit_key, key, key AS counted,
  reporting_month(registered_on) AS month,
  open AS total,
  open AND direction = 'in' AS incoming,
  open AND direction = 'out' AS outgoing,
  open AND is_electronic AS electronic,
  open AND is_processed AS processed_online,
  open AND is_processed AND (by_organ OR by_person) AS processed_online_signed,
  open AND (by_organ OR by_person) AS signed,
  open AND by_organ AS signed_by_organ,
  open AND by_person AS signed_by_person,
  open AND direction = 'out' AND is_electronic AS outgoing_electronic,
  open AND direction = 'out' AND (by_organ OR by_person) AS outgoing_signed,
  open AND direction = 'out' AND is_electronic AND by_person AS outgoing_signed_by_person,
  open AND direction = 'in' AND coalesce(assigned_on < stop_day, false) AS incoming_assigned,
  open AND work_file IS NOT NULL AS filed,
  open AND due_on IS NOT NULL AS with_due,
  open AND coalesce(finished_on <= due_on AND finished_on < stop_day, false) AS finished_on_time,
  open AND coalesce((due_on < to_day AND (finished_on IS NULL OR finished_on > to_day))
    OR (finished_on <= to_day AND finished_on > due_on), false) AS overdue,
  NOT open AS secret
FROM registered
