-- Columns of base types are stored as their type was when they were made.
CREATE TYPE kept;
CREATE FUNCTION kept_in(cstring) RETURNS kept LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION kept_out(kept) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE kept (INPUT = kept_in, OUTPUT = kept_out, STORAGE = main);
CREATE DOMAIN kept_domain AS kept;
CREATE TABLE before (a kept, b kept_domain, c kept, d kept[], e text);
ALTER TABLE before ALTER c SET STORAGE EXTERNAL;
ALTER TYPE kept SET (STORAGE = external);
CREATE TABLE after (a kept, b kept_domain, c kept);
ALTER TABLE after ALTER c SET STORAGE MAIN;
