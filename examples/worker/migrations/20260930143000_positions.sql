-- tenon: parent 20260914101500_events

CREATE VIEW public.positions AS
 SELECT o.exchange,
    o.symbol,
    (sum(
        CASE o.side
            WHEN 'BUY'::public.order_side THEN f.quantity_base
            ELSE (- f.quantity_base)
        END))::bigint AS quantity_base,
    sum(f.fee_quote) AS fee_quote,
    count(*) AS n_fills,
    max(f.executed_at) AS last_fill_at
   FROM (public.orders o
     JOIN public.fills f ON ((f.order_id = o.id)))
  GROUP BY o.exchange, o.symbol;
COMMENT ON VIEW public.positions IS 'Net quantity held of each instrument, from all fills.';

-- tenon: catalog v1:80fd25b1eb909dcb547f5cf74a8dce22daede996bbfd7779a4d6efe84261231b
