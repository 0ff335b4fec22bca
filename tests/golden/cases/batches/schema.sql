CREATE DOMAIN amount AS bigint CHECK (VALUE > 0);
CREATE TYPE side AS ENUM ('buy', 'sell');
CREATE TABLE fills (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    symbol   varchar(12) NOT NULL,
    side     side NOT NULL,
    quantity amount NOT NULL,
    note     text,
    at       timestamptz NOT NULL DEFAULT '2024-05-01 12:00:00+00'
);
