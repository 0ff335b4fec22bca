CREATE TABLE items (
    id    bigint PRIMARY KEY,
    title text NOT NULL,
    price integer,
    sold  timestamptz
);
CREATE FUNCTION discount(price integer, percent integer) RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT price - price * percent / 100';
