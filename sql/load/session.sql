-- What every fact reads besides the rows themselves. Filled by pipeline/measure:
--   periods   one row per period asked for
--   tree      the unit register on the cut-off day of each period: born by then,
--             still standing on it
--   closure   a unit and each unit above it (itself: distance 0), per period
-- Unit keys are codes in upper case: codes compare without case.
CREATE TABLE periods (ord INTEGER, period VARCHAR, from_day DATE, to_day DATE, start_at TIMESTAMP, stop_at TIMESTAMP, plan_year BIGINT);
CREATE TABLE tree (period VARCHAR, unit_key VARCHAR, tier VARCHAR, born BOOLEAN, standing BOOLEAN, ord INTEGER);
CREATE TABLE closure (period VARCHAR, unit_key VARCHAR, ancestor_key VARCHAR, distance INTEGER);
CREATE TABLE settings (deadline_instant BOOLEAN);

-- The reporting month that a day falls in, such as 2021-M09. Under nd09 it begins
-- on the 15th of the month before. reporting_month is one of the two.
CREATE MACRO month_calendar(d) AS strftime(d, '%Y-M%m');
CREATE MACRO month_nd09(d) AS strftime(CASE WHEN day(d) >= 15 THEN date_trunc('month', d) + INTERVAL 1 MONTH ELSE date_trunc('month', d) END, '%Y-M%m');
