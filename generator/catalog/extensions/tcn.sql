-- The objects of the extension tcn; written by builtin/dump.sh.
CREATE FUNCTION triggered_change_notification() RETURNS trigger LANGUAGE c VOLATILE;
