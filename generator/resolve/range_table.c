/* Range-table entries: what FROM items, changed tables and sub-queries offer as columns, under the
 * aliases that the query gives them.
 */
#include "resolve/scope.h"
#include "resolve/suggest.h"
#include "support/nearest.h"
#include "types/conversion.h"

static const char *alias_name(const PgQuery__Alias *alias, const char *otherwise)
{
    return alias ? alias->aliasname : otherwise;
}

/* Column aliases go to the columns that are not dropped, in order; the rest keep their names. */
static void rename_columns(struct parse *parse, struct rte *rte, const PgQuery__Alias *alias,
                           const char *what)
{
    size_t used = 0, available = 0;
    struct node_list names = {0};

    if (alias)
        names = NODES(alias, colnames);
    for (size_t i = 0; i < rte->n_columns; i++) {
        if (rte->columns[i].is_dropped)
            continue;
        available++;
        if (used == names.n)
            continue;
        rte->columns[i].name = raw_name(names, used++);
        rte->n_aliased = i + 1;
    }
    if (used < names.n)
        parse_error(parse, "42P10", rte->location,
                    "%s \"%s\" %s %zu columns available but %zu columns specified", what, rte->name,
                    rte->kind == RTE_VALUES ? "have" : "has", available, names.n);
}

static struct name_item *names_of_entry(struct parse *parse, const struct rte *rte, int index)
{
    struct arena *arena = parse->statement->arena;
    struct name_item *item = arena_new(arena, struct name_item);

    *item = (struct name_item){
        .name = rte->name,
        .rte = index,
        .columns = arena_array(arena, struct name_column, rte->n_columns),
        .n_columns = rte->n_columns,
        .rel_visible = true,
        .cols_visible = true,
        .lateral_ok = true,
    };
    for (size_t i = 0; i < rte->n_columns; i++) {
        const struct rte_column *column = &rte->columns[i];

        item->columns[i] = (struct name_column){
            .name = column->is_dropped ? "" : column->name,
            .qualifier = rte->name,
            .rte = index,
            .attno = (int)i + 1,
            .type = column->type,
            .typmod = column->typmod,
            .collation = column->collation,
            .in_star = !column->is_dropped,
        };
    }
    return item;
}

struct name_item *range_add(struct parse *parse, struct rte *rte, const PgQuery__Alias *alias,
                            const char *what)
{
    struct scope *scope = parse->scope;
    struct name_item *item;

    rte->has_alias = alias != NULL;
    rte->name = alias_name(alias, rte->name);
    rename_columns(parse, rte, alias, what);
    item = names_of_entry(parse, rte, (int)scope->rtable.n);
    vec_push(parse->statement->arena, &scope->rtable, rte);
    vec_push(parse->statement->arena, &scope->entries, item);
    return item;
}

static struct rte *new_entry(struct parse *parse, enum rte_kind kind, const char *name,
                             size_t n_columns, int location)
{
    struct rte *rte = arena_new(parse->statement->arena, struct rte);

    rte->kind = kind;
    rte->name = name;
    rte->location = location;
    rte->columns = arena_array(parse->statement->arena, struct rte_column, n_columns);
    rte->n_columns = n_columns;
    return rte;
}

struct name_item *range_add_relation(struct parse *parse, const struct relation *relation,
                                     const char *name, const PgQuery__Alias *alias, int location)
{
    size_t n = relation->attributes.n;
    struct rte *rte = new_entry(parse, RTE_RELATION, name, n, location);

    rte->relation = relation;
    for (size_t i = 0; i < n; i++) {
        const struct attribute *attribute = &relation->attributes.items[i];

        rte->columns[i] = (struct rte_column){
            .name = attribute->name,
            .type = attribute->type,
            .typmod = attribute->typmod,
            .collation = attribute->collation,
            .is_dropped = attribute->is_dropped,
        };
    }
    return range_add(parse, rte, alias, "table");
}

struct rte_column *range_columns_of_query(struct arena *arena, const struct query *query, size_t *n)
{
    const struct target *targets = query_result(query, n);
    struct rte_column *columns = arena_array(arena, struct rte_column, *n);

    for (size_t i = 0; i < *n; i++)
        columns[i] = (struct rte_column){
            .name = targets[i].name,
            .type = targets[i].expr->type,
            .typmod = targets[i].expr->typmod,
            .collation = targets[i].expr->collation,
        };
    return columns;
}

struct name_item *range_add_query(struct parse *parse, struct query *query, const char *name,
                                  const PgQuery__Alias *alias, bool is_lateral, int location)
{
    struct rte *rte = new_entry(parse, RTE_SUBQUERY, name, 0, location);

    rte->columns = range_columns_of_query(parse->statement->arena, query, &rte->n_columns);
    rte->subquery = query;
    rte->is_lateral = is_lateral;
    return range_add(parse, rte, alias, "table");
}

static bool returns_nothing(const struct query *query)
{
    return query && query->kind != QUERY_SELECT && !query->has_returning;
}

struct name_item *range_add_cte(struct parse *parse, struct cte *cte, int levels_up,
                                const PgQuery__Alias *alias, int location)
{
    struct rte *rte = new_entry(parse, RTE_CTE, cte->name, cte->n_columns, location);
    struct name_item *item;

    if (returns_nothing(cte->query))
        parse_error(parse, "0A000", location, "WITH query \"%s\" does not have a RETURNING clause",
                    cte->name);
    rte->cte = cte;
    rte->cte_levels_up = levels_up;
    rte->cte_self_reference = cte->query == NULL;
    for (size_t i = 0; i < cte->n_columns; i++)
        rte->columns[i] = cte->columns[i];
    item = range_add(parse, rte, alias, "table");
    /* The columns of SEARCH and CYCLE are no part of `*` inside the CTE itself. */
    for (size_t i = 0; i < cte->n_extra_columns && rte->cte_self_reference; i++)
        item->columns[item->n_columns - 1 - i].in_star = false;
    return item;
}

