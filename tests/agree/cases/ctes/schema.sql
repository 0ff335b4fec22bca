CREATE TABLE node (id integer PRIMARY KEY, parent integer REFERENCES node (id), label text, w numeric(5, 1));
CREATE TABLE log (id bigserial PRIMARY KEY, node_id integer, note varchar(20), at timestamptz DEFAULT now());
CREATE SCHEMA other;
CREATE TABLE other.node (k text);
