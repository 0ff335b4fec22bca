/* Warnings about queries that are valid and probably wrong. Each has a stable name, by which a
 * query can allow it (`-- @allow NAME`), and one row in support/diag_codes.def. The walk visits
 * every query level and every expression once; the checks are in the files that internal.h lists.
 */
#include "lint/internal.h"

#include <stdarg.h>
#include <string.h>

#include "support/nearest.h"
#include "tree/tree.h"

static const struct {
    const char *name, *code;
} lints[] = {
#define DIAG(code, about)
#define LINT(id, name, code, about) [LINT_##id] = {name, code},
#include "support/diag_codes.def"
#undef DIAG
#undef LINT
};

static bool is_allowed(const struct annotated_query *annotated, const char *name)
{
    for (size_t i = 0; i < annotated->allowed_lints.n; i++) {
        if (strcmp(annotated->allowed_lints.items[i].name, name) == 0)
            return true;
    }
    return false;
}

void lint_warn(struct linter *linter, enum lint lint, int location, const char *hint,
               const char *format, ...)
{
    const struct sql *sql = &linter->annotated->sql;
    struct diag *diag;
    const char *message;
    va_list args;

    if (is_allowed(linter->annotated, lints[lint].name))
        return;
    va_start(args, format);
    message = arena_vprintf(linter->arena, format, args);
    va_end(args);
    diag = diag_warning(linter->diags, lints[lint].code, sql_span(sql, location), "%s", message);
    diag->lint = lints[lint].name;
    if (hint)
        diag_hint(linter->diags, diag, "%s", hint);
}

/* The lint that a misspelt name may have meant, as a hint; NULL when none is near. */
static const char *suggest_lint(struct arena *arena, const char *name)
{
    struct nearest nearest = {.wanted = name};

    for (size_t i = 0; i < N_LINTS; i++)
        nearest_consider(&nearest, lints[i].name);
    return nearest_hint(arena, &nearest);
}

static bool is_lint(const char *name)
{
    for (size_t i = 0; i < N_LINTS; i++)
        if (strcmp(lints[i].name, name) == 0)
            return true;
    return false;
}

static void check_allowed(struct diags *diags, const struct annotated_query *annotated)
{
    for (size_t i = 0; i < annotated->allowed_lints.n; i++) {
        const struct allowed_lint *allowed = &annotated->allowed_lints.items[i];
        const char *name = allowed->name, *hint = suggest_lint(diags->arena, name);
        struct diag *diag;

        if (is_lint(name))
            continue;
        diag = diag_warning(diags, "PL431", allowed->at, "there is no lint \"%s\"", name);
        if (hint)
            diag_hint(diags, diag, "%s", hint);
    }
}

static void visit_query(struct linter *linter, struct query *query);

static bool visit_expr(struct walk *walk, struct expr *expr)
{
    struct linter *linter = walk->context;

    const bool in_exists = linter->in_exists;

    lint_check_expr(linter, expr);
    if (expr->kind == EXPR_SUBLINK && expr->u.sublink.query) {
        linter->in_exists = in_exists || expr->u.sublink.kind == SUBLINK_EXISTS;
        visit_query(linter, expr->u.sublink.query);
        linter->in_exists = in_exists;
    }
    return walk_parts(walk, expr);
}

static bool is_cte_read(const struct query *query, const struct cte *cte);

static bool reads_cte(struct walk *walk, struct expr *expr)
{
    if (expr->kind == EXPR_SUBLINK && expr->u.sublink.query &&
        is_cte_read(expr->u.sublink.query, walk->context))
        return true;
    return walk_parts(walk, expr);
}

/* Whether the query, or one inside it, reads the CTE. */
static bool is_cte_read(const struct query *query, const struct cte *cte)
{
    union {
        const void *in;
        void *out;
    } context = {.in = cte}, whole = {.in = query};
    struct walk walk = {.visit = reads_cte, .context = context.out};

    for (size_t i = 0; i < query->n_rtable; i++) {
        const struct rte *rte = query->rtable[i];

        if ((rte->kind == RTE_CTE && rte->cte == cte && !rte->cte_self_reference) ||
            (rte->subquery && is_cte_read(rte->subquery, cte)))
            return true;
    }
    for (size_t i = 0; i < query->n_ctes; i++) {
        if (query->ctes[i] != cte && is_cte_read(query->ctes[i]->query, cte))
            return true;
    }
    return walk_query(&walk, whole.out);
}

static void visit_ctes(struct linter *linter, struct query *query)
{
    for (size_t i = 0; i < query->n_ctes; i++) {
        const struct cte *cte = query->ctes[i];
        const size_t size = linter->analysis->n_params * sizeof(bool);
        bool *used = arena_array(linter->arena, bool, linter->analysis->n_params);
        const bool is_read = cte->query->kind != QUERY_SELECT || is_cte_read(query, cte);

        memcpy(used, linter->param_used, size);
        visit_query(linter, cte->query);
        if (is_read)
            continue;
        memcpy(linter->param_used, used, size);
        lint_warn(linter, LINT_UNUSED_CTE, cte->location,
                  cte->query->has_locking ? "read it, as in WHERE id IN (SELECT id FROM …)"
                                          : "remove it",
                  "nothing reads the WITH query \"%s\", so that it does not run%s", cte->name,
                  cte->query->has_locking ? " and locks nothing" : "");
    }
}

static void visit_query(struct linter *linter, struct query *query)
{
    const struct query *outer = linter->query;
    struct walk walk = {.visit = visit_expr, .context = linter};

    linter->query = query;
    lint_check_level(linter, query);
    lint_check_filters(linter, query);
    lint_check_stored(linter, query);
    visit_ctes(linter, query);
    for (size_t i = 0; i < query->n_rtable; i++) {
        if (query->rtable[i]->subquery)
            visit_query(linter, query->rtable[i]->subquery);
    }
    walk_query(&walk, query);
    linter->query = outer;
}

static void check_parameters(struct linter *linter)
{
    for (size_t i = 0; i < linter->analysis->n_params; i++) {
        const struct param_info *param = &linter->analysis->params[i];

        if (!linter->param_used[i])
            lint_warn(linter, LINT_UNUSED_PARAMETER, param->location,
                      "remove it, or the WITH query that uses it",
                      "parameter $%d does not change the result", param->number);
    }
}

void lint_query(struct arena *arena, const struct catalog *catalog,
                const struct annotated_query *annotated, const struct analysis *analysis,
                const struct ir_query *ir, struct diags *diags)
{
    struct linter linter = {
        .arena = arena,
        .catalog = catalog,
        .annotated = annotated,
        .analysis = analysis,
        .ir = ir,
        .diags = diags,
        .param_nullable = arena_array(arena, bool, analysis->n_params),
        .param_used = arena_array(arena, bool, analysis->n_params),
        .param_uses = arena_array(arena, size_t, analysis->n_params),
        .param_filters = arena_array(arena, size_t, analysis->n_params),
    };

    check_allowed(diags, annotated);
    if (!analysis->query)
        return;
    for (size_t i = 0; i < ir->n_params && i < analysis->n_params; i++)
        linter.param_nullable[i] = ir->params[i].nullable;
    visit_query(&linter, analysis->query);
    lint_check_statement(&linter);
    lint_check_copy(&linter);
    if (analysis->query->kind == QUERY_UTILITY)
        return;
    check_parameters(&linter);
    lint_check_nullable_parameters(&linter);
}
