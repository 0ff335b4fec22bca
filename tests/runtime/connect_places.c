#include "connect_places.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake_server.h"

/* --- Names --- */

atomic_int slow_ms, n_slow, most_slow, n_open_to_signals;

int __real_getaddrinfo(const char *, const char *, const struct addrinfo *, struct addrinfo **);
int __wrap_getaddrinfo(const char *, const char *, const struct addrinfo *, struct addrinfo **);

static void be_slow(void)
{
    int now = ++n_slow;

    if (now > most_slow)
        most_slow = now;
    poll(NULL, 0, slow_ms);
    n_slow--;
}

static void note_signals(void)
{
    sigset_t now;

    pthread_sigmask(SIG_SETMASK, NULL, &now);
    n_open_to_signals += sigismember(&now, SIGUSR1) == 0;
}

/* The linker puts it in the place of getaddrinfo() in libtenon; libpq, which must not need it for
 * names, has the real one. */
int __wrap_getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                       struct addrinfo **found)
{
    static const struct {
        const char *name, *first, *second;
    } names[] = {{"slow.test", "127.0.0.1", NULL},        {"two.test", "127.0.0.2", "127.0.0.1"},
                 {"both.test", "127.0.0.1", "127.0.0.3"}, {"db.test", "127.0.0.1", NULL},
                 {"other.test", "127.0.0.1", NULL},       {"odd.test", "127.0.0.2", NULL},
                 {"half.test", "127.0.0.2", "127.0.0.1"}};
    struct addrinfo *second = NULL;

    if (hints->ai_flags & AI_NUMERICHOST || strstr(name, ".test") == NULL)
        return __real_getaddrinfo(name, service, hints, found);
    note_signals();
    if (strcmp(name, "slow.test") == 0)
        be_slow();
    if (strcmp(name, "broken.test") == 0) {
        errno = EMFILE;
        return EAI_SYSTEM;
    }
    if (strcmp(name, "greedy.test") == 0)
        return EAI_MEMORY;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i].name) != 0)
            continue;
        int failure = __real_getaddrinfo(names[i].first, service, hints, found);
        if (failure == 0 && names[i].second != NULL)
            failure = __real_getaddrinfo(names[i].second, service, hints, &second);
        if (failure == 0)
            (*found)->ai_next = second;
        if (failure == 0 && (strcmp(name, "odd.test") == 0 || strcmp(name, "half.test") == 0))
            (*found)->ai_addr->sa_family = AF_UNSPEC;
        return failure;
    }
    return EAI_NONAME;
}

/* --- Listeners --- */

static pid_t script_pid;
static int script_input;

struct refusal refusal;

static void field(struct script *script, char type, const char *text)
{
    if (text == NULL)
        return;
    script_byte(script, type);
    script_text(script, text);
}

static void refuse(struct script *script, const struct refusal *with)
{
    size_t begin = script_begin(script, 'E');

    field(script, 'S', with->severity);
    field(script, 'C', with->sqlstate);
    field(script, 'M', with->message);
    field(script, 'F', with->file);
    field(script, 'L', with->file == NULL ? NULL : "7");
    field(script, 'R', with->function);
    script_byte(script, 0);
    script_end(script, begin);
}

static void refuse_in_german(struct script *script, const char *severity, const char *sqlstate)
{
    const struct refusal german = {severity, sqlstate, "nicht so:  12345: niemals", "postinit.c",
                                   "InitPostgres"};

    refuse(script, &german);
}

static void let_in(struct script *script)
{
    size_t begin = script_begin(script, 'R');

    script_int32(script, 0);
    script_end(script, begin);
    script_parameter(script, "server_version", "15.0");
}

static bool send_script(int client, struct script *script)
{
    bool sent =
        send(client, script->bytes, script->length, MSG_NOSIGNAL) == (ssize_t)script->length;

    script->length = 0;
    return sent;
}

static void flood(int client, struct script *script)
{
    char name[32];
    int number = 0;

    do
        for (int i = 0; i < 20; i++) {
            snprintf(name, sizeof name, "p%d", number++ % 100);
            script_parameter(script, name, "v");
        }
    while (send_script(client, script));
}

static void answer(int client, enum manner manner)
{
    static struct script script;
    char buffer[4096];

    script.length = 0;
    if (recv(client, buffer, sizeof buffer, 0) <= 0 || manner == CLOSING)
        return;
    if (manner == REFUSING_57P03)
        refuse_in_german(&script, "FATAL", "57P03");
    else if (manner == REFUSING_28P01)
        refuse_in_german(&script, "SCHWERWIEGENDER FEHLER", "28P01");
    else if (manner == REFUSING)
        refuse(&script, &refusal);
    else
        let_in(&script);
    if (manner == LYING) {
        script_parameter(&script, "client_encoding", "LATIN1");
        script_ready(&script);
    }
    if (manner == FLOODING)
        flood(client, &script);
    else if (send_script(client, &script))
        while (recv(client, buffer, sizeof buffer, 0) > 0)
            continue;
}

