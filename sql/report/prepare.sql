-- What the reports of one period read, computed once for all its units. The
-- period is the first of periods.
CREATE TABLE picked AS
SELECT f.* FROM fact_dossiers f WHERE f.period = (SELECT period FROM periods WHERE ord = 0);

-- A dossier as lists print it, once per unit above it (ancestor_key). days is how
-- late it was, in calendar days.
CREATE VIEW dossier_lines AS
SELECT c.ancestor_key, t.ord, p.key, p.resolved_late OR p.pending_overdue AS overdue, p.received_in_period,
       d.unit_code, d.dossier_code, coalesce(d.procedure_name, d.procedure_code, '') AS procedure, coalesce(d.field, '') AS field, coalesce(d.desk, '') AS desk,
       d.received_at, d.due_at, coalesce(d.finished_at, d.returned_at) AS ended_at,
       CASE WHEN p.resolved_late THEN 'late' WHEN p.pending_overdue THEN 'overdue' WHEN p.resolved THEN 'resolved' ELSE 'pending' END AS state,
       CASE WHEN p.resolved_late THEN date_diff('day', CAST(d.due_at AS DATE), CAST(coalesce(d.finished_at, d.returned_at) AS DATE))
            WHEN p.pending_overdue THEN date_diff('day', CAST(d.due_at AS DATE), n.to_day) ELSE 0 END AS days,
       coalesce(d.apology, false) AS apology, l.file, d.sheet, d.line
FROM picked p
JOIN dossiers d USING (key)
JOIN ledger l ON l.seq = d.seq
JOIN periods n ON n.period = p.period
JOIN closure c ON c.period = p.period AND c.unit_key = p.unit_key
JOIN tree t ON t.period = p.period AND t.unit_key = p.unit_key;

-- The newest day that any row of a unit and dataset carries, not after the cut-off.
CREATE TABLE latest AS
WITH now AS (SELECT * FROM periods WHERE ord = 0)
SELECT 'dossiers' AS dataset, upper(unit_code) AS unit_key, CAST(max(greatest(
         CASE WHEN coalesce(received_at, submitted_at) < stop_at THEN coalesce(received_at, submitted_at) END,
         CASE WHEN coalesce(finished_at, returned_at) < stop_at THEN coalesce(finished_at, returned_at) END)) AS DATE) AS day
FROM dossiers CROSS JOIN now GROUP BY 2
UNION ALL
SELECT 'documents', upper(unit_code), max(CASE WHEN registered_on <= to_day THEN registered_on END) FROM documents CROSS JOIN now GROUP BY 2
UNION ALL
SELECT 'tasks', upper(unit_code), max(greatest(CASE WHEN started_on <= to_day THEN started_on END, CASE WHEN completed_on <= to_day THEN completed_on END))
FROM tasks CROSS JOIN now WHERE year = plan_year GROUP BY 2
UNION ALL
SELECT 'checklist', upper(unit_code), max(CASE WHEN checked_on <= to_day THEN checked_on END) FROM checklist CROSS JOIN now GROUP BY 2;

-- Which exports the rows of a unit come from.
CREATE TABLE origin AS
SELECT seq, unit_key, count(*) AS rows FROM (
  SELECT seq, upper(unit_code) AS unit_key FROM dossiers UNION ALL SELECT seq, upper(unit_code) FROM documents
  UNION ALL SELECT seq, upper(unit_code) FROM tasks UNION ALL SELECT seq, upper(unit_code) FROM checklist
  UNION ALL SELECT seq, upper(unit_code) FROM figures UNION ALL SELECT seq, upper(unit_code) FROM summaries
  UNION ALL SELECT seq, upper(unit_code) FROM narratives
  UNION ALL SELECT p.seq, c.unit_key FROM procedures p JOIN (SELECT DISTINCT key, unit_key FROM catalogue) c USING (key)
) every GROUP BY 1, 2;
