-- The queries of dump.sh: one table of the snapshot each. Rows are C macro calls, one a line. A
-- table that is searched by name is sorted by name (byte order), then OID.
SET search_path TO pg_catalog;
SET client_encoding TO 'UTF8';
SET quote_all_identifiers TO off;

-- OIDs from 12000 up are numbered by initdb, in an order that depends on the minor release and on the
-- locales of the machine. The snapshot has numbers of its own for them, by kind and name.
CREATE TEMP TABLE initdb_oids (oid oid PRIMARY KEY, number oid NOT NULL);
INSERT INTO initdb_oids
SELECT oid, 11999 + row_number() OVER (ORDER BY kind COLLATE "C", name COLLATE "C")
FROM (SELECT 'namespace' AS kind, oid, nspname::text AS name FROM pg_namespace
      WHERE nspname = 'information_schema'
      UNION ALL
      SELECT 'type', oid, typnamespace::regnamespace || '.' || typname FROM pg_type
      WHERE typnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      UNION ALL
      SELECT 'relation', oid, relnamespace::regnamespace || '.' || relname FROM pg_class
      WHERE relkind IN ('r', 'v')
        AND relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      UNION ALL
      SELECT 'function', oid, oid::regprocedure::text FROM pg_proc
      UNION ALL
      SELECT 'collation', min(oid), collnamespace::regnamespace || '.' || collname
      FROM pg_collation
      WHERE collencoding IN (-1, 6) AND (collprovider = 'i' OR collname = 'ucs_basic')
      GROUP BY collnamespace, collname) o
WHERE oid BETWEEN 12000 AND 16383;

-- The OID that the snapshot has for one of the server's; NULL if it is not of an object in it.
CREATE FUNCTION pg_temp.id(oid) RETURNS oid LANGUAGE sql AS
$$ SELECT CASE WHEN $1 < 12000 THEN $1
               ELSE (SELECT number FROM pg_temp.initdb_oids WHERE initdb_oids.oid = $1) END $$;

CREATE FUNCTION pg_temp.ids(oid[]) RETURNS text LANGUAGE sql AS
$$ SELECT string_agg(pg_temp.id(t)::text, ', ' ORDER BY n) FROM unnest($1) WITH ORDINALITY u(t, n) $$;

