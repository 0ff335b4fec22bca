-- The objects of the extension autoinc; written by builtin/dump.sh.
CREATE FUNCTION autoinc() RETURNS trigger LANGUAGE c VOLATILE;
