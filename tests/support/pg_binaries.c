/* Where the server's binaries are, and which release a server is of. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "pg_cluster.h"

static bool has_initdb(const char *directory)
{
    char path[4200];

    snprintf(path, sizeof path, "%s/initdb", directory);
    return access(path, X_OK) == 0;
}

/* "initdb (PostgreSQL) 15.14 (Debian …)"; 0 if it does not say so. */
static int release_of(const char *directory)
{
    char command[4300], line[256] = "";
    int release = 0;

    snprintf(command, sizeof command, "'%s/initdb' --version", directory);
    FILE *output = popen(command, "r");
    if (output == NULL)
        return 0;
    if (fgets(line, sizeof line, output) == NULL ||
        sscanf(line, "initdb (PostgreSQL) %d", &release) != 1)
        release = 0;
    pclose(output);
    return release;
}

static bool is_wanted(int release, const char *directory)
{
    return has_initdb(directory) && (release == PG_ANY_RELEASE || release_of(directory) == release);
}

/* Debian's place. */
static bool newest_installed(int release, char *directory, size_t size)
{
    glob_t found;
    int best = 0;

    if (glob("/usr/lib/postgresql/*/bin", 0, NULL, &found) != 0)
        return false;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        int version = atoi(found.gl_pathv[i] + strlen("/usr/lib/postgresql/"));
        if (version > best && is_wanted(release, found.gl_pathv[i])) {
            best = version;
            snprintf(directory, size, "%s", found.gl_pathv[i]);
        }
    }
    globfree(&found);
    return best > 0;
}

static bool in_path(int release, char *directory, size_t size)
{
    const char *path = getenv("PATH");

    while (path != NULL && *path != '\0') {
        size_t len = strcspn(path, ":");
        snprintf(directory, size, "%.*s", (int)len, path);
        if (is_wanted(release, directory))
            return true;
        path += len + (path[len] == ':');
    }
    return false;
}

static bool is_set(const char *variable, char *directory, size_t size)
{
    const char *value = getenv(variable);

    if (value == NULL || *value == '\0')
        return false;
    snprintf(directory, size, "%s", value);
    return true;
}

static bool find(int release, char *directory, size_t size)
{
    if (release == 15 && is_set("TENON_PG15_BIN", directory, size))
        return is_wanted(release, directory);
    if (is_set("TENON_PG_BIN", directory, size) &&
        (release == PG_ANY_RELEASE || is_wanted(release, directory)))
        return has_initdb(directory);
    return newest_installed(release, directory, size) || in_path(release, directory, size);
}

bool pg_find_binaries(int release, char *directory, size_t size)
{
    if (find(release, directory, size))
        return true;
    if (release == PG_ANY_RELEASE)
        fprintf(stderr, "skipped: no PostgreSQL server here (TENON_PG_BIN)\n");
    else
        fprintf(stderr, "skipped: no server of PostgreSQL %d here (TENON_PG%d_BIN)\n", release,
                release);
    return false;
}

bool pg_gives_verdict(const PGconn *conn, const char *test)
{
    int release = PQserverVersion(conn) / 10000;

    if (PQstatus(conn) != CONNECTION_OK)
        fprintf(stderr, "%s: skipped: no server of PostgreSQL 15 (TENON_PG15_BIN): %s", test,
                PQerrorMessage(conn));
    else if (release != 15)
        fprintf(stderr, "%s: skipped: the verdict is PostgreSQL 15's, and this is a server of %d\n",
                test, release);
    return PQstatus(conn) == CONNECTION_OK && release == 15;
}
