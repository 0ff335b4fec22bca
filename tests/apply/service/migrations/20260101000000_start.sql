-- tenon: parent none

CREATE TABLE public.notes (id integer PRIMARY KEY, body text);
INSERT INTO public.notes
    SELECT i, 'it''s "note" \ ??/ é ' || i
    FROM generate_series(1, 100) i;

-- tenon: catalog v1:0
