-- tenon: parent none

CREATE TYPE public.order_side AS ENUM ('BUY', 'SELL');
CREATE TYPE public.order_status AS ENUM ('NEW', 'SUBMITTED', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'REJECTED');
CREATE TYPE public.order_type AS ENUM ('MARKET', 'LIMIT');
CREATE TABLE public.fills (
    id bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.fills_id_seq START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1) NOT NULL,
    order_id uuid NOT NULL,
    trade_id text NOT NULL,
    quantity_base bigint NOT NULL,
    price_quote bigint NOT NULL,
    fee_quote numeric(20,8) DEFAULT 0 NOT NULL,
    is_maker boolean,
    executed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT fills_pkey PRIMARY KEY (id),
    CONSTRAINT fills_order_id_trade_id_key UNIQUE (order_id, trade_id),
    CONSTRAINT fills_price_quote_check CHECK ((price_quote > 0)),
    CONSTRAINT fills_quantity_base_check CHECK ((quantity_base > 0))
);
COMMENT ON TABLE public.fills IS 'One execution of a part of an order.';
CREATE TABLE public.instruments (
    exchange text NOT NULL,
    symbol text NOT NULL,
    base_asset text NOT NULL,
    quote_asset text NOT NULL,
    base_scale integer NOT NULL,
    quote_scale integer NOT NULL,
    min_quantity bigint DEFAULT 1 NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    CONSTRAINT instruments_pkey PRIMARY KEY (exchange, symbol),
    CONSTRAINT instruments_base_scale_check CHECK (((base_scale >= 0) AND (base_scale <= 18))),
    CONSTRAINT instruments_min_quantity_check CHECK ((min_quantity > 0)),
    CONSTRAINT instruments_quote_scale_check CHECK (((quote_scale >= 0) AND (quote_scale <= 18)))
);
COMMENT ON TABLE public.instruments IS 'What can be traded, and in which units.';
CREATE TABLE public.orders (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    exchange text NOT NULL,
    symbol text NOT NULL,
    side public.order_side NOT NULL,
    type public.order_type NOT NULL,
    quantity_base bigint NOT NULL,
    price_quote bigint,
    status public.order_status DEFAULT 'NEW'::public.order_status NOT NULL,
    exchange_order_id text,
    idempotency_key text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_limit_has_price CHECK (((type = 'LIMIT'::public.order_type) = (price_quote IS NOT NULL))),
    CONSTRAINT orders_price_quote_check CHECK ((price_quote > 0)),
    CONSTRAINT orders_quantity_base_check CHECK ((quantity_base > 0))
);
COMMENT ON TABLE public.orders IS 'An order and what has become of it.';
COMMENT ON COLUMN public.fills.is_maker IS 'Absent where the exchange does not say.';
COMMENT ON COLUMN public.fills.trade_id IS 'The exchange''s name for the execution; reported twice, stored once.';
COMMENT ON COLUMN public.instruments.base_scale IS 'Decimal places of quantity_base.';
COMMENT ON COLUMN public.instruments.quote_scale IS 'Decimal places of price_quote.';
COMMENT ON COLUMN public.orders.exchange_order_id IS 'Absent until the exchange has accepted the order.';
COMMENT ON COLUMN public.orders.idempotency_key IS 'Given by the caller; a retry with it creates nothing new.';
COMMENT ON COLUMN public.orders.price_quote IS 'Limit price; absent for market orders.';
COMMENT ON COLUMN public.orders.quantity_base IS 'Quantity in units of the base asset.';
ALTER TABLE public.orders ADD CONSTRAINT orders_exchange_symbol_fkey FOREIGN KEY (exchange, symbol) REFERENCES public.instruments(exchange, symbol);
ALTER TABLE public.fills ADD CONSTRAINT fills_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);
CREATE UNIQUE INDEX idx_orders_exchange_order_id ON public.orders USING btree (exchange, exchange_order_id);
CREATE UNIQUE INDEX idx_orders_idempotency_key ON public.orders USING btree (idempotency_key);
CREATE INDEX idx_orders_open ON public.orders USING btree (symbol, created_at, id) WHERE (status = ANY (ARRAY['NEW'::public.order_status, 'SUBMITTED'::public.order_status, 'PARTIALLY_FILLED'::public.order_status]));

-- tenon: catalog v1:408a5cb17eff78ff86ffd588875a4c342e4338501ef3eb64476f970ebdd1e016