struct name_item *range_add_values(struct parse *parse, struct expr ***rows, size_t n_rows,
                                   const struct rte_column *columns, size_t n_columns)
{
    struct arena *arena = parse->statement->arena;
    struct rte *rte = new_entry(parse, RTE_VALUES, "*VALUES*", n_columns, -1);

    for (size_t i = 0; i < n_columns; i++) {
        rte->columns[i] = columns[i];
        rte->columns[i].name = arena_printf(arena, "column%zu", i + 1);
    }
    rte->values = rows;
    rte->n_values = n_rows;
    for (size_t i = 0; i < n_rows; i++)
        if (expr_has_var_of_level(rows[i], n_columns, 0))
            rte->is_lateral = true;
    return range_add(parse, rte, NULL, "VALUES lists");
}

struct rte *range_entry(const struct parse *parse, const struct expr *var)
{
    return scope_up(parse->scope, var->u.var.levels_up)->rtable.items[var->u.var.rte];
}

/* --- Finding what a name in FROM means -------------------------------------------------------- */

struct cte *range_find_cte(struct parse *parse, const char *name, int *levels_up)
{
    *levels_up = 0;
    for (struct scope *scope = parse->scope; scope; scope = scope->parent, ++*levels_up)
        for (size_t i = scope->ctes.n; i > 0; i--)
            if (name_eq(scope->ctes.items[i - 1]->name, name))
                return scope->ctes.items[i - 1];
    return NULL;
}

static bool is_future_cte(const struct parse *parse, const char *name)
{
    for (const struct scope *scope = parse->scope; scope; scope = scope->parent)
        for (size_t i = 0; i < scope->future_ctes.n; i++)
            if (name_eq(scope->future_ctes.items[i], name))
                return true;
    return false;
}

static const char *similar_relation(struct parse *parse, const char *name)
{
    struct nearest nearest = {.wanted = name};
    size_t n;
    struct relation *const *relations = catalog_relations(parse->statement->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->relkind != 'c' && relations[i]->relkind != 'S')
            nearest_consider(&nearest, relations[i]->name);
    return nearest_hint(parse->statement->arena, &nearest);
}

static bool is_in_path(const struct catalog *catalog, oid namespace_oid)
{
    size_t n;
    const oid *path = catalog_search_path(catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (path[i] == namespace_oid)
            return true;
    return false;
}

static bool owns_index(const struct relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->indexes.n; i++)
        if (relation->indexes.items[i] && name_eq(relation->indexes.items[i]->name, name))
            return true;
    return false;
}

/* Indexes share the names of relations, and cannot be read from. */
static bool is_index(const struct parse *parse, const PgQuery__RangeVar *name)
{
    const struct catalog *catalog = parse->statement->catalog;
    const char *schema = raw_optional(name->schemaname);
    const struct namespace *namespace = schema ? catalog_find_namespace(catalog, schema) : NULL;
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i] && owns_index(relations[i], name->relname) &&
            (schema ? namespace && namespace->oid == relations[i]->namespace_oid
                    : is_in_path(catalog, relations[i]->namespace_oid)))
            return true;
    return false;
}

/* A table of just that name in a schema where nobody looked. */
static const char *elsewhere(struct parse *parse, const char *name)
{
    const struct catalog *catalog = parse->statement->catalog;
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->relkind != 'c' && relations[i]->relkind != 'S' &&
            name_eq(relations[i]->name, name))
            return arena_printf(parse->statement->arena, "did you mean \"%s.%s\"?",
                                catalog_get_namespace(catalog, relations[i]->namespace_oid)->name,
                                name);
    return NULL;
}

static _Noreturn void missing_relation(struct parse *parse, const PgQuery__RangeVar *name)
{
    const char *hint;

    if (is_index(parse, name))
        parse_error(parse, "42809", name->location, "\"%s\" is an index", name->relname);
    if (raw_optional(name->schemaname))
        parse_error_hint(parse, "42P01", name->location, elsewhere(parse, name->relname),
                         "relation \"%s.%s\" does not exist", name->schemaname, name->relname);
    if (is_future_cte(parse, name->relname))
        parse_error_hint(parse, "42P01", name->location,
                         "use WITH RECURSIVE, or re-order the WITH items to remove forward "
                         "references",
                         "relation \"%s\" does not exist", name->relname);
    hint = elsewhere(parse, name->relname);
    parse_error_hint(parse, "42P01", name->location,
                     hint ? hint : similar_relation(parse, name->relname),
                     "relation \"%s\" does not exist", name->relname);
}

const struct relation *range_find_relation(struct parse *parse, const PgQuery__RangeVar *name)
{
    const struct relation *relation = catalog_find_relation(
        parse->statement->catalog, raw_optional(name->schemaname), name->relname);

    if (raw_optional(name->catalogname))
        parse_error(parse, "0A000", name->location,
                    "cross-database references are not implemented: \"%s.%s.%s\"",
                    name->catalogname, name->schemaname, name->relname);
    if (!relation)
        missing_relation(parse, name);
    if (relation->relkind == 'c')
        parse_error(parse, "42809", name->location, "\"%s\" is a composite type", name->relname);
    return relation;
}
