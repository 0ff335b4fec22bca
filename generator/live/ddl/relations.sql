-- section sequences
SELECT 'pg_class'::regclass, r.oid, 0, 15, 'SEQUENCE ' || r.name, 'SEQUENCE ' || r.name, relowner, relacl,
       format('CREATE %sSEQUENCE %s AS %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s',
              CASE relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, r.name, seqtypid::regtype,
              seqstart, seqincrement, seqmin, seqmax, seqcache, CASE WHEN seqcycle THEN ' CYCLE' ELSE '' END)
FROM relation r JOIN pg_sequence ON seqrelid = r.oid
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype = 'i')
-- section owned_sequences
SELECT 'pg_class'::regclass, r.oid, 1, 70, NULL::text, NULL::text, NULL::oid, NULL::aclitem[],
       format('ALTER SEQUENCE %s OWNED BY %s.%I', r.name, refobjid::regclass, attname)
FROM relation r JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype = 'a' AND d.refclassid = 'pg_class'::regclass
     JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
WHERE r.relkind = 'S'
-- section tables
SELECT 'pg_class'::regclass, r.oid, 0, 20, CASE relkind WHEN 'f' THEN 'FOREIGN TABLE ' ELSE 'TABLE ' END || r.name, 'TABLE ' || r.name, relowner, relacl,
       'CREATE ' || CASE WHEN relpersistence = 'u' THEN 'UNLOGGED ' ELSE '' END || CASE relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END || 'TABLE ' || r.name
       || CASE WHEN reloftype <> 0 THEN ' OF ' || reloftype::regtype ELSE '' END
       || CASE WHEN reloftype = 0 THEN coalesce(E' (\n    ' || parts || E'\n)', ' ()') ELSE coalesce(E' (\n    ' || parts || E'\n)', '') END
       || CASE WHEN relispartition THEN '' ELSE coalesce((SELECT ' INHERITS (' || string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) || ')'
                                                          FROM pg_inherits WHERE inhrelid = r.oid), '') END
       || CASE relkind WHEN 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(r.oid) ELSE '' END
       || coalesce((SELECT ' SERVER ' || quote_ident(srvname) || coalesce(' OPTIONS (' || (SELECT string_agg(format('%I %L', option_name, option_value), ', ')
                                                                                     FROM pg_options_to_table(ftoptions)) || ')', '')
                    FROM pg_foreign_table JOIN pg_foreign_server s ON s.oid = ftserver WHERE ftrelid = r.oid), '')
       || coalesce((SELECT ' USING ' || quote_ident(amname) FROM pg_am a WHERE a.oid = relam AND amname <> 'heap'), '')
       || coalesce(' WITH (' || nullif(concat_ws(', ',
              (SELECT string_agg(format('%I = %L', option_name, option_value), ', ') FROM pg_options_to_table(reloptions)),
              (SELECT string_agg(format('toast.%I = %L', option_name, option_value), ', ')
               FROM pg_class t, pg_options_to_table(t.reloptions) WHERE t.oid = r.reltoastrelid)), '') || ')', '')
       || coalesce((SELECT ' TABLESPACE ' || quote_ident(spcname) FROM pg_tablespace s WHERE s.oid = reltablespace), '')
       || CASE WHEN relrowsecurity THEN E';\nALTER TABLE ' || r.name || ' ENABLE ROW LEVEL SECURITY' ELSE '' END
       || CASE WHEN relforcerowsecurity THEN E';\nALTER TABLE ' || r.name || ' FORCE ROW LEVEL SECURITY' ELSE '' END
       || CASE WHEN relkind = 'f' THEN '' ELSE CASE relreplident WHEN 'f' THEN E';\nALTER TABLE ' || r.name || ' REPLICA IDENTITY FULL'
                            WHEN 'n' THEN E';\nALTER TABLE ' || r.name || ' REPLICA IDENTITY NOTHING' ELSE '' END END
