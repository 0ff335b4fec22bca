/* Checks of a statement against its command: :one without a proof, :exec of rows that nobody sees.
 */
#include "lint/internal.h"

static bool is_one(const struct ir_command_row *command)
{
    return command->gives == GIVES_ROW || command->gives == GIVES_ROW_OR_NONE;
}

static void check_one(struct linter *linter)
{
    const struct ir_query *ir = linter->ir;
    const struct ir_command_row *command = &ir_commands[ir->command];

    if (!is_one(command) || !ir->returns_rows || ir->at_most_one)
        return;
    lint_warn(linter, LINT_ONE_NOT_PROVED, linter->analysis->query->location,
              "compare all columns of a unique key, add LIMIT 1, or use :many",
              "\"%s\" is :%s, but nothing proves that it returns at most one row", ir->name,
              command->name);
}

static void check_discarded(struct linter *linter)
{
    const struct ir_query *ir = linter->ir;
    const struct ir_command_row *command = &ir_commands[ir->command];
    const struct query *query = linter->analysis->query;

    if (command->gives != GIVES_NOTHING || query->n_from == 0 || !ir->reads_only)
        return;
    lint_warn(linter, LINT_ROWS_DISCARDED, query->location,
              "use :many, :opt or :one to get the rows",
              "\"%s\" is :%s: it reads rows, changes nothing and gives no result", ir->name,
              command->name);
}

/* The classic trap: the row that is in the way is not returned. */
static void check_do_nothing(struct linter *linter)
{
    const struct ir_command_row *command = &ir_commands[linter->ir->command];
    const struct query *query = linter->analysis->query;

    if (command->gives != GIVES_ROW || !query->on_conflict || query->on_conflict->do_update ||
        !query->has_returning)
        return;
    lint_warn(linter, LINT_DO_NOTHING_RETURNS_NOTHING, query->location,
              "use :opt, whose `found` says whether a row was inserted, or DO UPDATE",
              "\"%s\" is :%s, and DO NOTHING returns no row where there is a conflict",
              linter->ir->name, command->name);
}

void lint_check_statement(struct linter *linter)
{
    check_do_nothing(linter);
    check_one(linter);
    check_discarded(linter);
}
