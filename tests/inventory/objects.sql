-- What a server has of schemas, types, functions and objects that no query asks for, and of owners,
-- privileges and comments of all: the key of an item, one of its properties (NULL: the item itself)
-- and the value. search_path is pg_catalog.
CREATE FUNCTION pg_temp.of_extension(class regclass, object oid) RETURNS boolean LANGUAGE sql COST 100000 AS $$
    SELECT EXISTS (SELECT FROM pg_depend WHERE classid = class AND objid = object AND (deptype = 'e'
                       OR (deptype = 'i' AND class = 'pg_proc'::regclass)))
$$;

CREATE FUNCTION pg_temp.name(schema text, name text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE schema WHEN 'pg_catalog' THEN quote_ident(name) ELSE format('%I.%I', schema, name) END
$$;

CREATE FUNCTION pg_temp.proc(id oid) RETURNS text LANGUAGE sql AS $$
    SELECT pg_temp.name(nspname, proname) FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace
    WHERE pg_proc.oid = id
$$;

CREATE FUNCTION pg_temp.args(id oid) RETURNS text LANGUAGE sql AS $$
    SELECT format('(%s)', CASE WHEN prokind = 'a' AND pronargs = 0 THEN '*' ELSE
        (SELECT coalesce(string_agg(CASE WHEN aggkind IN ('o', 'h') AND i = aggnumdirectargs + 1
                     THEN CASE WHEN i > 1 THEN ' ' ELSE '' END || 'ORDER BY '
                     WHEN i > 1 THEN ', ' ELSE '' END || format_type(t, NULL), '' ORDER BY i), '')
         FROM unnest(proargtypes) WITH ORDINALITY AS u(t, i)) END)
    FROM pg_proc LEFT JOIN pg_aggregate ON aggfnoid = pg_proc.oid WHERE pg_proc.oid = id
$$;

CREATE FUNCTION pg_temp.oper(id oid) RETURNS text LANGUAGE sql AS $$
    SELECT CASE nspname WHEN 'pg_catalog' THEN oprname ELSE format('%I.%s', nspname, oprname) END
    FROM pg_operator o JOIN pg_namespace n ON n.oid = oprnamespace WHERE o.oid = id
$$;

CREATE FUNCTION pg_temp.operands(id oid) RETURNS text LANGUAGE sql AS $$
    SELECT format('(%s, %s)', CASE oprleft WHEN 0 THEN 'NONE' ELSE format_type(oprleft, NULL) END,
                  format_type(oprright, NULL)) FROM pg_operator WHERE oid = id
$$;

CREATE FUNCTION pg_temp.dollar(source text, tag text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE quote text := '$' || tag;
BEGIN
    WHILE strpos(source, quote) > 0 LOOP quote := quote || 'x'; END LOOP;
    RETURN quote || '$' || source || quote || '$';
END
$$;

-- As the generator writes it: without the space that quote_literal() puts in front of E.
CREATE FUNCTION pg_temp.literal(value text) RETURNS text LANGUAGE sql AS $$ SELECT ltrim(quote_literal(value)) $$;

CREATE TEMPORARY TABLE schema_of_user AS
SELECT n.*, quote_ident(nspname) AS name FROM pg_namespace n
WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema';

CREATE TEMPORARY TABLE object AS
SELECT 'pg_namespace'::regclass AS class, oid, 0 AS part, 'SCHEMA ' || name AS key, nspowner AS owner,
       coalesce(nspacl, acldefault('n', nspowner)) AS acl
    FROM schema_of_user
UNION ALL SELECT 'pg_class', c.oid, 0,
       CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN_TABLE' WHEN 'v' THEN 'VIEW'
                    WHEN 'm' THEN 'MATERIALIZED_VIEW' ELSE 'TABLE' END || format(' %s.%I', n.name, relname),
       relowner, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))
    FROM pg_class c JOIN schema_of_user n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT pg_temp.of_extension('pg_class', c.oid)
UNION ALL SELECT 'pg_class', c.oid, attnum, format('COLUMN %s.%I: %I', n.name, relname, attname), NULL, attacl
    FROM pg_class c JOIN schema_of_user n ON n.oid = relnamespace JOIN pg_attribute ON attrelid = c.oid
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND attnum > 0 AND NOT attisdropped
      AND NOT pg_temp.of_extension('pg_class', c.oid)
