/* Relations, each with its parts; composite types are in types.c. */
#include <string.h>

#include "inventory/relation.h"

/* --- Sequences -------------------------------------------------------------------------------- */

void describe_sequence(struct collector *collector, struct item *item,
                       const struct relation *relation)
{
    const struct sequence *sequence = relation->sequence;
    const struct relation *owner =
        sequence && sequence->owner_column && relation->parents.n > 0
            ? catalog_get_relation(collector->catalog, relation->parents.items[0])
            : NULL;

    if (!sequence)
        return;
    item_set(collector, item, PROPERTY_TYPE,
             catalog_format_type(collector->catalog, collector->arena, sequence->type));
    item_setf(collector, item, PROPERTY_START, "%lld", (long long)sequence->start);
    item_setf(collector, item, PROPERTY_INCREMENT, "%lld", (long long)sequence->increment);
    item_setf(collector, item, PROPERTY_MINIMUM, "%lld", (long long)sequence->minimum);
    item_setf(collector, item, PROPERTY_MAXIMUM, "%lld", (long long)sequence->maximum);
    item_setf(collector, item, PROPERTY_CACHE, "%lld", (long long)sequence->cache);
    item_mark(collector, item, PROPERTY_CYCLE, sequence->cycles);
    item_set(collector, item, PROPERTY_PERSISTENCE, relation->is_unlogged ? "UNLOGGED" : NULL);
    if (!owner)
        return;
    item->is_derived = sequence->is_identity;
    item->part_of = column_item(collector, owner->oid, sequence->owner_column);
    item_setf(collector, item, PROPERTY_OWNED_BY, "%s.%s", relation_name(collector, owner),
              quoted_word(collector, owner->attributes.items[sequence->owner_column - 1].name));
}

/* --- Tables ----------------------------------------------------------------------------------- */

static void set_storage(struct collector *collector, struct item *item,
                        const struct relation *relation)
{
    item_set(collector, item, PROPERTY_PERSISTENCE, relation->is_unlogged ? "UNLOGGED" : NULL);
    if (relation->access_method)
        item_set(collector, item, PROPERTY_ACCESS_METHOD,
                 quoted_word(collector, relation->access_method));
    if (relation->tablespace)
        item_set(collector, item, PROPERTY_TABLESPACE,
                 quoted_word(collector, relation->tablespace));
    item_set_options(collector, item, PROPERTY_OPTION, &relation->about.options);
    item_set_options(collector, item, PROPERTY_TOAST_OPTION, &relation->toast_options);
    for (size_t i = 0; i < relation->indexes.n; i++) {
        const struct index *index = relation->indexes.items[i];
        if (index->is_clustered)
            item_set(collector, item, PROPERTY_CLUSTER_ON, quoted_word(collector, index->name));
        if (index->is_replica_identity)
            item_setf(collector, item, PROPERTY_REPLICA_IDENTITY, "USING INDEX %s",
                      quoted_word(collector, index->name));
    }
    if (relation->replica_identity)
        item_set(collector, item, PROPERTY_REPLICA_IDENTITY,
                 relation->replica_identity == 'f' ? "FULL" : "NOTHING");
}

static void set_parents(struct collector *collector, struct item *item,
                        const struct relation *relation)
{
    for (size_t i = 0; i < relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(collector->catalog, relation->parents.items[i]);
        if (!parent)
            continue;
        item_set(collector, item, PROPERTY_PARENT, relation_name(collector, parent));
        item_need(collector, item, item_of_relation(collector, parent));
        if (relation->partition_bound)
            item_set(collector, item, PROPERTY_BOUND,
                     partition_bound_text(collector, parent, relation->partition_bound));
    }
}

static void set_partitioning(struct collector *collector, struct item *item,
                             const struct relation *relation)
{
    const struct partition_key *key = &relation->partition_key;
    size_t n = 0;

    if (!key->strategy)
        return;
    item_set(collector, item, PROPERTY_PARTITION_KEY, partition_key_text(collector, relation));
    for (size_t i = 0; i < key->n_columns; i++) {
        if (key->columns[i] == 0)
            need_expression(collector, item, key->expressions[n++], NULL);
        item_need(collector, item,
                  item_of_operator_class(collector, key->orders[i].operator_class));
        item_need(collector, item, other_item(collector, key->orders[i].written_collation));
    }
}

