-- The objects of the extension fuzzystrmatch; written by builtin/dump.sh.
CREATE FUNCTION difference(text, text) RETURNS integer LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION dmetaphone(text) RETURNS text LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION dmetaphone_alt(text) RETURNS text LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION levenshtein(text, text) RETURNS integer LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION levenshtein(text, text, integer, integer, integer) RETURNS integer LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION levenshtein_less_equal(text, text, integer) RETURNS integer LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION levenshtein_less_equal(text, text, integer, integer, integer, integer) RETURNS integer LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION metaphone(text, integer) RETURNS text LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION soundex(text) RETURNS text LANGUAGE c IMMUTABLE STRICT;
CREATE FUNCTION text_soundex(text) RETURNS text LANGUAGE c IMMUTABLE STRICT;
