/* Completion for shells, made from the tables of commands and options, so that it never lags behind
 * them. Values are completed as file names.
 */
#include <string.h>

#include "cli/cli.h"

/* The word behind the group's name; the command's name where it has none. */
static const char *last_word(const struct command *command)
{
    const char *space = strchr(command->name, ' ');

    return space ? space + 1 : command->name;
}

/* The group of a verb; NULL of a command of one word. */
static const char *group_of(struct arena *arena, const struct command *command)
{
    const char *space = strchr(command->name, ' ');

    return space ? arena_strndup(arena, command->name, (size_t)(space - command->name)) : NULL;
}

/* The first verb stands for its group among the words that can come first. */
static bool begins_group(size_t i)
{
    const char *name = commands[i].name, *space = strchr(name, ' ');

    return space &&
           (i == 0 || strncmp(commands[i - 1].name, name, (size_t)(space - name) + 1) != 0);
}

/* --- bash ------------------------------------------------------------------------------------- */

static void bash_first_words(struct buf *out)
{
    buf_adds(out, "        words='help");
    for (size_t i = 0; i < n_commands; i++)
        if (begins_group(i))
            buf_addf(out, " %s", group_of(out->arena, &commands[i]));
        else if (!strchr(commands[i].name, ' '))
            buf_addf(out, " %s", commands[i].name);
    buf_adds(out, " --help --version'\n");
}

static void bash_verbs(struct buf *out)
{
    for (size_t i = 0; i < n_commands; i++) {
        if (begins_group(i))
            buf_addf(out, "        %s) words='", group_of(out->arena, &commands[i]));
        if (strchr(commands[i].name, ' '))
            buf_addf(out, "%s%s", begins_group(i) ? "" : " ", last_word(&commands[i]));
        if (strchr(commands[i].name, ' ') &&
            (i + 1 == n_commands || !strchr(commands[i + 1].name, ' ') || begins_group(i + 1)))
            buf_adds(out, "' ;;\n");
    }
}

static void bash_options(struct buf *out)
{
    for (size_t i = 0; i < n_commands; i++) {
        buf_addf(out, "        '%s') words='--help", commands[i].name);
        for (size_t k = 0; k < n_options; k++)
            if (options[k].commands & commands[i].bit)
                buf_addf(out, " --%s", options[k].flag);
        buf_adds(out, "' ;;\n");
    }
}

static void write_bash(struct buf *out)
{
    buf_adds(out, "# bash completion of tenon, made by `tenon completion bash`.\n"
                  "_tenon()\n"
                  "{\n"
                  "    local word=${COMP_WORDS[COMP_CWORD]} name=${COMP_WORDS[1]} words=\n"
                  "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n");
    bash_first_words(out);
    buf_adds(out, "    elif [ \"$COMP_CWORD\" -eq 2 ]; then\n"
                  "        case $name in\n");
    bash_verbs(out);
    buf_adds(out, "        esac\n"
                  "    fi\n"
                  "    [ -n \"$words\" ] || case $name in\n"
                  "    '' | -*) ;;\n");
    for (size_t i = 0; i < n_commands; i++)
        if (begins_group(i))
            buf_addf(out, "    %s) name=\"$name ${COMP_WORDS[2]}\" ;;\n",
                     group_of(out->arena, &commands[i]));
    buf_adds(out, "    esac\n"
                  "    [ -n \"$words\" ] || case $word in\n"
                  "    -*)\n"
                  "        case $name in\n");
    bash_options(out);
    buf_adds(out, "        esac\n"
                  "        ;;\n"
                  "    esac\n"
                  "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                  "}\n"
                  "complete -o default -F _tenon tenon\n");
}

/* --- zsh -------------------------------------------------------------------------------------- */

/* Inside of '…' and of […]: no quote, no bracket, no colon that would end it. */
static const char *zsh_text(struct arena *arena, const char *text)
{
    struct buf out = buf_in(arena);

    for (; *text && *text != '\n'; text++)
        if (*text == '\'')
            buf_adds(&out, "'\\''");
        else if (strchr("[]:\\", *text))
            buf_addf(&out, "\\%c", *text);
        else
            buf_addc(&out, *text);
    return buf_text(&out);
}

static void zsh_words(struct buf *out, const char *group)
{
    for (size_t i = 0; i < n_commands; i++)
        if (group ? command_is_in_group(&commands[i], group) : !strchr(commands[i].name, ' '))
            buf_addf(out, "        '%s:%s'\n", last_word(&commands[i]),
                     zsh_text(out->arena, commands[i].summary));
        else if (!group && begins_group(i))
            buf_addf(out, "        '%s:see tenon help %s'\n", group_of(out->arena, &commands[i]),
                     group_of(out->arena, &commands[i]));
}

static void zsh_options(struct buf *out, const struct command *command)
{
    buf_addf(out, "    '%s') _arguments '*:file:_files'", command->name);
    for (size_t i = 0; i < n_options; i++) {
        const struct option *option = &options[i];
        if (!(option->commands & command->bit))
            continue;
        buf_addf(out, " \\\n        '%s--%s[%s]", option_is_list(option) ? "*" : "", option->flag,
                 zsh_text(out->arena, option->help));
        if (option->value)
            buf_addf(out, ":%s:_files", zsh_text(out->arena, option->value));
        buf_addc(out, '\'');
    }
    buf_adds(out, " ;;\n");
}

static void write_zsh(struct buf *out)
{
    buf_adds(out, "#compdef tenon\n"
                  "# zsh completion of tenon, made by `tenon completion zsh`.\n"
                  "local -a first verbs\n"
                  "local name=$words[2]\n"
                  "first=(\n");
    zsh_words(out, NULL);
    buf_adds(out, ")\n"
                  "if (( CURRENT == 2 )); then\n"
                  "    _describe command first\n"
                  "    return\n"
                  "fi\n"
                  "case $name in\n");
    for (size_t i = 0; i < n_commands; i++) {
        const char *group = begins_group(i) ? group_of(out->arena, &commands[i]) : NULL;
        if (!group)
            continue;
        buf_addf(out, "%s)\n    verbs=(\n", group);
        zsh_words(out, group);
        buf_adds(out, "    )\n"
                      "    if (( CURRENT == 3 )); then\n"
                      "        _describe verb verbs\n"
                      "        return\n"
                      "    fi\n"
                      "    name=\"$name $words[3]\" ;;\n");
    }
    buf_adds(out, "esac\n"
                  "case $name in\n");
    for (size_t i = 0; i < n_commands; i++)
        zsh_options(out, &commands[i]);
    buf_adds(out, "esac\n");
}

int run_completion(struct cli *cli)
{
    const char *shell = cli->operands.n == 1 ? cli->operands.items[0] : "";
    struct buf out = buf_in(cli->arena);

    if (strcmp(shell, "bash") == 0)
        write_bash(&out);
    else if (strcmp(shell, "zsh") == 0)
        write_zsh(&out);
    else
        return cli_fail(STATUS_USAGE, "completion is for bash or zsh: tenon completion bash");
    return cli_print(buf_str(&out), STATUS_OK);
}
