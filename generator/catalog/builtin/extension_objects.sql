-- The DDL that stands for the installed extension :'extension': what parse analysis can see of it, in
-- an order that can be replayed, with the names of its schema unqualified. Function bodies, checks
-- and index support are left out, and a view is a list of typed NULLs. psql runs it for dump.sh, and
-- `tenon catalog dump` replaces the variable by itself: there is nothing else of psql's here.
SELECT 'not a row' WHERE set_config('search_path',
    (SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
     WHERE extname = :'extension'), false) IS NULL;

CREATE TEMP VIEW member AS
SELECT classid, objid FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' AND objid >= 16384
  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = :'extension');

-- What the replay must write before a name in the namespace: the path leads to the target schema.
CREATE FUNCTION pg_temp.prefix(oid) RETURNS text LANGUAGE sql AS
$$ SELECT CASE WHEN nspname = current_schema AND nspname <> 'pg_catalog' THEN ''
          ELSE quote_ident(nspname) || '.' END
   FROM pg_namespace WHERE oid = $1 $$;

CREATE FUNCTION pg_temp.name(oid) RETURNS text LANGUAGE sql AS
$$ SELECT pg_temp.prefix(pronamespace) || quote_ident(proname) FROM pg_proc WHERE oid = $1 $$;

CREATE FUNCTION pg_temp.option(text, text) RETURNS text LANGUAGE sql AS
$$ SELECT ', ' || $1 || ' = ' || $2 $$;

CREATE FUNCTION pg_temp.collate(oid, type oid) RETURNS text LANGUAGE sql AS
$$ SELECT coalesce((SELECT ' COLLATE ' || pg_temp.prefix(collnamespace) || quote_ident(collname)
                    FROM pg_collation
                    WHERE oid = $1 AND oid <> (SELECT typcollation FROM pg_type WHERE oid = $2)), '') $$;

CREATE FUNCTION pg_temp.function_ddl(oid) RETURNS text LANGUAGE sql AS
$$ SELECT CASE prokind
       WHEN 'p' THEN format('CREATE PROCEDURE %s(%s) LANGUAGE c;', pg_temp.name(oid),
                            pg_get_function_arguments(oid))
       ELSE format('CREATE FUNCTION %s(%s) RETURNS %s LANGUAGE c%s %s%s;', pg_temp.name(oid),
              pg_get_function_arguments(oid), pg_get_function_result(oid),
              CASE prokind WHEN 'w' THEN ' WINDOW' ELSE '' END,
              CASE provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END,
              CASE WHEN proisstrict THEN ' STRICT' ELSE '' END) END
   FROM pg_proc WHERE oid = $1 $$;

CREATE TEMP VIEW member_type AS
SELECT t.*, pg_temp.prefix(typnamespace) || quote_ident(typname) AS name FROM member
JOIN pg_type t ON t.oid = objid AND classid = 'pg_type'::regclass
WHERE NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid);

-- A type is made after those that it is made of.
CREATE TEMP VIEW made_of AS
SELECT t.oid AS whole, coalesce(e.oid, part) AS part
FROM member_type t
CROSS JOIN LATERAL (SELECT typbasetype WHERE typtype = 'd'
                    UNION ALL SELECT atttypid FROM pg_attribute
                    WHERE attrelid = typrelid AND attnum > 0 AND NOT attisdropped
                    UNION ALL SELECT rngsubtype FROM pg_range WHERE rngtypid = t.oid) AS parts (part)
LEFT JOIN pg_type e ON e.typarray = part;

CREATE TEMP VIEW type_depth AS
WITH RECURSIVE below (id, depth) AS (
    SELECT oid, 0 FROM member_type
    UNION SELECT whole, depth + 1 FROM below JOIN made_of ON part = id WHERE whole <> part)
SELECT id, max(depth) AS depth FROM below GROUP BY id;

