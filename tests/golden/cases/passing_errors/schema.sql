CREATE TYPE state AS ENUM ('unset', 'count', 'on');

CREATE TABLE places (
    id    bigint PRIMARY KEY,
    name  text NOT NULL,
    state state NOT NULL,
    price bigint,
    seen  timestamptz,
    note  text,
    tags  text[]
);
