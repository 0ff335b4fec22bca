/* The input is in a file without a name, so there is one pipe and nobody waits for two things. */
#include "plugin/process.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/buf.h"

/* The shell's own status for a command that cannot be run. */
enum { CANNOT_RUN = 126 };

/* No input has no bytes to point at. */
static bool write_input(str input, FILE *file)
{
    return input.len == 0 || fwrite(input.data, 1, input.len, file) == input.len;
}

/* NULL with errno set. */
static FILE *input_file(str input)
{
    FILE *file = tmpfile();

    if (!file)
        return NULL;
    if (write_input(input, file) && fflush(file) == 0 && fseek(file, 0, SEEK_SET) == 0)
        return file;
    fclose(file);
    return NULL;
}

static bool move_descriptor(int from, int to)
{
    return from == to || (dup2(from, to) == to && close(from) == 0);
}

/* In the child, where only what is safe after fork() in a program with threads may be called. */
static _Noreturn void become(const struct process *process, int input, const int output[2])
{
    close(output[0]);
    if (move_descriptor(input, STDIN_FILENO) && move_descriptor(output[1], STDOUT_FILENO) &&
        (!process->directory || chdir(process->directory) == 0))
        execl("/bin/sh", "sh", "-c", process->command, (char *)NULL);
    _exit(CANNOT_RUN);
}

/* Until the end of the output, or until it is too long. */
static void read_output(struct arena *arena, int fd, struct process_result *result)
{
    struct buf text = buf_in(arena);
    char chunk[16384];
    ssize_t n;

    while ((n = read(fd, chunk, sizeof chunk)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        result->is_too_long = text.len + (size_t)n > LARGEST_ANSWER;
        if (result->is_too_long)
            break;
        buf_add(&text, chunk, (size_t)n);
    }
    result->output = buf_str(&text);
}

static void wait_for(pid_t child, int *status)
{
    while (waitpid(child, status, 0) < 0 && errno == EINTR) {
    }
}

static bool run_on(struct arena *arena, const struct process *process, int input,
                   struct process_result *result)
{
    int output[2];
    pid_t child;

    if (pipe(output) != 0)
        return false;
    child = fork();
    if (child == 0)
        become(process, input, output);
    close(output[1]);
    if (child > 0)
        read_output(arena, output[0], result);
    close(output[0]);
    if (child < 0)
        return false;
    if (result->is_too_long)
        kill(child, SIGKILL);
    wait_for(child, &result->status);
    return true;
}

bool process_run(struct arena *arena, const struct process *process, struct process_result *result,
                 struct error *error)
{
    FILE *input = input_file(process->input);
    bool ok;

    *result = (struct process_result){0};
    if (!input)
        return error_set_errno(error, "make a temporary file for", process->command);
    ok = run_on(arena, process, fileno(input), result);
    if (!ok)
        error_set_errno(error, "run", process->command);
    fclose(input);
    return ok;
}
