CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (
    id          bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers,
    note        text,
    total       numeric NOT NULL
);
CREATE TABLE fills (
    id       bigint PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders,
    price    bigint NOT NULL,
    quantity bigint NOT NULL
);
