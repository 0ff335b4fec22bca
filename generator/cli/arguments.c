/* The command line is read in two steps, because the configuration file comes in between: first
 * each option is noted with its values, then, over what the file says, each is applied. A list
 * given on the command line replaces the file's.
 */
#include "cli/arguments.h"

#include <stdlib.h>
#include <string.h>

#include "cli/report.h"
#include "config/config.h"
#include "config/options.h"
#include "support/nearest.h"

/* An option as it stands on the command line. */
struct given {
    const struct option *option;
    char **values;
    size_t n_values;
};

typedef VEC(struct given) given_list;

/* -f is what make, docker compose and sqlc call the file that tells them what to do. */
static const char config_letter[] = "-f", config_flag[] = "config";

static const struct option *find_option(const struct command *command, const char *name, size_t len)
{
    for (size_t i = 0; i < n_options; i++)
        if (strlen(options[i].flag) == len && memcmp(options[i].flag, name, len) == 0 &&
            (options[i].commands & command->bit))
            return &options[i];
    return NULL;
}

static int unknown_option(const struct command *command, const char *arg)
{
    struct nearest nearest = {.wanted = arg + 2};

    for (size_t i = 0; i < n_options; i++)
        if (options[i].commands & command->bit)
            nearest_consider(&nearest, options[i].flag);
    if (nearest.name)
        return cli_fail(STATUS_USAGE, "%s has no option %s; did you mean --%s?", command->name, arg,
                        nearest.name);
    return cli_fail(STATUS_USAGE, "%s has no option %s; see tenon help %s", command->name, arg,
                    command->name);
}

/* Reads the option at args[*i] and its values, and steps over them. */
static int read_option(struct cli *cli, int n_args, char **args, int *i, given_list *list)
{
    const char *arg = args[*i], *equals = strchr(arg, '=');
    size_t len = equals ? (size_t)(equals - arg) : strlen(arg);
    struct given given = {.values = args + *i + 1};

    if (len == strlen(config_letter) && memcmp(arg, config_letter, len) == 0)
        given.option = find_option(cli->command, config_flag, strlen(config_flag));
    else if (len > 2 && arg[1] == '-')
        given.option = find_option(cli->command, arg + 2, len - 2);
    if (!given.option)
        return unknown_option(cli->command, arg);
    ++*i;
    if (equals) {
        given.values = arena_array(cli->arena, char *, 1);
        given.values[0] = args[*i - 1] + len + 1;
        given.n_values = 1;
    } else if (given.option->kind != OPTION_SWITCH) {
        while (*i < n_args && args[*i][0] != '-' &&
               (given.n_values == 0 || option_is_list(given.option))) {
            given.n_values++;
            ++*i;
        }
    }
    if (given.option->kind == OPTION_SWITCH && equals)
        return cli_fail(STATUS_USAGE, "--%s takes no value", given.option->flag);
    if (given.option->kind != OPTION_SWITCH && given.n_values == 0)
        return cli_fail(STATUS_USAGE, "--%s needs a value: %s", given.option->flag,
                        given.option->value);
    vec_push(cli->arena, list, given);
    return STATUS_OK;
}

static int read_arguments(struct cli *cli, int n_args, char **args, given_list *list)
{
    bool only_operands = false;
    int status = STATUS_OK;

    for (int i = 0; i < n_args && status == STATUS_OK;) {
        if (!only_operands && strcmp(args[i], "--") == 0) {
            only_operands = true;
            i++;
        } else if (!only_operands && args[i][0] == '-' && args[i][1]) {
            status = read_option(cli, n_args, args, &i, list);
        } else {
            vec_push(cli->arena, &cli->operands, args[i++]);
        }
    }
    return status;
}

/* --- Applying --------------------------------------------------------------------------------- */

static int apply_rename(struct cli *cli, const char *value)
{
    const char *equals = strrchr(value, '=');

    if (!equals || equals == value || !equals[1])
        return cli_fail(STATUS_USAGE, "--rename needs FROM=TO, not %s", value);
    vec_push(
        cli->arena, &cli->settings.compile.renames,
        (struct ir_rename){arena_strndup(cli->arena, value, (size_t)(equals - value)), equals + 1});
    return STATUS_OK;
}

