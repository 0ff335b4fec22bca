CREATE TABLE stock (sku text PRIMARY KEY, qty integer NOT NULL DEFAULT 0, price numeric(8, 2), seen date, dbl integer GENERATED ALWAYS AS (qty * 2) STORED);
CREATE TABLE delivery (id bigint GENERATED ALWAYS AS IDENTITY, sku varchar(20), amount smallint, cost numeric);
CREATE TABLE ident (id integer GENERATED ALWAYS AS IDENTITY, v text);
CREATE VIEW sv AS SELECT sku, qty FROM stock;
CREATE MATERIALIZED VIEW sm AS SELECT sku FROM stock;
CREATE TABLE pt (a integer, b text) PARTITION BY RANGE (a);
CREATE TABLE ruled (a integer);
CREATE RULE r AS ON INSERT TO ruled DO ALSO NOTHING;
