CREATE TABLE bench_rows (
    id bigint PRIMARY KEY,
    account uuid NOT NULL,
    symbol text NOT NULL,
    venue text NOT NULL,
    quantity bigint NOT NULL,
    filled bigint NOT NULL,
    price bigint,
    active boolean NOT NULL,
    parent uuid,
    note text,
    created_at timestamptz NOT NULL,
    closed_at timestamptz
);
