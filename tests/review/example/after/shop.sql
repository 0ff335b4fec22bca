CREATE TYPE order_state AS ENUM ('open', 'paid', 'shipped');

CREATE TABLE customers (
    id bigint PRIMARY KEY,
    email text NOT NULL UNIQUE
);

CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers,
    state order_state NOT NULL DEFAULT 'open',
    quantity bigint NOT NULL,
    limit_price numeric
);

CREATE INDEX orders_customer ON orders (customer_id);
