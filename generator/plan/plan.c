/* A plan in rounds: what the steps of a round lead to is found by replaying them, and what is left
 * is the next round's.
 */
#include "plan/plan.h"

#include <string.h>

#include "plan/planner.h"
#include "replay/replay.h"

enum { MOST_ROUNDS = 6 };

static const char *round_text(struct arena *arena, const struct plan *plan, size_t from)
{
    struct buf buf = buf_in(arena);

    for (size_t i = from; i < plan->steps.n; i++)
        buf_addf(&buf, "%s;\n", plan->steps.items[i]->sql);
    return buf_text(&buf);
}

/* The step whose text has that byte. */
static const struct step *step_at(const struct plan *plan, size_t from, size_t offset)
{
    for (size_t i = from; i < plan->steps.n; i++) {
        const size_t len = strlen(plan->steps.items[i]->sql) + 2;
        if (offset < len)
            return plan->steps.items[i];
        offset -= len;
    }
    return plan->steps.items[plan->steps.n - 1];
}

/* A server would say no to the step: there is no other way but by hand. */
static void refuse_step(const struct plan *plan, size_t from, const struct diag *said,
                        struct diags *diags)
{
    const struct step *step = step_at(plan, from, said->at.offset);
    struct diag *diag =
        diag_error(diags, "PL701", step->item->at, "by hand: %s (%s)", said->message, said->code);

    diag_hint(diags, diag,
              "write it into a migration made by `tenon migrate new --empty`, instead of: %s",
              step->sql);
}

/* False after an error was added to diags. */
static bool replay(struct arena *arena, struct catalog *catalog, const struct plan *plan,
                   size_t from, struct diags *diags)
{
    struct diags said = {.arena = arena};
    struct source *source =
        source_create(arena, "migration", str_from(round_text(arena, plan, from)));

    source->release = catalog_release(catalog);
    replay_script(catalog, sql_parse_schema(arena, source, &said), &said);
    for (size_t i = 0; i < said.list.n; i++)
        if (said.list.items[i]->severity == SEVERITY_ERROR) {
            refuse_step(plan, from, said.list.items[i], diags);
            return false;
        }
    return true;
}

/* The waves of a round begin where those of the rounds before end: in their last transaction,
 * unless something in it has to be committed first. */
static void append(struct arena *arena, struct plan *plan, const struct plan *round)
{
    const int base = (plan->last_wave + 1) / 2 * 2;

    for (size_t i = 0; i < round->steps.n; i++) {
        round->steps.items[i]->wave += base;
        vec_push(arena, &plan->steps, round->steps.items[i]);
    }
    plan->last_wave = base + round->last_wave;
    plan->n_refused += round->n_refused;
}

static bool plan_round(struct planner *planner)
{
    planner->by_key.arena = planner->arena;
    planner->before = inventory_of(planner->arena, planner->before_catalog);
    inventory_ignore(planner->arena, &planner->before, planner->options->ignore);
    planner_match(planner);
    planner_rename_pieces(planner);
    if (planner->plan->steps.n)
        return true;
    planner_decide(planner);
    planner_detach(planner);
    planner_note_dependents(planner);
    planner_refresh(planner);
    planner_rebuild(planner);
    planner_join(planner);
    planner_attach(planner);
    planner_fold(planner);
    planner_order(planner);
    return planner->diags->n_errors == 0;
}

/* "the owner", or what else there is to say of the difference. */
static const char *what_differs(struct arena *arena, const struct change *change)
{
    if (!change->before || !change->after)
        return change->after ? "it is missing" : "it is still there";
    for (enum property_id id = 0; id < N_PROPERTIES; id++)
        if (change_has(change, id) && !(property_flags(id) & PROPERTY_IS_NOTED))
            return arena_printf(arena, "the %s differs", property_name(id));
    return "it differs";
}

/* What still differs when there is nothing left to write has no statement that changes it. */
static bool is_there(const struct planner *planner)
{
    for (size_t i = 0; i < planner->changes.n; i++) {
        const struct change *change = planner->changes.items[i];
        const struct item *item = change_item(change);

        if (change->action == ACTION_KEEP)
            continue;
        diag_error(planner->diags, "PL701", item->at, "by hand: no statement leads to %s: %s",
                   item_words(planner->arena, item), what_differs(planner->arena, change));
        return false;
    }
    return true;
}

bool plan_make(struct arena *arena, struct catalog *before, struct catalog *after,
               const struct plan_options *options, struct diags *diags, struct plan *plan)
{
    struct inventory wanted = inventory_of(arena, after);
    struct map irreplaceable = {.arena = arena};

    inventory_ignore(arena, &wanted, options->ignore);
    *plan = (struct plan){0};
    for (int round = 0; round < MOST_ROUNDS;) {
        struct plan made = {0};
        struct planner planner = {.arena = arena,
                                  .options = options,
                                  .before_catalog = before,
                                  .after_catalog = after,
                                  .after = wanted,
                                  .plan = &made,
                                  .diags = diags,
                                  .irreplaceable = &irreplaceable};
        const size_t n_before = plan->steps.n;
        if (!plan_round(&planner))
            return false;
        if (planner.begins_anew)
            continue;
        round++;
        if (!made.steps.n)
            return is_there(&planner);
        append(arena, plan, &made);
        if (!replay(arena, before, plan, n_before, diags))
            return false;
    }
    diag_error(diags, "PL701", (span){0}, "the plan does not come to an end: this is a fault");
    return false;
}

static void add_wave(struct buf *buf, int before, int wave)
{
    if (wave % 2)
        buf_adds(buf, "-- tenon: no-transaction\n");
    else if (before >= 0)
        buf_adds(buf, "-- tenon: commit\n");
}

static void add_losses(struct buf *buf, const struct step *step)
{
    for (size_t i = 0; i < step->losses.n; i++)
        buf_addf(buf, "-- LOSS: %s %s: %s\n", step->losses.items[i].flag,
                 step->losses.items[i].what, step->losses.items[i].about);
    if (step->note)
        buf_addf(buf, "-- %s\n", step->note);
}

const char *plan_text(struct arena *arena, const struct plan *plan)
{
    struct buf buf = buf_in(arena);
    int wave = -1;

    for (size_t i = 0; i < plan->steps.n; i++) {
        const struct step *step = plan->steps.items[i];
        if (step->wave != wave && (wave >= 0 || step->wave % 2))
            add_wave(&buf, wave, step->wave);
        wave = step->wave;
        add_losses(&buf, step);
        buf_addf(&buf, "%s;\n", step->sql);
    }
    return buf_text(&buf);
}
