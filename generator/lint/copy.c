/* Checks of a :copyfrom: where COPY does something else than the INSERT that is written. */
#include "analyze/rewrite_rules.h"
#include "lint/internal.h"

void lint_check_copy(struct linter *linter)
{
    const struct query *query = linter->analysis->query;
    const struct relation *relation;
    struct fired_rules fired;
    int location;

    if (ir_commands[linter->ir->command].takes != TAKES_COPY || !linter->ir->copy_sql)
        return;
    relation = query->rtable[query->result_rte]->relation;
    location = linter->annotated->statement.tree->insert_stmt->relation->location;
    fired = rules_fire(relation, QUERY_INSERT);
    if (fired.instead || fired.conditional || fired.n_actions > 0)
        lint_warn(linter, LINT_COPY_IGNORES_RULES, location,
                  "use :batchexec, or a trigger in the place of the rule",
                  "COPY does not run the rules of \"%s\", as INSERT does", relation->name);
    if (relation->has_row_security)
        lint_warn(linter, LINT_COPY_WITH_ROW_SECURITY, location,
                  "use :batchexec, unless the program is a role that bypasses it",
                  "COPY into \"%s\" is refused to the roles that its row-level security is for",
                  relation->name);
}
