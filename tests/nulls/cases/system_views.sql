-- name: SystemTable :many
-- expect: !!!?
SELECT oid, relname, relnamespace, relacl FROM pg_class;

-- name: SystemView :many
-- expect: !!!?!
SELECT rolname, rolsuper, oid, rolvaliduntil, rolpassword FROM pg_roles;

-- name: SystemViewOfOuterJoin :many
-- expect: ?!!?
SELECT schemaname, tablename, hasindexes, tablespace FROM pg_tables;

-- name: SystemViewReduced :many
-- expect: !!
SELECT schemaname, tablename FROM pg_tables WHERE schemaname = 'public';

-- name: InformationSchemaTables :many
-- expect: !!!?!?
SELECT table_catalog, table_schema, table_name, table_type, is_insertable_into, commit_action
FROM information_schema.tables;

-- name: InformationSchemaColumns :many
-- expect: !!!!??!?
SELECT table_schema, table_name, column_name, ordinal_position, column_default, data_type,
       is_nullable, character_maximum_length
FROM information_schema.columns WHERE table_name = 'orders';

-- name: SystemViewOnNullableSide :many
-- expect: !?
SELECT a.v, r.rolname FROM a LEFT JOIN pg_roles r ON r.oid::bigint = a.k;

-- name: SystemViewOfAFunction :many
-- expect: ?
SELECT pid FROM pg_stat_activity;

-- name: Settings :many
-- expect: !!??!!!
SELECT name, setting, unit, short_desc, context, vartype, pending_restart FROM pg_settings;

-- name: Locks :many
-- expect: !??!!!
SELECT locktype, relation, pid, mode, granted, fastpath FROM pg_locks;

-- name: TableStatistics :many
-- expect: !!!?!!?
SELECT relname, schemaname, seq_scan, idx_scan, n_live_tup, n_dead_tup, last_vacuum
FROM pg_stat_user_tables;

-- name: SystemViewInSystemView :many
-- expect: !!!
SELECT relid, relname, schemaname FROM pg_stat_sys_tables LIMIT 5;

-- name: ViewOfSystemView :many
-- expect: !?
SELECT name, owner FROM own_roles;
