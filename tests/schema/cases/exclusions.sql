-- Operators of EXCLUDE.
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE t (id int, during tsrange, at point, v varchar(4), j json, m mood, b box);
ALTER TABLE t ADD EXCLUDE USING gist (during WITH &&);
ALTER TABLE t ADD EXCLUDE USING gist (b WITH &&, during WITH =) WHERE (id > 0);
ALTER TABLE t ADD EXCLUDE USING gist (tsrange(lower(during), upper(during)) WITH OPERATOR(pg_catalog.&&));
ALTER TABLE t ADD EXCLUDE (id WITH =);
ALTER TABLE t ADD EXCLUDE (v WITH =, m WITH =, (id + 1) WITH =);
ALTER TABLE t ADD EXCLUDE USING hash (m WITH =);
ALTER TABLE t ADD EXCLUDE (id WITH &&);
ALTER TABLE t ADD EXCLUDE USING gist (during WITH @@);
ALTER TABLE t ADD EXCLUDE (lower(v) WITH <@);
ALTER TABLE t ADD EXCLUDE (nosuch WITH =);
CREATE TABLE u (id int, EXCLUDE USING btree (id WITH =));
