-- The objects of the extension file_fdw; written by builtin/dump.sh.
CREATE FUNCTION file_fdw_handler() RETURNS fdw_handler LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION file_fdw_validator(text[], oid) RETURNS void LANGUAGE c VOLATILE STRICT;
