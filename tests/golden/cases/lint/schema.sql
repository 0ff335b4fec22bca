CREATE TABLE orders (id bigint PRIMARY KEY, symbol text NOT NULL, amount integer);
CREATE TABLE fills (id bigint PRIMARY KEY, order_id bigint, code varchar(10));
CREATE INDEX fills_code ON fills (code);
