-- tenon: parent 20260930143000_positions

CREATE TABLE public.order_events_archive (
    id bigint NOT NULL,
    order_id uuid NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    archived_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT order_events_archive_pkey PRIMARY KEY (id)
);
COMMENT ON TABLE public.order_events_archive IS 'Events of settled orders, out of the way of the hot table.';

-- tenon: catalog v1:1e94badb87afb4eea9ce6e18155c882713cf46efbed48aa2f16903df0712d1fe
