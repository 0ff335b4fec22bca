/* CREATE STATISTICS: columns and expressions of one relation, whose values must sort. */
#include <string.h>

#include "ddl/statements.h"
#include "ddl/table.h"

struct element {
    oid type; /* 0: not known */
    int16_t column;
};

static struct element read_element(struct ddl *ddl, const struct relation *relation,
                                   const PgQuery__StatsElem *node, int location)
{
    const struct attribute *attribute;

    if (node->expr) {
        struct ddl_value value;
        expression_evaluate(ddl,
                            &(struct ddl_expression){
                                .place = DDL_STATISTICS, .node = node->expr, .relation = relation},
                            &value);
        return (struct element){value.type, value.column};
    }
    attribute = attribute_find(relation, node->name);
    if (!attribute && is_system_column(node->name))
        ddl_fail(ddl, "0A000", ddl_name_span(ddl, location, node->name),
                 "statistics creation on system columns is not supported");
    if (!attribute)
        ddl_fail(ddl, "42703", ddl_name_span(ddl, location, node->name),
                 "column \"%s\" does not exist", node->name);
    return (struct element){attribute->type, attribute->number};
}

static void check_kinds(struct ddl *ddl, const PgQuery__CreateStatsStmt *statement)
{
    static const char *const kinds[] = {"ndistinct", "dependencies", "mcv"};

    for (size_t i = 0; i < statement->n_stat_types; i++) {
        const char *name = raw_string(statement->stat_types[i]);
        bool known = false;
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            known |= strcmp(name, kinds[k]) == 0;
        if (!known)
            ddl_fail(ddl, "42601", ddl_name_span(ddl, -1, name),
                     "unrecognized statistics kind \"%s\"", name);
    }
}

static void check_elements(struct ddl *ddl, const PgQuery__CreateStatsStmt *statement,
                           const struct relation *relation, span at)
{
    struct element *elements = arena_array(ddl->arena, struct element, statement->n_exprs);
    bool is_expression;

    for (size_t i = 0; i < statement->n_exprs; i++)
        elements[i] = read_element(ddl, relation, statement->exprs[i]->stats_elem,
                                   statement->relations[0]->range_var->location);
    is_expression = statement->n_exprs == 1 && !elements[0].column;
    for (size_t i = 0; i < statement->n_exprs && !is_expression; i++)
        if (elements[i].type && !catalog_default_operators(ddl->catalog, elements[i].type).less)
            ddl_fail(ddl, "0A000", at,
                     "%s cannot be used in statistics because its type %s has no default btree "
                     "operator class",
                     elements[i].column ? "column" : "expression",
                     ddl_type_text(ddl, elements[i].type));
    if (is_expression && statement->n_stat_types > 0)
        ddl_fail(ddl, "0A000", at,
                 "when building statistics on a single expression, statistics kinds may not be "
                 "specified");
    check_kinds(ddl, statement);
    if (statement->n_exprs < 2 && !is_expression)
        ddl_fail(ddl, "42P17", at, "extended statistics require at least 2 columns");
    for (size_t i = 0; i < statement->n_exprs; i++)
        for (size_t k = 0; k < i; k++)
            if (elements[i].column && elements[i].column == elements[k].column)
                ddl_fail(ddl, "42701", at, "duplicate column name in statistics definition");
}

void ddl_create_statistics(struct ddl *ddl, const PgQuery__CreateStatsStmt *statement)
{
    const PgQuery__Node *from = statement->n_relations == 1 ? statement->relations[0] : NULL;
    const struct relation *relation;

    if (!NODE_IS(from, RANGE_VAR))
        ddl_fail(ddl, "0A000", ddl_span(ddl, -1),
                 "only a single relation is allowed in CREATE STATISTICS");
    relation = relation_get(ddl, from->range_var);
    if (!strchr("rpmf", relation->relkind))
        ddl_fail(ddl, "42809", range_var_span(ddl, from->range_var),
                 "cannot define statistics for relation \"%s\"", relation->name);
    check_elements(ddl, statement, relation, range_var_span(ddl, from->range_var));
}