static void set_type(struct collector *collector, struct item *item,
                     const struct relation *relation)
{
    const struct relation *type =
        relation->of_type ? catalog_get_relation(collector->catalog, relation->of_type) : NULL;

    if (!type)
        return;
    item_set(collector, item, PROPERTY_OF_TYPE, relation_name(collector, type));
    item_need(collector, item, item_of_relation(collector, type));
}

static void need_server(struct collector *collector, struct item *item, const char *name)
{
    const struct other_object *server =
        catalog_find_other(collector->catalog, OTHER_SERVER, 0, name, NULL);

    if (server)
        item_need(collector, item, other_item(collector, server->oid));
}

void describe_table(struct collector *collector, struct item *item, const struct relation *relation)
{
    set_storage(collector, item, relation);
    set_parents(collector, item, relation);
    set_partitioning(collector, item, relation);
    set_type(collector, item, relation);
    item_set(collector, item, PROPERTY_ROW_SECURITY, relation->has_row_security ? "ENABLE" : NULL);
    item_set(collector, item, PROPERTY_FORCE_ROW_SECURITY,
             relation->forces_row_security ? "FORCE" : NULL);
    if (!relation->server)
        return;
    item_set(collector, item, PROPERTY_SERVER, quoted_word(collector, relation->server));
    item_set_foreign_options(collector, item, &relation->about.foreign_options);
    need_server(collector, item, relation->server);
}

/* --- Views ------------------------------------------------------------------------------------ */

static const char *view_text(struct collector *collector, const struct relation *view)
{
    const char *text =
        deparsed_text(deparse_view(collector->arena, collector->catalog, view, DEPARSE_RUNNABLE));
    const size_t len = strlen(text);

    return len > 0 && text[len - 1] == ';'
               ? arena_printf(collector->arena, "%.*s", (int)len - 1, text)
               : text;
}

void describe_view(struct collector *collector, struct item *item, const struct relation *relation)
{
    set_storage(collector, item, relation);
    item_set(collector, item, PROPERTY_DEFINITION, view_text(collector, relation));
    item_mark(collector, item, PROPERTY_UNPOPULATED, relation->is_unpopulated);
    item_need_query(collector, item, relation->view_query);
}

/* --- All of them ------------------------------------------------------------------------------ */

static void describe(struct collector *collector, struct item *item,
                     const struct relation *relation)
{
    switch (relation->relkind) {
    case 'S':
        describe_sequence(collector, item, relation);
        break;
    case 'v':
    case 'm':
        describe_view(collector, item, relation);
        break;
    default:
        describe_table(collector, item, relation);
        break;
    }
}

static void collect(struct collector *collector, const struct relation *relation)
{
    static relation_fn *const parts[] = {collect_columns,   collect_constraints, collect_indexes,
                                         collect_triggers,  collect_rules,       collect_policies,
                                         collect_statistics};
    struct item *item = item_of_relation(collector, relation);

    item->at = relation->defined_at;
    item->object = relation;
    item_need(collector, item, schema_item(collector, relation->namespace_oid));
    describe(collector, item, relation);
    item_about(collector, item, &relation->about);
    if (relation->relkind == 'S')
        return;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        parts[i](collector, item, relation);
}

static bool is_of_schema(const struct relation *relation)
{
    return relation && relation->relkind != 'c' && !relation->is_temporary &&
           !relation->about.extension;
}

/* Queries may depend on keys of tables that are made later, whose items are found by them. */
static void name_constraints(struct collector *collector, const struct relation *relation)
{
    for (size_t i = 0; i < relation->constraints.n; i++)
        map_put(&collector->constraints,
                arena_printf(collector->arena, "%p", (const void *)relation->constraints.items[i]),
                item_of_constraint(collector, relation, relation->constraints.items[i]));
}

void collect_relations(struct collector *collector)
{
    size_t n;
    struct relation *const *relations = catalog_relations(collector->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (is_of_schema(relations[i]))
            name_constraints(collector, relations[i]);
    for (size_t i = 0; i < n; i++)
        if (is_of_schema(relations[i]))
            collect(collector, relations[i]);
}
