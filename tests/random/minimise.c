/* Leaves out runs of tokens, long ones first, then unwraps parentheses, as long as the finding
 * stays alike; until nothing more can go.
 */
#include <string.h>

#include "random/check.h"
#include "random/tokens.h"

enum { MOST_TRIES = 4000 };

struct minimiser {
    struct checker *checker;
    struct arena *arena;
    const struct finding *finding;
    tokens best;
    int tries;
};

static bool accept(struct minimiser *minimiser, tokens candidate)
{
    struct arena scratch = {0};
    struct finding finding;
    bool alike = false;

    for (int i = 0; i < (minimiser->finding->outcome == DIFFERS ? 1 : 3) && !alike; i++) {
        minimiser->tries++;
        finding = check_statement(minimiser->checker, &scratch, tokens_join(&scratch, candidate));
        alike = check_is_alike(minimiser->finding, &finding);
    }
    arena_finish(&scratch);
    if (alike)
        minimiser->best = candidate;
    return alike;
}

static tokens without(struct minimiser *minimiser, size_t from, size_t to, size_t from2, size_t to2)
{
    tokens list = {0};

    for (size_t i = 0; i < minimiser->best.n; i++)
        if (!(i >= from && i < to) && !(i >= from2 && i < to2))
            vec_push(minimiser->arena, &list, minimiser->best.items[i]);
    return list;
}

static bool drop_runs(struct minimiser *minimiser)
{
    bool any = false;

    for (size_t len = minimiser->best.n / 2 + 1; len > 0; len = len > 8 ? len * 2 / 3 : len - 1)
        for (size_t at = 0; at + len <= minimiser->best.n && minimiser->tries < MOST_TRIES;)
            if (accept(minimiser, without(minimiser, at, at + len, 0, 0)))
                any = true;
            else
                at++;
    return any;
}

static size_t closing(const tokens *list, size_t open)
{
    int depth = 0;

    for (size_t i = open; i < list->n; i++) {
        depth += list->items[i].kind == '(' ? 1 : list->items[i].kind == ')' ? -1 : 0;
        if (depth == 0)
            return i;
    }
    return list->n;
}

static bool replace_group(struct minimiser *minimiser, size_t at, size_t end, const char *text)
{
    tokens list = without(minimiser, at + 1, end + 1, 0, 0);

    if (end - at < 2)
        return false;
    list.items[at] = (struct token){text, 'n'};
    return accept(minimiser, list);
}

static bool shrink_groups(struct minimiser *minimiser)
{
    bool any = false;

    for (size_t at = 0; at < minimiser->best.n && minimiser->tries < MOST_TRIES; at++) {
        size_t end;

        if (minimiser->best.items[at].kind != '(')
            continue;
        end = closing(&minimiser->best, at);
        if (end == minimiser->best.n)
            continue;
        any |= accept(minimiser, without(minimiser, at, end + 1, 0, 0)) ||
               (at > 0 && accept(minimiser, without(minimiser, at - 1, at + 1, end, end + 1))) ||
               accept(minimiser, without(minimiser, at, at + 1, end, end + 1)) ||
               replace_group(minimiser, at, end, "1") || replace_group(minimiser, at, end, "NULL");
    }
    return any;
}

const char *check_minimise(struct checker *checker, struct arena *arena, const char *sql,
                           const struct finding *finding)
{
    struct minimiser minimiser = {.checker = checker, .arena = arena, .finding = finding};

    if (!accept(&minimiser, tokens_cut(arena, sql)))
        return sql;
    while (minimiser.tries < MOST_TRIES) {
        bool any = shrink_groups(&minimiser);

        any |= drop_runs(&minimiser);
        if (!any)
            break;
    }
    return tokens_join(arena, minimiser.best);
}
