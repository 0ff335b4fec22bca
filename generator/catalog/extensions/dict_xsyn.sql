-- The objects of the extension dict_xsyn; written by builtin/dump.sh.
CREATE FUNCTION dxsyn_init(internal) RETURNS internal LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION dxsyn_lexize(internal, internal, internal, internal) RETURNS internal LANGUAGE c VOLATILE STRICT;
CREATE TEXT SEARCH DICTIONARY xsyn (TEMPLATE = simple);
