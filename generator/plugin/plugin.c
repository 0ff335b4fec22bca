/* Runs the command and judges how it ended; answer.c reads what it said. */
#include "plugin/plugin.h"

#include <string.h>
#include <sys/wait.h>

#include "ir/json.h"
#include "plugin/answer.h"
#include "plugin/process.h"

/* Of a shell: what it runs could not be found; what it ran was killed by signal status - 128. */
enum { NOT_RUN = 126, NOT_FOUND = 127, KILLED = 128 };

static const char *describe_exit(struct arena *arena, int code)
{
    if (code == NOT_RUN)
        return "it cannot be run (exit status 126)";
    if (code == NOT_FOUND)
        return "there is no such command (exit status 127)";
    if (code > KILLED)
        return arena_printf(arena, "exit status %d (signal %d)", code, code - KILLED);
    return arena_printf(arena, "exit status %d", code);
}

/* Why there is no answer; NULL when there is one. */
static const char *failure(struct arena *arena, const struct process_result *result)
{
    if (result->is_too_long)
        return arena_printf(arena, "its answer is longer than %d bytes", LARGEST_ANSWER);
    if (WIFSIGNALED(result->status))
        return arena_printf(arena, "it was killed by signal %d", WTERMSIG(result->status));
    if (WEXITSTATUS(result->status) != 0)
        return describe_exit(arena, WEXITSTATUS(result->status));
    return NULL;
}

bool plugin_run(const struct plugin *plugin, const struct ir_package *package,
                struct plugin_answer *answer, struct diags *diags, struct error *error)
{
    struct buf document = buf_in(diags->arena);
    struct process process = {.command = plugin->command, .directory = plugin->directory};
    struct process_result result;
    const char *why;

    *answer = (struct plugin_answer){0};
    ir_write_json(&document, package, diags);
    process.input = buf_str(&document);
    if (!process_run(diags->arena, &process, &result, error))
        return false;
    why = failure(diags->arena, &result);
    if (why)
        diag_error(diags, "PL620", (span){0}, "the plug-in \"%s\" failed: %s", plugin->command,
                   why);
    else
        answer_read(plugin, package, result.output, answer, diags);
    return true;
}
