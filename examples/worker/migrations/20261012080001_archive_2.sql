-- tenon: parent 20261012080000_archive
-- tenon: no-transaction
-- tenon: done SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('public.idx_order_events_created_at') AND indisvalid)
CREATE INDEX CONCURRENTLY idx_order_events_created_at ON public.order_events USING btree (created_at);

-- tenon: catalog v1:83d2fae73b51e72ca7183c260c77112c8b0525074aa52c8f67059e234ebec3d4
