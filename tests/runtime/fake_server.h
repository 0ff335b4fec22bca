/* A server that says what it is told to: it takes one connection, answers the start-up as any
 * server does, and one query, or two, with bytes that the test has made up. */
#ifndef TESTS_RUNTIME_FAKE_SERVER_H
#define TESTS_RUNTIME_FAKE_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/** Messages one behind the other. */
struct script {
    unsigned char bytes[1 << 16];
    size_t length;
    bool closes;  /* behind the last byte; otherwise the server falls silent */
    bool repeats; /* what begins at repeat_from, without end */
    size_t repeat_from;
    size_t second_from;   /* what begins here answers what the client says next; 0: nothing does */
    const char *encoding; /* the client encoding that it claims; NULL: UTF8; "": none */
    bool greets_for_ever; /* the start-up has no end */
};

void script_byte(struct script *script, int value);
void script_int16(struct script *script, int value);
void script_int32(struct script *script, long value);
void script_text(struct script *script, const char *text); /* with its NUL */

/** Opens a message; what follows belongs to it until script_end. */
size_t script_begin(struct script *script, char type);
void script_end(struct script *script, size_t begin);
/** One of the columns that the open message describes. */
void script_field(struct script *script, const char *name, long type, int format);

/* Whole messages. */
void script_plain(struct script *script, char type); /* without a body */
void script_column(struct script *script, const char *name, long type, int format);
void script_value(struct script *script, long length, const char *bytes, size_t n_bytes);
void script_complete(struct script *script, const char *tag);
void script_error(struct script *script, const char *severity, const char *sqlstate,
                  const char *message);
void script_ready(struct script *script);
void script_notice(struct script *script);
void script_parameter(struct script *script, const char *name, const char *value);
void script_bound(struct script *script);       /* answers Parse and Bind */
void script_int4_column(struct script *script); /* the same, and there is one int4 in a row */
void script_finish(struct script *script);      /* of one row: it is complete, and ready */

struct fake_server {
    pid_t pid;
    char directory[32];
    char conninfo[192];
};

void fake_server_start(struct fake_server *server, const struct script *script);
void fake_server_stop(struct fake_server *server);

#endif
