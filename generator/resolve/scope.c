/* Query levels, and what is in view in them. */
#include "resolve/scope.h"

#include "resolve/collate.h"

struct parse scope_open(struct parse *parse)
{
    struct statement_state *statement = parse->statement;
    struct scope *scope = arena_new(statement->arena, struct scope);
    struct query *query = arena_new(statement->arena, struct query);

    query->parent = parse->scope ? parse->scope->query : NULL;
    query->result_rte = -1;
    query->location = -1;
    scope->parent = parse->scope;
    scope->query = query;
    return (struct parse){statement, scope};
}

struct query *scope_close(struct parse *parse)
{
    struct scope *scope = parse->scope;
    struct query *query = scope->query;

    query->rtable = scope->rtable.items;
    query->n_rtable = scope->rtable.n;
    query->ctes = scope->ctes.items;
    query->n_ctes = scope->ctes.n;
    collate_query(parse, query);
    return query;
}

struct scope *scope_up(struct scope *scope, int levels)
{
    while (levels-- > 0)
        scope = scope->parent;
    return scope;
}

struct join_node *join_leaf(struct parse *parse, int rte)
{
    struct join_node *leaf = arena_new(parse->statement->arena, struct join_node);

    leaf->rte = rte;
    return leaf;
}

struct join_node *scope_add_from(struct parse *parse, struct join_node *node)
{
    struct query *query = parse->scope->query;
    size_t size = sizeof *query->from;

    query->from = arena_grow(parse->statement->arena, query->from, query->n_from * size,
                             (query->n_from + 1) * size);
    query->from[query->n_from++] = node;
    return node;
}

void scope_add_names(struct parse *parse, struct name_item *item, bool rel_visible,
                     bool cols_visible)
{
    item->rel_visible = rel_visible;
    item->cols_visible = cols_visible;
    item->lateral_only = false;
    item->lateral_ok = true;
    vec_push(parse->statement->arena, &parse->scope->names, item);
}

static const struct rte *entry_of(const struct parse *parse, const struct name_item *item)
{
    return parse->scope->rtable.items[item->rte];
}

/* Two tables of one name in different schemas do not clash while neither has an alias. */
static bool are_different_tables(const struct parse *parse, const struct name_item *a,
                                 const struct name_item *b)
{
    const struct rte *left = entry_of(parse, a), *right = entry_of(parse, b);

    return left->kind == RTE_RELATION && !left->has_alias && right->kind == RTE_RELATION &&
           !right->has_alias && left->relation->oid != right->relation->oid;
}

void scope_check_conflicts(struct parse *parse, const struct name_items *present,
                           const struct name_items *added)
{
    for (size_t i = 0; i < present->n; i++) {
        const struct name_item *a = present->items[i];

        for (size_t j = 0; j < added->n && a->rel_visible; j++) {
            const struct name_item *b = added->items[j];

            if (b->rel_visible && name_eq(a->name, b->name) && !are_different_tables(parse, a, b))
                parse_error(parse, "42712", entry_of(parse, b)->location,
                            "table name \"%s\" specified more than once", b->name);
        }
    }
}
