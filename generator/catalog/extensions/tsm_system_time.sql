-- The objects of the extension tsm_system_time; written by builtin/dump.sh.
CREATE FUNCTION system_time(internal) RETURNS tsm_handler LANGUAGE c VOLATILE STRICT;
