/* The commands of the program as a table. */
#include <string.h>

#include "cli/cli.h"

const struct command commands[] = {
#define COMMAND(id, name, packages, operands, summary, details)                                    \
    {#name, IN_##id, PACKAGES_##packages, operands, summary, details, run_##name},
#define VERB(id, group, verb, packages, operands, summary, details)                                \
    {#group " " #verb, IN_##id, PACKAGES_##packages, operands,                                     \
     summary,          details, run_##group##_##verb},
#include "config/commands.def"
};

const size_t n_commands = sizeof commands / sizeof *commands;

bool command_is_in_group(const struct command *command, const char *name)
{
    const size_t len = strlen(name);

    return len && strncmp(command->name, name, len) == 0 && command->name[len] == ' ';
}
