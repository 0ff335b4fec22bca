/* One row for each tool. The queries give what a ledger says in one form; a version that was taken
 * back is not among the rows.
 */
#include "adopt/tool.h"

#include <string.h>

#include "adopt/digest.h"
#include "support/buf.h"

/* --- Locks ------------------------------------------------------------------------------------ */

/* golang-migrate, database/util.go, GenerateAdvisoryLockId(): the schema, the table and the
 * database with a NUL byte between them, their CRC-32 times 1486364155, in 32 bits. */
static int64_t lock_of_golang_migrate(struct arena *arena, const char *database, const char *schema,
                                      const char *table)
{
    struct buf name = buf_in(arena);

    buf_adds(&name, schema);
    buf_addc(&name, '\0');
    buf_adds(&name, table);
    buf_addc(&name, '\0');
    buf_adds(&name, database);
    return (uint32_t)(digest_crc32(0, buf_str(&name)) * UINT32_C(1486364155));
}

/* goose, lock/postgres.go: DefaultLockID, the CRC-64 of "goose". It is taken only by programs that
 * give goose a session locker. */
static int64_t lock_of_goose(struct arena *arena, const char *database, const char *schema,
                             const char *table)
{
    (void)arena, (void)database, (void)schema, (void)table;
    return INT64_C(5887940537704921958);
}

/* sqlx, sqlx-postgres/src/migrate.rs, generate_lock_id(): the CRC-32 of the database's name times
 * 0x3d32ad9e. */
static int64_t lock_of_sqlx(struct arena *arena, const char *database, const char *schema,
                            const char *table)
{
    (void)arena, (void)schema, (void)table;
    return INT64_C(0x3d32ad9e) * (int64_t)digest_crc32(0, str_from(database));
}

/* Flyway, PostgreSQLAdvisoryLockTemplate: the letters of "Flyway" as a number, plus Java's hash
 * code of the table's name with its quotes. */
static int64_t lock_of_flyway(struct arena *arena, const char *database, const char *schema,
                              const char *table)
{
    (void)database;
    return INT64_C(0x466C79776179) +
           digest_java_hash(arena_printf(arena, "\"%s\".\"%s\"", schema, table));
}

/* Atlas, sql/postgres/driver.go, Lock(): FNV-1 of the lock's name in 32 bits; `atlas migrate apply`
 * calls it atlas_migrate_execute. */
static int64_t lock_of_atlas(struct arena *arena, const char *database, const char *schema,
                             const char *table)
{
    (void)arena, (void)database, (void)schema, (void)table;
    return digest_fnv1("atlas_migrate_execute");
}

/* tern, migrate/migrate.go: lockNum. */
static int64_t lock_of_tern(struct arena *arena, const char *database, const char *schema,
                            const char *table)
{
    (void)arena, (void)database, (void)schema, (void)table;
    return INT64_C(9628173550095224);
}

/* --- The table -------------------------------------------------------------------------------- */

