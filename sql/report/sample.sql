-- A sample of dossiers received in the period at or under a unit ($1): those with
-- the smallest MD5 of seed ($2) and key, so that anyone can draw it again.
SELECT unit_code, dossier_code, procedure, field, desk, received_at, due_at, ended_at, state, days, apology, file, sheet, line
FROM dossier_lines WHERE ancestor_key = $1 AND received_in_period
ORDER BY md5($2 || key), key
LIMIT $3
