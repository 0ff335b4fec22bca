/* The server is a child of a watching process, which is a child of the test. The watcher learns of
 * the test's end from a pipe that closes (or from a process number that is gone) and of the
 * server's readiness from its postmaster.pid. */
#include "pg_cluster.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libpq-fe.h>

#define START_SECONDS 60
#define TICK_MS 50

/* --- Users --- */

/* PostgreSQL refuses to run as root. */
static const struct passwd *server_user(void)
{
    const struct passwd *user = getpwnam("postgres");

    return user != NULL ? user : getpwnam("nobody");
}

static bool drop_root(void)
{
    if (geteuid() != 0)
        return true;
    const struct passwd *user = server_user();
    return user != NULL && setgid(user->pw_gid) == 0 && setuid(user->pw_uid) == 0;
}

/* --- The watching process --- */

static volatile sig_atomic_t told_to_stop;

static void on_signal(int number)
{
    (void)number;
    told_to_stop = 1;
}

static int remove_entry(const char *path, const struct stat *info, int flag, struct FTW *ftw)
{
    (void)info;
    (void)flag;
    (void)ftw;
    return remove(path);
}

/* A process of the server may outlive it by a moment, and write. */
void pg_remove_directory(const char *directory)
{
    struct stat info;

    for (int tick = 0; tick < 100 && lstat(directory, &info) == 0; tick++) {
        if (tick > 0)
            poll(NULL, 0, TICK_MS);
        nftw(directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    }
}

static void log_to(const char *directory, const char *name)
{
    char path[4200];

    snprintf(path, sizeof path, "%s/%s", directory, name);
    int log = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    int null = open("/dev/null", O_RDONLY);
    dup2(null, STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    close(null);
    close(log);
}

static void become(char *const argv[])
{
    static const char *const unwanted[] = {"PGDATA",     "PGHOST",    "PGPORT",    "PGUSER",
                                           "PGDATABASE", "PGOPTIONS", "LD_PRELOAD"};

    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++)
        unsetenv(unwanted[i]);
    setenv("LC_ALL", "C", 1);
    /* Nothing of the test may stay open: its pipe has to close with it. */
    for (int fd = 3; fd < 256; fd++)
        close(fd);
    execv(argv[0], argv);
    _exit(127);
}

static bool init_data(const char *bin, const char *directory)
{
    char program[4200], data[4200];
    int status = -1;

    snprintf(program, sizeof program, "%s/initdb", bin);
    snprintf(data, sizeof data, "%s/data", directory);
    char *argv[] = {program, "-D", data,   "-U",         "postgres",  "-A",
                    "trust", "-E", "UTF8", "--locale=C", "--no-sync", NULL};
    pid_t pid = fork();
    if (pid == 0)
        become(argv);
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static pid_t launch(const char *bin, const char *directory)
{
    char program[4200], data[4200], sockets[4300];

    snprintf(program, sizeof program, "%s/postgres", bin);
    snprintf(data, sizeof data, "%s/data", directory);
    snprintf(sockets, sizeof sockets, "unix_socket_directories=%s", directory);
    char *argv[] = {program,
                    "-D",
                    data,
                    "-c",
                    sockets,
                    "-c",
                    "listen_addresses=",
                    "-c",
                    "fsync=off",
                    "-c",
                    "full_page_writes=off",
                    "-c",
                    "max_prepared_transactions=8",
                    "-c",
                    "max_connections=100",
                    NULL};
    pid_t pid = fork();
    if (pid == 0)
        become(argv);
    return pid;
}

/* The last line of postmaster.pid says "ready" once connections are accepted. */
static bool is_ready(const char *directory)
{
    char path[4200], text[1024];

    snprintf(path, sizeof path, "%s/data/postmaster.pid", directory);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return false;
    size_t len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[len] = '\0';
    return strstr(text, "ready") != NULL;
}

static bool has_ended(pid_t pid)
{
    return waitpid(pid, NULL, WNOHANG) != 0;
}

static bool wait_until_ready(const char *directory, pid_t server)
{
    for (int tick = 0; tick < START_SECONDS * 1000 / TICK_MS; tick++) {
        if (is_ready(directory))
            return true;
        if (has_ended(server) || told_to_stop)
            return false;
        poll(NULL, 0, TICK_MS);
    }
    return false;
}

/* Returns when the owner has ended, or has said so, or the server is gone. */
static void watch(int life, pid_t owner, pid_t server)
{
    struct pollfd poll_fd = {.fd = life, .events = POLLIN};

    while (!told_to_stop && !has_ended(server)) {
        if (owner != 0 && kill(owner, 0) != 0 && errno == ESRCH)
            return;
        if (poll(&poll_fd, life < 0 ? 0 : 1, TICK_MS) > 0)
            return;
    }
}

/* Shows what the server had to say when it does not start. */
static void print_log(const char *directory)
{
    char path[4200], line[512];

    snprintf(path, sizeof path, "%s/log", directory);
    FILE *log = fopen(path, "r");
    while (log != NULL && fgets(line, sizeof line, log) != NULL)
        fputs(line, stderr);
    if (log != NULL)
        fclose(log);
}

static _Noreturn void run_watcher(const char *bin, const char *directory, int life, pid_t owner,
                                  int ready)
{
    struct sigaction action = {.sa_handler = on_signal};
    pid_t server = 0;

    setsid();
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    bool started = drop_root() && chdir(directory) == 0;
    int err = dup(STDERR_FILENO);
    log_to(directory, "log");
    started = started && init_data(bin, directory);
    if (started)
        server = launch(bin, directory);
    started = server > 0 && wait_until_ready(directory, server);
    if (started) {
        if (write(ready, "R", 1) != 1)
            told_to_stop = 1;
        close(ready);
        close(err); /* whoever waits for the end of our output need not wait for us */
        watch(life, owner, server);
    } else {
        dup2(err, STDERR_FILENO);
        print_log(directory);
    }
    if (server > 0) {
        kill(server, SIGQUIT);
        waitpid(server, NULL, 0);
    }
    if (chdir("/") == 0)
        pg_remove_directory(directory);
    _exit(started ? 0 : 1);
}

pid_t pg_start_in(const char *bin, const char *directory, pid_t owner)
{
    char answer = 0;
    int life[2] = {-1, -1}, ready[2];

    if (pipe(ready) != 0 || (owner == 0 && pipe(life) != 0))
        return 0;
    if (geteuid() == 0 && (server_user() == NULL ||
                           chown(directory, server_user()->pw_uid, server_user()->pw_gid) != 0))
        return 0;
    fflush(NULL);
    pid_t watcher = fork();
    if (watcher < 0)
        return 0;
    if (watcher == 0) {
        close(ready[0]);
        if (owner == 0)
            close(life[1]);
        run_watcher(bin, directory, life[0], owner, ready[1]);
    }
    close(ready[1]);
    if (owner == 0) {
        close(life[0]);
        fcntl(life[1], F_SETFD, FD_CLOEXEC);
    }
    ssize_t n = read(ready[0], &answer, 1);
    close(ready[0]);
    if (n == 1)
        return watcher;
    waitpid(watcher, NULL, 0);
    fprintf(stderr, "the test's PostgreSQL does not start\n");
    return 0;
}

/* --- For test programs --- */

pid_t pg_cluster_start(char *conninfo, size_t size)
{
    const char *tmp = getenv("TMPDIR");
    char directory[1024], bin[4096];

    if (!pg_find_binaries(PG_ANY_RELEASE, bin, sizeof bin))
        exit(PG_SKIP);
    snprintf(directory, sizeof directory, "%s/tenon-pg-XXXXXX", tmp == NULL ? "/tmp" : tmp);
    if (mkdtemp(directory) == NULL) {
        perror(directory);
        exit(1);
    }
    pid_t watcher = pg_start_in(bin, directory, 0);
    if (watcher == 0)
        exit(1);
    snprintf(conninfo, size, "host=%s user=postgres dbname=postgres", directory);
    return watcher;
}

void pg_cluster_stop(pid_t watcher)
{
    kill(watcher, SIGTERM);
    while (waitpid(watcher, NULL, 0) < 0 && errno == EINTR)
        continue;
}

static char admin_conninfo[1200];
static char database[64], database_conninfo[1400];
static pid_t database_owner;

static bool run_as_admin(const char *format)
{
    char sql[128];
    PGconn *conn = PQconnectdb(admin_conninfo);

    snprintf(sql, sizeof sql, format, database);
    PGresult *result = PQexec(conn, sql);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!done)
        fprintf(stderr, "%s: %s", sql, PQerrorMessage(conn));
    PQclear(result);
    PQfinish(conn);
    return done;
}

static void drop_database(void)
{
    /* A forked test that exits is not the end of the program. */
    if (getpid() == database_owner)
        run_as_admin("DROP DATABASE %s WITH (FORCE)");
}

const char *pg_test_database(const char *name)
{
    const char *host = getenv("PGHOST");

    if (host == NULL || PQping("") != PQPING_OK)
        pg_cluster_start(admin_conninfo, sizeof admin_conninfo);
    database_owner = getpid();
    snprintf(database, sizeof database, "tenon_%s_%ld", name, (long)database_owner);
    if (!run_as_admin("CREATE DATABASE %s TEMPLATE template0"))
        exit(1);
    atexit(drop_database);
    snprintf(database_conninfo, sizeof database_conninfo, "%s dbname=%s", admin_conninfo, database);
    return database_conninfo;
}