UNION ALL SELECT 'pg_type', t.oid, 0,
       CASE WHEN NOT typisdefined THEN 'SHELL_TYPE' WHEN typtype = 'e' THEN 'ENUM' WHEN typtype = 'd' THEN 'DOMAIN'
            WHEN typtype = 'r' THEN 'RANGE' WHEN typtype = 'c' THEN 'COMPOSITE' ELSE 'BASE_TYPE' END
       || format(' %s.%I', n.name, typname), typowner, coalesce(typacl, acldefault('T', typowner))
    FROM pg_type t JOIN schema_of_user n ON n.oid = typnamespace LEFT JOIN pg_class c ON c.oid = typrelid
    WHERE typtype IN ('b', 'c', 'd', 'e', 'p', 'r') AND (typtype <> 'c' OR relkind = 'c')
      AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
      AND NOT pg_temp.of_extension('pg_type', t.oid)
UNION ALL SELECT 'pg_proc', p.oid, 0,
       CASE prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END
       || format(' %s.%I', n.name, proname) || pg_temp.args(p.oid), proowner,
       coalesce(proacl, acldefault('f', proowner))
    FROM pg_proc p JOIN schema_of_user n ON n.oid = pronamespace WHERE NOT pg_temp.of_extension('pg_proc', p.oid)
UNION ALL SELECT 'pg_operator', o.oid, 0, format('OPERATOR %s.%I', n.name, oprname) || pg_temp.operands(o.oid),
       oprowner, NULL
    FROM pg_operator o JOIN schema_of_user n ON n.oid = oprnamespace
    WHERE NOT pg_temp.of_extension('pg_operator', o.oid) AND oprcode <> 0
UNION ALL SELECT 'pg_opfamily', f.oid, 0, format('OPERATOR_FAMILY %s.%I USING %s', n.name, opfname, amname),
       opfowner, NULL
    FROM pg_opfamily f JOIN schema_of_user n ON n.oid = opfnamespace JOIN pg_am a ON a.oid = opfmethod
    WHERE NOT pg_temp.of_extension('pg_opfamily', f.oid)
UNION ALL SELECT 'pg_opclass', c.oid, 0, format('OPERATOR_CLASS %s.%I USING %s', n.name, opcname, amname),
       opcowner, NULL
    FROM pg_opclass c JOIN schema_of_user n ON n.oid = opcnamespace JOIN pg_am a ON a.oid = opcmethod
    WHERE NOT pg_temp.of_extension('pg_opclass', c.oid)
UNION ALL SELECT 'pg_cast', oid, 0, format('CAST %I', format_type(castsource, NULL) || ' AS ' || format_type(casttarget, NULL)),
       NULL, NULL
    FROM pg_cast WHERE oid >= 16384 AND NOT pg_temp.of_extension('pg_cast', oid)
      AND castsource NOT IN (SELECT rngtypid FROM pg_range)
UNION ALL SELECT 'pg_collation', c.oid, 0, format('COLLATION %s.%I', n.name, collname), collowner, NULL
    FROM pg_collation c JOIN schema_of_user n ON n.oid = collnamespace
UNION ALL SELECT 'pg_conversion', c.oid, 0, format('CONVERSION %s.%I', n.name, conname), conowner, NULL
    FROM pg_conversion c JOIN schema_of_user n ON n.oid = connamespace
UNION ALL SELECT 'pg_ts_config', c.oid, 0, format('TS_CONFIGURATION %s.%I', n.name, cfgname), cfgowner, NULL
    FROM pg_ts_config c JOIN schema_of_user n ON n.oid = cfgnamespace
UNION ALL SELECT 'pg_ts_dict', c.oid, 0, format('TS_DICTIONARY %s.%I', n.name, dictname), dictowner, NULL
    FROM pg_ts_dict c JOIN schema_of_user n ON n.oid = dictnamespace WHERE NOT pg_temp.of_extension('pg_ts_dict', c.oid)
UNION ALL SELECT 'pg_ts_parser', c.oid, 0, format('TS_PARSER %s.%I', n.name, prsname), NULL, NULL
    FROM pg_ts_parser c JOIN schema_of_user n ON n.oid = prsnamespace
UNION ALL SELECT 'pg_ts_template', c.oid, 0, format('TS_TEMPLATE %s.%I', n.name, tmplname), NULL, NULL
    FROM pg_ts_template c JOIN schema_of_user n ON n.oid = tmplnamespace
