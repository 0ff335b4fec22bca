/* A service that brings its migrations: `service CONNINFO migrate` applies them at its start,
 * `service CONNINFO require` only starts on a database that has them. */
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

int main(int argc, char **argv)
{
    tenon_db *db = NULL;

    if (argc != 3)
        return 2;
    tenon_status status = tenon_db_open(argv[1], NULL, &db);
    if (status == TENON_OK)
        status = start(db, argv[2]);
    if (status != TENON_OK)
        fprintf(stderr, "%s: %s\n", tenon_status_name(status), tenon_db_error(db)->message);
    tenon_db_close(db);
    return status == TENON_OK ? 0 : 1;
}
