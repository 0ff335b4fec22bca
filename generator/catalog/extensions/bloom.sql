-- The objects of the extension bloom; written by builtin/dump.sh.
CREATE FUNCTION blhandler(internal) RETURNS index_am_handler LANGUAGE c VOLATILE;
