-- The objects of the extension moddatetime; written by builtin/dump.sh.
CREATE FUNCTION moddatetime() RETURNS trigger LANGUAGE c VOLATILE;
