/* One plug-in after the other, in the order of the settings. Each is given the same document, and
 * none may write a file that tenon or another one writes.
 */
#include "cli/plugins.h"

#include "plugin/plugin.h"

static void add_file(struct diags *diags, struct output *output, const struct output_place *place,
                     const struct plugin_file *file)
{
    const struct output_file *clash = output_find_clash(output, place, file->path);

    if (clash)
        diag_error(diags, "PL622", (span){0}, "the %s may not write \"%s\": %s already writes %s",
                   place->maker, file->path, clash->place == place ? "it" : clash->place->maker,
                   clash->full);
    else
        output_add(output, place, file->path, file->content);
}

static int run_one(struct cli *cli, const struct plugin_setting *setting,
                   struct compilation *compilation, struct output *output)
{
    const struct plugin plugin = {setting->command, setting->directory};
    struct output_place *place = arena_new(cli->arena, struct output_place);
    struct plugin_answer answer;
    struct error error;

    if (!plugin_run(&plugin, &compilation->package, &answer, &compilation->diags, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    *place = (struct output_place){
        .directory = setting->out ? setting->out : cli->settings.out,
        .mark = answer.mark,
        .maker = arena_printf(cli->arena, "plug-in \"%s\"", setting->command),
    };
    for (size_t i = 0; i < answer.files.n; i++)
        add_file(&compilation->diags, output, place, &answer.files.items[i]);
    return STATUS_OK;
}

int add_plugin_files(struct cli *cli, struct compilation *compilation, struct output *output)
{
    int status = STATUS_OK;

    for (size_t i = 0; i < cli->settings.plugins.n && status == STATUS_OK; i++)
        status = run_one(cli, &cli->settings.plugins.items[i], compilation, output);
    return status;
}
