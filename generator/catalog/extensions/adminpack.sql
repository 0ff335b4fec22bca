-- The objects of the extension adminpack; written by builtin/dump.sh.
CREATE FUNCTION pg_catalog.pg_file_rename(text, text) RETURNS boolean LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_catalog.pg_file_rename(text, text, text) RETURNS boolean LANGUAGE c VOLATILE;
CREATE FUNCTION pg_catalog.pg_file_sync(text) RETURNS void LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_catalog.pg_file_unlink(text) RETURNS boolean LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_catalog.pg_file_write(text, text, boolean) RETURNS bigint LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION pg_catalog.pg_logdir_ls() RETURNS SETOF record LANGUAGE c VOLATILE STRICT;
