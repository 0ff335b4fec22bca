-- The objects of the extension pg_buffercache; written by builtin/dump.sh.
CREATE FUNCTION pg_buffercache_pages() RETURNS SETOF record LANGUAGE c VOLATILE;
CREATE VIEW pg_buffercache AS SELECT NULL::integer AS bufferid, NULL::oid AS relfilenode, NULL::oid AS reltablespace, NULL::oid AS reldatabase, NULL::smallint AS relforknumber, NULL::bigint AS relblocknumber, NULL::boolean AS isdirty, NULL::smallint AS usagecount, NULL::integer AS pinning_backends;
