-- The order ledger of a trading worker.
--
-- Amounts are integers: quantities in the smallest unit of the base asset, prices in the smallest
-- unit of the quote asset per unit of quantity. Sums of them are exact.

CREATE TYPE order_side AS ENUM ('BUY', 'SELL');
CREATE TYPE order_type AS ENUM ('MARKET', 'LIMIT');
CREATE TYPE order_status AS ENUM
    ('NEW', 'SUBMITTED', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'REJECTED');

CREATE TABLE instruments (
    exchange     text    NOT NULL,
    symbol       text    NOT NULL,
    base_asset   text    NOT NULL,
    quote_asset  text    NOT NULL,
    base_scale   integer NOT NULL CHECK (base_scale BETWEEN 0 AND 18),
    quote_scale  integer NOT NULL CHECK (quote_scale BETWEEN 0 AND 18),
    min_quantity bigint  NOT NULL DEFAULT 1 CHECK (min_quantity > 0),
    is_active    boolean NOT NULL DEFAULT true,
    PRIMARY KEY (exchange, symbol)
);
COMMENT ON TABLE instruments IS 'What can be traded, and in which units.';
COMMENT ON COLUMN instruments.base_scale IS 'Decimal places of quantity_base.';
COMMENT ON COLUMN instruments.quote_scale IS 'Decimal places of price_quote.';

CREATE TABLE orders (
    id                uuid         PRIMARY KEY DEFAULT gen_random_uuid(),
    exchange          text         NOT NULL,
    symbol            text         NOT NULL,
    side              order_side   NOT NULL,
    type              order_type   NOT NULL,
    quantity_base     bigint       NOT NULL CHECK (quantity_base > 0),
    price_quote       bigint       CHECK (price_quote > 0),
    status            order_status NOT NULL DEFAULT 'NEW',
    exchange_order_id text,
    idempotency_key   text,
    created_at        timestamptz  NOT NULL DEFAULT now(),
    updated_at        timestamptz  NOT NULL DEFAULT now(),
    FOREIGN KEY (exchange, symbol) REFERENCES instruments (exchange, symbol),
    CONSTRAINT orders_limit_has_price CHECK ((type = 'LIMIT') = (price_quote IS NOT NULL))
);
COMMENT ON TABLE orders IS 'An order and what has become of it.';
COMMENT ON COLUMN orders.quantity_base IS 'Quantity in units of the base asset.';
COMMENT ON COLUMN orders.price_quote IS 'Limit price; absent for market orders.';
COMMENT ON COLUMN orders.exchange_order_id IS 'Absent until the exchange has accepted the order.';
COMMENT ON COLUMN orders.idempotency_key IS 'Given by the caller; a retry with it creates nothing new.';

CREATE UNIQUE INDEX idx_orders_exchange_order_id ON orders (exchange, exchange_order_id);
CREATE UNIQUE INDEX idx_orders_idempotency_key ON orders (idempotency_key);
CREATE INDEX idx_orders_open ON orders (symbol, created_at, id)
    WHERE status IN ('NEW', 'SUBMITTED', 'PARTIALLY_FILLED');

CREATE TABLE fills (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id      uuid           NOT NULL REFERENCES orders (id),
    trade_id      text           NOT NULL,
    quantity_base bigint         NOT NULL CHECK (quantity_base > 0),
    price_quote   bigint         NOT NULL CHECK (price_quote > 0),
    fee_quote     numeric(20, 8) NOT NULL DEFAULT 0,
    is_maker      boolean,
    executed_at   timestamptz    NOT NULL DEFAULT now(),
    UNIQUE (order_id, trade_id)
);
COMMENT ON TABLE fills IS 'One execution of a part of an order.';
COMMENT ON COLUMN fills.trade_id IS 'The exchange''s name for the execution; reported twice, stored once.';
COMMENT ON COLUMN fills.is_maker IS 'Absent where the exchange does not say.';

CREATE TABLE order_events (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id   uuid        NOT NULL REFERENCES orders (id),
    kind       text        NOT NULL,
    payload    jsonb       NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE order_events IS 'What happened to an order, for audit.';
CREATE INDEX idx_order_events_order ON order_events (order_id, id);
CREATE INDEX idx_order_events_created_at ON order_events (created_at);

CREATE TABLE order_events_archive (
    LIKE order_events,
    archived_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE order_events_archive IS 'Events of settled orders, out of the way of the hot table.';

CREATE VIEW positions AS
SELECT o.exchange,
       o.symbol,
       sum(CASE o.side WHEN 'BUY' THEN f.quantity_base ELSE -f.quantity_base END)::bigint
           AS quantity_base,
       sum(f.fee_quote) AS fee_quote,
       count(*) AS n_fills,
       max(f.executed_at) AS last_fill_at
FROM orders o
JOIN fills f ON f.order_id = o.id
GROUP BY o.exchange, o.symbol;
COMMENT ON VIEW positions IS 'Net quantity held of each instrument, from all fills.';
