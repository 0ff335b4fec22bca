/* tenon migrate review: what a change does to the database and to the C code. A side is a file, a
 * directory, a pattern, what git names as REVISION:PATH, or a revision alone, which stands for the
 * schema and the queries of the settings in it.
 */
#include <string.h>

#include "cli/git.h"
#include "cli/report.h"
#include "cli/review.h"
#include "migrate/note.h"
#include "picture/picture.h"
#include "support/output.h"

/* --- Reading ---------------------------------------------------------------------------------- */

static bool is_revision(const char *argument)
{
    return !file_exists(argument) && !strpbrk(argument, "*?[:");
}

/* The paths in the revision, from the directory that we are in; as they are without one. */
static path_list paths_in(struct cli *cli, const char *revision, const path_list *paths)
{
    path_list result = {0};

    for (size_t i = 0; i < paths->n; i++)
        vec_push(cli->arena, &result,
                 revision ? arena_printf(cli->arena, "%s:./%s", revision, paths->items[i])
                          : paths->items[i]);
    return result;
}

static const char *revision_of(struct cli *cli, const char *argument)
{
    if (is_revision(argument))
        return argument;
    if (!file_exists(argument) && git_is_object(argument))
        return arena_strndup(cli->arena, argument, strcspn(argument, ":"));
    return NULL;
}

/* The folder of migrations is no part of the schema beside it, but may be named as the side. */
static const char *left_out(struct cli *cli, const char *argument)
{
    const char *folder = migrations_folder(cli);
    const char *path = file_relative(cli->arena, NULL, argument);

    return strcmp(path, file_relative(cli->arena, NULL, folder)) == 0 ? NULL : folder;
}

