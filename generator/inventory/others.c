/* Objects that no query asks for: what they say of themselves is clauses. */
#include <string.h>

#include "inventory/refer.h"
#include "support/buf.h"

/* --- Publications ------------------------------------------------------------------------------
 */

static const char *columns_text(struct collector *collector, const struct published *published,
                                const struct relation *relation)
{
    if (published->n_columns == 0)
        return "";
    return arena_printf(
        collector->arena, " %s",
        column_list(collector, relation,
                    columns_by_name(collector, relation, published->columns, published->n_columns),
                    published->n_columns));
}

static void set_published(struct collector *collector, struct item *item,
                          const struct published *published)
{
    const struct relation *relation = catalog_get_relation(collector->catalog, published->relid);
    struct buf text = buf_in(collector->arena);

    if (!relation)
        return;
    buf_adds(&text, qualified_name(collector, schema_name(collector, relation->namespace_oid),
                                   relation->name));
    buf_adds(&text, columns_text(collector, published, relation));
    if (published->where)
        buf_addf(&text, " WHERE (%s)",
                 deparse_over(collector->arena, collector->catalog, published->where, relation,
                              DEPARSE_RUNNABLE)
                     .text);
    item_set(collector, item, PROPERTY_TABLE, buf_text(&text));
    item_need(collector, item, relation_item(collector, published->relid));
    for (size_t i = 0; i < published->n_columns; i++)
        item_need(collector, item, column_item(collector, published->relid, published->columns[i]));
    item_need_expression_over(collector, item, published->where, published->relid);
}

/* --- Each kind has some properties of its own ---------------------------------------------------
 */

static enum property_id property_of(const struct clause *clause)
{
    static const struct {
        const char *name;
        enum property_id id;
    } own[] = {
        {"SCHEMA", PROPERTY_SCHEMA}, {"VERSION", PROPERTY_VERSION}, {"SERVER", PROPERTY_SERVER},
        {"TABLES", PROPERTY_TABLE},  {"ENABLED", PROPERTY_ENABLED},
    };

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i].name, clause->name) == 0)
            return own[i].id;
    return PROPERTY_CLAUSE;
}

static void set_clause(struct collector *collector, struct item *item, const struct clause *clause)
{
    enum property_id id = property_of(clause);
    struct item scratch = {0};

    if (id == PROPERTY_CLAUSE) {
        item_clause(collector, item, clause);
        return;
    }
    item_set(collector, item, id, clause_text(collector, clause));
    item_clause(collector, &scratch, clause);
    for (size_t i = 0; i < scratch.needs.n; i++)
        item_need(collector, item, scratch.needs.items[i]);
}

/* Where the order in which they were set means nothing, by name; the parser of a configuration
 * stays in front. The catalog keeps its own order. */
static const struct clause *sorted_clauses(struct collector *collector,
                                           const struct other_object *other)
{
    struct clause *all = arena_array(collector->arena, struct clause, other->clauses.n + 1);
    size_t first = other->class == OTHER_TS_CONFIGURATION ? 1 : 0;
    const bool is_sorted = other->class == OTHER_TS_CONFIGURATION ||
                           other->class == OTHER_PUBLICATION ||
                           other->class == OTHER_SUBSCRIPTION || other->class == OTHER_WRAPPER;

    for (size_t i = 0; i < other->clauses.n; i++) {
        size_t k = i;
        for (; is_sorted && k > first && strcmp(all[k - 1].name, other->clauses.items[i].name) > 0;
             k--)
            all[k] = all[k - 1];
        all[k] = other->clauses.items[i];
    }
    return all;
}

/* The dictionaries of a token are clauses of one name: one value. */
static size_t set_mapping(struct collector *collector, struct item *item,
                          const struct clause *clauses, size_t n)
{
    struct buf text = buf_in(collector->arena);
    struct item scratch = {0};
    size_t i = 0;

    for (; i < n && strcmp(clauses[i].name, clauses->name) == 0; i++) {
        buf_addf(&text, "%s%s", i ? ", " : "", clause_text(collector, &clauses[i]));
        item_clause(collector, &scratch, &clauses[i]);
    }
    item_setf(collector, item, PROPERTY_CLAUSE, "%s = %s", clauses->name, buf_text(&text));
    for (size_t k = 0; k < scratch.needs.n; k++)
        item_need(collector, item, scratch.needs.items[k]);
    return i;
}

static void set_clauses(struct collector *collector, struct item *item,
                        const struct other_object *other)
{
    const struct clause *clauses = sorted_clauses(collector, other);

    if (item->kind == ITEM_OPERATOR_FAMILY) {
        item_members(collector, item, &other->clauses);
        return;
    }
    for (size_t i = 0; i < other->clauses.n;)
        if (item->kind == ITEM_TS_CONFIGURATION)
            i += set_mapping(collector, item, &clauses[i], other->clauses.n - i);
        else
            set_clause(collector, item, &clauses[i++]);
}

static void collect(struct collector *collector, const struct other_object *other)
{
    struct item *item = other_item(collector, other->oid);

    item->at = other->defined_at;
    item->object = other;
    if (other->namespace_oid)
        item_need(collector, item, schema_item(collector, other->namespace_oid));
    item_about(collector, item, &other->about);
    set_clauses(collector, item, other);
    item_set_foreign_options(collector, item, &other->about.foreign_options);
    for (size_t i = 0; i < other->published.n; i++)
        set_published(collector, item, &other->published.items[i]);
}

void collect_others(struct collector *collector)
{
    size_t at = 0;

    for (struct other_object *other; (other = catalog_next_other(collector->catalog, &at));) {
        if (other->about.extension && other->class != OTHER_EXTENSION)
            continue;
        collect(collector, other);
    }
}
