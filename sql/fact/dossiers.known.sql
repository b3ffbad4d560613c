-- Units of which a dossier is known by the cut-off day.
SELECT p.period, k.unit_key
FROM (SELECT upper(unit_code) AS unit_key, min(coalesce(received_at, submitted_at)) AS first_at FROM dossiers GROUP BY 1) k
JOIN periods p ON k.first_at < p.stop_at
