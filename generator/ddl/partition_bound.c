/* Bounds of partitions (manual, 5.11.2.1; transformPartitionBound): the kind that the parent's
 * strategy has, one value for each column of its key, and each value of that column's type. Whether
 * they overlap other partitions is not looked at.
 */
#include <string.h>

#include "ddl/table.h"

struct bound {
    struct ddl *ddl;
    const struct relation *parent;
    span at;
};

static bool is_null(const PgQuery__Node *node)
{
    return NODE_IS(node, A_CONST) && node->a_const->isnull;
}

static void check_value(const struct bound *bound, size_t column, size_t expression,
                        const PgQuery__Node *node)
{
    const struct partition_key *key = &bound->parent->partition_key;
    struct ddl_expression value = {.place = DDL_PARTITION_BOUND, .node = node, .typmod = -1};
    struct ddl_value found;

    if (key->columns[column]) {
        const struct attribute *attribute =
            &bound->parent->attributes.items[key->columns[column] - 1];
        value.column = attribute->name;
        value.type = attribute->type;
        value.typmod = attribute->typmod;
    } else {
        value.column = "expression";
        value.type = key->expression_types[expression];
    }
    expression_evaluate(bound->ddl, &value, &found);
}

/* MINVALUE and MAXVALUE come as columns of that name. */
static const char *infinity_of(const PgQuery__Node *node)
{
    const char *name = NULL;

    if (NODE_IS(node, COLUMN_REF) && node->column_ref->n_fields == 1)
        name = raw_string(node->column_ref->fields[0]);
    return name && (strcmp(name, "minvalue") == 0 || strcmp(name, "maxvalue") == 0) ? name : NULL;
}

static void check_infinities(const struct bound *bound, PgQuery__Node *const *nodes, size_t n)
{
    const char *seen = NULL;

    for (size_t i = 0; i < n; i++) {
        const char *name = infinity_of(nodes[i]);

        if (seen && (!name || strcmp(name, seen) != 0))
            ddl_fail(bound->ddl, "42804", bound->at, "every bound following %s must also be %s",
                     strcmp(seen, "minvalue") == 0 ? "MINVALUE" : "MAXVALUE",
                     strcmp(seen, "minvalue") == 0 ? "MINVALUE" : "MAXVALUE");
        seen = name;
    }
}

static void check_range(const struct bound *bound, PgQuery__Node *const *nodes, size_t n)
{
    size_t n_expressions = 0;

    for (size_t i = 0; i < n; i++) {
        if (!infinity_of(nodes[i]))
            check_value(bound, i, n_expressions, nodes[i]);
        if (is_null(nodes[i]))
            ddl_fail(bound->ddl, "42P17", bound->at, "cannot specify NULL in range bound");
        n_expressions += bound->parent->partition_key.columns[i] == 0;
    }
    check_infinities(bound, nodes, n);
}

static void check_hash(const struct bound *bound, const PgQuery__PartitionBoundSpec *spec)
{
    if (spec->modulus <= 0)
        ddl_fail(bound->ddl, "42P16", bound->at,
                 "modulus for hash partition must be an integer value greater than zero");
    if (spec->remainder >= spec->modulus)
        ddl_fail(bound->ddl, "42P16", bound->at,
                 "remainder for hash partition must be less than modulus");
}

static const char *strategy_word(char strategy)
{
    return strategy == 'h' ? "hash" : strategy == 'l' ? "list" : "range";
}

void partition_bound_check(struct ddl *ddl, const struct relation *parent,
                           const PgQuery__PartitionBoundSpec *spec)
{
    const struct partition_key *key = &parent->partition_key;
    struct bound bound = {ddl, parent, ddl_span(ddl, spec->location)};

    if (spec->is_default && key->strategy == 'h')
        ddl_fail(ddl, "42P16", bound.at,
                 "a hash-partitioned table may not have a default partition");
    if (spec->is_default || !key->strategy)
        return;
    if (spec->strategy[0] != key->strategy)
        ddl_fail(ddl, "42P16", bound.at, "invalid bound specification for a %s partition",
                 strategy_word(key->strategy));
    if (key->strategy == 'h')
        check_hash(&bound, spec);
    for (size_t i = 0; key->strategy == 'l' && i < spec->n_listdatums; i++)
        check_value(&bound, 0, 0, spec->listdatums[i]);
    if (key->strategy != 'r')
        return;
    if (spec->n_lowerdatums != key->n_columns)
        ddl_fail(ddl, "42P16", bound.at,
                 "FROM must specify exactly one value per partitioning column");
    if (spec->n_upperdatums != key->n_columns)
        ddl_fail(ddl, "42P16", bound.at,
                 "TO must specify exactly one value per partitioning column");
    check_range(&bound, spec->lowerdatums, spec->n_lowerdatums);
    check_range(&bound, spec->upperdatums, spec->n_upperdatums);
}
