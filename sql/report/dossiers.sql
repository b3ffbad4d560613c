-- Late and overdue dossiers at or under a unit ($1), by unit, due date and code.
SELECT unit_code, dossier_code, procedure, field, desk, received_at, due_at, ended_at, state, days, apology, file, sheet, line
FROM dossier_lines WHERE ancestor_key = $1 AND overdue
ORDER BY ord, due_at, key
