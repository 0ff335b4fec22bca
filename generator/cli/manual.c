/* The manual page, made from the tables of commands and options (man(7)). */
#include <string.h>

#include "cli/cli.h"
#include "config/config.h"

/* A backslash and a leading dot or quote mean something to roff, and `-` is a hyphen. */
static void add_text(struct buf *out, const char *text)
{
    for (bool at_start = true; *text; text++) {
        if (at_start && (*text == '.' || *text == '\''))
            buf_adds(out, "\\&");
        if (*text == '\\')
            buf_adds(out, "\\e");
        else if (*text == '-')
            buf_adds(out, "\\-");
        else
            buf_addc(out, *text);
        at_start = *text == '\n';
    }
}

static void add_option(struct buf *out, const struct option *option)
{
    buf_adds(out, ".TP\n\\fB");
    add_text(out, arena_printf(out->arena, "--%s", option->flag));
    buf_adds(out, "\\fR");
    if (option->value) {
        buf_adds(out, " \\fI");
        add_text(out, option->value);
        buf_adds(out, "\\fR");
    }
    buf_addc(out, '\n');
    add_text(out, option->help);
    if (option->key)
        add_text(out, arena_printf(out->arena, " [%s: in %s]", option->key, CONFIG_NAME));
    buf_addc(out, '\n');
}

static void add_command(struct buf *out, const struct command *command)
{
    buf_addf(out, ".SS \"tenon %s%s%s\"\n", command->name, *command->operands ? " " : "",
             command->operands);
    add_text(out, arena_printf(out->arena, "%s.\n%s", command->summary,
                               command->details ? command->details : ""));
    for (size_t i = 0; i < n_options; i++)
        if (options[i].commands & command->bit)
            add_option(out, &options[i]);
}

int run_manual(struct cli *cli)
{
    struct buf out = buf_in(cli->arena);

    buf_adds(&out,
             ".TH TENON 1 \"\" \"tenon " TENON_VERSION "\"\n"
             ".SH NAME\n"
             "tenon \\- PostgreSQL to C, checked at compile time\n"
             ".SH SYNOPSIS\n"
             ".B tenon\n"
             ".I COMMAND\n"
             "[\\fIOPTION\\fR...]\n"
             ".SH DESCRIPTION\n"
             "tenon turns a PostgreSQL schema and annotated SQL files into type\\-checked C, and "
             "leads databases from one schema to the next.\n"
             ".SH COMMANDS\n");
    for (size_t i = 0; i < n_commands; i++)
        add_command(&out, &commands[i]);
    buf_adds(&out,
             ".SH FILES\n.TP\n.I " CONFIG_NAME "\n"
             "What the options say when they are not given; sqlc's configuration is read with "
             "\\fB\\-f\\fR.\n"
             ".SH EXIT STATUS\n"
             "0: done. 1: the input has errors. 2: wrong usage. 3: a file, the memory or a "
             "connection failed.\n");
    return cli_print(buf_str(&out), STATUS_OK);
}
