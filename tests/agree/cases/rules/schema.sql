CREATE TABLE item (id integer PRIMARY KEY, name text, twice integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE TABLE trail (id integer, note text);
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
-- Rules on tables.
CREATE TABLE frozen (id integer PRIMARY KEY, v text);
CREATE RULE keep AS ON DELETE TO frozen DO INSTEAD NOTHING;
CREATE TABLE audited (id integer PRIMARY KEY, v text);
CREATE RULE note AS ON INSERT TO audited DO ALSO INSERT INTO trail VALUES (new.id, 'new');
CREATE TABLE silent (id integer PRIMARY KEY, v text);
CREATE RULE nothing AS ON INSERT TO silent DO ALSO NOTHING;
CREATE RULE later AS ON UPDATE TO silent DO ALSO NOTHING;
CREATE TABLE split (id integer PRIMARY KEY, v text);
CREATE RULE high AS ON INSERT TO split WHERE new.id > 100 DO INSTEAD INSERT INTO item VALUES (new.id, new.v);
CREATE TABLE moved (id integer PRIMARY KEY, v text);
CREATE RULE move AS ON INSERT TO moved DO INSTEAD INSERT INTO item VALUES (new.id, new.v) RETURNING id, name;
CREATE RULE gone AS ON DELETE TO moved DO INSTEAD (DELETE FROM item WHERE id = old.id; DELETE FROM trail WHERE id = old.id);
CREATE RULE told AS ON UPDATE TO moved DO INSTEAD NOTIFY moved;
CREATE TABLE freed (id integer PRIMARY KEY, v text);
CREATE RULE keep AS ON DELETE TO freed DO INSTEAD NOTHING;
DROP RULE keep ON freed;
-- Views.
CREATE VIEW v_some AS SELECT id, name, upper(name) AS up FROM item;
CREATE RULE few AS ON INSERT TO v_some WHERE new.id > 0 DO INSTEAD INSERT INTO trail VALUES (new.id, new.name);
CREATE VIEW v_ins AS SELECT id, upper(name) AS up FROM item;
CREATE TRIGGER ins INSTEAD OF INSERT ON v_ins FOR EACH ROW EXECUTE FUNCTION tf();
CREATE VIEW v_was AS SELECT id, upper(name) AS up FROM item;
CREATE TRIGGER ins INSTEAD OF INSERT ON v_was FOR EACH ROW EXECUTE FUNCTION tf();
DROP TRIGGER ins ON v_was;
CREATE VIEW v_rule AS SELECT count(*) AS n FROM item;
CREATE RULE ins AS ON INSERT TO v_rule DO INSTEAD INSERT INTO trail VALUES (new.n, '');
CREATE VIEW v_frozen AS SELECT * FROM frozen;
CREATE VIEW v_audited AS SELECT * FROM audited;
-- Defaults of a view.
CREATE VIEW d_part AS SELECT id, name, upper(name) AS up FROM item;
ALTER VIEW d_part ALTER COLUMN up SET DEFAULT 'X';
CREATE VIEW d_twice AS SELECT id, name, twice FROM item;
ALTER VIEW d_twice ALTER COLUMN twice SET DEFAULT 7;
CREATE VIEW d_none AS SELECT id, name, twice, id AS again FROM item;
