/* What may stand where: aggregates, window functions, set-returning functions and sub-queries in
 * the clauses of a query and of DDL (the tables of parse_agg.c, parse_func.c and parse_expr.c). One
 * row per clause.
 */
#include "resolve/places.h"
#include "tree/tree.h"

/* NULL: allowed. BY_NAME: "… are not allowed in NAME". Else the end of the sentence. */
#define BY_NAME ""
#define IN_JOIN "in JOIN conditions"
#define IN_FUNCTION "in functions in FROM"
#define IN_WINDOW "in window definitions"
#define IN_CALL "in CALL arguments"
#define IN_DEFAULT "in DEFAULT expressions"
#define IN_MERGE "in MERGE WHEN conditions"
#define IN_INDEX "in index expressions"
#define IN_PREDICATE "in index predicates"
#define IN_CHECK "in check constraints"
#define IN_GENERATED "in column generation expressions"
#define IN_STATISTICS "in statistics expressions"
#define IN_USING "in transform expressions"
#define IN_POLICY "in policy expressions"
#define IN_TRIGGER "in trigger WHEN conditions"
#define IN_PARTITION "in partition key expressions"
#define IN_BOUND "in partition bound"

struct place_rule {
    const char *name;
    const char *aggregate, *window, *set;
    const char *query; /* "cannot use subquery in …"; NULL: allowed */
};

static const struct place_rule places[] = {
    [PLACE_NONE] = {"invalid expression kind", BY_NAME, BY_NAME, BY_NAME, NULL},
    [PLACE_OTHER] = {"extension expression", NULL, NULL, NULL, NULL},
    [PLACE_JOIN_ON] = {"JOIN/ON", IN_JOIN, IN_JOIN, IN_JOIN, NULL},
    [PLACE_JOIN_USING] = {"JOIN/USING", IN_JOIN, IN_JOIN, IN_JOIN, NULL},
    [PLACE_FROM_SUBSELECT] = {"sub-SELECT in FROM", "in FROM clause of their own query level",
                              BY_NAME, BY_NAME, NULL},
    [PLACE_FROM_FUNCTION] = {"function in FROM", IN_FUNCTION, IN_FUNCTION, NULL, NULL},
    [PLACE_WHERE] = {"WHERE", BY_NAME, BY_NAME, BY_NAME, NULL},
    [PLACE_HAVING] = {"HAVING", NULL, BY_NAME, BY_NAME, NULL},
    [PLACE_FILTER] = {"FILTER", BY_NAME, BY_NAME, BY_NAME, NULL},
    [PLACE_WINDOW_PARTITION] = {"window PARTITION BY", NULL, IN_WINDOW, NULL, NULL},
    [PLACE_WINDOW_ORDER] = {"window ORDER BY", NULL, IN_WINDOW, NULL, NULL},
    [PLACE_WINDOW_RANGE] = {"window RANGE", "in window RANGE", IN_WINDOW, IN_WINDOW, NULL},
    [PLACE_WINDOW_ROWS] = {"window ROWS", "in window ROWS", IN_WINDOW, IN_WINDOW, NULL},
    [PLACE_WINDOW_GROUPS] = {"window GROUPS", "in window GROUPS", IN_WINDOW, IN_WINDOW, NULL},
    [PLACE_SELECT_TARGET] = {"SELECT", NULL, NULL, NULL, NULL},
    [PLACE_INSERT_TARGET] = {"INSERT", BY_NAME, BY_NAME, NULL, NULL},
    [PLACE_UPDATE_SOURCE] = {"UPDATE", BY_NAME, BY_NAME, BY_NAME, NULL},
    [PLACE_UPDATE_TARGET] = {"UPDATE", BY_NAME, BY_NAME, BY_NAME, NULL},
    [PLACE_MERGE_WHEN] = {"MERGE WHEN", IN_MERGE, IN_MERGE, IN_MERGE, NULL},
    [PLACE_GROUP_BY] = {"GROUP BY", BY_NAME, BY_NAME, NULL, NULL},
    [PLACE_ORDER_BY] = {"ORDER BY", NULL, NULL, NULL, NULL},
    [PLACE_DISTINCT_ON] = {"DISTINCT ON", NULL, NULL, NULL, NULL},
    [PLACE_LIMIT] = {"LIMIT", BY_NAME, BY_NAME, BY_NAME, NULL},
    [PLACE_OFFSET] = {"OFFSET", BY_NAME, BY_NAME, BY_NAME, NULL},
    [PLACE_RETURNING] = {"RETURNING", BY_NAME, BY_NAME, BY_NAME, NULL},
    [PLACE_VALUES] = {"VALUES", BY_NAME, BY_NAME, BY_NAME, NULL},
    [PLACE_VALUES_SINGLE] = {"VALUES", BY_NAME, BY_NAME, NULL, NULL},
    [PLACE_CALL_ARGUMENT] = {"CALL", IN_CALL, IN_CALL, IN_CALL, "CALL argument"},
    [PLACE_CYCLE_MARK] = {"CYCLE", BY_NAME, BY_NAME, BY_NAME, NULL},
    [PLACE_COLUMN_DEFAULT] = {"DEFAULT", IN_DEFAULT, IN_DEFAULT, IN_DEFAULT, "DEFAULT expression"},
    [PLACE_FUNCTION_DEFAULT] = {"DEFAULT", IN_DEFAULT, IN_DEFAULT, IN_DEFAULT,
                                "DEFAULT expression"},
    [PLACE_INDEX] = {"index expression", IN_INDEX, IN_INDEX, IN_INDEX, "index expression"},
    [PLACE_INDEX_PREDICATE] = {"index predicate", IN_PREDICATE, IN_PREDICATE, IN_PREDICATE,
                               "index predicate"},
    [PLACE_CHECK] = {"CHECK", IN_CHECK, IN_CHECK, IN_CHECK, "check constraint"},
    [PLACE_GENERATED] = {"GENERATED AS", IN_GENERATED, IN_GENERATED, IN_GENERATED,
                         "column generation expression"},
    [PLACE_STATISTICS] = {"statistics expression", IN_STATISTICS, IN_STATISTICS, IN_STATISTICS,
                          "statistics expression"},
    [PLACE_USING] = {"USING", IN_USING, IN_USING, IN_USING, "transform expression"},
    [PLACE_POLICY] = {"POLICY", IN_POLICY, IN_POLICY, IN_POLICY, NULL},
    [PLACE_TRIGGER_WHEN] = {"WHEN", IN_TRIGGER, IN_TRIGGER, IN_TRIGGER, "trigger WHEN condition"},
    [PLACE_PARTITION_KEY] = {"PARTITION BY", IN_PARTITION, IN_PARTITION, IN_PARTITION,
                             "partition key expression"},
    [PLACE_PARTITION_BOUND] = {"partition bound", IN_BOUND, IN_BOUND, IN_BOUND, "partition bound"},
};