FROM relation r, LATERAL (SELECT string_agg(part, E',\n    ' ORDER BY kind, position) AS parts FROM (
         SELECT 1 AS kind, attnum::int AS position, quote_ident(attname)
             || CASE WHEN reloftype <> 0 THEN ' WITH OPTIONS' ELSE ' ' || format_type(atttypid, atttypmod)
                  || CASE WHEN attcollation <> typcollation THEN ' COLLATE ' || attcollation::regcollation ELSE '' END
                  || coalesce(' OPTIONS (' || (SELECT string_agg(format('%I %L', option_name, option_value), ', ') FROM pg_options_to_table(attfdwoptions)) || ')', '') END
             || CASE WHEN attgenerated = 's' THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(adbin, adrelid)) ELSE '' END
             || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
             || CASE WHEN seqrelid IS NOT NULL AND attidentity <> '' THEN
                  format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s)',
                         CASE attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, seqrelid::regclass,
                         seqstart, seqincrement, seqmin, seqmax, seqcache, CASE WHEN seqcycle THEN ' CYCLE' ELSE '' END) ELSE '' END AS part
         FROM pg_attribute a JOIN pg_type t ON t.oid = atttypid
              LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
              LEFT JOIN (SELECT s.*, d.refobjid, d.refobjsubid FROM pg_sequence s JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = seqrelid
                         AND d.deptype = 'i' AND d.refclassid = 'pg_class'::regclass) AS s ON s.refobjid = attrelid AND s.refobjsubid = attnum
         WHERE attrelid = r.oid AND attnum > 0 AND NOT attisdropped
           AND (attislocal OR relispartition OR reloftype <> 0) AND (reloftype = 0 OR attnotnull OR attgenerated <> '')
         UNION ALL
         SELECT 2, row_number() OVER (ORDER BY conname COLLATE "C"), format('CONSTRAINT %I %s', conname, pg_get_constraintdef(c.oid))
         FROM pg_constraint c WHERE conrelid = r.oid AND contype = 'c' AND convalidated AND (conislocal OR relispartition)
           AND (relispartition OR relkind = 'p' OR EXISTS (SELECT FROM pg_inherits WHERE inhrelid = r.oid OR inhparent = r.oid))) AS part) AS p
WHERE relkind IN ('r', 'p', 'f')
-- section inherited_not_null
SELECT 'pg_class'::regclass, r.oid, attnum::int, 21, NULL::text, NULL::text, NULL::oid, NULL::aclitem[],
       format('ALTER TABLE ONLY %s ALTER COLUMN %I SET NOT NULL', r.name, attname)
FROM relation r JOIN pg_attribute ON attrelid = r.oid
WHERE relkind IN ('r', 'p', 'f') AND attnum > 0 AND NOT attisdropped AND attnotnull AND NOT attislocal AND NOT relispartition AND reloftype = 0
-- section columns
SELECT 'pg_class'::regclass, r.oid, attnum::int, 72, CASE WHEN relkind IN ('v', 'm', 'r', 'p', 'f') THEN format('COLUMN %s.%I', r.name, attname) END,
       NULL::text, NULL::oid, NULL::aclitem[],
       nullif(concat_ws(E';\n',
           CASE WHEN attstorage <> typstorage AND relkind <> 'v' THEN format('ALTER TABLE ONLY %s ALTER COLUMN %I SET STORAGE %s', r.name, attname,
               CASE attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END) END,
           CASE WHEN extra ->> 'attcompression' IN ('p', 'l') THEN format('ALTER TABLE ONLY %s ALTER COLUMN %I SET COMPRESSION %s', r.name, attname,
               CASE extra ->> 'attcompression' WHEN 'p' THEN 'pglz' ELSE 'lz4' END) END,
           CASE WHEN (extra ->> 'attstattarget')::int >= 0 THEN format('ALTER TABLE ONLY %s ALTER COLUMN %I SET STATISTICS %s', r.name, attname, extra ->> 'attstattarget') END,
           (SELECT format('ALTER TABLE ONLY %s ALTER COLUMN %I SET (%s)', r.name, attname, string_agg(format('%I = %L', option_name, option_value), ', '))
            FROM pg_options_to_table(attoptions) WHERE option_name <> 'pg_attver' HAVING count(*) > 0),
           (SELECT string_agg(format('GRANT %s (%I) ON TABLE %s TO %s%s', privilege_type, attname, r.name,
                       CASE WHEN grantee = 0 THEN 'PUBLIC' WHEN grantee = relowner AND relowner = (SELECT oid FROM me) THEN 'CURRENT_USER'
                            ELSE quote_ident(pg_get_userbyid(grantee)) END, CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END), E';\n'
                       ORDER BY grantee <> relowner, grantee <> 0, pg_get_userbyid(grantee) COLLATE "C", privilege_type COLLATE "C")
            FROM aclexplode(attacl))), '')
