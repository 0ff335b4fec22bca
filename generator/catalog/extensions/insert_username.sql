-- The objects of the extension insert_username; written by builtin/dump.sh.
CREATE FUNCTION insert_username() RETURNS trigger LANGUAGE c VOLATILE;
