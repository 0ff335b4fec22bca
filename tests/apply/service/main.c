/* A service that brings its migrations: `service CONNINFO migrate` applies them at its start,
 * `service CONNINFO require` only starts on a database that has them, `service CONNINFO calls` says
 * what becomes of calls of a migrator that can not go well, and of one that can behind them. */
#include <stdio.h>
#include <string.h>

#include <tenon/tenon.h>

#include "app/migrations.h"
#include "app/notes.h"

static tenon_status start(tenon_db *db, const char *how)
{
    int64_t n = 0;
    tenon_status status =
        strcmp(how, "migrate") == 0 ? app_migrate(db, NULL) : app_require_schema(db, NULL);

    if (status == TENON_OK)
        status = app_count_notes(db, &n);
    if (status == TENON_OK)
        printf("%d notes\n", (int)n);
    return status;
}

/* --- Calls ----------------------------------------------------------------------------------- */

static void say(const char *call, tenon_migrate_outcome outcome, const tenon_migrator *migrator)
{
    printf("%s: %d %s\n", call, (int)outcome, tenon_migrator_failure(migrator)->message);
}

static void drop_text(void *context, const char *text)
{
    (void)context;
    (void)text;
}

static void call_all(tenon_migrator *migrator)
{
    const tenon_adoption nothing = {.origin = "nothing"};
    const char *const *names;
    tenon_migrate_status found;
    size_t n;

    say("forget", tenon_migrator_repair(migrator, TENON_REPAIR_FORGET, NULL), migrator);
    say("schema", tenon_migrator_repair(migrator, TENON_REPAIR_SCHEMA, "x"), migrator);
    say("schemas", tenon_migrator_schemas(migrator, "public", &names, &n), migrator);
    say("script", tenon_migrator_script(migrator, drop_text, NULL), migrator);
    say("apply", tenon_migrator_apply(migrator), migrator);
    say("adopt", tenon_migrator_adopt(migrator, &nothing), migrator);
    say("status", tenon_migrator_status(migrator, &found), migrator);
}

static void make_calls(const char *conninfo)
{
    tenon_migrator *migrator;

    printf("open: %d -\n", (int)tenon_migrator_open(conninfo, &app_migrations, NULL, &migrator));
    call_all(migrator);
    tenon_migrator_close(migrator);
}

/* --- The program ----------------------------------------------------------------------------- */

int main(int argc, char **argv)
{
    tenon_db *db = NULL;

    if (argc != 3)
        return 2;
    if (strcmp(argv[2], "calls") == 0) {
        make_calls(argv[1]);
        return 0;
    }
    tenon_status status = tenon_db_open(argv[1], NULL, &db);
    if (status == TENON_OK)
        status = start(db, argv[2]);
    if (status != TENON_OK)
        fprintf(stderr, "%s: %s\n", tenon_status_name(status), tenon_db_error(db)->message);
    tenon_db_close(db);
    return status == TENON_OK ? 0 : 1;
}
