CREATE TYPE side AS ENUM ('buy', 'sell');

CREATE TABLE orders (
    id     bigint PRIMARY KEY,
    symbol text    NOT NULL,
    side   side    NOT NULL,
    price  bigint,
    closed boolean,
    at     point,
    note   text,
    doc    json,
    proof  bytea,
    tags   text[]  NOT NULL
);