const struct tool tools[] = {
    /* drizzle-orm, pg-core/dialect.js, migrate(): created_at is `when` of the journal. */
    {
        .name = "drizzle",
        .table = "__drizzle_migrations",
        .columns = "{id,hash,created_at}",
        .query = "SELECT created_at::text, hash, NULL, NULL, NULL, 0, false FROM {} "
                 "ORDER BY created_at",
        .files = FILES_DRIZZLE,
        .comment = "--> statement-breakpoint",
    },
    /* A version is as its last row says; 0 is the row that goose makes with the table. */
    {
        .name = "goose",
        .table = "goose_db_version",
        .columns = "{id,version_id,is_applied,tstamp}",
        .query = "SELECT version_id::text, NULL, NULL, tstamp::text, NULL, 0, false FROM "
                 "(SELECT DISTINCT ON (version_id) * FROM {} ORDER BY version_id, id DESC) AS last "
                 "WHERE is_applied AND version_id > 0 ORDER BY version_id",
        .files = FILES_NUMBERED,
        .comment = "-- +goose",
        .placeholder = "-- +goose ENVSUB ON",
        .lock = lock_of_goose,
    },
    /* One row: the last version; -1 is none. */
    {
        .name = "golang-migrate",
        .table = "schema_migrations",
        .columns = "{version,dirty}",
        .query = "SELECT version::text, NULL, CASE WHEN dirty THEN 'is dirty: it failed halfway; "
                 "put it right, then migrate force VERSION' END, NULL, NULL, 0, true FROM {} "
                 "WHERE version >= 0",
        .files = FILES_NUMBERED,
        .lock = lock_of_golang_migrate,
    },
    {
        .name = "dbmate",
        .table = "schema_migrations",
        .columns = "{version}",
        .lacks = "dirty",
        .query = "SELECT version::text, NULL, NULL, NULL, NULL, 0, false FROM {} ORDER BY version",
        .files = FILES_NUMBERED,
        .comment = "-- migrate:",
    },
    /* The rows without a version are those of repeatable migrations and of the schema's making. */
    {
        .name = "flyway",
        .table = "flyway_schema_history",
        .columns = "{installed_rank,version,type,script,checksum,success}",
        .query = "SELECT version, CASE WHEN type = 'SQL' THEN checksum::text END, CASE WHEN NOT "
                 "success THEN 'has failed: put it right, then flyway repair' END, "
                 "installed_on::text, installed_by, execution_time, type LIKE '%BASELINE' FROM "
                 "(SELECT DISTINCT ON (version) * FROM {} WHERE version IS NOT NULL "
                 "ORDER BY version, installed_rank DESC) AS last "
                 "WHERE type NOT LIKE 'UNDO%' AND type <> 'DELETE' ORDER BY installed_rank",
        .files = FILES_FLYWAY,
        .placeholder = "${",
        .lock = lock_of_flyway,
    },
    /* sql/migrate/migrate.go: Revision; a type with its first bit and no other is a baseline. Rows
     * of a name that begins with a dot are Atlas' own. */
    {
        .name = "atlas",
        .table = "atlas_schema_revisions",
        .columns = "{version,type,applied,total,executed_at,execution_time,error,hash}",
        .query = "SELECT version, CASE WHEN hash ~ '^(h1:)?[A-Za-z0-9+/]{43}=$' THEN "
                 "pg_catalog.encode(pg_catalog.decode(pg_catalog.regexp_replace(hash, '^h1:', ''), "
                 "'base64'), 'hex') END, CASE WHEN coalesce(error, '') <> '' OR applied < total "
                 "THEN pg_catalog.format('has failed at statement %1$s of %2$s: put it right, then "
                 "atlas migrate apply', applied + 1, total) END, executed_at::text, NULL, "
                 "execution_time / 1000000, type = 1 FROM {} WHERE version NOT LIKE '.%' "
                 "ORDER BY version",
        .files = FILES_ATLAS,
        .comment = "-- atlas:",
        .lock = lock_of_atlas,
    },
    {
        .name = "sqlx",
        .table = "_sqlx_migrations",
        .columns = "{version,description,installed_on,success,checksum,execution_time}",
        .query = "SELECT version::text, pg_catalog.encode(checksum, 'hex'), CASE WHEN NOT success "
                 "THEN 'has failed: put it right, and take its row away' END, installed_on::text, "
                 "NULL, execution_time / 1000000, false FROM {} ORDER BY version",
        .files = FILES_NUMBERED,
        .comment = "-- no-transaction",
        .has_digest = true,
        .lock = lock_of_sqlx,
    },
    /* One row: the last version; 0 is none. */
    {
        .name = "tern",
        .table = "schema_version",
        .columns = "{version}",
        .lacks = "installed_rank",
        .query = "SELECT version::text, NULL, NULL, NULL, NULL, 0, true FROM {} WHERE version > 0",
        .files = FILES_NUMBERED,
        .comment = "---- ",
        .placeholder = "{{",
        .lock = lock_of_tern,
    },
};

const size_t n_tools = sizeof tools / sizeof *tools;

const struct tool *tool_find(const char *name)
{
    for (size_t i = 0; i < n_tools; i++)
        if (strcmp(tools[i].name, name) == 0)
            return &tools[i];
    return NULL;
}

const char *tool_names(struct arena *arena)
{
    struct buf buf = buf_in(arena);

    for (size_t i = 0; i < n_tools; i++)
        buf_addf(&buf, "%s%s", i ? ", " : "", tools[i].name);
    return buf_text(&buf);
}
