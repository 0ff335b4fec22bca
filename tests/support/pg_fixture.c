/* One server for all tests of a ctest run.
 *
 *   pg_fixture start DIRECTORY [RELEASE]   the server's socket will be there; ends with the calling
 *                                          ctest
 *   pg_fixture stop DIRECTORY
 *
 * What a killed run has left in DIRECTORY is stopped and removed first. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pg_cluster.h"

static void pid_file(const char *directory, char *path, size_t size)
{
    snprintf(path, size, "%s.pid", directory);
}

static int stop(const char *directory)
{
    char path[1024];
    long watcher = 0;

    pid_file(directory, path, sizeof path);
    FILE *file = fopen(path, "r");
    if (file != NULL) {
        if (fscanf(file, "%ld", &watcher) != 1)
            watcher = 0;
        fclose(file);
        remove(path);
    }
    /* The directory is the watcher's: it is gone when the watcher has done its work. */
    struct stat info;
    for (int tick = 0; watcher > 1 && stat(directory, &info) == 0 && tick < 200; tick++) {
        if (kill((pid_t)watcher, SIGTERM) != 0)
            break;
        poll(NULL, 0, 50);
    }
    return 0;
}

static int start(const char *directory, int release)
{
    char path[1024], bin[4096];

    if (!pg_find_binaries(release, bin, sizeof bin))
        return PG_SKIP;
    stop(directory);
    pg_remove_directory(directory); /* of a machine that went down */
    if (mkdir(directory, 0700) != 0) {
        fprintf(stderr, "%s: %s\n", directory, strerror(errno));
        return 1;
    }
    pid_t watcher = pg_start_in(bin, directory, getppid());
    if (watcher == 0)
        return 1;
    pid_file(directory, path, sizeof path);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return 1;
    fprintf(file, "%ld\n", (long)watcher);
    return fclose(file) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    if ((argc == 3 || argc == 4) && strcmp(argv[1], "start") == 0)
        return start(argv[2], argc == 4 ? atoi(argv[3]) : PG_ANY_RELEASE);
    if (argc == 3 && strcmp(argv[1], "stop") == 0)
        return stop(argv[2]);
    fprintf(stderr, "usage: pg_fixture start|stop DIRECTORY [RELEASE]\n");
    return 2;
}
