-- Exports that rows at or under a unit ($1) come from.
SELECT l.seq, l.file, l.sha256, l.dataset, l.as_of, CAST(sum(o.rows) AS BIGINT)
FROM origin o JOIN ledger l USING (seq)
JOIN closure c ON c.unit_key = o.unit_key AND c.period = (SELECT period FROM periods WHERE ord = 0)
WHERE c.ancestor_key = $1
GROUP BY ALL ORDER BY l.seq