UNION ALL SELECT 'pg_foreign_data_wrapper', oid, 0, format('WRAPPER %I', fdwname), fdwowner,
       coalesce(fdwacl, acldefault('F', fdwowner))
    FROM pg_foreign_data_wrapper WHERE NOT pg_temp.of_extension('pg_foreign_data_wrapper', oid)
UNION ALL SELECT 'pg_foreign_server', oid, 0, format('SERVER %I', srvname), srvowner,
       coalesce(srvacl, acldefault('S', srvowner)) FROM pg_foreign_server
UNION ALL SELECT 'pg_user_mapping', umid, 0,
       format('USER_MAPPING %I', format('FOR %s SERVER %I', CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname)),
       NULL, NULL FROM pg_user_mappings
UNION ALL SELECT 'pg_event_trigger', oid, 0, format('EVENT_TRIGGER %I', evtname), evtowner, NULL FROM pg_event_trigger
UNION ALL SELECT 'pg_publication', oid, 0, format('PUBLICATION %I', pubname), pubowner, NULL FROM pg_publication
UNION ALL SELECT 'pg_extension', oid, 0, format('EXTENSION %I', extname), NULL, NULL FROM pg_extension
    WHERE extname <> 'plpgsql'
UNION ALL SELECT 'pg_am', oid, 0, format('ACCESS_METHOD %I', amname), NULL, NULL FROM pg_am WHERE oid >= 16384
UNION ALL SELECT 'pg_constraint', c.oid, 0, format('DOMAIN_CONSTRAINT %s.%I: %I', n.name, typname, conname), NULL, NULL
    FROM pg_constraint c JOIN pg_type t ON t.oid = contypid JOIN schema_of_user n ON n.oid = typnamespace
UNION ALL SELECT 'pg_constraint', c.oid, 0, format('CONSTRAINT %s.%I: %I', n.name, relname, conname), NULL, NULL
    FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid JOIN schema_of_user n ON n.oid = relnamespace
    WHERE contype <> 't'
UNION ALL SELECT 'pg_class', c.oid, 0, format('INDEX %s.%I', n.name, relname), NULL, NULL
    FROM pg_class c JOIN schema_of_user n ON n.oid = relnamespace
    WHERE relkind IN ('i', 'I') AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid AND contype IN ('p', 'u', 'x'))
UNION ALL SELECT 'pg_trigger', t.oid, 0, format('TRIGGER %s.%I: %I', n.name, relname, tgname), NULL, NULL
    FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN schema_of_user n ON n.oid = relnamespace
    WHERE NOT tgisinternal
UNION ALL SELECT 'pg_policy', t.oid, 0, format('POLICY %s.%I: %I', n.name, relname, polname), NULL, NULL
    FROM pg_policy t JOIN pg_class c ON c.oid = polrelid JOIN schema_of_user n ON n.oid = relnamespace
UNION ALL SELECT 'pg_rewrite', t.oid, 0, format('RULE %s.%I: %I', n.name, relname, rulename), NULL, NULL
    FROM pg_rewrite t JOIN pg_class c ON c.oid = ev_class JOIN schema_of_user n ON n.oid = relnamespace
    WHERE rulename <> '_RETURN'
UNION ALL SELECT 'pg_statistic_ext', s.oid, 0, format('STATISTICS %s.%I', n.name, stxname), stxowner, NULL
    FROM pg_statistic_ext s JOIN schema_of_user n ON n.oid = stxnamespace
UNION ALL SELECT 'pg_default_acl', d.oid, 0, 'DEFAULT_PRIVILEGE ' || coalesce(n.name || '.', '')
       || format('%I', CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                            WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END)
       || CASE defaclrole WHEN (SELECT oid FROM pg_roles WHERE rolname = current_user) THEN ''
               ELSE format(' FOR ROLE %I', pg_get_userbyid(defaclrole)) END, defaclrole, defaclacl
    FROM pg_default_acl d LEFT JOIN schema_of_user n ON n.oid = defaclnamespace;

ANALYZE object;

CREATE TEMPORARY VIEW property AS
SELECT key, NULL AS property, NULL AS value FROM object
UNION ALL SELECT key, 'owner', quote_ident(pg_get_userbyid(owner)) FROM object
    WHERE owner <> (SELECT oid FROM pg_roles WHERE rolname = current_user)
