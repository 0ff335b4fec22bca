/* Recording honest conversations, and playing them back with a lie in them. The server forks for
 * each connection; a request to cancel is closed at once. */
#include "liar.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- Recording --- */

struct tape {
    struct recording *recording;
    bool answered; /* the last part came from the server */
    unsigned char head[5];
    size_t head_length, body_left;
    bool started;
};

static struct flight *last_flight(struct recording *recording)
{
    return &recording->flights[recording->n_flights - 1];
}

/* Counts whole messages of the client. The first one has no type. */
static void count_messages(struct tape *tape, const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        size_t need = tape->started ? 5 : 4;
        if (tape->body_left > 0) {
            tape->body_left--;
        } else {
            tape->head[tape->head_length++] = bytes[i];
            if (tape->head_length < need)
                continue;
            const unsigned char *size = tape->head + need - 4;
            tape->body_left = ((size_t)size[2] << 8 | size[3]) - 4;
            tape->head_length = 0;
        }
        if (tape->body_left == 0) {
            tape->started = true;
            last_flight(tape->recording)->n_asked++;
        }
    }
}

static void hear(void *context, enum direction direction, const unsigned char *bytes, size_t length)
{
    struct tape *tape = context;
    struct recording *recording = tape->recording;

    if (direction == TO_SERVER) {
        if (tape->answered && recording->n_flights < MAX_FLIGHTS)
            recording->n_flights++;
        tape->answered = false;
        count_messages(tape, bytes, length);
        return;
    }
    struct flight *flight = last_flight(recording);
    flight->bytes = realloc(flight->bytes, flight->length + length);
    if (flight->bytes == NULL)
        abort();
    memcpy(flight->bytes + flight->length, bytes, length);
    flight->length += length;
    tape->answered = true;
}

void recording_make(struct recording *recording, struct proxy *proxy,
                    const struct scenario *scenario, enum place place)
{
    struct tape tape = {.recording = recording};
    tenon_arena *mem = tenon_arena_create();
    char sql[160];

    *recording = (struct recording){.scenario = scenario, .place = place, .n_flights = 1};
    proxy_listen(proxy, hear, &tape);
    tenon_db *db = must_open(through(proxy, "sslmode=disable gssencmode=disable"), 30000);
    struct outcome outcome = run_scenario(scenario, place, db, mem, RECORDED_MARK);
    proxy_listen(proxy, NULL, NULL);
    ck_assert_msg(outcome.status == TENON_OK, "%s: %s", scenario->name, outcome.message);
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    snprintf(sql, sizeof sql,
             "DELETE FROM entries WHERE mark = %d; DELETE FROM every WHERE id = %d", RECORDED_MARK,
             RECORDED_MARK);
    truth(sql);
}

void recording_finish(struct recording *recording)
{
    for (size_t i = 0; i < recording->n_flights; i++)
        free(recording->flights[i].bytes);
}

/* --- Playing back --- */

