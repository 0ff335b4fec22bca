-- tenon: parent 20260901090000_start

CREATE TABLE public.order_events (
    id bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.order_events_id_seq START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1) NOT NULL,
    order_id uuid NOT NULL,
    kind text NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT order_events_pkey PRIMARY KEY (id)
);
COMMENT ON TABLE public.order_events IS 'What happened to an order, for audit.';
ALTER TABLE public.order_events ADD CONSTRAINT order_events_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);
CREATE INDEX idx_order_events_order ON public.order_events USING btree (order_id, id);

-- tenon: catalog v1:795563755eda11bb825c9ddf4b20ebd1c453cf929f5a2561d0eaa54c6193efa4
