-- The objects of the extension pg_surgery; written by builtin/dump.sh.
CREATE FUNCTION heap_force_freeze(reloid regclass, tids tid[]) RETURNS void LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION heap_force_kill(reloid regclass, tids tid[]) RETURNS void LANGUAGE c VOLATILE STRICT;
