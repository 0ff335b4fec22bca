-- Keys and the indexes behind them.
CREATE TABLE a (id int PRIMARY KEY, b int UNIQUE, c int, d int, CONSTRAINT named UNIQUE (c, d));
CREATE TABLE b (x int, y int, z text, PRIMARY KEY (y, x) INCLUDE (z), UNIQUE NULLS NOT DISTINCT (z));
CREATE TABLE c (x int UNIQUE DEFERRABLE, y int UNIQUE DEFERRABLE INITIALLY DEFERRED, z int UNIQUE INITIALLY DEFERRED, w int UNIQUE NOT DEFERRABLE);
CREATE TABLE d (x int, y int, CONSTRAINT d_key PRIMARY KEY (x) DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE e (x int PRIMARY KEY WITH (fillfactor = 60), y int, UNIQUE (y) WITH (fillfactor = 50, deduplicate_items = off));
ALTER INDEX e_pkey SET (fillfactor = 90);
ALTER INDEX e_y_key RESET (fillfactor);
CREATE TABLE f (x int NOT NULL, y int);
CREATE UNIQUE INDEX f_x ON f (x);
ALTER TABLE f ADD CONSTRAINT f_pkey PRIMARY KEY USING INDEX f_x;
CREATE UNIQUE INDEX f_y ON f (y) WITH (fillfactor = 80);
ALTER TABLE f ADD UNIQUE USING INDEX f_y DEFERRABLE;
CREATE TABLE g (x int, y int, z int);
ALTER TABLE g ADD PRIMARY KEY (x), ADD CONSTRAINT g_yz UNIQUE (y, z);
ALTER TABLE g RENAME CONSTRAINT g_yz TO g_renamed;
ALTER TABLE g RENAME y TO why;
ALTER INDEX g_pkey RENAME TO g_primary;
CREATE TABLE h (x int PRIMARY KEY, y int UNIQUE);
ALTER TABLE h DROP CONSTRAINT h_y_key;
CREATE TABLE i (x text COLLATE "C" PRIMARY KEY, y "char" UNIQUE);
CREATE TABLE "J k" ("L m" int PRIMARY KEY, "n" int UNIQUE);
-- EXCLUDE
CREATE TABLE m (a int4range, b box, c circle, d int, e text,
    EXCLUDE USING gist (a WITH &&),
    CONSTRAINT named_exclusion EXCLUDE USING gist (b WITH &&) WHERE (d > 0),
    EXCLUDE USING gist (c WITH &&, a WITH =) DEFERRABLE INITIALLY DEFERRED,
    EXCLUDE (e WITH =, d WITH =),
    EXCLUDE USING btree (lower(e) text_pattern_ops DESC WITH =) WITH (fillfactor = 70) WHERE (e IS NOT NULL));
ALTER TABLE m ADD EXCLUDE USING hash ((d + 1) WITH =);
ALTER TABLE m RENAME d TO dd;
CREATE TABLE n (a tsrange, EXCLUDE USING gist (a range_ops WITH &&));
