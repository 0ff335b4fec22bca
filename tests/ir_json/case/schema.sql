-- One of everything that the document can hold.
CREATE TYPE side AS ENUM ('buy', 'sell');
CREATE TYPE pair AS (base text, quote text);
CREATE DOMAIN price AS numeric(10, 2) NOT NULL CHECK (VALUE > 0);
CREATE TABLE accounts (
    id int PRIMARY KEY,
    code text UNIQUE NULLS NOT DISTINCT
);
CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account int REFERENCES accounts DEFERRABLE,
    side side NOT NULL DEFAULT 'buy',
    pairs pair[],
    price price,
    note text,
    folded text GENERATED ALWAYS AS (lower(note)) STORED,
    during int4multirange,
    CHECK (account > 0 OR note <> ''),
    EXCLUDE USING btree (note WITH =)
);
COMMENT ON TABLE orders IS 'Orders.';
COMMENT ON COLUMN orders.note IS 'A note.';
CREATE UNIQUE INDEX orders_note ON orders (lower(note), id) WHERE account > 1;
CREATE TABLE events (at timestamptz NOT NULL, what text) PARTITION BY RANGE (at);
CREATE VIEW dear AS SELECT id, price FROM orders WHERE price > 100;
CREATE MATERIALIZED VIEW totals AS SELECT side, count(*) AS n FROM orders GROUP BY side;