FROM relation r JOIN (SELECT a.*, to_jsonb(a) - 'attmissingval' AS extra FROM pg_attribute a) AS a ON attrelid = r.oid JOIN pg_type t ON t.oid = atttypid
WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'f', 'v', 'm')
-- section partitions
SELECT 'pg_class'::regclass, r.oid, -1, 30, NULL::text, NULL::text, NULL::oid, NULL::aclitem[],
       format('ALTER TABLE ONLY %s ATTACH PARTITION %s %s', inhparent::regclass, r.name, pg_get_expr(relpartbound, r.oid))
FROM relation r JOIN pg_inherits ON inhrelid = r.oid WHERE relispartition
-- section defaults
SELECT 'pg_attrdef'::regclass, d.oid, 0, 32, NULL::text, NULL::text, NULL::oid, NULL::aclitem[],
       format('ALTER TABLE ONLY %s ALTER COLUMN %I SET DEFAULT %s', r.name, attname, pg_get_expr(adbin, adrelid))
FROM pg_attrdef d JOIN relation r ON r.oid = adrelid JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
WHERE attgenerated = ''
-- section views
SELECT 'pg_class'::regclass, r.oid, 0, 40, CASE relkind WHEN 'm' THEN 'MATERIALIZED VIEW ' ELSE 'VIEW ' END || r.name, 'TABLE ' || r.name, relowner, relacl,
       format('CREATE %sVIEW %s', CASE relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END, r.name)
       || coalesce((SELECT ' USING ' || quote_ident(amname) FROM pg_am a WHERE a.oid = relam AND amname <> 'heap'), '')
       || coalesce(' WITH (' || nullif(concat_ws(', ',
              (SELECT string_agg(format('%I = %L', option_name, option_value), ', ') FROM pg_options_to_table(reloptions)),
              (SELECT string_agg(format('toast.%I = %L', option_name, option_value), ', ')
               FROM pg_class t, pg_options_to_table(t.reloptions) WHERE t.oid = r.reltoastrelid)), '') || ')', '')
       || coalesce((SELECT ' TABLESPACE ' || quote_ident(spcname) FROM pg_tablespace s WHERE s.oid = reltablespace), '')
       || E' AS\n' || rtrim(pg_get_viewdef(r.oid), ';')
       || CASE WHEN relkind = 'm' AND NOT relispopulated THEN ' WITH NO DATA' ELSE '' END
