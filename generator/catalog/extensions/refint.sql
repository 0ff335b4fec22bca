-- The objects of the extension refint; written by builtin/dump.sh.
CREATE FUNCTION check_foreign_key() RETURNS trigger LANGUAGE c VOLATILE;
CREATE FUNCTION check_primary_key() RETURNS trigger LANGUAGE c VOLATILE;