/* The member of an override that `name=` sets. */
static const char **override_member(struct ir_override *override, const char *name, size_t len)
{
    const struct {
        const char *name;
        const char **member;
    } members[] = {
        {"match", &override->match},     {"c_type", &override->c_type},
        {"include", &override->include}, {"decode", &override->decode},
        {"encode", &override->encode},
    };

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (strlen(members[i].name) == len && memcmp(members[i].name, name, len) == 0)
            return members[i].member;
    return NULL;
}

static int apply_override(struct cli *cli, const char *value)
{
    struct ir_override override = {0};

    for (const char *at = value; *at;) {
        size_t name_len = strcspn(at, "="), len = strcspn(at, ",");
        const char **member = name_len < len ? override_member(&override, at, name_len) : NULL;

        if (!member)
            return cli_fail(STATUS_USAGE, "--override cannot read %s", at);
        *member = arena_strndup(cli->arena, at + name_len + 1, len - name_len - 1);
        at += len + (at[len] == ',');
    }
    if (!override.match || !override.c_type)
        return cli_fail(STATUS_USAGE, "--override needs match= and c_type=");
    vec_push(cli->arena, &cli->settings.compile.overrides, override);
    return STATUS_OK;
}

static int apply_value(struct cli *cli, const struct option *option, const char *value)
{
    char *field = (char *)&cli->settings + option->offset, *end;
    unsigned long number;

    if (!value) /* a switch */
        value = "";
    switch (option->kind) {
    case OPTION_SWITCH:
        *(bool *)field = true;
        return STATUS_OK;
    case OPTION_TEXT:
        *(const char **)field = value;
        return STATUS_OK;
    case OPTION_NUMBER:
        number = strtoul(value, &end, 10);
        if (*end || end == value || number > 9999)
            return cli_fail(STATUS_USAGE, "--%s needs a number, not %s", option->flag, value);
        *(unsigned *)field = (unsigned)number;
        return STATUS_OK;
    case OPTION_LIST:
        vec_push(cli->arena, (path_list *)(void *)field, value);
        return STATUS_OK;
    case OPTION_RENAMES:
        return apply_rename(cli, value);
    case OPTION_OVERRIDES:
        return apply_override(cli, value);
    case OPTION_PLUGINS:
        vec_push(cli->arena, &cli->settings.plugins, (struct plugin_setting){.command = value});
        return STATUS_OK;
    }
    return STATUS_OK;
}

static int apply(struct cli *cli, const struct given *given)
{
    int status = STATUS_OK;

    if (given->option->kind == OPTION_SWITCH)
        return apply_value(cli, given->option, NULL);
    for (size_t i = 0; i < given->n_values && status == STATUS_OK; i++)
        status = apply_value(cli, given->option, given->values[i]);
    return status;
}

static bool is_given(const given_list *list, const char *flag)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->items[i].option->flag, flag) == 0)
            return true;
    return false;
}

/* What the command line lists replaces what the file lists. All lists have one layout. */
static void clear_given_lists(struct settings *settings, const given_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (option_is_list(list->items[i].option))
            memset((char *)settings + list->items[i].option->offset, 0, sizeof(path_list));
}

/* The configuration file to read; NULL when there is none. */
static const char *config_path(const given_list *list)
{
    const char *path = NULL;

    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->items[i].option->flag, config_flag) == 0)
            path = list->items[i].values[0];
    if (path || (is_given(list, "schema") && is_given(list, "queries")))
        return path;
    return file_exists(CONFIG_NAME) ? CONFIG_NAME : NULL;
}

static const struct settings *find_package(const settings_list *packages, const char *name)
{
    for (size_t i = 0; i < packages->n; i++)
        if (name_eq(packages->items[i].compile.package, name))
            return &packages->items[i];
    return NULL;
}

