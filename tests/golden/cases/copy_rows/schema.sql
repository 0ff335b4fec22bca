CREATE DOMAIN amount AS bigint CHECK (VALUE > 0);
CREATE TABLE prices (
    id     bigint PRIMARY KEY,
    symbol text NOT NULL,
    price  amount NOT NULL,
    note   text
);
