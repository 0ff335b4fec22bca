-- The objects of the extension bloom; written by builtin/dump.sh.
CREATE FUNCTION blhandler(internal) RETURNS index_am_handler LANGUAGE c VOLATILE;
CREATE ACCESS METHOD bloom TYPE INDEX HANDLER blhandler;
CREATE OPERATOR CLASS int4_ops DEFAULT FOR TYPE integer USING bloom AS STORAGE integer;
CREATE OPERATOR CLASS text_ops DEFAULT FOR TYPE text USING bloom AS STORAGE text;
