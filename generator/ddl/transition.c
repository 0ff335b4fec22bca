/* REFERENCING OLD TABLE and NEW TABLE of a trigger: the rows of a statement as tables. */
#include <string.h>

#include "ddl/statements.h"
#include "ddl/table.h"

static size_t count_events(const PgQuery__CreateTrigStmt *statement)
{
    return (size_t)((statement->events & TRIGGER_INSERT) != 0) +
           (size_t)((statement->events & TRIGGER_UPDATE) != 0) +
           (size_t)((statement->events & TRIGGER_DELETE) != 0);
}

static void check_relation(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement,
                           const struct relation *relation)
{
    const span at = range_var_span(ddl, statement->relation);

    if (relation->relkind == 'f' || relation->relkind == 'v')
        ddl_fail(ddl, "42809", at, "\"%s\" is a %s: its triggers cannot have transition tables",
                 relation->name, relkind_name(relation->relkind));
    if (statement->row && relation->parents.n > 0)
        ddl_fail(ddl, "0A000", at, "ROW triggers with transition tables are not supported on %s",
                 relation_is_partition(ddl, relation) ? "partitions" : "inheritance children");
}

static void check_trigger(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement, span at)
{
    if (statement->timing & (TRIGGER_BEFORE | TRIGGER_INSTEAD))
        ddl_fail(ddl, "42P17", at,
                 "transition table name can only be specified for an AFTER trigger");
    if (statement->events & TRIGGER_TRUNCATE)
        ddl_fail(ddl, "0A000", at, "TRUNCATE triggers with transition tables are not supported");
    if (count_events(statement) != 1)
        ddl_fail(ddl, "0A000", at,
                 "transition tables cannot be specified for triggers with more than one event");
    if (statement->n_columns > 0)
        ddl_fail(ddl, "0A000", at,
                 "transition tables cannot be specified for triggers with column lists");
}

/* What the event has rows of, and each once. */
static void check_side(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement,
                       const PgQuery__TriggerTransition *transition, bool is_known, span at)
{
    const char *side = transition->is_new ? "NEW" : "OLD";
    const int event = transition->is_new ? TRIGGER_INSERT : TRIGGER_DELETE;

    if (!(statement->events & (event | TRIGGER_UPDATE)))
        ddl_fail(ddl, "42P17", at, "%s TABLE can only be specified for a%s or UPDATE trigger", side,
                 transition->is_new ? "n INSERT" : " DELETE");
    if (is_known)
        ddl_fail(ddl, "42P17", at, "%s TABLE cannot be specified multiple times", side);
}

void transitions_check(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement,
                       const struct relation *relation)
{
    const char *names[2] = {NULL, NULL};

    for (size_t i = 0; i < statement->n_transition_rels; i++) {
        const PgQuery__TriggerTransition *transition =
            statement->transition_rels[i]->trigger_transition;
        const span at = ddl_name_span(ddl, -1, transition->name);
        if (!transition->is_table)
            ddl_fail(ddl, "0A000", at,
                     "ROW variable naming in the REFERENCING clause is not supported");
        check_relation(ddl, statement, relation);
        check_trigger(ddl, statement, at);
        check_side(ddl, statement, transition, names[transition->is_new] != NULL, at);
        names[transition->is_new] = transition->name;
    }
    if (names[0] && names[1] && strcmp(names[0], names[1]) == 0)
        ddl_fail(ddl, "42P17", ddl_name_span(ddl, -1, names[0]),
                 "OLD TABLE name and NEW TABLE name cannot be the same");
}
