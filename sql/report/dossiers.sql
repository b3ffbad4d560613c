-- Lists of dossiers at or under a unit ($1): late or overdue ones by unit, due
-- date and code.
SELECT d.unit_code, d.dossier_code, coalesce(d.procedure_name, d.procedure_code, ''), coalesce(d.field, ''), coalesce(d.desk, ''),
       d.received_at, d.due_at, coalesce(d.finished_at, d.returned_at),
       CASE WHEN p.resolved_late THEN 'late' WHEN p.pending_overdue THEN 'overdue' WHEN p.resolved THEN 'resolved' ELSE 'pending' END AS state,
       CASE WHEN p.resolved_late THEN date_diff('day', CAST(d.due_at AS DATE), CAST(coalesce(d.finished_at, d.returned_at) AS DATE))
            WHEN p.pending_overdue THEN date_diff('day', CAST(d.due_at AS DATE), n.to_day) ELSE 0 END AS days,
       coalesce(d.apology, false), l.file, d.sheet, d.line
FROM picked p
JOIN dossiers d USING (key)
JOIN ledger l ON l.seq = d.seq
JOIN periods n ON n.period = p.period
JOIN closure c ON c.period = p.period AND c.unit_key = p.unit_key
JOIN tree t ON t.period = p.period AND t.unit_key = p.unit_key
WHERE c.ancestor_key = $1 AND (p.resolved_late OR p.pending_overdue)
ORDER BY t.ord, d.due_at, d.key
