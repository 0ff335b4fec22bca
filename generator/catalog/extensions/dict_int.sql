-- The objects of the extension dict_int; written by builtin/dump.sh.
CREATE FUNCTION dintdict_init(internal) RETURNS internal LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION dintdict_lexize(internal, internal, internal, internal) RETURNS internal LANGUAGE c VOLATILE STRICT;
CREATE TEXT SEARCH DICTIONARY intdict (TEMPLATE = simple);
