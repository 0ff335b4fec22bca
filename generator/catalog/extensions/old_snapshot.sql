-- The objects of the extension old_snapshot; written by builtin/dump.sh.
CREATE FUNCTION pg_old_snapshot_time_mapping(OUT array_offset integer, OUT end_timestamp timestamp with time zone, OUT newest_xmin xid) RETURNS SETOF record LANGUAGE c VOLATILE STRICT;