-- What comes with a range type by itself.
CREATE TEMP VIEW of_range AS
SELECT classid, objid FROM pg_depend
WHERE deptype = 'i' AND refclassid = 'pg_type'::regclass
  AND refobjid IN (SELECT oid FROM pg_type WHERE typtype IN ('r', 'm'));

CREATE TEMP VIEW io_function AS
SELECT DISTINCT f::oid AS oid FROM member_type t,
    unnest(ARRAY[typinput, typoutput, typreceive, typsend, typmodin, typmodout, typanalyze,
                 typsubscript]) f
JOIN member ON classid = 'pg_proc'::regclass AND objid = f
WHERE typtype = 'b';

SELECT format('CREATE SCHEMA IF NOT EXISTS %I;', nspname)
FROM member JOIN pg_namespace n ON n.oid = objid AND classid = 'pg_namespace'::regclass
ORDER BY nspname COLLATE "C";

SELECT format('CREATE COLLATION %s%I FROM "C";', pg_temp.prefix(collnamespace), collname)
FROM member JOIN pg_collation c ON c.oid = objid AND classid = 'pg_collation'::regclass
ORDER BY collname COLLATE "C";

-- Types: shells, what their input and output need, then the types themselves.
SELECT format('CREATE TYPE %s;', name) FROM member_type WHERE typtype = 'b'
ORDER BY name COLLATE "C";

SELECT pg_temp.function_ddl(oid) FROM io_function
ORDER BY pg_temp.name(oid) COLLATE "C", pg_get_function_identity_arguments(oid) COLLATE "C";

SELECT CASE typtype
    WHEN 'e' THEN format('CREATE TYPE %s AS ENUM (%s);', name,
        (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)
         FROM pg_enum WHERE enumtypid = t.oid))
    WHEN 'd' THEN format('CREATE DOMAIN %s AS %s%s%s;', name,
        format_type(typbasetype, typtypmod) || pg_temp.collate(typcollation, typbasetype),
        CASE WHEN typnotnull THEN ' NOT NULL' ELSE '' END,
        CASE WHEN EXISTS (SELECT FROM pg_constraint WHERE contypid = t.oid)
             THEN ' CHECK (true)' ELSE '' END)
    WHEN 'c' THEN format('CREATE TYPE %s AS (%s);', name,
        (SELECT string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
                           || pg_temp.collate(attcollation, atttypid), ', ' ORDER BY attnum)
         FROM pg_attribute WHERE attrelid = typrelid AND attnum > 0 AND NOT attisdropped))
    WHEN 'r' THEN (SELECT format('CREATE TYPE %s AS RANGE (SUBTYPE = %s, MULTIRANGE_TYPE_NAME = %s);',
                                 name, format_type(rngsubtype, NULL), format_type(rngmultitypid, NULL))
                   FROM pg_range WHERE rngtypid = t.oid)
    WHEN 'b' THEN format('CREATE TYPE %s (INPUT = %s, OUTPUT = %s, INTERNALLENGTH = %s%s);', name,
        pg_temp.name(typinput), pg_temp.name(typoutput),
        CASE WHEN typlen = -1 THEN 'VARIABLE' ELSE typlen::text END,
        CASE WHEN typmodin <> 0 THEN pg_temp.option('TYPMOD_IN', pg_temp.name(typmodin)) ELSE '' END
        || CASE WHEN typmodout <> 0
                THEN pg_temp.option('TYPMOD_OUT', pg_temp.name(typmodout)) ELSE '' END
        || CASE WHEN typsubscript <> 0
                THEN pg_temp.option('SUBSCRIPT', pg_temp.name(typsubscript)) ELSE '' END
        || CASE WHEN typstorage <> 'p'
                THEN pg_temp.option('STORAGE', CASE typstorage WHEN 'm' THEN 'main' WHEN 'e' THEN 'external'
                                                               ELSE 'extended' END) ELSE '' END
        || CASE WHEN typelem <> 0
                THEN pg_temp.option('ELEMENT', format_type(typelem, NULL)) ELSE '' END
        || CASE WHEN typcategory <> 'U'
                THEN pg_temp.option('CATEGORY', quote_literal(typcategory::text)) ELSE '' END
        || CASE WHEN typispreferred THEN pg_temp.option('PREFERRED', 'true') ELSE '' END
        || CASE WHEN typcollation <> 0 THEN pg_temp.option('COLLATABLE', 'true') ELSE '' END)
    END
