-- Orders and their fills, and two tables that are written to: one with a key, one without.
CREATE TABLE orders (
    id         bigint      PRIMARY KEY,
    account    uuid        NOT NULL,
    symbol     text        NOT NULL,
    venue      text        NOT NULL,
    quantity   bigint      NOT NULL,
    filled     bigint      NOT NULL,
    price      bigint,
    active     boolean     NOT NULL,
    parent     uuid,
    note       text,
    created_at timestamptz NOT NULL,
    closed_at  timestamptz
);

CREATE TABLE fills (
    id          bigint      PRIMARY KEY,
    order_id    bigint      NOT NULL REFERENCES orders,
    quantity    bigint      NOT NULL,
    price       bigint      NOT NULL,
    is_maker    boolean     NOT NULL,
    executed_at timestamptz NOT NULL
);
CREATE INDEX fills_of_order ON fills (order_id, id);

CREATE TABLE placed (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account    uuid        NOT NULL,
    symbol     text        NOT NULL,
    venue      text        NOT NULL,
    quantity   bigint      NOT NULL,
    price      bigint,
    active     boolean     NOT NULL,
    parent     uuid,
    note       text,
    created_at timestamptz NOT NULL
);

CREATE TABLE loaded (
    id         bigint      NOT NULL,
    account    uuid        NOT NULL,
    symbol     text        NOT NULL,
    venue      text        NOT NULL,
    quantity   bigint      NOT NULL,
    filled     bigint      NOT NULL,
    price      bigint,
    active     boolean     NOT NULL,
    parent     uuid,
    note       text,
    created_at timestamptz NOT NULL,
    closed_at  timestamptz
);