FROM relation r WHERE relkind IN ('v', 'm')
-- section constraints
SELECT 'pg_constraint'::regclass, c.oid, 0,
       -- those of partitions are there when that of the whole comes and takes them in
       CASE contype WHEN 'f' THEN 55 - CASE WHEN relispartition THEN (SELECT least(count(*) - 1, 4)::int FROM pg_partition_ancestors(r.oid)) ELSE 0 END ELSE 45 END,
       format('CONSTRAINT %I ON %s', conname, r.name),
       NULL::text, NULL::oid, NULL::aclitem[],
       format('ALTER TABLE %s%s ADD CONSTRAINT %I %s', CASE WHEN contype = 'c' OR contype = 'f' AND relkind = 'p' THEN '' ELSE 'ONLY ' END,
              r.name, conname, pg_get_constraintdef(c.oid))
       || CASE WHEN contype <> 'x' THEN coalesce((SELECT format(E';\nALTER INDEX %s SET (%s)', conindid::regclass, string_agg(format('%I = %L', option_name, option_value), ', '))
                   FROM pg_class i, pg_options_to_table(i.reloptions) WHERE i.oid = conindid AND contype <> 'f' HAVING count(*) > 0), '') ELSE '' END
       || coalesce((SELECT format(E';\nALTER INDEX %s SET TABLESPACE %I', conindid::regclass, spcname)
                    FROM pg_class i JOIN pg_tablespace s ON s.oid = i.reltablespace WHERE i.oid = conindid AND contype <> 'f'), '')
FROM pg_constraint c JOIN relation r ON r.oid = conrelid
WHERE (contype IN ('p', 'u', 'x')
       OR contype = 'f' AND NOT EXISTS (SELECT FROM pg_constraint whole WHERE whole.oid = c.conparentid AND whole.conrelid = c.conrelid)
       OR contype = 'c' AND conislocal AND (NOT convalidated OR NOT (relispartition OR relkind = 'p' OR EXISTS (SELECT FROM pg_inherits WHERE inhrelid = r.oid OR inhparent = r.oid))))
-- section comments_on_checks
SELECT 'pg_constraint'::regclass, c.oid, 1, 46, format('CONSTRAINT %I ON %s', conname, r.name), NULL::text, NULL::oid, NULL::aclitem[], NULL::text
FROM pg_constraint c JOIN relation r ON r.oid = conrelid
WHERE contype = 'c' AND convalidated AND (relispartition OR relkind = 'p' OR EXISTS (SELECT FROM pg_inherits WHERE inhrelid = r.oid OR inhparent = r.oid))
-- section indexes
SELECT 'pg_class'::regclass, i.oid, 0, 50, 'INDEX ' || i.oid::regclass, NULL::text, NULL::oid, NULL::aclitem[],
       pg_get_indexdef(i.oid)
       || coalesce((SELECT format(E';\nALTER INDEX %s SET TABLESPACE %I', i.oid::regclass, spcname) FROM pg_tablespace s WHERE s.oid = i.reltablespace), '')
       || coalesce((SELECT string_agg(format(E';\nALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', i.oid::regclass, attnum, extra ->> 'attstattarget'), '' ORDER BY attnum)
                    FROM (SELECT attrelid, attnum, to_jsonb(a) - 'attmissingval' AS extra FROM pg_attribute a) AS a
                    WHERE attrelid = i.oid AND (extra ->> 'attstattarget')::int >= 0), '')
FROM pg_class i JOIN pg_index x ON indexrelid = i.oid JOIN relation r ON r.oid = indrelid
WHERE (indisvalid OR i.relkind = 'I') AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid AND contype IN ('p', 'u', 'x'))
-- section attached_indexes
SELECT 'pg_class'::regclass, i.oid, 1, 60, NULL::text, NULL::text, NULL::oid, NULL::aclitem[],
       format('ALTER INDEX %s ATTACH PARTITION %s', inhparent::regclass, i.oid::regclass)
FROM pg_class i JOIN pg_index ON indexrelid = i.oid JOIN relation r ON r.oid = indrelid JOIN pg_inherits ON inhrelid = i.oid
-- section index_marks
SELECT 'pg_class'::regclass, i.oid, 2, 61, NULL::text, NULL::text, NULL::oid, NULL::aclitem[],
       concat_ws(E';\n', CASE WHEN indisreplident AND r.relreplident = 'i' THEN format('ALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %I', r.name, i.relname) END,
                 CASE WHEN indisclustered THEN format('ALTER TABLE %s CLUSTER ON %I', r.name, i.relname) END)
