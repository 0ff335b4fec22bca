/* What names in a statement mean in the catalog as it is before it. */
#include <string.h>

#include "review/reviewing.h"
#include "sql/tree.h"
#include "tree/query.h"
#include "tree/tree.h"

const struct relation *find_relation(const struct reviewing *reviewing,
                                     const PgQuery__RangeVar *name)
{
    return name ? catalog_find_relation(reviewing->catalog, raw_optional(name->schemaname),
                                        name->relname)
                : NULL;
}

const struct relation *find_listed(const struct reviewing *reviewing, struct node_list names)
{
    return names.n ? catalog_find_relation(reviewing->catalog,
                                           names.n > 1 ? raw_name(names, names.n - 2) : NULL,
                                           raw_last_name(names))
                   : NULL;
}

static bool is_in_schema(const struct reviewing *reviewing, const struct relation *relation,
                         const char *schema)
{
    const struct namespace *namespace =
        catalog_get_namespace(reviewing->catalog, relation->namespace_oid);

    return !schema || (namespace && strcmp(namespace->name, schema) == 0);
}

struct found_index find_index(const struct reviewing *reviewing, const char *schema,
                              const char *name)
{
    size_t n;
    struct relation *const *relations = catalog_relations(reviewing->catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; relations[i] && k < relations[i]->indexes.n; k++)
            if (strcmp(relations[i]->indexes.items[k]->name, name) == 0 &&
                is_in_schema(reviewing, relations[i], schema))
                return (struct found_index){relations[i], relations[i]->indexes.items[k]};
    return (struct found_index){0};
}

const struct relation *default_partition(const struct reviewing *reviewing,
                                         const struct relation *parent)
{
    for (size_t i = 0; i < parent->children.n; i++) {
        const struct relation *child =
            catalog_get_relation(reviewing->catalog, parent->children.items[i]);
        if (child && child->partition_bound && child->partition_bound->is_default)
            return child;
    }
    return NULL;
}

const PgQuery__DefElem *find_option(struct node_list options, const char *name)
{
    for (size_t i = 0; i < options.n; i++)
        if (NODE_IS(options.items[i], DEF_ELEM) &&
            strcmp(options.items[i]->def_elem->defname, name) == 0)
            return options.items[i]->def_elem;
    return NULL;
}

bool has_valid_check_on(const struct relation *relation, int16_t column)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *check = relation->constraints.items[i];
        for (size_t k = 0;
             check->kind == CONSTRAINT_CHECK && check->validated && k < check->n_columns; k++)
            if (check->columns[k] == column)
                return true;
    }
    return false;
}

void touch_sequences(struct reviewing *reviewing, const struct relation *relation,
                     enum lock_mode lock)
{
    size_t n;
    struct relation *const *relations = catalog_relations(reviewing->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->relkind == 'S' && relations[i]->parents.n &&
            relations[i]->parents.items[0] == relation->oid)
            touch(reviewing, relations[i], lock);
}

/* --- Queries ---------------------------------------------------------------------------------- */

struct reading {
    struct reviewing *reviewing;
    bool is_run;
    bool is_selective; /* it has a WHERE, LIMIT or the like */
    VEC(const char *) ctes;
};

static bool collect_ctes(void *context, const ProtobufCMessage *message)
{
    struct reading *reading = context;

    if (message->descriptor == &pg_query__common_table_expr__descriptor)
        vec_push(reading->reviewing->arena, &reading->ctes,
                 ((const PgQuery__CommonTableExpr *)(const void *)message)->ctename);
    if (message->descriptor == &pg_query__select_stmt__descriptor) {
        const PgQuery__SelectStmt *select = (const void *)message;
        reading->is_selective |= select->where_clause || select->limit_count;
    }
    return true;
}

static bool is_cte(const struct reading *reading, const PgQuery__RangeVar *name)
{
    for (size_t i = 0; !raw_optional(name->schemaname) && i < reading->ctes.n; i++)
        if (strcmp(reading->ctes.items[i], name->relname) == 0)
            return true;
    return false;
}

static void read_relation(struct reading *reading, const struct relation *relation, bool is_only);

static void visit_entry(struct walk *walk, const struct rte *rte)
{
    if (rte->kind == RTE_RELATION)
        read_relation(walk->context, rte->relation, rte->is_only);
}

static bool visit_expr(struct walk *walk, struct expr *expr)
{
    return walk_parts(walk, expr);
}

static void read_view(struct reading *reading, const struct relation *view)
{
    struct walk walk = {
        .visit = visit_expr, .visit_entry = visit_entry, .context = reading, .into_queries = true};

    reading->is_selective |= view->view_query->where || view->view_query->limit;
    walk_query(&walk, (struct query *)view->view_query);
}

static void read_relation(struct reading *reading, const struct relation *relation, bool is_only)
{
    struct reviewed_relation *touched = touch(reading->reviewing, relation, LOCK_MODE_ACCESS_SHARE);

    if (!touched || !reading->is_run)
        return;
    if (touched->has_rows && touched->scan == ANSWER_NO) {
        touched->scan = reading->is_selective ? ANSWER_UNKNOWN : ANSWER_YES;
        touched->why = reading->is_selective ? "the planner may use an index" : NULL;
    }
    if (relation->relkind == 'v' && relation->view_query)
        read_view(reading, relation);
    for (size_t i = 0; !is_only && relation->relkind != 'S' && i < relation->children.n; i++) {
        const struct relation *child =
            catalog_get_relation(reading->reviewing->catalog, relation->children.items[i]);
        if (child)
            read_relation(reading, child, false);
    }
}

static bool visit_name(void *context, const ProtobufCMessage *message)
{
    struct reading *reading = context;
    const PgQuery__RangeVar *name = (const void *)message;

    if (message->descriptor != &pg_query__range_var__descriptor || is_cte(reading, name))
        return true;
    read_relation(reading, find_relation(reading->reviewing, name), !name->inh);
    return true;
}

void touch_read(struct reviewing *reviewing, const ProtobufCMessage *tree, bool is_run)
{
    struct reading reading = {.reviewing = reviewing, .is_run = is_run};

    tree_walk(tree, collect_ctes, &reading);
    tree_walk(tree, visit_name, &reading);
}

void touch_refreshed(struct reviewing *reviewing, const struct relation *view)
{
    struct reading reading = {.reviewing = reviewing, .is_run = true};

    if (view->view_query)
        read_view(&reading, view);
}
