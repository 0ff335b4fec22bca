CREATE TABLE bench_orders (
    id bigint NOT NULL,
    account uuid NOT NULL,
    symbol text NOT NULL,
    quantity bigint NOT NULL,
    price bigint,
    active boolean NOT NULL,
    note text,
    created_at timestamptz NOT NULL
);
CREATE TABLE bench_fills (
    id bigint NOT NULL,
    account uuid NOT NULL,
    symbol text NOT NULL,
    venue text NOT NULL,
    quantity bigint NOT NULL,
    price bigint,
    fee double precision NOT NULL,
    active boolean NOT NULL,
    note text,
    filled_at timestamptz NOT NULL
);
CREATE TABLE bench_quotes (
    id bigint, book bigint, venue integer, account uuid, parent uuid, symbol text, note text,
    active boolean, rate double precision, opened_at timestamptz, closed_at timestamptz, size bigint
);