static int read_side(struct cli *cli, const char *argument, struct review_side *side)
{
    const char *revision = revision_of(cli, argument);
    const path_list queries = paths_in(cli, revision, &cli->settings.compile.queries);
    struct error error = {.text = ""};
    path_list schema = {0};

    *side = (struct review_side){.argument = argument};
    if (is_revision(argument) && !cli->settings.compile.schema.n)
        return cli_fail(STATUS_ENVIRONMENT,
                        "there is no file %s, and without --schema it is no revision", argument);
    if (is_revision(argument))
        schema = paths_in(cli, revision, &cli->settings.compile.schema);
    else
        vec_push(cli->arena, &schema, argument);
    if (!migrate_read(cli, &schema, left_out(cli, argument), &side->schema, &error) ||
        !migrate_read(cli, &queries, NULL, &side->queries, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return STATUS_OK;
}

static struct catalog *replay(struct cli *cli, const source_list *sources, struct diags *diags)
{
    struct catalog *catalog = migrate_catalog(cli);

    migrate_replay(cli, sources, catalog, diags);
    return catalog;
}

/* --- The statements --------------------------------------------------------------------------- */

struct planned {
    struct statements statements;
    VEC(size_t) transactions;
};

static bool is_part_of(const struct item *item, const char *key)
{
    while (item && strcmp(item->key, key) != 0)
        item = item->part_of;
    return item != NULL;
}

/* `-- @allow` at what the step is about in the schema after, or at what that is part of. */
static const char *allowances(struct arena *arena, const note_list *notes, const struct step *step)
{
    struct buf text = buf_in(arena);

    for (size_t i = 0; i < notes->n; i++)
        if (notes->items[i].item && is_part_of(step->item, notes->items[i].item->key))
            buf_addf(&text, "-- @allow %.*s\n", (int)strcspn(notes->items[i].says.data, "\n"),
                     notes->items[i].says.data);
    return buf_text(&text);
}

/* Those of one wave run in one transaction, or each by itself. Losses and notes are for people. */
static struct planned planned_statements(struct cli *cli, const struct plan *plan,
                                         const note_list *notes, struct diags *diags)
{
    struct planned planned = {0};
    VEC(struct statement) all = {0};
    size_t alone = plan->steps.n + 1;

    for (size_t i = 0; i < plan->steps.n; i++) {
        const struct step *step = plan->steps.items[i];
        const char *text =
            arena_printf(cli->arena, "%s%s;\n", allowances(cli->arena, notes, step), step->sql);
        const struct statements some = sql_parse_schema(
            cli->arena, source_create(cli->arena, "migration", str_from(text)), diags);
        for (size_t k = 0; k < some.n; k++) {
            vec_push(cli->arena, &all, some.items[k]);
            vec_push(cli->arena, &planned.transactions,
                     step->wave % 2 ? ++alone : (size_t)step->wave);
        }
    }
    planned.statements = (struct statements){all.items, all.n};
    return planned;
}

static bool review_plan(struct cli *cli, struct catalog *before, const note_list *notes,
                        struct diags *diags, struct migration_review *review)
{
    const struct planned planned = planned_statements(cli, &review->plan, notes, diags);
    const struct review_options how = {.transactions = planned.transactions.items};

    return review_statements(cli->arena, before, planned.statements, &how, diags, &review->review);
}

/* What is allowed at nothing would be no more than a comment. */
static void read_allowances(struct cli *cli, const struct wanted *wanted,
                            const struct inventory *after, struct diags *diags, note_list *notes)
{
    notes_read(cli->arena, wanted, after, "@allow", notes);
    for (size_t i = 0; i < notes->n; i++)
        if (!notes->items[i].item)
            diag_hint(
                diags,
                diag_warning(diags, "PL730", notes->items[i].at,
                             "nothing that has a name stands here"),
                "write it in the line above, or at the end of the line, of what changes; what "
                "goes is allowed where it was part of");
}

/* Everything is allowed: a review shows what a migration would have to say. */
static bool make_plan(struct cli *cli, struct catalog *before, const struct wanted *wanted,
                      struct diags *diags, struct plan *plan)
{
    const struct plan_options wishes = {.is_plain = cli->settings.plain, .allows_all = true};

    return difference_make(cli->arena, before, wanted, NULL, &wishes, diags, plan);
}

/* --- The whole -------------------------------------------------------------------------------- */

/* A path mistyped on the command line must not cost a file. */
static bool may_replace(struct cli *cli, struct error *error)
{
    const char *path = cli->settings.picture;
    str text;

    if (!file_exists(path))
        return true;
    return file_read(cli->arena, path, &text, error) &&
           (str_starts_with(text, "<svg ") ||
            error_set(error, "will not overwrite %s: it is no picture", path));
}

static bool write_picture(struct cli *cli, const struct catalog *before,
                          const struct catalog *after, struct error *error)
{
    struct picture *picture = picture_of(cli->arena, before, after);

    picture_focus(cli->arena, picture);
    return may_replace(cli, error) &&
           output_replace(cli->settings.picture, str_from(picture_svg(cli->arena, picture)), error);
}

static int print(struct cli *cli, const struct migration_review *review)
{
    const bool is_json = cli->settings.format && strcmp(cli->settings.format, "json") == 0;

    return cli_print(
        str_from(is_json ? review_json(cli->arena, review) : review_markdown(cli->arena, review)),
        STATUS_OK);
}

/* What changes by object, the plan, and what its statements do. */
static bool review_schemas(struct cli *cli, const struct review_side *a,
                           const struct wanted *wanted, struct diags *diags,
                           struct migration_review *review)
{
    struct diags again = {.arena = cli->arena};
    struct catalog *planned = replay(cli, &a->schema, diags);
    struct catalog *before = replay(cli, &a->schema, &again);
    struct inventory old, new;
    note_list notes = {0};

    if (diags->n_errors)
        return false;
    old = inventory_of(cli->arena, before);
    new = inventory_of(cli->arena, wanted->catalog);
    review_objects(cli->arena, &old, &new, review);
    read_allowances(cli, wanted, &new, diags, &notes);
    return make_plan(cli, planned, wanted, diags, &review->plan) &&
           review_plan(cli, before, &notes, diags, review);
}

static int review_sides(struct cli *cli, const struct review_side *a, const struct review_side *b)
{
    struct diags diags = {.arena = cli->arena}, again = {.arena = cli->arena};
    const struct wanted wanted = {replay(cli, &b->schema, &diags), b->schema.items, b->schema.n};
    struct migration_review review = {.picture = cli->settings.picture};
    struct error error = {.text = ""};
    const bool is_made = review_schemas(cli, a, &wanted, &diags, &review);

    report_diags(cli->arena, &diags);
    if (!is_made)
        return STATUS_INPUT;
    if (review.picture &&
        !write_picture(cli, replay(cli, &a->schema, &again), wanted.catalog, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    review_code(cli, a, b, &review.code);
    return print(cli, &review);
}

int run_migrate_review(struct cli *cli)
{
    struct review_side before, after;
    const char *format = cli->settings.format;
    int status;

    if (cli->operands.n != 2)
        return cli_fail(STATUS_USAGE, "what is to be compared? tenon migrate review A B");
    if (format && strcmp(format, "markdown") != 0 && strcmp(format, "json") != 0)
        return cli_fail(STATUS_USAGE, "--format is markdown or json, not %s", format);
    status = read_side(cli, cli->operands.items[0], &before);
    if (status == STATUS_OK)
        status = read_side(cli, cli->operands.items[1], &after);
    return status == STATUS_OK ? review_sides(cli, &before, &after) : status;
}
