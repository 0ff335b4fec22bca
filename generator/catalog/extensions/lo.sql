-- The objects of the extension lo; written by builtin/dump.sh.
CREATE DOMAIN lo AS oid;
CREATE FUNCTION lo_manage() RETURNS trigger LANGUAGE c VOLATILE;
CREATE FUNCTION lo_oid(lo) RETURNS oid LANGUAGE c IMMUTABLE STRICT;
