/* Diagnostics as --format says. Text is for people and comes at once, in colour on a terminal; JSON
 * and SARIF are for programs and come once, for all packages of the run.
 */
#include "cli/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/report_formats.h"

/* As https://no-color.org and terminals without colours ask for. */
static bool wants_color(void)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    return isatty(STDERR_FILENO) && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

void report_diags(struct arena *arena, struct diags *diags)
{
    struct buf out = buf_in(arena);
    bool color = wants_color();

    diag_sort(diags);
    for (size_t i = 0; i < diags->list.n; i++)
        if (!diags->list.items[i]->is_reported) {
            diag_render(&out, diags->list.items[i], color);
            diags->list.items[i]->is_reported = true;
        }
    fputs(buf_text(&out), stderr);
}

static const struct {
    const char *name;
    void (*write)(struct buf *out, const struct diags *diags); /* NULL: text */
} formats[] = {{"text", NULL}, {"json", report_json}, {"sarif", report_sarif}};

static size_t find_format(const char *name)
{
    size_t i = 0;

    while (name && i < sizeof formats / sizeof *formats && strcmp(name, formats[i].name) != 0)
        i++;
    return i;
}

int report_check_format(const struct cli *cli)
{
    const char *format = cli->settings.format;

    return find_format(format) < sizeof formats / sizeof *formats
               ? STATUS_OK
               : cli_fail(STATUS_USAGE, "--format is text, json or sarif, not %s", format);
}

bool report_is_text(const struct cli *cli)
{
    return !formats[find_format(cli->settings.format)].write;
}

int report_as_asked(struct cli *cli, struct diags *diags, enum exit_status status)
{
    struct diags *all = &cli->reported;
    struct buf out = buf_in(cli->arena);

    if (report_is_text(cli)) {
        report_diags(cli->arena, diags);
        return (int)status;
    }
    all->arena = cli->arena;
    for (size_t i = 0; i < diags->list.n; i++)
        if (!diags->list.items[i]->is_reported) {
            diag_adopt(all, diags->list.items[i]);
            diags->list.items[i]->is_reported = true;
        }
    if (!cli->is_last)
        return (int)status;
    diag_sort(all);
    formats[find_format(cli->settings.format)].write(&out, all);
    return cli_print(buf_str(&out), status);
}
