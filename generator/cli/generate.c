/* tenon generate: compile, make every file in memory, then write what changed.
 *
 * Nothing is written when anything is wrong. The stamp is touched last, so that a build system
 * sees it only when all files are in place.
 */
#include "cli/compile.h"
#include "cli/diff.h"
#include "cli/report.h"
#include "support/buf.h"
#include "support/output.h"

#include <string.h>

/* A path in a make rule: blanks, #, $ and colons are escaped as both Make and Ninja read them. */
static void add_make_path(struct buf *out, const char *path)
{
    for (; *path; path++) {
        if (*path == ' ' || *path == '#')
            buf_addc(out, '\\');
        if (*path == '$')
            buf_addc(out, '$');
        buf_addc(out, *path);
    }
}

static bool write_depfile(const struct cli *cli, const struct compilation *compilation,
                          const emit_files *files, struct error *error)
{
    const struct settings *settings = &cli->settings;
    struct buf text = buf_in(cli->arena);

    if (!settings->depfile)
        return true;
    if (settings->stamp)
        add_make_path(&text, settings->stamp);
    else if (files->n)
        add_make_path(&text, file_join(cli->arena, settings->out, files->items[0].path));
    buf_addc(&text, ':');
    for (size_t i = 0; i < compilation->inputs.n; i++) {
        buf_adds(&text, " \\\n  ");
        add_make_path(&text, compilation->inputs.items[i]);
    }
    buf_addc(&text, '\n');
    return output_replace(settings->depfile, buf_str(&text), error);
}

/* Shows what would change; 1 when anything would. */
static int show_changes(const struct cli *cli, const struct output *output)
{
    struct buf text = buf_in(cli->arena);

    for (size_t i = 0; i < output->files.n; i++) {
        const struct output_file *file = &output->files.items[i];
        if (file->change != OUTPUT_SAME)
            diff_write(&text, file_join(cli->arena, cli->settings.out, file->path), file->old_text,
                       file->text);
    }
    return cli_print(buf_str(&text), text.len ? STATUS_INPUT : STATUS_OK);
}

static int write_files(const struct cli *cli, const struct compilation *compilation,
                       const emit_files *files)
{
    struct output output = {
        .arena = cli->arena, .directory = cli->settings.out, .mark = EMIT_SIGNATURE};
    struct error error;

    for (size_t i = 0; i < files->n; i++)
        output_add(&output, files->items[i].path, str_from(files->items[i].text));
    if (!output_compare(&output, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    if (cli->settings.check)
        return show_changes(cli, &output);
    if (!output_write(&output, &error) || !write_depfile(cli, compilation, files, &error) ||
        (cli->settings.stamp && !output_replace(cli->settings.stamp, STR(""), &error)))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return STATUS_OK;
}

int run_generate(struct cli *cli)
{
    struct compilation compilation;
    emit_files files = {0};
    int status;

    if (!cli->settings.package)
        return cli_fail(STATUS_USAGE, "no package: give --package or a configuration file");
    if (!cli->settings.out)
        return cli_fail(STATUS_USAGE, "no output directory: give --out or a configuration file");
    status = compile(cli->arena, &cli->settings, &compilation);
    if (status != STATUS_OK)
        return status;
    compile_emit(&compilation, &cli->settings, &files);
    report_diags(cli->arena, &compilation.diags);
    if (compilation.diags.n_errors)
        return STATUS_INPUT;
    return write_files(cli, &compilation, &files);
}
