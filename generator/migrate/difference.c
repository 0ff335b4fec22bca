/* The steps that rename are in front of the plan, in its first transaction. */
#include "migrate/difference.h"

#include "migrate/rename.h"

static void prepend(struct arena *arena, struct plan *plan, const rename_list *renames)
{
    struct plan all = {.n_refused = plan->n_refused};

    for (size_t i = 0; i < renames->n; i++) {
        struct step *step = arena_new(arena, struct step);
        step->sql = renames->items[i].sql;
        step->note = renames->items[i].note;
        step->item = renames->items[i].item;
        vec_push(arena, &all.steps, step);
    }
    for (size_t i = 0; i < plan->steps.n; i++)
        vec_push(arena, &all.steps, plan->steps.items[i]);
    for (size_t i = 0; i < all.steps.n; i++)
        all.steps.items[i]->number = i;
    *plan = all;
}

bool difference_make(struct arena *arena, struct catalog *before, const struct wanted *wanted,
                     const struct folder *folder, const struct plan_options *options,
                     struct diags *diags, struct plan *plan)
{
    rename_list renames = {0};

    if (!renames_make(arena, before, wanted, folder, diags, &renames) ||
        !plan_make(arena, before, wanted->catalog, options, diags, plan))
        return false;
    prepend(arena, plan, &renames);
    return true;
}
