/* Acceptance and SQLSTATE first, then parameter by parameter and column by column.
 *
 * Types that have the same OID on every server are compared by it, others by schema and name.
 */
#include "live/compare.h"

#include <string.h>

struct comparison {
    struct diags *diags;
    const struct ir_query *query;
};

static bool same_type(const struct ir_type *ours, const struct server_type *theirs)
{
    if (ours->oid)
        return ours->oid == theirs->oid;
    return name_eq(ours->schema, theirs->schema) && name_eq(ours->name, theirs->name);
}

/* With its schema, where the search path hides it and the two would look the same. */
static const char *ours_as_text(struct arena *arena, const struct ir_type *ours,
                                const struct server_type *theirs)
{
    return name_eq(ours->sql_name, theirs->sql_name)
               ? arena_printf(arena, "%s.%s", ours->schema, ours->name)
               : ours->sql_name;
}

static const char *theirs_as_text(struct arena *arena, const struct ir_type *ours,
                                  const struct server_type *theirs)
{
    return name_eq(ours->sql_name, theirs->sql_name)
               ? arena_printf(arena, "%s.%s", theirs->schema, theirs->name)
               : theirs->sql_name;
}

static void compare_params(const struct comparison *comparison, const struct server_answer *answer)
{
    const struct ir_query *query = comparison->query;
    struct arena *arena = comparison->diags->arena;

    if (query->n_params != answer->n_params) {
        diag_error(comparison->diags, "PL613", query->name_at,
                   "the query has %zu parameters on the server, %zu in the analysis",
                   answer->n_params, query->n_params);
        return;
    }
    for (size_t i = 0; i < query->n_params; i++) {
        const struct ir_param *ours = &query->params[i];
        const struct server_type *theirs = answer->params[i];
        if (!same_type(ours->type, theirs))
            diag_error(comparison->diags, "PL613", query->name_at,
                       "parameter $%d \"%s\" is %s on the server, %s in the analysis", ours->number,
                       ours->name, theirs_as_text(arena, ours->type, theirs),
                       ours_as_text(arena, ours->type, theirs));
    }
}

static void compare_columns(const struct comparison *comparison, const struct server_answer *answer)
{
    const struct ir_query *query = comparison->query;
    struct arena *arena = comparison->diags->arena;

    if (query->n_columns != answer->n_columns) {
        diag_error(comparison->diags, "PL614", query->name_at,
                   "the query has %zu columns on the server, %zu in the analysis",
                   answer->n_columns, query->n_columns);
        return;
    }
    for (size_t i = 0; i < query->n_columns; i++) {
        const struct ir_column *ours = &query->columns[i];
        const struct server_column *theirs = &answer->columns[i];
        if (!same_type(ours->type, theirs->type))
            diag_error(comparison->diags, "PL614", query->name_at,
                       "column %zu \"%s\" is %s on the server, %s in the analysis", i + 1,
                       ours->name, theirs_as_text(arena, ours->type, theirs->type),
                       ours_as_text(arena, ours->type, theirs->type));
        if (!name_eq(ours->name, theirs->name))
            diag_error(comparison->diags, "PL614", query->name_at,
                       "column %zu is called \"%s\" on the server, \"%s\" in the analysis", i + 1,
                       theirs->name, ours->name);
    }
}

bool compare_accepted(struct diags *diags, const struct ir_query *query,
                      const struct server_answer *answer)
{
    struct comparison comparison = {diags, query};
    size_t n_before = diags->n_errors;
    struct diag *diag;

    diags->query = query->name;
    if (answer->sqlstate) {
        diag = diag_error(diags, "PL610", query->name_at,
                          "the server rejects what the analysis accepts: %s [%s]", answer->message,
                          answer->sqlstate);
        diag_hint(diags, diag, "%s",
                  strcmp(answer->sqlstate, "42501") == 0
                      ? "connect as the role of the program, or grant it the right"
                      : "is the schema of the files that of the database?");
    } else {
        compare_params(&comparison, answer);
        compare_columns(&comparison, answer);
    }
    diags->query = NULL;
    return diags->n_errors == n_before;
}

bool compare_rejected(struct diags *diags, const struct diag *rejection,
                      const struct server_answer *answer)
{
    size_t n_before = diags->n_errors;

    diags->query = rejection->query;
    if (!answer->sqlstate)
        diag_error(diags, "PL611", rejection->at,
                   "the server accepts what the analysis rejects: %s [%s]", rejection->message,
                   rejection->code);
    else if (strcmp(answer->sqlstate, rejection->code) != 0)
        diag_error(diags, "PL612", rejection->at,
                   "the server rejects it as \"%s\" [%s], the analysis as \"%s\" [%s]",
                   answer->message, answer->sqlstate, rejection->message, rejection->code);
    diags->query = NULL;
    return diags->n_errors == n_before;
}
