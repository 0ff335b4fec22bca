-- The file of the installed extension :'extension' in ../extensions, for dump.sh.
SET client_encoding TO 'UTF8';

SELECT '-- The objects of the extension ' || :'extension' || '; written by builtin/dump.sh.';

SELECT format('CREATE EXTENSION IF NOT EXISTS %I;', r.extname)
FROM pg_extension e JOIN pg_depend d ON d.objid = e.oid AND d.classid = 'pg_extension'::regclass
JOIN pg_extension r ON r.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
WHERE e.extname = :'extension';

\ir extension_objects.sql
