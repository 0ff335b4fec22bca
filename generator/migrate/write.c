/* Waves of even numbers are transactions and share a file, with `-- tenon: commit` between them;
 * each odd one is a file of its own, whose statements get the queries that tell whether they
 * happened.
 */
#include "migrate/write.h"

#include <stdio.h>
#include <string.h>

#include "migrate/outside.h"

/* Seconds of the POSIX clock (4.16 Seconds Since the Epoch). */
static time_t seconds_since_epoch(int year, int month, int day)
{
    static const int days_before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    const int past = month > 2 ? year : year - 1; /* leap days up to now */
    const time_t days = (time_t)(year - 1970) * 365 + days_before[month - 1] + day - 1 +
                        (past / 4 - past / 100 + past / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400);

    return days * 24 * 60 * 60;
}

static time_t time_of_stamp(const char *stamp)
{
    int year, month, day, hour, minute, second;

    if (sscanf(stamp, "%4d%2d%2d%2d%2d%2d", &year, &month, &day, &hour, &minute, &second) != 6 ||
        month < 1 || month > 12)
        return 0;
    return seconds_since_epoch(year, month, day) + hour * 3600 + minute * 60 + second;
}

static const char *stamp_of(struct arena *arena, time_t time)
{
    char stamp[64] = "";
    struct tm tm;

    if (gmtime_r(&time, &tm))
        strftime(stamp, sizeof stamp, "%Y%m%d%H%M%S", &tm);
    return arena_strdup(arena, stamp);
}

const char *stamp_after(struct arena *arena, time_t now, const char *parent)
{
    const time_t last = parent ? time_of_stamp(parent) : 0;

    return stamp_of(arena, now > last ? now : last + 1);
}

/* --- Files ------------------------------------------------------------------------------------ */

struct writer {
    struct arena *arena;
    const struct writing *writing;
    draft_list *drafts;
};

/* "add_limit", "add_limit_2": within the length that names may have. */
static const char *title_of(struct writer *writer)
{
    const char *title = writer->writing->title;
    const char *suffix =
        writer->drafts->n ? arena_printf(writer->arena, "_%zu", writer->drafts->n + 1) : "";
    const size_t most = LONGEST_MIGRATION - STAMP_LENGTH - 1 - strlen(suffix);
    const size_t len = strlen(title);

    return arena_printf(writer->arena, "%.*s%s", (int)(len < most ? len : most), title, suffix);
}

static void add_draft(struct writer *writer, const struct plan *part)
{
    const size_t n = writer->drafts->n;
    const char *parent = n > 0 ? writer->drafts->items[n - 1].name : writer->writing->parent;
    const char *name =
        arena_printf(writer->arena, "%s_%s",
                     stamp_after(writer->arena, writer->writing->now, parent), title_of(writer));
    const char *text = plan_text(writer->arena, part);
    const bool is_outside = part->steps.n && part->steps.items[0]->wave % 2;

    text = arena_printf(writer->arena, "-- tenon: parent %s\n%s%s", parent ? parent : NO_PARENT,
                        is_outside ? "" : "\n", text);
    vec_push(writer->arena, writer->drafts, (struct draft){name, str_from(text)});
}

/* The step with the comment that a file outside of transactions has above it. */
static struct step *with_query(struct writer *writer, const struct step *step)
{
    struct step *copy = arena_new(writer->arena, struct step);
    struct source *source = source_create(writer->arena, "migration", str_from(step->sql));
    const struct statements parsed =
        sql_parse_schema(writer->arena, source, &(struct diags){.arena = writer->arena});
    const char *query = NULL;

    *copy = *step;
    if (parsed.n == 1)
        query = outside_of(writer->arena, &parsed.items[0], true).done;
    if (query)
        copy->note = arena_printf(writer->arena, "%s%stenon: done %s", step->note ? step->note : "",
                                  step->note ? "\n-- " : "", query);
    return copy;
}

void drafts_write(struct arena *arena, const struct plan *plan, const struct writing *writing,
                  draft_list *drafts)
{
    struct writer writer = {arena, writing, drafts};
    struct plan part = {0};

    for (size_t i = 0; i < plan->steps.n; i++) {
        struct step *step = plan->steps.items[i];
        const struct step *last = part.steps.n ? part.steps.items[part.steps.n - 1] : NULL;
        if (last && (last->wave % 2 || step->wave % 2) && last->wave != step->wave) {
            add_draft(&writer, &part);
            part = (struct plan){0};
        }
        vec_push(arena, &part.steps, step->wave % 2 ? with_query(&writer, step) : step);
    }
    if (part.steps.n || !plan->steps.n)
        add_draft(&writer, &part);
}

void drafts_seal(struct arena *arena, draft_list *drafts, struct catalog *catalog,
                 struct release release, struct diags *diags)
{
    for (size_t i = 0; i < drafts->n; i++) {
        struct draft *draft = &drafts->items[i];
        struct migration *migration = migration_read(
            arena, arena_printf(arena, "%s.sql", draft->name), draft->text, release, diags);
        migration_replay(arena, migration, catalog, diags);
        draft->text = migration_with_hash(arena, migration, catalog_hash(arena, catalog));
    }
}
