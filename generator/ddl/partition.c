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

enum { MAX_KEYS = 32 };

static void check_strategy(struct ddl *ddl, const PgQuery__PartitionSpec *spec)
{
    char strategy = pg_partition_strategy(spec);

    if (!strategy)
        ddl_fail(ddl, "22023", ddl_span(ddl, spec->location), "unrecognized partitioning strategy");
    if (strategy == 'l' && spec->n_part_params > 1)
        ddl_fail(ddl, "42P17", ddl_span(ddl, spec->location),
                 "cannot use \"list\" partition strategy with more than one column");
    if (spec->n_part_params > MAX_KEYS)
        ddl_fail(ddl, "54011", ddl_span(ddl, spec->location),
                 "cannot partition using more than %d columns", MAX_KEYS);
}

/* What an element of PARTITION BY is. */
struct element {
    const PgQuery__PartitionElem *node;
    const char *method; /* whose operator classes order its values */
    struct ddl_value value;
    oid type, collation;
    span at;
};

static struct element read_element(struct ddl *ddl, const struct relation *relation,
                                   const PgQuery__PartitionElem *node, char strategy)
{
    struct element element = {.node = node,
                              .method = strategy == 'h' ? "hash" : "btree",
                              .at = ddl_span(ddl, node->location)};
    const struct attribute *attribute;

    if (node->expr)
        expression_evaluate(ddl,
                            &(struct ddl_expression){.place = DDL_PARTITION_KEY,
                                                     .node = node->expr,
                                                     .relation = relation},
                            &element.value);
    else
        element.value.column = key_column(ddl, relation, node->name, element.at);
    attribute = element.value.column ? &relation->attributes.items[element.value.column - 1] : NULL;
    element.type = attribute ? attribute->type : element.value.type;
    if (element.type == RECORDOID)
        ddl_fail(ddl, "42P16", element.at, "partition key column has pseudo-type record");
    element.collation = attribute            ? attribute->collation
                        : element.value.expr ? element.value.expr->collation
                                             : 0;
    return element;
}

static oid element_collation(struct ddl *ddl, const struct element *element)
{
    const struct type *type = catalog_get_type(ddl->catalog, element->type);
    oid collation = element->collation;

    if (type && type->collation && !collation)
        ddl_fail(ddl, "42P16", element->at,
                 "no collation was derived for partition key column with collatable type %s",
                 ddl_type_text(ddl, type->oid));
    if (element->node->n_collation > 0)
        collation = collation_named(ddl, element->node->collation, element->node->n_collation,
                                    element->node->location);
    if (type && !type->collation && collation)
        ddl_fail(ddl, "42804", element->at, "collations are not supported by type %s",
                 ddl_type_text(ddl, type->oid));
    return collation;
}

static bool compares_bytes(const struct ddl *ddl, const struct operator_class *class)
{
    const struct operator* less = class ? catalog_get_operator(ddl->catalog, class->less) : NULL;

    return less && less->oid < FIRST_USER_OID && strcmp(less->name, "~<~") == 0;
}

static struct partition_order element_order(struct ddl *ddl, const struct element *element)
{
    oid collation = element_collation(ddl, element);
    const struct operator_class *class =
        operator_class_get(ddl, element->node->opclass, element->node->n_opclass, element->method,
                           element->type, element->at);
    const struct operator_class *usual =
        catalog_default_class(ddl->catalog, element->type, element->method);
    bool is_usual = class && usual && class->less == usual->less && class->equal == usual->equal;

    return (struct partition_order){
        .type = element->type,
        .collation = compares_bytes(ddl, class) ? 0 : collation,
        .is_default = is_usual || compares_bytes(ddl, class),
        .operator_class = class,
        .written_collation = collation,
    };
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
    struct partition_order *orders =
        arena_array(ddl->arena, struct partition_order, spec->n_part_params);
    size_t n_expressions = 0;

    check_strategy(ddl, spec);
    for (size_t i = 0; i < spec->n_part_params; i++) {
        struct element element =
            read_element(ddl, relation, spec->part_params[i]->partition_elem, key.strategy);
        orders[i] = element_order(ddl, &element);
        key.columns[key.n_columns++] = element.value.column;
        if (element.value.column)
            continue;
        expressions[n_expressions++] = element.value.expr;
        columns_join(ddl, &key.used, &key.n_used, &element.value);
    }
    key.expressions = expressions;
    key.orders = orders;
    return key;
}

void partition_check_unique(struct ddl *ddl, const struct relation *relation,
                            const struct index *index, span at)
{
    const struct partition_key *key = &relation->partition_key;
    const char *word = index->is_primary ? "PRIMARY KEY" : "UNIQUE";

    for (size_t i = 0; index->is_unique && i < key->n_columns; i++) {
        if (key->columns[i] == 0)
            ddl_fail(ddl, "0A000", at, "unsupported %s constraint with partition key definition",
                     word);
        if (!columns_have(index->columns, index->n_columns, key->columns[i]))
            ddl_fail_hint(
                ddl, "0A000", at,
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

    if (columns_have(key->columns, key->n_columns, column) ||
        columns_have(key->used, key->n_used, column))
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