UNION ALL SELECT key, 'privilege', CASE grantee WHEN 0 THEN 'PUBLIC' WHEN coalesce(owner, relowner) THEN 'OWNER'
                      ELSE quote_ident(pg_get_userbyid(grantee)) END || ' ' || privilege_type
                 || CASE WHEN is_grantable THEN ' *' ELSE '' END
    FROM object o LEFT JOIN pg_class c ON o.class = 'pg_class'::regclass AND c.oid = o.oid, aclexplode(acl)
UNION ALL SELECT key, 'comment', pg_temp.literal(description)
    FROM object o JOIN pg_description d ON d.classoid = o.class AND d.objoid = o.oid AND d.objsubid = o.part
    WHERE o.class <> 'pg_extension'::regclass
-- Types
UNION ALL SELECT key, format('label[%s]', row_number() OVER (PARTITION BY enumtypid ORDER BY enumsortorder)), quote_literal(enumlabel)
    FROM object o JOIN pg_enum e ON enumtypid = o.oid
UNION ALL SELECT key, p.name, p.value FROM object o JOIN pg_type t ON t.oid = o.oid AND typtype = 'd'
    LEFT JOIN pg_type b ON b.oid = t.typbasetype LEFT JOIN pg_collation c ON c.oid = t.typcollation
    LEFT JOIN pg_namespace n ON n.oid = collnamespace,
    LATERAL (VALUES ('subtype', format_type(t.typbasetype, t.typtypmod)),
        ('collation', CASE WHEN t.typcollation <> b.typcollation THEN pg_temp.name(nspname, collname) END),
        ('not null', CASE WHEN t.typnotnull THEN 'true' END), ('default', t.typdefault)) AS p(name, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT key, p.name, p.value FROM object o JOIN pg_constraint c ON c.oid = o.oid AND o.class = 'pg_constraint'::regclass,
    LATERAL (VALUES ('definition', regexp_replace(pg_get_constraintdef(c.oid), ' NOT VALID$', '')),
        ('not valid', CASE WHEN NOT convalidated THEN 'true' END)) AS p(name, value)
    WHERE contypid <> 0 AND p.value IS NOT NULL
UNION ALL SELECT o.key, p.name, p.value FROM object o JOIN pg_attribute a ON o.class = 'pg_class'::regclass AND attrelid = o.oid AND attnum = o.part AND part > 0
    JOIN pg_class c ON c.oid = attrelid AND relkind = 'c' JOIN pg_type t ON t.oid = atttypid
    LEFT JOIN pg_collation l ON l.oid = attcollation LEFT JOIN pg_namespace n ON n.oid = collnamespace,
    LATERAL (VALUES ('type', format_type(atttypid, atttypmod)),
        ('collation', CASE WHEN attcollation <> typcollation THEN pg_temp.name(nspname, collname) END)) AS p(name, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT key, 'subtype', format_type(rngsubtype, NULL) FROM object o JOIN pg_range ON rngtypid = o.oid
UNION ALL SELECT key, 'collation', pg_temp.name(nspname, collname) FROM object o JOIN pg_range ON rngtypid = o.oid
    JOIN pg_type s ON s.oid = rngsubtype JOIN pg_collation l ON l.oid = rngcollation JOIN pg_namespace n ON n.oid = collnamespace
    WHERE rngcollation <> typcollation
UNION ALL SELECT key, format('clause[%s]', row_number() OVER (PARTITION BY key ORDER BY p.i)), p.value
    FROM object o JOIN pg_range r ON rngtypid = o.oid JOIN pg_opclass c ON c.oid = rngsubopc,
    LATERAL (VALUES (1, CASE WHEN NOT opcdefault THEN 'SUBTYPE_OPCLASS = ' || quote_ident(opcname) END),
        (2, 'CANONICAL = ' || pg_temp.proc(rngcanonical)), (3, 'SUBTYPE_DIFF = ' || pg_temp.proc(rngsubdiff))) AS p(i, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT key, 'clause[1]', 'LOCALE = ' || quote_literal(coalesce(colliculocale, collcollate))
    FROM object o JOIN pg_collation c ON o.class = 'pg_collation'::regclass AND c.oid = o.oid
-- Text search
UNION ALL SELECT key, 'clause[1]', 'PARSER = ' || pg_temp.name(nspname, prsname)
    FROM object o JOIN pg_ts_config c ON o.class = 'pg_ts_config'::regclass AND c.oid = o.oid
    JOIN pg_ts_parser p ON p.oid = cfgparser JOIN pg_namespace n ON n.oid = prsnamespace
UNION ALL SELECT key, format('clause[%s]', 1 + row_number() OVER (PARTITION BY key ORDER BY alias COLLATE "C")),
        format('MAPPING FOR %s = %s', alias, dictionaries)
    FROM (SELECT key, alias, string_agg(pg_temp.name(nspname, dictname), ', ' ORDER BY mapseqno) AS dictionaries
          FROM object o JOIN pg_ts_config c ON o.class = 'pg_ts_config'::regclass AND c.oid = o.oid
          JOIN pg_ts_config_map ON mapcfg = c.oid JOIN pg_ts_dict d ON d.oid = mapdict JOIN pg_namespace n ON n.oid = dictnamespace,
          ts_token_type(cfgparser) AS t WHERE t.tokid = maptokentype GROUP BY key, alias) AS mappings
UNION ALL SELECT key, 'clause[1]', 'TEMPLATE = ' || pg_temp.name(nspname, tmplname)
    FROM object o JOIN pg_ts_dict c ON o.class = 'pg_ts_dict'::regclass AND c.oid = o.oid
    JOIN pg_ts_template p ON p.oid = dicttemplate JOIN pg_namespace n ON n.oid = tmplnamespace
UNION ALL SELECT key, format('clause[%s]', 1 + i), option
    FROM object o JOIN pg_ts_dict c ON o.class = 'pg_ts_dict'::regclass AND c.oid = o.oid,
         regexp_split_to_table(dictinitoption, ', (?=[a-z_]+ = )') WITH ORDINALITY AS u(option, i)
-- Functions
UNION ALL SELECT key, p.name, p.value FROM object o JOIN pg_proc f ON o.class = 'pg_proc'::regclass AND f.oid = o.oid
    JOIN pg_language l ON l.oid = prolang,
    LATERAL (VALUES ('arguments', pg_get_function_arguments(f.oid)), ('result', pg_get_function_result(f.oid)),
        ('language', CASE WHEN prokind <> 'a' THEN quote_ident(lanname) END),
        ('body', CASE WHEN prokind = 'a' THEN NULL WHEN prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(f.oid)
                      WHEN probin IS NOT NULL THEN quote_literal(probin) || ', ' || quote_literal(prosrc)
                      ELSE pg_temp.dollar(prosrc, CASE prokind WHEN 'p' THEN 'procedure' ELSE 'function' END) END))
        AS p(name, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT key, format('attribute[%s]', row_number() OVER (PARTITION BY key ORDER BY p.i)), p.value
    FROM object o JOIN pg_proc f ON o.class = 'pg_proc'::regclass AND f.oid = o.oid AND prokind <> 'a' JOIN pg_language l ON l.oid = prolang,
    LATERAL (VALUES (1, CASE prokind WHEN 'w' THEN 'WINDOW' END),
        (2, CASE provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' END), (3, CASE WHEN proisstrict THEN 'STRICT' END),
        (4, CASE WHEN prosecdef THEN 'SECURITY DEFINER' END), (5, CASE WHEN proleakproof THEN 'LEAKPROOF' END),
        (6, CASE proparallel WHEN 's' THEN 'PARALLEL SAFE' WHEN 'r' THEN 'PARALLEL RESTRICTED' END),
        (7, CASE WHEN procost <> CASE WHEN lanname IN ('c', 'internal') THEN 1 ELSE 100 END THEN 'COST ' || procost END),
        (8, CASE WHEN proretset AND prorows <> 1000 THEN 'ROWS ' || prorows END),
        (9, CASE WHEN prosupport::oid <> 0 THEN 'SUPPORT ' || pg_temp.proc(prosupport) END)) AS p(i, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT key, format('setting[%s]', i),
        (regexp_match(pg_get_functiondef(f.oid), E'\n (SET ' || quote_ident(split_part(setting, '=', 1)) || E' TO [^\n]*)'))[1]
    FROM object o JOIN pg_proc f ON o.class = 'pg_proc'::regclass AND f.oid = o.oid AND prokind <> 'a',
         unnest(proconfig) WITH ORDINALITY AS u(setting, i)
-- Aggregates, operators
UNION ALL SELECT key, format('clause[%s]', row_number() OVER (PARTITION BY key ORDER BY p.i)), p.value
    FROM object o JOIN pg_aggregate a ON o.class = 'pg_proc'::regclass AND aggfnoid = o.oid JOIN pg_proc f ON f.oid = o.oid,
    LATERAL (VALUES (1, 'SFUNC = ' || pg_temp.proc(aggtransfn)), (2, 'STYPE = ' || format_type(aggtranstype, NULL)),
        (3, CASE WHEN aggtransspace <> 0 THEN 'SSPACE = ' || aggtransspace END),
        (4, 'FINALFUNC = ' || pg_temp.proc(aggfinalfn)), (5, CASE WHEN aggfinalextra THEN 'FINALFUNC_EXTRA' END),
        (6, CASE WHEN aggfinalmodify <> CASE aggkind WHEN 'n' THEN 'r' ELSE 'w' END THEN 'FINALFUNC_MODIFY = ' ||
            CASE aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END),
        (7, 'COMBINEFUNC = ' || pg_temp.proc(aggcombinefn)), (8, 'SERIALFUNC = ' || pg_temp.proc(aggserialfn)),
        (9, 'DESERIALFUNC = ' || pg_temp.proc(aggdeserialfn)), (10, 'INITCOND = ' || quote_literal(agginitval)),
        (11, 'MSFUNC = ' || pg_temp.proc(aggmtransfn)), (12, 'MINVFUNC = ' || pg_temp.proc(aggminvtransfn)),
        (13, CASE WHEN aggmtranstype <> 0 THEN 'MSTYPE = ' || format_type(aggmtranstype, NULL) END),
        (14, CASE WHEN aggmtransspace <> 0 THEN 'MSSPACE = ' || aggmtransspace END),
        (15, 'MFINALFUNC = ' || pg_temp.proc(aggmfinalfn)), (18, 'MINITCOND = ' || quote_literal(aggminitval)),
        (19, 'SORTOP = OPERATOR(' || pg_temp.oper(aggsortop) || ')'),
        (20, CASE proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END),
        (21, CASE aggkind WHEN 'h' THEN 'HYPOTHETICAL' END)) AS p(i, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT key, format('clause[%s]', row_number() OVER (PARTITION BY key ORDER BY p.i)), p.value
    FROM object o JOIN pg_operator f ON o.class = 'pg_operator'::regclass AND f.oid = o.oid,
    LATERAL (VALUES (1, 'FUNCTION = ' || pg_temp.proc(oprcode)),
        (2, CASE WHEN oprleft <> 0 THEN 'LEFTARG = ' || format_type(oprleft, NULL) END), (3, 'RIGHTARG = ' || format_type(oprright, NULL)),
        (4, 'COMMUTATOR = OPERATOR(' || pg_temp.oper(oprcom) || ')'), (5, 'NEGATOR = OPERATOR(' || pg_temp.oper(oprnegate) || ')'),
        (6, 'RESTRICT = ' || pg_temp.proc(oprrest)), (7, 'JOIN = ' || pg_temp.proc(oprjoin)),
        (8, CASE WHEN oprcanhash THEN 'HASHES' END), (9, CASE WHEN oprcanmerge THEN 'MERGES' END)) AS p(i, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT key, format('clause[%s]', row_number() OVER (PARTITION BY key ORDER BY p.i)), p.value
    FROM object o JOIN pg_cast f ON o.class = 'pg_cast'::regclass AND f.oid = o.oid,
    LATERAL (VALUES (1, CASE castmethod WHEN 'f' THEN 'WITH FUNCTION ' || pg_temp.proc(castfunc) || pg_temp.args(castfunc)
                                        WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END),
        (2, CASE castcontext WHEN 'i' THEN 'AS IMPLICIT' WHEN 'a' THEN 'AS ASSIGNMENT' END)) AS p(i, value)
    WHERE p.value IS NOT NULL
-- Foreign objects
UNION ALL SELECT key, 'foreign option', format('%I %s', split_part(option, '=', 1), quote_literal(substr(option, strpos(option, '=') + 1)))
    FROM (SELECT key, unnest(fdwoptions) AS option FROM object o JOIN pg_foreign_data_wrapper w ON o.class = 'pg_foreign_data_wrapper'::regclass AND w.oid = o.oid
          UNION ALL SELECT key, unnest(srvoptions) FROM object o JOIN pg_foreign_server w ON o.class = 'pg_foreign_server'::regclass AND w.oid = o.oid
          UNION ALL SELECT key, unnest(umoptions) FROM object o JOIN pg_user_mapping w ON o.class = 'pg_user_mapping'::regclass AND w.oid = o.oid) AS all_options
UNION ALL SELECT key, p.name, p.value FROM object o JOIN pg_foreign_server s ON o.class = 'pg_foreign_server'::regclass AND s.oid = o.oid
    JOIN pg_foreign_data_wrapper w ON w.oid = srvfdw,
    LATERAL (VALUES ('version', quote_literal(srvversion)),
        ('clause[1]', CASE WHEN srvtype IS NULL THEN 'FOREIGN DATA WRAPPER = ' || quote_ident(fdwname) ELSE 'TYPE = ' || quote_literal(srvtype) END),
        ('clause[2]', CASE WHEN srvtype IS NOT NULL THEN 'FOREIGN DATA WRAPPER = ' || quote_ident(fdwname) END)) AS p(name, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT key, 'server', quote_ident(srvname) FROM object o JOIN pg_user_mappings ON o.class = 'pg_user_mapping'::regclass AND umid = o.oid
-- Publications, event triggers
UNION ALL SELECT key, 'table', 'ALL TABLES' FROM object o JOIN pg_publication p ON o.class = 'pg_publication'::regclass AND p.oid = o.oid AND puballtables
UNION ALL SELECT key, 'table', 'TABLES IN SCHEMA ' || quote_ident(nspname) FROM object o JOIN pg_publication_namespace ON o.class = 'pg_publication'::regclass AND pnpubid = o.oid
    JOIN pg_namespace n ON n.oid = pnnspid
UNION ALL SELECT key, 'table', format('%I.%I', nspname, relname)
        || coalesce((SELECT ' (' || string_agg(quote_ident(attname), ', ' ORDER BY attname) || ')' FROM unnest(prattrs) AS u(n)
                     JOIN pg_attribute ON attrelid = prrelid AND attnum = u.n), '')
        || coalesce(' WHERE (' || pg_get_expr(prqual, prrelid) || ')', '')
    FROM object o JOIN pg_publication_rel ON o.class = 'pg_publication'::regclass AND prpubid = o.oid JOIN pg_class c ON c.oid = prrelid
    JOIN pg_namespace n ON n.oid = relnamespace
UNION ALL SELECT key, format('clause[%s]', row_number() OVER (PARTITION BY key ORDER BY p.i)), p.value
    FROM object o JOIN pg_publication f ON o.class = 'pg_publication'::regclass AND f.oid = o.oid,
    LATERAL (VALUES (1, CASE WHEN NOT (pubinsert AND pubupdate AND pubdelete AND pubtruncate) THEN 'publish = ' || quote_literal(concat_ws(', ',
            CASE WHEN pubinsert THEN 'insert' END, CASE WHEN pubupdate THEN 'update' END, CASE WHEN pubdelete THEN 'delete' END,
            CASE WHEN pubtruncate THEN 'truncate' END)) END),
        (2, CASE WHEN pubviaroot THEN 'publish_via_partition_root = true' END)) AS p(i, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT key, format('clause[%s]', row_number() OVER (PARTITION BY key ORDER BY p.i)), p.value
    FROM object o JOIN pg_event_trigger f ON o.class = 'pg_event_trigger'::regclass AND f.oid = o.oid,
    LATERAL (VALUES (1, 'ON = ' || evtevent), (2, 'WHEN = TAG IN (' || (SELECT string_agg(quote_literal(t), ', ') FROM unnest(evttags) AS t) || ')'),
        (3, 'FUNCTION = ' || pg_temp.proc(evtfoid))) AS p(i, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT key, 'enabled', CASE evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END
    FROM object o JOIN pg_event_trigger f ON o.class = 'pg_event_trigger'::regclass AND f.oid = o.oid WHERE evtenabled <> 'O'
UNION ALL SELECT key, 'schema', quote_ident(nspname) FROM object o JOIN pg_extension e ON o.class = 'pg_extension'::regclass AND e.oid = o.oid
    JOIN pg_namespace n ON n.oid = extnamespace;

SELECT DISTINCT key || CASE WHEN property IS NULL THEN '' ELSE format(' | %s: %s', property, value) END
FROM property;
