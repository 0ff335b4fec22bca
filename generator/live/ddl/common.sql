-- The DDL of a database in queries of one form (live/ddl.c): each section is a query for objects
--
--     class, id, part   of which object: the catalog, its OID, a number for what comes of it later
--     rank              when, if nothing else decides; what nothing needs has a high one
--     words             TABLE public.orders: as COMMENT ON and ALTER ... OWNER TO name it; NULL: neither
--     granted           the same for GRANT
--     owner, acl        NULL: none, or as at the start
--     sql               statements without the last semicolon
--
-- and what is above the first section is in front of each. search_path is empty, so that every name
-- is written with its schema.
WITH asked AS (
    SELECT CASE WHEN $1::boolean THEN '(pass|pwd|secret|token|key|cred|auth)' ELSE '^$' END AS secret
), me AS (
    SELECT oid FROM pg_roles WHERE rolname = current_user
), space AS (
    SELECT oid, nspname FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass
                      AND d.objid = pg_namespace.oid AND d.deptype = 'e')
), member AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relation AS (
    SELECT c.*, c.oid::regclass::text AS name
    FROM pg_class c JOIN space ON space.oid = relnamespace
    WHERE relkind = ANY ('{r,p,f,v,m,c,S}') AND relpersistence <> 't'
      AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_class'::regclass AND objid = c.oid)
)
