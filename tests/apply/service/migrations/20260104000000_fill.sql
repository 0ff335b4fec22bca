-- tenon: parent 20260103000000_length
-- tenon: no-transaction

-- tenon: batch 30
-- tenon: done SELECT NOT EXISTS (SELECT FROM public.notes WHERE length IS NULL)
UPDATE public.notes SET length = 7 WHERE length IS NULL;

-- tenon: catalog v1:0
