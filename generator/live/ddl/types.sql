-- section shells
SELECT 'pg_type'::regclass, t.oid, 1, 2, NULL::text, NULL::text, NULL::oid, NULL::aclitem[], 'CREATE TYPE ' || t.oid::regtype
FROM pg_type t JOIN space ON space.oid = typnamespace LEFT JOIN pg_range ON rngtypid = t.oid
WHERE typisdefined AND (typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid) OR rngcanonical <> 0)
-- section undefined_types
SELECT 'pg_type'::regclass, t.oid, 0, 2, NULL::text, NULL::text, typowner, NULL::aclitem[], 'CREATE TYPE ' || t.oid::regtype
FROM pg_type t JOIN space ON space.oid = typnamespace WHERE NOT typisdefined
-- section enums
SELECT 'pg_type'::regclass, t.oid, 0, 3, 'TYPE ' || t.oid::regtype, 'TYPE ' || t.oid::regtype, typowner, typacl,
       format('CREATE TYPE %s AS ENUM (%s)', t.oid::regtype,
           (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
FROM pg_type t JOIN space ON space.oid = typnamespace WHERE typtype = 'e'
-- section domains
SELECT 'pg_type'::regclass, t.oid, 0, 3, 'DOMAIN ' || t.oid::regtype, 'TYPE ' || t.oid::regtype, t.typowner, t.typacl,
       format('CREATE DOMAIN %s AS %s', t.oid::regtype, format_type(t.typbasetype, t.typtypmod))
       || CASE WHEN t.typcollation <> b.typcollation THEN ' COLLATE ' || t.typcollation::regcollation ELSE '' END
       || coalesce(' DEFAULT ' || pg_get_expr(t.typdefaultbin, 'pg_type'::regclass), '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
FROM pg_type t JOIN space ON space.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
WHERE t.typtype = 'd'
-- section domain_constraints
SELECT 'pg_constraint'::regclass, c.oid, 0, 14, format('CONSTRAINT %I ON DOMAIN %s', conname, contypid::regtype),
       NULL::text, NULL::oid, NULL::aclitem[],
       format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', contypid::regtype, conname, pg_get_constraintdef(c.oid))
FROM pg_constraint c JOIN pg_type t ON t.oid = contypid JOIN space ON space.oid = typnamespace
WHERE contype = 'c' AND NOT EXISTS (SELECT FROM member WHERE classid = 'pg_type'::regclass AND objid = t.oid)
-- section composites
SELECT 'pg_type'::regclass, t.oid, 0, 3, 'TYPE ' || t.oid::regtype, 'TYPE ' || t.oid::regtype, typowner, typacl,
       format('CREATE TYPE %s AS (%s)', t.oid::regtype,
           (SELECT string_agg(format('%I %s%s', attname, format_type(atttypid, atttypmod),
                       CASE WHEN attcollation <> e.typcollation THEN ' COLLATE ' || attcollation::regcollation ELSE '' END), ', ' ORDER BY attnum)
            FROM pg_attribute JOIN pg_type e ON e.oid = atttypid WHERE attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped))
FROM pg_type t JOIN space ON space.oid = typnamespace JOIN pg_class c ON c.oid = typrelid
WHERE typtype = 'c' AND relkind = 'c'
-- section composite_attributes
SELECT 'pg_class'::regclass, c.oid, attnum::int, 80, format('COLUMN %s.%I', reltype::regtype, attname),
       NULL::text, NULL::oid, NULL::aclitem[], NULL::text
FROM relation c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped WHERE relkind = 'c'
-- section ranges
SELECT 'pg_type'::regclass, t.oid, 0, 3, 'TYPE ' || t.oid::regtype, 'TYPE ' || t.oid::regtype, t.typowner, t.typacl,
       format('CREATE TYPE %s AS RANGE (SUBTYPE = %s', t.oid::regtype, rngsubtype::regtype)
       || CASE WHEN NOT opcdefault THEN format(', SUBTYPE_OPCLASS = %s.%I', opcnamespace::regnamespace, opcname) ELSE '' END
       || CASE WHEN rngcollation <> s.typcollation THEN ', COLLATION = ' || rngcollation::regcollation ELSE '' END
       || CASE WHEN rngcanonical <> 0 THEN ', CANONICAL = ' || rngcanonical::regproc ELSE '' END
       || CASE WHEN rngsubdiff <> 0 THEN ', SUBTYPE_DIFF = ' || rngsubdiff::regproc ELSE '' END
       || coalesce(', MULTIRANGE_TYPE_NAME = ' || (to_jsonb(r) ->> 'rngmultitypid')::oid::regtype, '') || ')'
FROM pg_range r JOIN pg_type t ON t.oid = rngtypid JOIN space ON space.oid = t.typnamespace
     JOIN pg_type s ON s.oid = rngsubtype JOIN pg_opclass o ON o.oid = rngsubopc
-- section base_types
SELECT 'pg_type'::regclass, t.oid, 0, 6, 'TYPE ' || t.oid::regtype, 'TYPE ' || t.oid::regtype, t.typowner, t.typacl,
       format('CREATE TYPE %s (INPUT = %s, OUTPUT = %s', t.oid::regtype, typinput, typoutput)
       || CASE WHEN typreceive <> 0 THEN ', RECEIVE = ' || typreceive ELSE '' END
       || CASE WHEN typsend <> 0 THEN ', SEND = ' || typsend ELSE '' END
       || CASE WHEN typmodin <> 0 THEN ', TYPMOD_IN = ' || typmodin ELSE '' END
       || CASE WHEN typmodout <> 0 THEN ', TYPMOD_OUT = ' || typmodout ELSE '' END
       || CASE WHEN typanalyze <> 0 THEN ', ANALYZE = ' || typanalyze ELSE '' END
       || CASE WHEN (extra ->> 'typsubscript') <> '-' THEN ', SUBSCRIPT = ' || (extra ->> 'typsubscript') ELSE '' END
       || ', INTERNALLENGTH = ' || CASE typlen WHEN -1 THEN 'VARIABLE' ELSE typlen::text END
       || CASE WHEN typbyval THEN ', PASSEDBYVALUE' ELSE '' END
       || ', ALIGNMENT = ' || CASE typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' ELSE 'double' END
       || ', STORAGE = ' || CASE typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' ELSE 'main' END
       || CASE WHEN typcategory <> 'U' THEN ', CATEGORY = ' || quote_literal(typcategory::text) ELSE '' END
       || CASE WHEN typispreferred THEN ', PREFERRED = true' ELSE '' END
       || coalesce(', DEFAULT = ' || quote_literal(typdefault), '')
       || CASE WHEN typelem <> 0 THEN ', ELEMENT = ' || typelem::regtype ELSE '' END
       || CASE WHEN typdelim <> ',' THEN ', DELIMITER = ' || quote_literal(typdelim::text) ELSE '' END
       || CASE WHEN typcollation <> 0 THEN ', COLLATABLE = true' ELSE '' END || ')'
FROM pg_type t JOIN space ON space.oid = t.typnamespace, LATERAL (SELECT to_jsonb(t) AS extra) AS e
WHERE typtype = 'b' AND typisdefined AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
