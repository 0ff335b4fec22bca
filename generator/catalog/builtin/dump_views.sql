-- For dump.sh: a psql script that writes the body of each of the system's views to a file of its own.
-- Names of pg_catalog are not qualified in it.
SELECT format(E'\\o ../views/%s.%s.sql\nSET search_path TO pg_catalog;\nSELECT pg_get_viewdef(%s::oid);',
    nspname, relname, c.oid)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace
WHERE c.oid < 16384 AND relkind = 'v' AND nspname IN ('pg_catalog', 'information_schema')
ORDER BY nspname COLLATE "C", relname COLLATE "C";
