-- One row per task and period whose cut-off day lies in the plan's year.
WITH planned AS (
  SELECT p.period, p.to_day, CAST(p.stop_at AS DATE) AS stop_day, t.*, upper(t.unit_code) AS unit_key,
         CASE WHEN t.completed_on IS NULL THEN coalesce(t.status = 'completed', false)
              ELSE t.completed_on < CAST(p.stop_at AS DATE) END AS done,
         CASE WHEN t.started_on IS NULL THEN coalesce(t.status = 'in_progress', false)
              ELSE t.started_on < CAST(p.stop_at AS DATE) END AS begun
  FROM tasks t JOIN periods p ON t.year = p.plan_year
)
SELECT
  period, unit_key, key, key AS counted,
  coalesce(reporting_month(due_on), '') AS month,
  true AS total,
  done AS completed,
  done AND coalesce(completed_on > due_on, false) AS completed_late,
  NOT done AND begun AS in_progress,
  NOT done AND NOT begun AS not_started,
  done OR begun AS done_or_ongoing,
  NOT done AND coalesce(due_on < to_day, false) AS overdue
FROM planned
