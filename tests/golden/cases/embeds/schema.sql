CREATE TABLE orders (id bigint PRIMARY KEY, symbol text NOT NULL);
CREATE TABLE fills (id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, amount bigint NOT NULL);
