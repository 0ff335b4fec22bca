-- tenon: parent 20260101000000_start
-- tenon: no-transaction

-- tenon: done SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('public.notes_body') AND indisvalid)
CREATE INDEX CONCURRENTLY notes_body ON public.notes (body);

-- tenon: catalog v1:0
