-- section schemas
SELECT 'pg_namespace'::regclass, n.oid, 0, 0, 'SCHEMA ' || n.oid::regnamespace,
       'SCHEMA ' || n.oid::regnamespace,
       CASE WHEN n.nspname = 'public' AND nspowner IN (10, 6171) THEN NULL ELSE nspowner END,
       CASE WHEN n.nspname = 'public' AND nspacl::text = (SELECT initprivs::text FROM pg_init_privs
                WHERE classoid = 'pg_namespace'::regclass AND objoid = n.oid) THEN NULL
            ELSE nspacl END,
       CASE n.nspname WHEN 'public' THEN NULL ELSE 'CREATE SCHEMA ' || n.oid::regnamespace END
FROM pg_namespace n JOIN space USING (oid)
-- section no_public
SELECT 'pg_namespace'::regclass, 0::oid, 0, 0, NULL::text, NULL::text, NULL::oid, NULL::aclitem[],
       'DROP SCHEMA public'
WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public')
-- section extensions
SELECT 'pg_extension'::regclass, e.oid, 0, 1, 'EXTENSION ' || quote_ident(extname), NULL::text, NULL::oid, NULL::aclitem[],
       format('CREATE EXTENSION %I WITH SCHEMA %s VERSION %L', extname, extnamespace::regnamespace, extversion)
FROM pg_extension e WHERE extname <> 'plpgsql'
-- section languages
SELECT 'pg_language'::regclass, l.oid, 0, 4, 'LANGUAGE ' || quote_ident(lanname), 'LANGUAGE ' || quote_ident(lanname), lanowner, lanacl,
       format('CREATE %sLANGUAGE %I HANDLER %s', CASE WHEN lanpltrusted THEN 'TRUSTED ' ELSE '' END, lanname, lanplcallfoid::regproc)
       || CASE WHEN laninline <> 0 THEN ' INLINE ' || laninline::regproc ELSE '' END
       || CASE WHEN lanvalidator <> 0 THEN ' VALIDATOR ' || lanvalidator::regproc ELSE '' END
FROM pg_language l WHERE lanispl AND lanname <> 'plpgsql'
-- section collations
SELECT 'pg_collation'::regclass, c.oid, 0, 2, 'COLLATION ' || c.oid::regcollation, NULL::text, collowner, NULL::aclitem[],
       format('CREATE COLLATION %s (PROVIDER = %s', c.oid::regcollation,
                         CASE collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END)
       || CASE WHEN NOT collisdeterministic THEN ', DETERMINISTIC = false' ELSE '' END
       || CASE WHEN locale IS NOT NULL THEN format(', LOCALE = %L', locale)
               WHEN collcollate = collctype THEN format(', LOCALE = %L', collcollate)
               ELSE format(', LC_COLLATE = %L, LC_CTYPE = %L', collcollate, collctype) END || ')'
FROM pg_collation c JOIN space ON space.oid = collnamespace,
     LATERAL (SELECT coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale') AS locale) AS l
-- section conversions
SELECT 'pg_conversion'::regclass, c.oid, 0, 12, format('CONVERSION %I.%I', nspname, conname), NULL::text, conowner, NULL::aclitem[],
       format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s', CASE WHEN condefault THEN 'DEFAULT ' ELSE '' END, nspname, conname,
           pg_encoding_to_char(conforencoding), pg_encoding_to_char(contoencoding), conproc)
FROM pg_conversion c JOIN space ON space.oid = connamespace
-- section access_methods
SELECT 'pg_am'::regclass, a.oid, 0, 12, 'ACCESS METHOD ' || quote_ident(amname), NULL::text, NULL::oid, NULL::aclitem[],
       format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', amname, CASE amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, amhandler)
FROM pg_am a WHERE a.oid >= 16384
-- section default_privileges
SELECT 'pg_default_acl'::regclass, d.oid, 0, 90, NULL::text, NULL::text, NULL::oid, NULL::aclitem[],
       concat_ws(E';\n', revoked, (SELECT string_agg(prefix || format('GRANT %s ON %s TO %s%s', privilege_type, kind,
                                    CASE WHEN grantee = 0 THEN 'PUBLIC' WHEN grantee = defaclrole THEN self
                                         ELSE quote_ident(pg_get_userbyid(grantee)) END,
                                    CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END), E';\n'
                                    ORDER BY grantee <> defaclrole, grantee <> 0, pg_get_userbyid(grantee) COLLATE "C", privilege_type COLLATE "C")
                                FROM aclexplode(defaclacl) WHERE privilege_type <> 'MAINTAIN'))
FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = defaclnamespace,
     LATERAL (SELECT 'ALTER DEFAULT PRIVILEGES' || CASE WHEN defaclrole = (SELECT oid FROM me) THEN '' ELSE ' FOR ROLE ' || quote_ident(pg_get_userbyid(defaclrole)) END
                     || coalesce(' IN SCHEMA ' || quote_ident(nspname), '') || ' ' AS prefix,
                     CASE WHEN defaclrole = (SELECT oid FROM me) THEN 'CURRENT_USER' ELSE quote_ident(pg_get_userbyid(defaclrole)) END AS self,
                     CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                                        WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END AS kind) AS w,
     LATERAL (SELECT CASE WHEN defaclnamespace = 0 THEN
         prefix || format('REVOKE ALL ON %s FROM PUBLIC', kind) || E';\n' || prefix
         || format('REVOKE ALL ON %s FROM %s', kind, self) END AS revoked) AS r
