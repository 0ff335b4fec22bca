-- The objects of the extension pg_freespacemap; written by builtin/dump.sh.
CREATE FUNCTION pg_freespace(regclass, bigint) RETURNS smallint LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_freespace(rel regclass, OUT blkno bigint, OUT avail smallint) RETURNS SETOF record LANGUAGE c VOLATILE;
