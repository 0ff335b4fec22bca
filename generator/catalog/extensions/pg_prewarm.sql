-- The objects of the extension pg_prewarm; written by builtin/dump.sh.
CREATE FUNCTION autoprewarm_dump_now() RETURNS bigint LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION autoprewarm_start_worker() RETURNS void LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_prewarm(regclass, mode text DEFAULT 'buffer'::text, fork text DEFAULT 'main'::text, first_block bigint DEFAULT NULL::bigint, last_block bigint DEFAULT NULL::bigint) RETURNS bigint LANGUAGE c VOLATILE;
