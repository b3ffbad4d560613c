-- What offices wrote for the sections of their report of the period ($1, $2).
SELECT unit_code, section, text FROM narratives WHERE period IN ($1, $2) ORDER BY upper(unit_code), upper(section), period
