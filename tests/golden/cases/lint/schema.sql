CREATE TABLE orders (id bigint PRIMARY KEY, symbol text NOT NULL, amount integer);
CREATE TABLE fills (id bigint PRIMARY KEY, order_id bigint, code varchar(10));
CREATE INDEX fills_code ON fills (code);
CREATE UNIQUE INDEX fills_lower ON fills (lower(code));
CREATE TABLE tags (name text, weight numeric PRIMARY KEY, order_id bigint, UNIQUE (name, order_id));
CREATE UNIQUE INDEX tags_live ON tags (name) WHERE weight > 0;
