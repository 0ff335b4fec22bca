-- tenon: parent 20260102000000_index

ALTER TABLE public.notes ADD COLUMN length integer;

-- tenon: catalog v1:0