FROM member_type t JOIN type_depth ON id = t.oid LEFT JOIN pg_class c ON c.oid = typrelid
WHERE typtype IN ('b', 'd', 'e', 'r') OR (typtype = 'c' AND relkind = 'c')
ORDER BY depth, typtype IN ('d', 'c'), name COLLATE "C";

SELECT format('CREATE SEQUENCE %s%I;', pg_temp.prefix(relnamespace), relname)
FROM member JOIN pg_class c ON c.oid = objid AND classid = 'pg_class'::regclass
WHERE relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend
                                    WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'i')
ORDER BY relname COLLATE "C";

SELECT format('CREATE TABLE %s%I (%s);', pg_temp.prefix(relnamespace), relname, concat_ws(', ',
    (SELECT string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
                       || pg_temp.collate(attcollation, atttypid)
                       || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
                       || CASE attidentity WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY'
                                           WHEN 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY' ELSE '' END
                       || CASE WHEN attgenerated <> ''
                               THEN format(' GENERATED ALWAYS AS (NULL::%s) STORED', format_type(atttypid, NULL))
                               WHEN atthasdef THEN ' DEFAULT NULL' ELSE '' END, ', ' ORDER BY attnum)
     FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped),
    (SELECT string_agg(format('CONSTRAINT %I %s', conname, pg_get_constraintdef(k.oid)), ', ' ORDER BY conname)
     FROM pg_constraint k WHERE conrelid = c.oid AND contype IN ('p', 'u'))))
FROM member JOIN pg_class c ON c.oid = objid AND classid = 'pg_class'::regclass
WHERE relkind IN ('r', 'p', 'f')
ORDER BY relname COLLATE "C";

SELECT pg_get_indexdef(i.indexrelid) || ';'
FROM member JOIN pg_index i ON indrelid = objid AND classid = 'pg_class'::regclass
WHERE indisunique AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY pg_get_indexdef(i.indexrelid) COLLATE "C";

SELECT pg_temp.function_ddl(p.oid)
FROM member JOIN pg_proc p ON p.oid = objid AND classid = 'pg_proc'::regclass
WHERE prokind IN ('f', 'w', 'p') AND p.oid NOT IN (SELECT oid FROM io_function)
  AND (classid, objid) NOT IN (SELECT classid, objid FROM of_range)
ORDER BY pg_temp.name(p.oid) COLLATE "C", pg_get_function_identity_arguments(p.oid) COLLATE "C";

SELECT format('CREATE AGGREGATE %s(%s) (SFUNC = %s, STYPE = %s%s%s);', pg_temp.name(p.oid),
    pg_get_function_arguments(p.oid), pg_temp.name(aggtransfn), format_type(aggtranstype, NULL),
    CASE WHEN aggfinalfn <> 0 THEN pg_temp.option('FINALFUNC', pg_temp.name(aggfinalfn)) ELSE '' END,
    coalesce(pg_temp.option('INITCOND', quote_literal(agginitval)), ''))
FROM member JOIN pg_proc p ON p.oid = objid AND classid = 'pg_proc'::regclass
JOIN pg_aggregate a ON aggfnoid = p.oid
ORDER BY pg_temp.name(p.oid) COLLATE "C", pg_get_function_identity_arguments(p.oid) COLLATE "C";