static _Noreturn void serve(int socket, enum manner manner, atomic_int *n_accepted)
{
    for (;;) {
        int client = accept(socket, NULL, NULL);
        ++*n_accepted;
        if (manner == SILENT)
            continue;
        answer(client, manner);
        close(client);
    }
}

/* Those of a test that failed are still there behind it. */
static struct listener started[8];
static size_t n_started;

void listener_start(struct listener *listener, enum manner manner)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    strcpy(listener->directory, "/tmp/tenon-fake-XXXXXX");
    if (mkdtemp(listener->directory) == NULL)
        abort();
    snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", listener->directory);
    listener->n_accepted = mmap(NULL, sizeof *listener->n_accepted, PROT_READ | PROT_WRITE,
                                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (listener->n_accepted == MAP_FAILED ||
        bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 16) != 0)
        abort();
    fflush(NULL);
    listener->pid = fork();
    if (listener->pid == 0) {
        /* Whatever becomes of the test, neither we nor the servers stay. */
        close(script_input);
        alarm(120);
        serve(fd, manner, listener->n_accepted);
    }
    close(fd);
    if (n_started == sizeof started / sizeof *started)
        abort();
    started[n_started++] = *listener;
}

static void stop(const struct listener *listener)
{
    char path[128];

    kill(listener->pid, SIGKILL);
    waitpid(listener->pid, NULL, 0);
    munmap(listener->n_accepted, sizeof *listener->n_accepted);
    snprintf(path, sizeof path, "%s/.s.PGSQL.5432", listener->directory);
    unlink(path);
    rmdir(listener->directory);
}

void listener_stop(struct listener *listener)
{
    for (size_t i = 0; i < n_started; i++)
        if (started[i].pid == listener->pid) {
            stop(&started[i]);
            started[i] = started[--n_started];
            return;
        }
}

void listeners_stop(void)
{
    while (n_started > 0)
        stop(&started[--n_started]);
}

int listen_tcp(const char *address, int port)
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

    name.sin_addr.s_addr = inet_addr(address);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (const struct sockaddr *)&name, sizeof name) != 0 || listen(fd, 0) != 0)
        abort();
    return fd;
}

int port_of(int fd)
{
    struct sockaddr_in name;
    socklen_t size = sizeof name;

    if (getsockname(fd, (struct sockaddr *)&name, &size) != 0)
        abort();
    return ntohs(name.sin_port);
}

int connect_without_waiting(int listener)
{
    struct sockaddr_in name;
    socklen_t size = sizeof name;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    fcntl(fd, F_SETFL, O_NONBLOCK);
    if (getsockname(listener, (struct sockaddr *)&name, &size) == 0 &&
        connect(fd, (const struct sockaddr *)&name, size) != 0 && errno != EINPROGRESS)
        abort();
    return fd;
}

/* --- Servers --- */

struct servers servers;

void servers_stop(void)
{
    close(script_input);
    waitpid(script_pid, NULL, 0);
}

static _Noreturn void run_script(const char *script, int input, int output)
{
    static const char *const unwanted[] = {"PGHOST", "PGPORT", "PGUSER", "PGDATABASE"};
    char ports[2][16];

    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++)
        unsetenv(unwanted[i]);
    snprintf(ports[0], sizeof ports[0], "%d", servers.primary_port);
    snprintf(ports[1], sizeof ports[1], "%d", servers.standby_port);
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    for (int fd = 3; fd < 256; fd++)
        close(fd);
    execlp("sh", "sh", script, servers.directory, ports[0], ports[1], (char *)NULL);
    _exit(127);
}

void servers_start(const char *script)
{
    int input[2], output[2], status;
    char line[64];

    int first = listen_tcp("127.0.0.1", 0), second = listen_tcp("127.0.0.1", 0);
    servers.primary_port = port_of(first);
    servers.standby_port = port_of(second);
    close(first);
    close(second);
    strcpy(servers.directory, "/tmp/tenon-connect-XXXXXX");
    if (mkdtemp(servers.directory) == NULL || pipe(input) != 0 || pipe(output) != 0)
        abort();
    fflush(NULL);
    script_pid = fork();
    if (script_pid == 0)
        run_script(script, input[0], output[1]);
    close(input[0]);
    close(output[1]);
    script_input = input[1];
    FILE *said = fdopen(output[0], "r");
    servers.has_tls = true;
    while (fgets(line, sizeof line, said) != NULL) {
        if (strcmp(line, "ready\n") == 0) {
            fclose(said);
            return;
        }
        if (strcmp(line, "no openssl\n") == 0)
            servers.has_tls = false;
    }
    waitpid(script_pid, &status, 0);
    rmdir(servers.directory);
    exit(WIFEXITED(status) && WEXITSTATUS(status) == 77 ? 77 : 1);
}
