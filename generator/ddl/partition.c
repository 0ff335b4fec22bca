/* Partitioned tables (manual, 5.11): the partition key and what it forbids. */
#include <string.h>

#include "ddl/table.h"

static int16_t key_column(struct ddl *ddl, const struct relation *relation, const char *name,
                          span at)
{
    const struct attribute *attribute = attribute_find(relation, name);

    if (!attribute && is_system_column(name))
        ddl_fail(ddl, "42P17", at, "cannot use system column \"%s\" in partition key", name);
    if (!attribute)
        ddl_fail(ddl, "42703", at, "column \"%s\" named in partition key does not exist", name);
    if (attribute->generated)
        ddl_fail(ddl, "42P17", at, "cannot use generated column in partition key");
    return attribute->number;
}

void partition_key_check(struct ddl *ddl, const struct relation *relation,
                         const PgQuery__PartitionSpec *spec)
{
    char strategy = pg_partition_strategy(spec);

    if (!strategy)
        ddl_fail(ddl, "22023", ddl_span(ddl, spec->location), "unrecognized partitioning strategy");
    if (strategy == 'l' && spec->n_part_params > 1)
        ddl_fail(ddl, "42P17", ddl_span(ddl, spec->location),
                 "cannot use \"list\" partition strategy with more than one column");
    for (size_t i = 0; i < spec->n_part_params; i++) {
        const PgQuery__PartitionElem *element = spec->part_params[i]->partition_elem;
        if (!element->expr)
            key_column(ddl, relation, element->name, ddl_span(ddl, element->location));
    }
}

struct partition_key partition_key_build(struct ddl *ddl, const struct relation *relation,
                                         const PgQuery__PartitionSpec *spec)
{
    struct partition_key key = {
        .strategy = pg_partition_strategy(spec),
        .columns = arena_array(ddl->arena, int16_t, spec->n_part_params),
    };
    const struct expr **expressions =
        arena_array(ddl->arena, const struct expr *, spec->n_part_params);
    oid *types = arena_array(ddl->arena, oid, spec->n_part_params);
    size_t n_expressions = 0;

    for (size_t i = 0; i < spec->n_part_params; i++) {
        const PgQuery__PartitionElem *element = spec->part_params[i]->partition_elem;
        struct ddl_value value = {0};
        if (!element->expr) {
            key.columns[key.n_columns++] =
                key_column(ddl, relation, element->name, ddl_span(ddl, element->location));
            continue;
        }
        expression_evaluate(ddl,
                            &(struct ddl_expression){.place = DDL_PARTITION_KEY,
                                                     .node = element->expr,
                                                     .relation = relation},
                            &value);
        key.columns[key.n_columns++] = value.column;
        if (value.column)
            continue;
        types[n_expressions] = value.type;
        expressions[n_expressions++] = value.expr;
        columns_join(ddl, &key.used, &key.n_used, &value);
    }
    key.expressions = expressions;
    key.expression_types = types;
    return key;
}

static bool has_column(const int16_t *columns, size_t n, int16_t number)
{
    for (size_t i = 0; i < n; i++)
        if (columns[i] == number)
            return true;
    return false;
}

void partition_check_unique(struct ddl *ddl, const struct relation *relation,
                            const struct index *index)
{
    const struct partition_key *key = &relation->partition_key;
    const char *word = index->is_primary ? "PRIMARY KEY" : "UNIQUE";

    for (size_t i = 0; index->is_unique && i < key->n_columns; i++) {
        if (key->columns[i] == 0)
            ddl_fail(ddl, "0A000", index->defined_at,
                     "unsupported %s constraint with partition key definition", word);
        if (!has_column(index->columns, index->n_columns, key->columns[i]))
            ddl_fail_hint(
                ddl, "0A000", index->defined_at,
                arena_printf(ddl->arena,
                             "the %s constraint on table \"%s\" lacks column \"%s\", which is "
                             "part of the partition key",
                             word, relation->name,
                             relation->attributes.items[key->columns[i] - 1].name),
                "unique constraint on partitioned table must include all partitioning columns");
    }
}

void partition_check_column(struct ddl *ddl, const struct relation *relation, int16_t column,
                            const char *verb, span at)
{
    const struct partition_key *key = &relation->partition_key;
    const char *name = relation->attributes.items[column - 1].name;

    if (has_column(key->columns, key->n_columns, column) ||
        has_column(key->used, key->n_used, column))
        ddl_fail(ddl, "42P16", at,
                 "cannot %s column \"%s\" because it is part of the partition key of relation "
                 "\"%s\"",
                 verb, name, relation->name);
}

bool relation_is_partition(struct ddl *ddl, const struct relation *relation)
{
    for (size_t i = 0; i < relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(ddl->catalog, relation->parents.items[i]);
        if (parent && parent->relkind == 'p')
            return true;
    }
    return false;
}
