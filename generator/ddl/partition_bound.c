/* Bounds of partitions (manual, 5.11.2.1; transformPartitionBound): the kind that the parent's
 * strategy has, one value for each column of its key, and each value of that column's type. Values
 * are kept as texts of that type, where they are known without a server (partition_value.c); what
 * they may not do to the bounds of other partitions is in partition_overlap.c.
 */
#include <string.h>

#include "ddl/partition.h"

struct bound_source {
    struct ddl *ddl;
    const struct relation *parent;
    const PgQuery__PartitionBoundSpec *spec;
    span at;
};

static struct partition_datum read_value(const struct bound_source *source, size_t column,
                                         const PgQuery__Node *node)
{
    const struct partition_key *key = &source->parent->partition_key;
    struct ddl_expression expression = {.place = DDL_PARTITION_BOUND,
                                        .node = node,
                                        .column = "expression",
                                        .type = key->orders[column].type,
                                        .typmod = -1};
    struct ddl_value value;

    if (key->columns[column]) {
        const struct attribute *attribute =
            &source->parent->attributes.items[key->columns[column] - 1];
        expression.column = attribute->name;
        expression.type = attribute->type;
        expression.typmod = attribute->typmod;
    }
    expression_evaluate(source->ddl, &expression, &value);
    return partition_value(source->ddl, &key->orders[column], value.expr, source->at);
}

static struct partition_datum *read_list(const struct bound_source *source)
{
    struct partition_datum *list =
        arena_array(source->ddl->arena, struct partition_datum, source->spec->n_listdatums);

    for (size_t i = 0; i < source->spec->n_listdatums; i++)
        list[i] = read_value(source, 0, source->spec->listdatums[i]);
    return list;
}

/* MINVALUE and MAXVALUE come as columns of that name. */
static int8_t infinity_of(const PgQuery__Node *node)
{
    const char *name = NULL;

    if (NODE_IS(node, COLUMN_REF) && node->column_ref->n_fields == 1)
        name = raw_string(node->column_ref->fields[0]);
    if (!name)
        return 0;
    return strcmp(name, "minvalue") == 0 ? -1 : strcmp(name, "maxvalue") == 0 ? 1 : 0;
}

static void check_infinities(const struct bound_source *source,
                             const struct partition_datum *datums, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (datums[i - 1].infinity && datums[i].infinity != datums[i - 1].infinity)
            ddl_fail(source->ddl, "42804", source->at, "every bound following %s must also be %s",
                     datums[i - 1].infinity < 0 ? "MINVALUE" : "MAXVALUE",
                     datums[i - 1].infinity < 0 ? "MINVALUE" : "MAXVALUE");
}

static struct partition_datum *read_range(const struct bound_source *source,
                                          PgQuery__Node *const *nodes, size_t n)
{
    struct partition_datum *datums = arena_array(source->ddl->arena, struct partition_datum, n);

    for (size_t i = 0; i < n; i++) {
        datums[i] = (struct partition_datum){.infinity = infinity_of(nodes[i])};
        if (!datums[i].infinity)
            datums[i] = read_value(source, i, nodes[i]);
        if (datums[i].is_null)
            ddl_fail(source->ddl, "42P17", source->at, "cannot specify NULL in range bound");
    }
    check_infinities(source, datums, n);
    return datums;
}

static void check_range(const struct bound_source *source)
{
    const size_t n = source->parent->partition_key.n_columns;

    if (source->spec->n_lowerdatums != n)
        ddl_fail(source->ddl, "42P16", source->at,
                 "FROM must specify exactly one value per partitioning column");
    if (source->spec->n_upperdatums != n)
        ddl_fail(source->ddl, "42P16", source->at,
                 "TO must specify exactly one value per partitioning column");
}

static void check_hash(const struct bound_source *source)
{
    if (source->spec->modulus <= 0)
        ddl_fail(source->ddl, "42P16", source->at,
                 "modulus for hash partition must be an integer value greater than zero");
    if (source->spec->remainder >= source->spec->modulus)
        ddl_fail(source->ddl, "42P16", source->at,
                 "remainder for hash partition must be less than modulus");
}

static const char *strategy_word(char strategy)
{
    return strategy == 'h' ? "hash" : strategy == 'l' ? "list" : "range";
}

static void check_strategy(const struct bound_source *source)
{
    const char strategy = source->parent->partition_key.strategy;

    if (source->spec->is_default && strategy == 'h')
        ddl_fail(source->ddl, "42P16", source->at,
                 "a hash-partitioned table may not have a default partition");
    if (!source->spec->is_default && source->spec->strategy[0] != strategy)
        ddl_fail(source->ddl, "42P16", source->at, "invalid bound specification for a %s partition",
                 strategy_word(strategy));
}

static struct partition_bound read_bound(const struct bound_source *source)
{
    const PgQuery__PartitionBoundSpec *spec = source->spec;
    struct partition_bound bound = {.is_default = spec->is_default,
                                    .modulus = spec->modulus,
                                    .remainder = spec->remainder,
                                    .n_list = spec->n_listdatums};

    check_strategy(source);
    if (spec->is_default)
        return bound;
    switch (source->parent->partition_key.strategy) {
    case 'h':
        check_hash(source);
        break;
    case 'l':
        bound.list = read_list(source);
        break;
    default:
        check_range(source);
        bound.lower = read_range(source, spec->lowerdatums, spec->n_lowerdatums);
        bound.upper = read_range(source, spec->upperdatums, spec->n_upperdatums);
        break;
    }
    return bound;
}

const struct partition_bound *partition_bound_read(struct ddl *ddl, const struct relation *parent,
                                                   const PgQuery__PartitionBoundSpec *spec)
{
    const struct bound_source source = {ddl, parent, spec, ddl_span(ddl, spec->location)};
    struct partition_bound *bound;

    /* Its PARTITION BY was refused. */
    if (!parent->partition_key.strategy)
        return NULL;
    bound = arena_new(ddl->arena, struct partition_bound);
    *bound = read_bound(&source);
    return bound;
}
