/* Checks of a statement against its command: :one without a proof, :exec of rows that nobody sees.
 */
#include "lint/internal.h"

static bool is_one(enum query_command command)
{
    return command == COMMAND_ONE || command == COMMAND_OPT || command == COMMAND_BATCHONE;
}

static void check_one(struct linter *linter)
{
    const struct annotated_query *annotated = linter->annotated;

    if (!is_one(annotated->command) || !linter->ir->returns_rows || linter->ir->at_most_one)
        return;
    lint_warn(linter, LINT_ONE_NOT_PROVED, linter->analysis->query->location,
              "compare all columns of a unique key, add LIMIT 1, or use :many",
              "\"%s\" is :%s, but nothing proves that it returns at most one row", annotated->name,
              query_command_name(annotated->command));
}

static void check_discarded(struct linter *linter)
{
    const struct annotated_query *annotated = linter->annotated;
    const struct query *query = linter->analysis->query;

    if ((annotated->command != COMMAND_EXEC && annotated->command != COMMAND_BATCHEXEC) ||
        query->n_from == 0 || !linter->ir->reads_only)
        return;
    lint_warn(linter, LINT_ROWS_DISCARDED, query->location,
              "use :many, :opt or :one to get the rows",
              "\"%s\" is :%s: it reads rows, changes nothing and gives no result", annotated->name,
              query_command_name(annotated->command));
}

void lint_check_statement(struct linter *linter)
{
    check_one(linter);
    check_discarded(linter);
}