-- A C string literal; NULL for NULL.
CREATE FUNCTION pg_temp.c(text) RETURNS text LANGUAGE sql AS
$$ SELECT coalesce('"' || replace(replace($1, '\', '\\'), '"', '\"') || '"', 'NULL') $$;

-- A C character literal.
CREATE FUNCTION pg_temp.ch("char") RETURNS text LANGUAGE sql AS
$$ SELECT CASE WHEN $1 = '' THEN '0' ELSE '''' || $1::text || '''' END $$;

CREATE FUNCTION pg_temp.types(oid[]) RETURNS text LANGUAGE sql AS
$$ SELECT coalesce(string_agg(format_type(t, NULL), ', ' ORDER BY n), '')
   FROM unnest($1) WITH ORDINALITY u(t, n) $$;

\o namespaces.def
SELECT format('NAMESPACE(%s, %s)', pg_temp.id(oid), pg_temp.c(nspname))
FROM pg_namespace WHERE nspname IN ('pg_catalog', 'information_schema', 'public', 'pg_toast')
ORDER BY nspname COLLATE "C";

\o types.def
SELECT format('TYPE(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)',
    pg_temp.id(t.oid), pg_temp.id(typnamespace), pg_temp.c(typname), pg_temp.ch(typtype), pg_temp.ch(typcategory),
    CASE WHEN typispreferred THEN 'true' ELSE 'false' END,
    CASE WHEN EXISTS (SELECT FROM pg_constraint WHERE contypid = t.oid) THEN 'CHECKED' ELSE '0' END,
    typlen, pg_temp.id(typrelid), pg_temp.id(typelem), typsubscript::oid, pg_temp.id(typarray),
    pg_temp.id(typbasetype), typtypmod, pg_temp.id(typcollation),
    coalesce(r.rngsubtype, m.rngtypid, 0), coalesce(r.rngmultitypid, 0))
FROM pg_type t
LEFT JOIN pg_range r ON r.rngtypid = t.oid
LEFT JOIN pg_range m ON m.rngmultitypid = t.oid
WHERE t.oid < 16384 AND typnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
ORDER BY typname COLLATE "C", pg_temp.id(t.oid);

\o functions.def
SELECT CASE prokind
    WHEN 'a' THEN format('AGGREGATE(%s, %s, %s, %s, %s, %s, %s, ', pg_temp.id(p.oid), pronamespace,
        pg_temp.c(proname), pg_temp.ch(aggkind), aggnumdirectargs, provariadic,
        pg_temp.id(prorettype))
    ELSE format('FUNCTION(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, ', pg_temp.id(p.oid),
        pg_temp.id(pronamespace), pg_temp.c(proname), pg_temp.ch(prokind),
        CASE WHEN proisstrict THEN 'STRICT' ELSE 'LAX' END,
        CASE WHEN proretset THEN 'SET' ELSE 'ONE' END, pg_temp.ch(provolatile), provariadic,
        pg_temp.id(prorettype), pronargdefaults)
    END
    || CASE WHEN pronargs = 0 THEN 'NO_ARGS'
       ELSE format('ARGS(%s, %s)', pronargs, pg_temp.ids(proargtypes::oid[])) END
    || CASE WHEN proallargtypes IS NULL THEN ''
       ELSE format(', ALL_ARGS(%s, "%s", %s)', cardinality(proallargtypes),
                   array_to_string(proargmodes, ''), pg_temp.ids(proallargtypes)) END
    || CASE WHEN proargnames IS NULL THEN ''
       ELSE (SELECT format(', NAMES(%s)', string_agg(pg_temp.c(a), ', ' ORDER BY n))
             FROM unnest(proargnames) WITH ORDINALITY u(a, n)) END
    || format(') /* (%s) -> %s */', pg_temp.types(proargtypes::oid[]), format_type(prorettype, NULL))
FROM pg_proc p LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
WHERE p.oid < 16384
ORDER BY proname COLLATE "C", pg_temp.id(p.oid);

\o operators.def
SELECT format('OPERATOR(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) /* %s%s%s -> %s */',
    oid, oprnamespace, pg_temp.c(oprname), oprleft, oprright, oprresult, oprcode::oid, oprnegate,
    oprcom, CASE WHEN oprcanmerge THEN 'true' ELSE 'false' END,
    CASE WHEN oprcanhash THEN 'true' ELSE 'false' END,
    CASE WHEN oprleft <> 0 THEN format_type(oprleft, NULL) || ' ' ELSE '' END, oprname,
    ' ' || format_type(oprright, NULL), format_type(oprresult, NULL))
FROM pg_operator WHERE oid < 16384
ORDER BY oprname COLLATE "C", oid;

\o casts.def
SELECT format('CAST(%s, %s, %s, %s, %s) /* %s -> %s */', castsource, casttarget,
    pg_temp.ch(castcontext), pg_temp.ch(castmethod), castfunc, format_type(castsource, NULL),
    format_type(casttarget, NULL))
FROM pg_cast WHERE oid < 16384
ORDER BY castsource, casttarget;

-- Operator classes: those of btree and hash with the operators that sort and group a type.
\o opclasses.def
SELECT format('OPCLASS(%s, %s, %s, %s, %s, %s, %s, %s) /* %s */',
    pg_temp.ch((CASE amname WHEN 'gist' THEN 'i' WHEN 'gin' THEN 'n' WHEN 'brin' THEN 'r'
                            ELSE left(amname, 1) END)::"char"),
    pg_temp.c(amname), pg_temp.c(opcname), opcintype, CASE WHEN opcdefault THEN 'DEFAULT' ELSE 'OTHER' END,
    coalesce(max(amopopr) FILTER (WHERE amname = 'btree' AND amopstrategy = 1), 0),
    coalesce(max(amopopr) FILTER (WHERE amname IN ('btree', 'hash')
                                    AND amopstrategy = CASE amname WHEN 'btree' THEN 3 ELSE 1 END), 0),
    coalesce(max(amopopr) FILTER (WHERE amname = 'btree' AND amopstrategy = 5), 0),
    format_type(opcintype, NULL))
FROM pg_opclass c JOIN pg_am m ON m.oid = opcmethod
LEFT JOIN pg_amop o ON amopfamily = opcfamily AND amoplefttype = opcintype
                       AND amoprighttype = opcintype
WHERE c.oid < 16384
GROUP BY amname, opcname, opcintype, opcdefault
ORDER BY opcname COLLATE "C", amname COLLATE "C", opcintype;

-- Collations of every server (libc ones depend on the machine; those of ICU do not).
\o collations.def
SELECT format('COLLATION(%s, %s, %s)', pg_temp.id(min(oid)), collnamespace, pg_temp.c(collname))
FROM pg_collation
WHERE oid < 16384 AND collencoding IN (-1, 6) AND (oid < 12000 OR collprovider = 'i' OR collname = 'ucs_basic')
GROUP BY collnamespace, collname
ORDER BY collname COLLATE "C";

-- Text search configurations, which are known by name only.
\o text_search_configs.def
SELECT format('TEXT_SEARCH_CONFIG(%s)', pg_temp.c(cfgname)) FROM pg_ts_config WHERE oid < 16384
ORDER BY cfgname COLLATE "C";

\o text_search_dictionaries.def
SELECT format('TEXT_SEARCH_DICTIONARY(%s)', pg_temp.c(dictname)) FROM pg_ts_dict WHERE oid < 16384
ORDER BY dictname COLLATE "C";

-- Time zones: case does not count. Packagers add a second set of all under posix/, and two files.
\o time_zones.def
SELECT format('TIME_ZONE(%s)', pg_temp.c(lower(name))) FROM pg_timezone_names
WHERE name NOT LIKE 'posix/%' AND name NOT LIKE 'right/%'
  AND name NOT IN ('localtime', 'posixrules') ORDER BY lower(name) COLLATE "C";

-- Indexes and TOAST tables. Those of initdb's own tables have an OID in their name.
\o system_relations.def
SELECT format('SYSTEM_RELATION(%s, %s)', pg_temp.c(relname), relnamespace::oid) FROM pg_class
WHERE oid < 12000 AND relkind IN ('i', 't') ORDER BY relname COLLATE "C";

-- The roles that every server has; others may not begin like these.
\o roles.def
SELECT format('ROLE(%s)', pg_temp.c(rolname)) FROM pg_roles WHERE rolname LIKE 'pg\_%'
ORDER BY rolname COLLATE "C";

-- Settings: the name that SHOW looks for in lower case, and how it is spelt. SHOW ALL leaves some
-- out, and two have an older name.
\o settings.def
SELECT format('SETTING(%s, %s)', pg_temp.c(lower(found)), pg_temp.c(name))
FROM (SELECT name AS found, name FROM pg_settings
      UNION SELECT name, name FROM unnest('{role, session_authorization, is_superuser, seed,
          default_with_oids, ssl_renegotiation_limit}'::text[]) name
      WHERE current_setting(name, true) IS NOT NULL
      UNION VALUES ('sort_mem', 'work_mem'), ('vacuum_mem', 'maintenance_work_mem')) s
WHERE name NOT LIKE '%.%' ORDER BY lower(found) COLLATE "C";

-- Keywords that an identifier must be quoted for: all but the unreserved ones.
\o keywords.def
SELECT format('KEYWORD(%s)', pg_temp.c(word)) FROM pg_get_keywords() WHERE catcode <> 'U'
ORDER BY word COLLATE "C";

-- A relation is a RELATION line, its attributes, and an END line with its keys.
\o relations.def
WITH rel AS (
    SELECT c.oid, relname, relnamespace, relkind, reltype FROM pg_class c
    WHERE c.oid < 16384 AND relkind IN ('r', 'v')
      AND relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)),
line AS (
    SELECT relname, rel.oid, 0 AS number, format('RELATION(%s, %s, %s, %s, %s)',
        pg_temp.id(rel.oid), pg_temp.id(relnamespace), pg_temp.c(relname), pg_temp.ch(relkind),
        pg_temp.id(reltype)) AS text
    FROM rel
    UNION ALL
    SELECT relname, rel.oid, attnum, format('    ATTRIBUTE(%s, %s, %s, %s, %s, %s)', attnum,
        pg_temp.c(attname), pg_temp.id(atttypid), atttypmod,
        CASE WHEN attnotnull THEN 'NOT_NULL' ELSE 'NULLABLE' END, pg_temp.id(attcollation))
    FROM rel JOIN pg_attribute ON attrelid = rel.oid WHERE attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT relname, rel.oid, 9999, format('END(%s, %s)',
        (SELECT max(attnum) FROM pg_attribute WHERE attrelid = rel.oid),
        coalesce((SELECT format('KEYS(%s, %s)', count(*), string_agg(format('KEY(%s, %s, %s, %s)',
                      pg_temp.ch(contype), pg_temp.c(conname), cardinality(conkey),
                      array_to_string(conkey, ', ')), ', ' ORDER BY contype, conname COLLATE "C"))
                  FROM pg_constraint WHERE conrelid = rel.oid AND contype IN ('p', 'u')
                  HAVING count(*) > 0),
                 'NO_KEYS'))
    FROM rel)
SELECT text FROM line ORDER BY relname COLLATE "C", pg_temp.id(oid), number;
\o