SELECT format('CREATE OPERATOR %s%s (%sRIGHTARG = %s, FUNCTION = %s%s);',
    pg_temp.prefix(oprnamespace), oprname,
    CASE WHEN oprleft <> 0 THEN 'LEFTARG = ' || format_type(oprleft, NULL) || ', ' ELSE '' END,
    format_type(oprright, NULL), pg_temp.name(oprcode),
    coalesce((SELECT pg_temp.option('COMMUTATOR', c.oprname) FROM pg_operator c WHERE c.oid = o.oprcom), '')
    || coalesce((SELECT pg_temp.option('NEGATOR', c.oprname) FROM pg_operator c WHERE c.oid = o.oprnegate), '')
    || CASE WHEN oprcanhash THEN ', HASHES' ELSE '' END
    || CASE WHEN oprcanmerge THEN ', MERGES' ELSE '' END)
FROM member JOIN pg_operator o ON o.oid = objid AND classid = 'pg_operator'::regclass
ORDER BY oprname COLLATE "C", format_type(oprleft, NULL) COLLATE "C", format_type(oprright, NULL) COLLATE "C";

SELECT format('CREATE CAST (%s AS %s) %s%s;', format_type(castsource, NULL), format_type(casttarget, NULL),
    CASE castmethod WHEN 'b' THEN 'WITHOUT FUNCTION' WHEN 'i' THEN 'WITH INOUT'
        ELSE format('WITH FUNCTION %s(%s)', pg_temp.name(castfunc),
                    pg_get_function_identity_arguments(castfunc)) END,
    CASE castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END)
FROM member JOIN pg_cast c ON c.oid = objid AND classid = 'pg_cast'::regclass
WHERE (classid, objid) NOT IN (SELECT classid, objid FROM of_range)
ORDER BY format_type(castsource, NULL) COLLATE "C", format_type(casttarget, NULL) COLLATE "C";

SELECT format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s;', amname,
    CASE amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, pg_temp.name(amhandler))
FROM member JOIN pg_am m ON m.oid = objid AND classid = 'pg_am'::regclass
ORDER BY amname COLLATE "C";

-- Of classes that sort and group nothing, the name is enough.
SELECT format('CREATE OPERATOR CLASS %s%I %sFOR TYPE %s USING %s AS %s;', pg_temp.prefix(opcnamespace),
    opcname, CASE WHEN opcdefault THEN 'DEFAULT ' ELSE '' END, format_type(opcintype, NULL), amname,
    coalesce((SELECT string_agg(format('OPERATOR %s %s', amopstrategy, oprname), ', ' ORDER BY amopstrategy)
              FROM pg_amop JOIN pg_operator o ON o.oid = amopopr
              WHERE amopfamily = opcfamily AND amoplefttype = opcintype AND amoprighttype = opcintype
                AND opcdefault AND amname IN ('btree', 'hash')),
             'STORAGE ' || format_type(opcintype, NULL)))
FROM member JOIN pg_opclass c ON c.oid = objid AND classid = 'pg_opclass'::regclass
JOIN pg_am m ON m.oid = opcmethod
ORDER BY opcname COLLATE "C", amname COLLATE "C";

SELECT format('CREATE VIEW %s%I AS SELECT %s;', pg_temp.prefix(relnamespace), relname,
    (SELECT string_agg(format('NULL::%s AS %I', format_type(atttypid, atttypmod), attname), ', '
                       ORDER BY attnum)
     FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped))
FROM member JOIN pg_class c ON c.oid = objid AND classid = 'pg_class'::regclass
WHERE relkind IN ('v', 'm')
ORDER BY relname COLLATE "C";

-- Known by name only.
SELECT format('CREATE TEXT SEARCH DICTIONARY %I (TEMPLATE = simple);', dictname)
FROM member JOIN pg_ts_dict d ON d.oid = objid AND classid = 'pg_ts_dict'::regclass
ORDER BY dictname COLLATE "C";

SELECT format('CREATE TEXT SEARCH CONFIGURATION %I (COPY = pg_catalog.simple);', cfgname)
FROM member JOIN pg_ts_config c ON c.oid = objid AND classid = 'pg_ts_config'::regclass
ORDER BY cfgname COLLATE "C";