static const char *package_names(struct cli *cli)
{
    struct buf names = buf_in(cli->arena);

    for (size_t i = 0; i < cli->packages.n; i++)
        buf_addf(&names, "%s%s", i ? ", " : "", cli->packages.items[i].compile.package);
    return buf_text(&names);
}

static bool is_chosen(const given_list *list, const char *name)
{
    bool any = false;

    for (size_t i = 0; i < list->n; i++) {
        const struct given *given = &list->items[i];

        if (strcmp(given->option->flag, "only") != 0)
            continue;
        any = true;
        for (size_t k = 0; k < given->n_values; k++)
            if (name_eq(name, given->values[k]))
                return true;
    }
    return !any;
}

/* Keeps the packages that --only names. */
static int choose_packages(struct cli *cli, const given_list *list, const char *path)
{
    settings_list chosen = {0};

    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0;
             strcmp(list->items[i].option->flag, "only") == 0 && k < list->items[i].n_values; k++)
            if (!find_package(&cli->packages, list->items[i].values[k]))
                return cli_fail(STATUS_USAGE, "%s has no package %s; it has %s", path,
                                list->items[i].values[k], package_names(cli));
    for (size_t i = 0; i < cli->packages.n; i++)
        if (is_chosen(list, cli->packages.items[i].compile.package))
            vec_push(cli->arena, &chosen, cli->packages.items[i]);
    cli->packages = chosen;
    return STATUS_OK;
}

static int load_config(struct cli *cli, const given_list *list)
{
    struct diags diags = {.arena = cli->arena};
    static const char *const of_one[] = {"package", "stamp", "depfile"};
    const char *path = cli->command->packages != PACKAGES_NONE ? config_path(list) : NULL;
    struct error error;
    int status;

    if (!path) {
        vec_push(cli->arena, &cli->packages, (struct settings){0});
        return STATUS_OK;
    }
    if (!config_load(cli->arena, path, &cli->packages, &diags, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    report_diags(cli->arena, &diags);
    if (diags.n_errors)
        return STATUS_INPUT;
    status = choose_packages(cli, list, path);
    if (status != STATUS_OK || cli->packages.n < 2)
        return status;
    if (cli->command->packages == PACKAGES_ONE)
        return cli_fail(STATUS_USAGE, "%s takes one package, and %s has %zu: give --only",
                        cli->command->name, path, cli->packages.n);
    for (size_t i = 0; i < sizeof of_one / sizeof *of_one; i++)
        if (is_given(list, of_one[i]))
            return cli_fail(STATUS_USAGE, "--%s is for one package, and %s has %zu: give --only",
                            of_one[i], path, cli->packages.n);
    return STATUS_OK;
}

/* What the command line says goes over what the file says about each package. */
static int overlay(struct cli *cli, const given_list *list, struct settings *package)
{
    int status = STATUS_OK;

    cli->settings = *package;
    clear_given_lists(&cli->settings, list);
    for (size_t i = 0; i < list->n && status == STATUS_OK; i++)
        status = apply(cli, &list->items[i]);
    *package = cli->settings;
    return status;
}

int arguments_parse(struct cli *cli, int n_args, char **args)
{
    given_list list = {0};
    int status = read_arguments(cli, n_args, args, &list);

    if (status == STATUS_OK)
        status = load_config(cli, &list);
    for (size_t i = 0; i < cli->packages.n && status == STATUS_OK; i++)
        status = overlay(cli, &list, &cli->packages.items[i]);
    return status;
}

void arguments_help(struct buf *out, unsigned command)
{
    for (size_t i = 0; i < n_options; i++) {
        const struct option *option = &options[i];
        if (!(option->commands & command))
            continue;
        if (strcmp(option->flag, config_flag) == 0)
            buf_addf(out, "  %s %s\n", config_letter, option->value);
        buf_addf(out, "  --%s%s%s\n      %s", option->flag, option->value ? " " : "",
                 option->value ? option->value : "", option->help);
        if (option->key)
            buf_addf(out, " [%s: in %s]", option->key, CONFIG_NAME);
        buf_addc(out, '\n');
    }
}
