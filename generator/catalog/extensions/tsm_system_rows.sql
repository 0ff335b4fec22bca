-- The objects of the extension tsm_system_rows; written by builtin/dump.sh.
CREATE FUNCTION system_rows(internal) RETURNS tsm_handler LANGUAGE c VOLATILE STRICT;
