/* A command of the shell that is given a text and answers with one. */
#ifndef TENON_PLUGIN_PROCESS_H
#define TENON_PLUGIN_PROCESS_H

#include "support/arena.h"
#include "support/error.h"
#include "support/str.h"

enum { LARGEST_ANSWER = 64 * 1024 * 1024 };

struct process {
    const char *command;   /* for /bin/sh -c */
    const char *directory; /* where it runs; NULL: here */
    str input;
};

struct process_result {
    str output;       /* NUL-terminated */
    bool is_too_long; /* more than LARGEST_ANSWER bytes: the process was killed */
    int status;       /* as waitpid() gives it */
};

/* Runs the command and waits for it. Its standard input is a file that holds the input, so that it
 * may read all of it, a part or nothing, before or after it writes; its standard error is ours. */
bool process_run(struct arena *arena, const struct process *process, struct process_result *result,
                 struct error *error);

#endif