const char *place_name(enum expr_place place)
{
    return places[place].name;
}

static const char *complaint(struct parse *parse, const char *rule, enum expr_place place)
{
    if (!rule || rule[0])
        return rule;
    return arena_printf(parse->statement->arena, "in %s", places[place].name);
}

const char *place_refuses_aggregate(struct parse *parse, enum expr_place place)
{
    return complaint(parse, places[place].aggregate, place);
}

const char *place_refuses_window(struct parse *parse, enum expr_place place)
{
    return complaint(parse, places[place].window, place);
}

const char *place_refuses_query(enum expr_place place)
{
    return places[place].query;
}

const char *place_refuses_set(struct parse *parse, enum expr_place place)
{
    return complaint(parse, places[place].set, place);
}

void check_set_returning(struct parse *parse, struct expr *call, const struct expr *inner_before)
{
    struct scope *scope = parse->scope;
    const char *refused = place_refuses_set(parse, scope->place);

    if (scope->place == PLACE_FROM_FUNCTION && scope->last_set_returning != inner_before)
        parse_error(parse, "0A000", expr_location(scope->last_set_returning),
                    "set-returning functions must appear at top level of FROM");
    if (refused)
        parse_error(parse, "0A000", call->location, "set-returning functions are not allowed %s",
                    refused);
    if (scope->place != PLACE_FROM_FUNCTION)
        scope->query->has_set_returning = true;
    scope->last_set_returning = call;
}
