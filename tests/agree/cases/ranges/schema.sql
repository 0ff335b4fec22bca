CREATE TYPE floatrange AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TYPE moodrange AS RANGE (subtype = mood, multirange_type_name = moodranges);
CREATE TABLE r (id integer, i int4range, b int8range, n numrange, d daterange, ts tsrange, tz tstzrange, f floatrange, im int4multirange, dm datemultirange, m moodrange, x text, v integer, arr int4range[], dt date);
