-- The objects of the extension unaccent; written by builtin/dump.sh.
CREATE FUNCTION unaccent(regdictionary, text) RETURNS text LANGUAGE c STABLE STRICT;
CREATE FUNCTION unaccent(text) RETURNS text LANGUAGE c STABLE STRICT;
CREATE FUNCTION unaccent_init(internal) RETURNS internal LANGUAGE c VOLATILE;
CREATE FUNCTION unaccent_lexize(internal, internal, internal, internal) RETURNS internal LANGUAGE c VOLATILE;
CREATE TEXT SEARCH DICTIONARY unaccent (TEMPLATE = simple);