static bool send_all(void *context, const unsigned char *bytes, size_t length)
{
    const int *client = context;

    for (size_t sent = 0; sent < length;) {
        ssize_t n = send(*client, bytes + sent, length - sent, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        sent += (size_t)n;
    }
    return true;
}

static bool read_all(int client, unsigned char *bytes, size_t length)
{
    return length == 0 || recv(client, bytes, length, MSG_WAITALL) == (ssize_t)length;
}

/* Reads one message; its type, 0 at the end. */
static int read_message(int client, bool has_type, unsigned char *body, size_t room)
{
    unsigned char head[5] = {'!'};
    size_t length;

    if (!read_all(client, has_type ? head : head + 1, has_type ? 5 : 4))
        return 0;
    length = ((size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 | head[4]) - 4;
    while (length > 0) {
        size_t part = length < room ? length : room;
        if (!read_all(client, body, part))
            return 0;
        length -= part;
    }
    return head[0];
}

static bool read_flight(int client, const struct flight *flight, bool is_start, bool is_known)
{
    unsigned char body[4096];

    for (size_t n = 0; is_known && n < flight->n_asked; n++)
        if (read_message(client, !is_start || n > 0, body, sizeof body) == 0)
            return false;
    /* What was not recorded: up to a message that wants an answer. */
    while (!is_known) {
        int type = read_message(client, true, body, sizeof body);
        if (type == 0)
            return false;
        if (strchr("SQcf", type) != NULL)
            break;
    }
    return true;
}

static _Noreturn void fall_silent(int client)
{
    unsigned char bytes[4096];

    while (recv(client, bytes, sizeof bytes, 0) > 0)
        continue;
    _exit(0);
}

static void play_flight(int client, const struct flight *flight, const char *script)
{
    switch (script_run(script, flight, send_all, &client)) {
    case SCRIPT_FALLS_SILENT:
        fall_silent(client);
    case SCRIPT_CLOSES:
        _exit(0);
    default:
        break;
    }
}

static void play_flipped(int client, const struct flight *flight, size_t bit)
{
    flight->bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    send_all(&client, flight->bytes, flight->length);
    flight->bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
}

/* Changes a few bytes, mostly of the small numbers that lengths, counts, types and formats are. */
static void play_mutated(int client, const struct flight *flight, unsigned long state)
{
    static const unsigned char favourites[] = {0, 1, 127, 128, 255, 'D', 'E', 'T', 'Z'};
    unsigned char *copy = malloc(flight->length);

    if (copy == NULL)
        abort();
    memcpy(copy, flight->bytes, flight->length);
    for (unsigned n = 0; n < 1 + state % 4; n++) {
        state = state * 6364136223846793005UL + 1442695040888963407UL;
        size_t at = (state >> 33) % flight->length;
        for (unsigned tries = 0; copy[at] >= 32 && tries < 8; tries++)
            at = (at + 1) % flight->length;
        copy[at] = favourites[(state >> 20) % sizeof favourites];
    }
    send_all(&client, copy, flight->length - (state >> 50) % 3);
    free(copy);
}

static _Noreturn void serve(int client, const struct recording *recordings,
                            const char *const *scripts)
{
    unsigned char start[4096] = {0};
    unsigned long recording = 0, where = 0;
    long lie = -1;
    const char *user = NULL;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (recv(client, start, 8, MSG_PEEK | MSG_WAITALL) != 8 || start[7] == 0x2e)
        _exit(0); /* a request to cancel */
    ssize_t n = recv(client, start, sizeof start - 1, MSG_PEEK);
    for (ssize_t i = 0; i < n; i++)
        if (strncmp((char *)start + i, "lie_", 4) == 0)
            user = (char *)start + i;
    if (user == NULL || sscanf(user, "lie_%lu_%lu_%ld", &recording, &where, &lie) != 3)
        _exit(1);
    const struct recording *played = &recordings[recording];
    for (size_t i = 0;; i++) {
        bool is_known = i < played->n_flights;
        const struct flight *flight = &played->flights[is_known ? i : played->n_flights - 1];
        if (!read_flight(client, flight, i == 0, is_known))
            _exit(0);
        if (i == where && lie <= LIE_MUTATED)
            play_mutated(client, flight, (unsigned long)(LIE_MUTATED - lie));
        else if (i == where && lie <= -1000)
            play_flipped(client, flight, (size_t)(-1000 - lie));
        else
            play_flight(client, flight, i == where && lie >= 0 ? scripts[lie] : "=");
    }
}

void liar_start(struct liar *liar, const struct recording *recordings, const char *const *scripts)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    strcpy(liar->directory, "/tmp/tenon-liar-XXXXXX");
    if (mkdtemp(liar->directory) == NULL)
        abort();
    snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", liar->directory);
    if (bind(listener, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 64) != 0)
        abort();
    fflush(NULL);
    liar->pid = fork();
    if (liar->pid != 0) {
        close(listener);
        return;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client >= 0 && fork() == 0)
            serve(client, recordings, scripts);
        close(client);
    }
}

void liar_stop(struct liar *liar)
{
    char path[100];

    kill(liar->pid, SIGKILL);
    waitpid(liar->pid, NULL, 0);
    snprintf(path, sizeof path, "%s/.s.PGSQL.5432", liar->directory);
    unlink(path);
    rmdir(liar->directory);
}

const char *liar_conninfo(const struct liar *liar, size_t recording, size_t flight, long script)
{
    static char conninfo[240];

    snprintf(conninfo, sizeof conninfo,
             "host=%s port=5432 user=lie_%zu_%zu_%ld dbname=x sslmode=disable gssencmode=disable",
             liar->directory, recording, flight, script);
    return conninfo;
}
