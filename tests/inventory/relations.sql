-- What a server has of relations and their parts, in the words of inventory/properties.def: the key
-- of an item, one of its properties (NULL: the item itself) and the value. search_path is pg_catalog.
CREATE FUNCTION pg_temp.index_elements(definition text, method text) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
    start int := strpos(definition, ' USING ' || quote_ident(method) || ' (') +
                 length(' USING ' || quote_ident(method) || ' (');
    element text := '';
    elements text[] := '{}';
    depth int := 0;
    quote text := '';
    c text;
BEGIN
    FOR i IN start .. length(definition) LOOP
        c := substr(definition, i, 1);
        IF quote <> '' THEN
            quote := CASE WHEN c = quote THEN '' ELSE quote END;
        ELSIF c IN ('''', '"') THEN
            quote := c;
        ELSIF c = '(' THEN
            depth := depth + 1;
        ELSIF c = ')' THEN
            EXIT WHEN depth = 0;
            depth := depth - 1;
        ELSIF c = ',' AND depth = 0 THEN
            elements := elements || btrim(element);
            element := '';
            CONTINUE;
        END IF;
        element := element || c;
    END LOOP;
    RETURN elements || btrim(element);
END
$$;

CREATE FUNCTION pg_temp.options(options text[]) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT format('%I=%s', split_part(o, '=', 1), CASE WHEN quote_ident(v) = v THEN v ELSE quote_literal(v) END)
    FROM unnest(options) o, LATERAL (SELECT substr(o, strpos(o, '=') + 1) AS v) AS value
    WHERE o NOT LIKE 'pg_attver=%'
$$;

CREATE FUNCTION pg_temp.enabled(state "char") RETURNS text LANGUAGE sql AS $$
    SELECT CASE state WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                      WHEN 'A' THEN 'ENABLE ALWAYS' END
$$;

CREATE TEMPORARY TABLE relation AS
SELECT c.*, nspname, format('%I.%I', nspname, relname) AS name,
       CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN_TABLE' WHEN 'v' THEN 'VIEW'
                    WHEN 'm' THEN 'MATERIALIZED_VIEW' WHEN 'c' THEN 'COMPOSITE' ELSE 'TABLE' END
       || format(' %I.%I', nspname, relname) AS key
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema' AND relkind = ANY ('{r,p,f,v,m,c,S}')
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');

CREATE TEMPORARY VIEW index_of_schema AS
SELECT i.*, c.relname, c.reloptions, c.reltablespace, c.relkind, am.amname, t.nspname, t.name AS table_name,
       con.oid AS constraint_oid,
       CASE WHEN con.oid IS NULL THEN format('INDEX %I.%I', t.nspname, c.relname)
            ELSE format('CONSTRAINT %s: %I', t.name, c.relname) END AS key
FROM pg_index i JOIN pg_class c ON c.oid = indexrelid JOIN pg_am am ON am.oid = c.relam
     JOIN relation t ON t.oid = indrelid
     LEFT JOIN pg_constraint con ON con.conindid = indexrelid AND con.contype IN ('p', 'u', 'x');

-- What a foreign key on a partitioned table has for each of its partitions is no constraint of its own.
CREATE TEMPORARY VIEW constraint_of_schema AS
SELECT c.oid AS conid, c.*, format('CONSTRAINT %s: %I', r.name, conname) AS key
FROM pg_constraint c JOIN relation r ON r.oid = conrelid
WHERE contype IN ('p', 'u', 'x', 'c', 'f')
  AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.oid = c.conparentid AND p.conrelid = c.conrelid);

CREATE TEMPORARY VIEW property AS
-- Relations
SELECT key, NULL AS property, NULL AS value FROM relation WHERE relkind <> 'c'
UNION ALL SELECT key, 'persistence', 'UNLOGGED' FROM relation WHERE relpersistence = 'u'
UNION ALL SELECT key, 'of type', (SELECT format('%I.%I', nspname, typname)
                                  FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace
                                  WHERE t.oid = reloftype) FROM relation WHERE reloftype <> 0
UNION ALL SELECT r.key, format('parent[%s]', row_number() OVER (PARTITION BY r.oid ORDER BY inhseqno)), p.name
    FROM relation r JOIN pg_inherits ON inhrelid = r.oid JOIN relation p ON p.oid = inhparent
UNION ALL SELECT key, 'bound', pg_get_expr(relpartbound, oid) FROM relation WHERE relispartition
UNION ALL SELECT key, 'partition key', pg_get_partkeydef(oid) FROM relation WHERE relkind = 'p'
UNION ALL SELECT key, 'access method', quote_ident(amname) FROM relation r JOIN pg_am a ON a.oid = relam
    WHERE amname <> 'heap'
UNION ALL SELECT key, 'tablespace', quote_ident(spcname) FROM relation r JOIN pg_tablespace s ON s.oid = reltablespace
UNION ALL SELECT key, 'option', pg_temp.options(reloptions) FROM relation
UNION ALL SELECT key, 'toast option', pg_temp.options(t.reloptions) FROM relation r
    JOIN pg_class t ON t.oid = r.reltoastrelid
UNION ALL SELECT key, 'foreign option', format('%I %L', option_name, option_value)
    FROM relation r JOIN pg_foreign_table ON ftrelid = r.oid, pg_options_to_table(ftoptions)
UNION ALL SELECT key, 'server', quote_ident(srvname)
    FROM relation r JOIN pg_foreign_table ON ftrelid = r.oid JOIN pg_foreign_server s ON s.oid = ftserver
UNION ALL SELECT key, 'row security', 'ENABLE' FROM relation WHERE relrowsecurity
UNION ALL SELECT key, 'force row security', 'FORCE' FROM relation WHERE relforcerowsecurity
UNION ALL SELECT key, 'replica identity', CASE relreplident WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END
    FROM relation WHERE relkind = ANY ('{r,p,m}') AND relreplident IN ('f', 'n')
UNION ALL SELECT r.key, 'replica identity', format('USING INDEX %I', i.relname)
    FROM index_of_schema i JOIN relation r ON r.oid = indrelid WHERE indisreplident
UNION ALL SELECT r.key, 'cluster on', quote_ident(i.relname)
    FROM index_of_schema i JOIN relation r ON r.oid = indrelid WHERE indisclustered
UNION ALL SELECT key, 'definition', rtrim(pg_get_viewdef(oid), ';') FROM relation WHERE relkind IN ('v', 'm')
UNION ALL SELECT key, 'unpopulated', 'true' FROM relation WHERE relkind = 'm' AND NOT relispopulated
-- Sequences
UNION ALL SELECT key, p.name, p.value FROM relation r JOIN pg_sequence ON seqrelid = r.oid,
    LATERAL (VALUES ('type', format_type(seqtypid, NULL)), ('start', seqstart::text),
                    ('increment', seqincrement::text), ('minimum', seqmin::text), ('maximum', seqmax::text),
                    ('cache', seqcache::text), ('cycle', CASE WHEN seqcycle THEN 'true' END)) AS p(name, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT r.key, 'owned by', format('%s.%I', t.name, attname)
    FROM relation r JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid
         AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
         JOIN relation t ON t.oid = d.refobjid
         JOIN pg_attribute ON attrelid = t.oid AND attnum = d.refobjsubid
    WHERE r.relkind = 'S'
-- Columns
UNION ALL SELECT format('COLUMN %s: %I', r.name, attname), p.name, p.value
    FROM relation r JOIN pg_attribute a ON attrelid = r.oid AND attnum > 0 AND NOT attisdropped
         JOIN pg_type t ON t.oid = atttypid
         LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum
         LEFT JOIN pg_collation c ON c.oid = attcollation
         LEFT JOIN pg_namespace cn ON cn.oid = collnamespace,
    LATERAL (VALUES (NULL, 'true'), ('type', format_type(atttypid, atttypmod)),
        ('collation', CASE WHEN attcollation <> typcollation THEN
            CASE WHEN cn.nspname = 'pg_catalog' THEN quote_ident(collname)
                 ELSE format('%I.%I', cn.nspname, collname) END END),
        ('not null', CASE WHEN attnotnull THEN 'true' END),
        ('identity', CASE attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END),
        ('generated', CASE WHEN attgenerated = 's' THEN pg_get_expr(adbin, adrelid) END),
        ('storage', CASE WHEN attstorage <> typstorage THEN
            CASE attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN'
                            WHEN 'x' THEN 'EXTENDED' END END),
        ('compression', CASE attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END),
        ('statistics[1]', CASE WHEN attstattarget >= 0 AND relkind <> 'v' THEN attstattarget::text END))
        AS p(name, value)
    WHERE p.value IS NOT NULL AND relkind <> 'S'
UNION ALL SELECT format('COLUMN %s: %I', r.name, attname), 'option', pg_temp.options(attoptions)
    FROM relation r JOIN pg_attribute a ON attrelid = r.oid AND attnum > 0 AND NOT attisdropped
    WHERE relkind <> 'S'
UNION ALL SELECT format('COLUMN %s: %I', r.name, attname), 'foreign option', format('%I %L', option_name, option_value)
    FROM relation r JOIN pg_attribute a ON attrelid = r.oid AND attnum > 0 AND NOT attisdropped,
         pg_options_to_table(attfdwoptions)
UNION ALL SELECT format('DEFAULT %s: %I', r.name, attname), p.name, p.value
    FROM relation r JOIN pg_attribute a ON attrelid = r.oid AND attgenerated = ''
         JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum,
    LATERAL (VALUES (NULL, NULL), ('default', pg_get_expr(adbin, adrelid))) AS p(name, value)
-- Constraints
UNION ALL SELECT key, p.name, p.value FROM constraint_of_schema,
    LATERAL (VALUES (NULL, 'true'),
        ('type', CASE contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK'
                              WHEN 'f' THEN 'FOREIGN KEY' ELSE 'EXCLUDE' END),
        ('definition', regexp_replace(
            CASE WHEN contype = 'x' THEN regexp_replace(pg_get_constraintdef(conid), '\) WITH \([^()]*\)', ')')
                 ELSE pg_get_constraintdef(conid) END,
            '( DEFERRABLE| INITIALLY DEFERRED| NOT VALID)+$', '')),
        ('deferrable', CASE WHEN condeferrable THEN 'true' END),
        ('deferred', CASE WHEN condeferred THEN 'true' END),
        ('not valid', CASE WHEN NOT convalidated THEN 'true' END)) AS p(name, value)
    WHERE p.value IS NOT NULL
-- Indexes, those of constraints too
UNION ALL SELECT key, p.name, p.value FROM index_of_schema LEFT JOIN pg_tablespace s ON s.oid = reltablespace,
    LATERAL (VALUES ('tablespace', quote_ident(spcname)),
        ('only', CASE WHEN NOT indisvalid THEN 'true' END),
        ('parent[1]', (SELECT format('%I.%I', n.nspname, c.relname)
                    FROM pg_inherits JOIN pg_class c ON c.oid = inhparent JOIN pg_namespace n ON n.oid = c.relnamespace
                    JOIN pg_constraint own ON own.oid = constraint_oid AND own.conislocal
                    WHERE inhrelid = indexrelid))) AS p(name, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT key, 'option', pg_temp.options(reloptions) FROM index_of_schema
UNION ALL SELECT key, format('statistics[%s]', row_number() OVER (PARTITION BY indexrelid ORDER BY attnum)),
                 format('%s=%s', attnum, attstattarget)
    FROM index_of_schema JOIN pg_attribute ON attrelid = indexrelid AND attstattarget >= 0
UNION ALL SELECT key, p.name, p.value FROM index_of_schema,
    LATERAL (VALUES (NULL, 'true'), ('unique', CASE WHEN indisunique THEN 'true' END),
        ('nulls not distinct', CASE WHEN indnullsnotdistinct THEN 'true' END),
        ('access method', quote_ident(amname)),
        ('predicate', pg_get_expr(indpred, indrelid)),
        ('parent[1]', (SELECT format('%I.%I', n.nspname, c.relname)
                    FROM pg_inherits JOIN pg_class c ON c.oid = inhparent JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE inhrelid = indexrelid))) AS p(name, value)
    WHERE p.value IS NOT NULL AND constraint_oid IS NULL
UNION ALL SELECT key, format('element[%s]', n), e
    FROM index_of_schema,
         unnest(pg_temp.index_elements(pg_get_indexdef(indexrelid), amname)) WITH ORDINALITY AS element(e, n)
    WHERE constraint_oid IS NULL
UNION ALL SELECT key, format('include[%s]', k - indnkeyatts), pg_get_indexdef(indexrelid, k, false)
    FROM index_of_schema, generate_series(indnkeyatts + 1, indnatts) k WHERE constraint_oid IS NULL
-- Extended statistics
UNION ALL SELECT format('STATISTICS %I.%I', n.nspname, stxname), p.name, p.value
    FROM pg_statistic_ext s JOIN relation r ON r.oid = stxrelid JOIN pg_namespace n ON n.oid = stxnamespace,
    LATERAL (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum), string_agg(quote_ident(attname), ', ' ORDER BY attname)
             FROM pg_attribute WHERE attrelid = stxrelid AND attnum = ANY (stxkeys::int2[])) AS columns(by_number, by_name),
    LATERAL (VALUES (NULL, 'true'),
        ('definition', CASE WHEN by_name IS NULL THEN pg_get_statisticsobjdef(s.oid)
                            ELSE replace(pg_get_statisticsobjdef(s.oid), ' ON ' || by_number, ' ON ' || by_name) END),
        ('statistics[1]', CASE WHEN stxstattarget >= 0 THEN stxstattarget::text END)) AS p(name, value)
    WHERE p.value IS NOT NULL
-- Rules, triggers, policies
UNION ALL SELECT format('RULE %s: %I', r.name, rulename), p.name, p.value
    FROM pg_rewrite w JOIN relation r ON r.oid = ev_class,
    LATERAL (VALUES (NULL, 'true'), ('definition', pg_get_ruledef(w.oid)), ('enabled', pg_temp.enabled(ev_enabled)))
        AS p(name, value)
    WHERE rulename <> '_RETURN' AND p.value IS NOT NULL
UNION ALL SELECT format('TRIGGER %s: %I', r.name, tgname), p.name, p.value
    FROM pg_trigger t JOIN relation r ON r.oid = tgrelid,
    LATERAL (VALUES (NULL, 'true'), ('definition', pg_get_triggerdef(t.oid)), ('enabled', pg_temp.enabled(tgenabled)))
        AS p(name, value)
    WHERE NOT tgisinternal AND p.value IS NOT NULL
UNION ALL SELECT format('POLICY %s: %I', r.name, polname), p.name, p.value
    FROM pg_policy JOIN relation r ON r.oid = polrelid,
    LATERAL (VALUES (NULL, 'true'),
        ('command', CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                WHEN 'd' THEN 'DELETE' ELSE 'ALL' END),
        ('restrictive', CASE WHEN NOT polpermissive THEN 'true' END),
        ('using', pg_get_expr(polqual, polrelid)), ('check', pg_get_expr(polwithcheck, polrelid))) AS p(name, value)
    WHERE p.value IS NOT NULL
UNION ALL SELECT format('POLICY %s: %I', r.name, polname), 'role',
                 CASE role WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END
    FROM pg_policy JOIN relation r ON r.oid = polrelid, unnest(polroles) AS role;

SELECT DISTINCT key || CASE WHEN property IS NULL THEN '' ELSE format(' | %s: %s', property, value) END
FROM property;
