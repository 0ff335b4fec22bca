/* The program: help made from the table of commands, and one thread with a large stack on which
 * the command runs, as expressions nest as deeply as the server allows.
 */
#include <stdio.h>
#include <string.h>

#include "cli/arguments.h"
#include "support/nearest.h"
#include "support/stack.h"

enum { COMMAND_STACK = 512 * 1024 * 1024 };

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < n_commands; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static bool is_group(const char *name)
{
    for (size_t i = 0; i < n_commands; i++)
        if (command_is_in_group(&commands[i], name))
            return true;
    return false;
}

static int print_group(struct arena *arena, const char *name)
{
    struct buf out = buf_in(arena);

    buf_addf(&out, "usage: tenon %s VERB [OPTION...]\n\n", name);
    for (size_t i = 0; i < n_commands; i++)
        if (command_is_in_group(&commands[i], name))
            buf_addf(&out, "  %-15s %s\n", commands[i].name, commands[i].summary);
    buf_addf(&out, "\ntenon help %s VERB lists the verb's options.\n", name);
    return cli_print(buf_str(&out), STATUS_OK);
}

static int unknown_verb(struct arena *arena, const char *group, const char *verb)
{
    struct nearest nearest = {.wanted = arena_printf(arena, "%s %s", group, verb)};

    for (size_t i = 0; i < n_commands; i++)
        if (command_is_in_group(&commands[i], group))
            nearest_consider(&nearest, commands[i].name);
    if (!*verb)
        return cli_fail(STATUS_USAGE, "what is to be done? see tenon help %s", group);
    if (nearest.name)
        return cli_fail(STATUS_USAGE, "there is no command %s %s; did you mean %s?", group, verb,
                        nearest.name);
    return cli_fail(STATUS_USAGE, "there is no command %s %s; see tenon help %s", group, verb,
                    group);
}

static int unknown_command(const char *name)
{
    struct nearest nearest = {.wanted = name};

    for (size_t i = 0; i < n_commands; i++)
        nearest_consider(&nearest, commands[i].name);
    if (nearest.name)
        return cli_fail(STATUS_USAGE, "there is no command %s; did you mean %s?", name,
                        nearest.name);
    return cli_fail(STATUS_USAGE, "there is no command %s; see tenon --help", name);
}

static int print_overview(struct arena *arena)
{
    struct buf out = buf_in(arena);

    buf_adds(&out, "tenon turns a PostgreSQL schema and annotated SQL files into type-checked C.\n"
                   "\nusage: tenon COMMAND [OPTION...]\n\n");
    for (size_t i = 0; i < n_commands; i++)
        buf_addf(&out, "  %-15s %s\n", commands[i].name, commands[i].summary);
    buf_adds(&out,
             "\ntenon help COMMAND lists the command's options. Exit status: 0 done, 1 the "
             "input has\nerrors, 2 wrong usage, 3 a file, the memory or a connection failed.\n");
    return cli_print(buf_str(&out), STATUS_OK);
}

static int print_help(struct arena *arena, const struct command *command)
{
    struct buf out = buf_in(arena);

    buf_addf(&out, "usage: tenon %s%s%s [OPTION...]\n\n%s.\n", command->name,
             *command->operands ? " " : "", command->operands, command->summary);
    if (command->details)
        buf_adds(&out, command->details);
    buf_addc(&out, '\n');
    arguments_help(&out, command->bit);
    return cli_print(buf_str(&out), STATUS_OK);
}

/* The worst status of all packages. */
static int run_packages(struct cli *cli)
{
    int worst = STATUS_OK;

    for (size_t i = 0; i < cli->packages.n; i++) {
        int status;
        cli->settings = cli->packages.items[i];
        cli->is_last = i + 1 == cli->packages.n;
        status = cli->command->run(cli);
        if (status > worst)
            worst = status;
    }
    return worst;
}

static int run_command(struct arena *arena, const struct command *command, int n_args, char **args)
{
    struct cli cli = {.arena = arena, .command = command};
    int status;

    for (int i = 0; i < n_args; i++)
        if (strcmp(args[i], "--help") == 0 || strcmp(args[i], "-h") == 0)
            return print_help(arena, command);
    status = arguments_parse(&cli, n_args, args);
    if (status != STATUS_OK)
        return status;
    if (cli.operands.n && !*command->operands)
        return cli_fail(STATUS_USAGE, "%s takes no argument %s", command->name,
                        cli.operands.items[0]);
    return run_packages(&cli);
}

static int help_about(struct arena *arena, const char *name, const char *verb)
{
    const struct command *command =
        find_command(is_group(name) && *verb ? arena_printf(arena, "%s %s", name, verb) : name);

    if (command)
        return print_help(arena, command);
    if (is_group(name))
        return *verb ? unknown_verb(arena, name, verb) : print_group(arena, name);
    return unknown_command(name);
}

static int run_verb(struct arena *arena, const char *group, int n_args, char **args)
{
    const char *verb = n_args > 0 ? args[0] : "";
    const struct command *command = find_command(arena_printf(arena, "%s %s", group, verb));

    if (strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0)
        return print_group(arena, group);
    return command ? run_command(arena, command, n_args - 1, args + 1)
                   : unknown_verb(arena, group, verb);
}

static int run_arguments(struct arena *arena, int n_args, char **args)
{
    const char *name = n_args > 1 ? args[1] : "";
    const struct command *command;

    if (strcmp(name, "--version") == 0)
        return cli_print(STR("tenon " TENON_VERSION "\n"), STATUS_OK);
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 ||
        (strcmp(name, "help") == 0 && n_args == 2))
        return print_overview(arena);
    if (!*name)
        return cli_fail(STATUS_USAGE, "no command; see tenon --help");
    if (strcmp(name, "help") == 0)
        return help_about(arena, args[2], n_args > 3 ? args[3] : "");
    if (is_group(name))
        return run_verb(arena, name, n_args - 2, args + 2);
    command = find_command(name);
    return command ? run_command(arena, command, n_args - 2, args + 2) : unknown_command(name);
}

struct invocation {
    int n_args;
    char **args;
    int status;
};

static void run(void *context)
{
    struct invocation *invocation = context;
    struct arena arena = {0};

    invocation->status = run_arguments(&arena, invocation->n_args, invocation->args);
    arena_finish(&arena);
}

int main(int argc, char **argv)
{
    struct invocation invocation = {argc, argv, STATUS_ENVIRONMENT};

    if (!stack_run(COMMAND_STACK, run, &invocation))
        run(&invocation);
    return invocation.status;
}
