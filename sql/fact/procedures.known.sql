-- Units for which a catalogue row stands that is valid from the cut-off day or
-- earlier.
SELECT DISTINCT c.period, c.unit_key
FROM catalogue c JOIN periods p ON p.period = c.period AND c.valid_from <= p.to_day
