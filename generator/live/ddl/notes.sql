-- note secrets
SELECT format('the %s of the user mapping for %s on server %I is a secret: its place is taken by <secret>', option_name, CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname)
FROM pg_user_mappings, pg_options_to_table(umoptions) WHERE option_name ~* (SELECT secret FROM asked)
UNION ALL SELECT format('the %s of the server %I is a secret: its place is taken by <secret>', option_name, srvname)
FROM pg_foreign_server, pg_options_to_table(srvoptions) WHERE option_name ~* (SELECT secret FROM asked)
UNION ALL SELECT format('the connection of the subscription %I may hold secrets: its place is taken by host=<secret>', subname)
FROM (SELECT subname, subdbid FROM pg_subscription) AS s WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND (SELECT secret <> '^$' FROM asked)
ORDER BY 1
-- note invalid_indexes
SELECT format('the index %s is invalid, as a CREATE INDEX CONCURRENTLY leaves it that was interrupted: it is left out', i.oid::regclass)
FROM pg_class i JOIN pg_index ON indexrelid = i.oid JOIN relation r ON r.oid = indrelid WHERE NOT indisvalid AND i.relkind = 'i' ORDER BY 1
-- note hidden_options
SELECT format('the options of the user mapping for %s on server %I can not be read by this role: they are left out', usename, srvname)
FROM pg_user_mappings m WHERE umoptions IS NULL AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AND srvid IN (SELECT oid FROM pg_foreign_server) AND usename <> current_user ORDER BY 1
-- refuse newer
SELECT format('column %s.%I is GENERATED ... VIRTUAL', r.name, attname) FROM relation r JOIN pg_attribute ON attrelid = r.oid WHERE attgenerated = 'v' AND NOT attisdropped
UNION ALL SELECT format('constraint %I of %s is NOT ENFORCED', conname, coalesce(r.name, contypid::regtype::text))
FROM pg_constraint c LEFT JOIN relation r ON r.oid = conrelid WHERE to_jsonb(c) ->> 'conenforced' = 'false'
UNION ALL SELECT format('constraint %I of %s is temporal (WITHOUT OVERLAPS or PERIOD)', conname, r.name)
FROM pg_constraint c JOIN relation r ON r.oid = conrelid WHERE to_jsonb(c) ->> 'conperiod' = 'true'
UNION ALL SELECT format('constraint %I of %s is NOT NULL with NO INHERIT or NOT VALID', conname, r.name)
FROM pg_constraint c JOIN relation r ON r.oid = conrelid WHERE contype = 'n' AND (connoinherit OR NOT convalidated)
UNION ALL SELECT format('collation %s has the provider builtin', c.oid::regcollation) FROM pg_collation c JOIN space ON space.oid = collnamespace WHERE collprovider = 'b'
UNION ALL SELECT format('collation %s has rules of its own (RULES)', c.oid::regcollation) FROM pg_collation c JOIN space ON space.oid = collnamespace WHERE to_jsonb(c) ->> 'collicurules' IS NOT NULL
UNION ALL SELECT format('event trigger %I is ON login', evtname) FROM pg_event_trigger WHERE evtevent = 'login'
UNION ALL SELECT format('publication %I publishes generated columns', pubname) FROM pg_publication p WHERE to_jsonb(p) ->> 'pubgencols' <> 'n'
UNION ALL SELECT format('the partitioned table %s has an access method', name) FROM relation WHERE relkind = 'p' AND relam <> 0
UNION ALL SELECT format('MAINTAIN on %s is granted to %s without the other privileges', name, CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END)
FROM relation, LATERAL (SELECT grantee FROM aclexplode(relacl) WHERE grantee <> relowner GROUP BY grantee HAVING bool_or(privilege_type = 'MAINTAIN') AND count(*) < 8) AS g WHERE relkind <> 'S'
UNION ALL SELECT format('default privileges of %I are for large objects', pg_get_userbyid(defaclrole)) FROM pg_default_acl WHERE defaclobjtype = 'L'
ORDER BY 1
-- refuse subscriptions since 16
SELECT format('subscription %I has %s', subname, what) FROM (SELECT subname, subdbid,
    concat_ws(', ', CASE WHEN suborigin <> 'any' THEN 'origin = ' || suborigin END, CASE WHEN subrunasowner THEN 'run_as_owner' END,
              CASE WHEN NOT subpasswordrequired THEN 'password_required = false' END, CASE WHEN substream::text = 'p' THEN 'streaming = parallel' END) AS what FROM pg_subscription) AS s
WHERE what <> '' AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1