FROM pg_class i JOIN pg_index ON indexrelid = i.oid JOIN relation r ON r.oid = indrelid WHERE indisreplident AND r.relreplident = 'i' OR indisclustered
-- section statistics
SELECT 'pg_statistic_ext'::regclass, s.oid, 0, 62, format('STATISTICS %I.%I', space.nspname, stxname), NULL::text, stxowner, NULL::aclitem[],
       pg_get_statisticsobjdef(s.oid)
       || CASE WHEN (to_jsonb(s) ->> 'stxstattarget')::int >= 0 THEN format(E';\nALTER STATISTICS %I.%I SET STATISTICS %s', space.nspname, stxname, to_jsonb(s) ->> 'stxstattarget') ELSE '' END
FROM pg_statistic_ext s JOIN space ON space.oid = stxnamespace
-- section rules
SELECT 'pg_rewrite'::regclass, w.oid, 0, 64, format('RULE %I ON %s', rulename, r.name), NULL::text, NULL::oid, NULL::aclitem[],
       rtrim(pg_get_ruledef(w.oid), ';')
       || CASE ev_enabled WHEN 'D' THEN format(E';\nALTER TABLE %s DISABLE RULE %I', r.name, rulename)
                          WHEN 'R' THEN format(E';\nALTER TABLE %s ENABLE REPLICA RULE %I', r.name, rulename)
                          WHEN 'A' THEN format(E';\nALTER TABLE %s ENABLE ALWAYS RULE %I', r.name, rulename) ELSE '' END
FROM pg_rewrite w JOIN relation r ON r.oid = ev_class WHERE rulename <> '_RETURN'
-- section triggers
SELECT 'pg_trigger'::regclass, t.oid, 0, 66, format('TRIGGER %I ON %s', tgname, r.name), NULL::text, NULL::oid, NULL::aclitem[],
       pg_get_triggerdef(t.oid) || coalesce(format(E';\nALTER TABLE %s %s TRIGGER %I', r.name,
           CASE tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END
           , CASE WHEN tgenabled <> 'O' THEN tgname END), '')
FROM pg_trigger t JOIN relation r ON r.oid = tgrelid WHERE NOT tgisinternal AND tgparentid = 0 AND tgenabled <> 'O'
UNION ALL
SELECT 'pg_trigger'::regclass, t.oid, 0, 66, format('TRIGGER %I ON %s', tgname, r.name), NULL::text, NULL::oid, NULL::aclitem[], pg_get_triggerdef(t.oid)
FROM pg_trigger t JOIN relation r ON r.oid = tgrelid WHERE NOT tgisinternal AND tgparentid = 0 AND tgenabled = 'O'
-- section partition_triggers
SELECT 'pg_trigger'::regclass, t.oid, 1, 67, CASE WHEN NOT t.tgisinternal THEN format('TRIGGER %I ON %s', t.tgname, r.name) END, NULL::text, NULL::oid, NULL::aclitem[],
       CASE WHEN t.tgenabled <> p.tgenabled THEN format('ALTER TABLE %s %s TRIGGER %I', r.name,
           CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, t.tgname) END
FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid JOIN pg_trigger p ON p.oid = t.tgparentid WHERE NOT p.tgisinternal
-- section policies
SELECT 'pg_policy'::regclass, p.oid, 0, 68, format('POLICY %I ON %s', polname, r.name), NULL::text, NULL::oid, NULL::aclitem[],
       format('CREATE POLICY %I ON %s%s FOR %s TO %s', polname, r.name, CASE WHEN polpermissive THEN '' ELSE ' AS RESTRICTIVE' END,
              CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
              (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END, ', ' ORDER BY pg_get_userbyid(role) COLLATE "C") FROM unnest(polroles) AS role))
       || coalesce(' USING (' || pg_get_expr(polqual, polrelid) || ')', '') || coalesce(' WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')', '')
FROM pg_policy p JOIN relation r ON r.oid = polrelid
