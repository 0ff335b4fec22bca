/* Programs that were compiled for one schema on another one: what their queries ask for and give
 * must be what is compiled in.
 */
#include <string.h>

#include "cli/review.h"
#include "sql/raw.h"

struct rolling {
    struct arena *arena;
    const struct compilation *compiled, *other;
    problem_list *problems;
};

static void add(struct rolling *rolling, const struct ir_query *query, const char *what)
{
    vec_push(rolling->arena, rolling->problems, (struct query_problem){query->name, what});
}

static const struct ir_query *find_query(const struct compilation *compilation, const char *name)
{
    for (size_t i = 0; i < compilation->package.n_files; i++)
        for (size_t k = 0; k < compilation->package.files[i].n_queries; k++)
            if (strcmp(compilation->package.files[i].queries[k]->name, name) == 0)
                return compilation->package.files[i].queries[k];
    return NULL;
}

/* --- Values ----------------------------------------------------------------------------------- */

/* A label of the other schema that is not compiled in. */
static const char *unknown_label(const struct ir_type *old, const struct ir_type *new)
{
    for (size_t i = 0; i < new->n_labels; i++) {
        bool is_known = false;
        for (size_t k = 0; k < old->n_labels && !is_known; k++)
            is_known = strcmp(old->labels[k].name, new->labels[i].name) == 0;
        if (!is_known)
            return new->labels[i].name;
    }
    return NULL;
}

static void compare_column(struct rolling *rolling, const struct ir_query *query,
                           const struct ir_column *old, const struct ir_column *new)
{
    const char *label;

    if (strcmp(old->type->sql_name, new->type->sql_name) != 0) {
        add(rolling, query,
            arena_printf(rolling->arena, "column %s is %s, and %s is compiled in", old->name,
                         new->type->sql_name, old->type->sql_name));
        return;
    }
    if (!old->nullable && new->nullable)
        add(rolling, query,
            arena_printf(rolling->arena, "column %s may be NULL, which is not compiled in",
                         old->name));
    label = old->type->kind == IR_ENUM ? unknown_label(old->type, new->type) : NULL;
    if (label)
        add(rolling, query,
            arena_printf(rolling->arena, "column %s may be '%s', which is not compiled in",
                         old->name, label));
    if (old->type->kind == IR_COMPOSITE && old->type->n_fields != new->type->n_fields)
        add(rolling, query, arena_printf(rolling->arena, "column %s has other fields", old->name));
}

static void compare(struct rolling *rolling, const struct ir_query *old, const struct ir_query *new)
{
    if (old->n_columns != new->n_columns || old->n_params != new->n_params) {
        add(rolling, old, "it has another number of columns or parameters");
        return;
    }
    for (size_t i = 0; i < old->n_columns; i++)
        compare_column(rolling, old, &old->columns[i], &new->columns[i]);
    for (size_t i = 0; i < old->n_params; i++)
        if (strcmp(old->params[i].type->sql_name, new->params[i].type->sql_name) != 0)
            add(rolling, old,
                arena_printf(rolling->arena, "parameter %s is %s, and %s is compiled in",
                             old->params[i].name, new->params[i].type->sql_name,
                             old->params[i].type->sql_name));
}

/* --- INSERT ----------------------------------------------------------------------------------- */

static bool is_written(const PgQuery__InsertStmt *insert, const char *column)
{
    for (size_t i = 0; i < insert->n_cols; i++)
        if (NODE_IS(insert->cols[i], RES_TARGET) &&
            strcmp(insert->cols[i]->res_target->name, column) == 0)
            return true;
    return insert->n_cols == 0;
}

/* A column without a value would be NULL. */
static void look_at_insert(struct rolling *rolling, const struct ir_query *query,
                           const PgQuery__InsertStmt *insert)
{
    const struct relation *relation =
        catalog_find_relation(rolling->other->catalog, raw_optional(insert->relation->schemaname),
                              insert->relation->relname);
    const struct relation *known = catalog_find_relation(rolling->compiled->catalog,
                                                         raw_optional(insert->relation->schemaname),
                                                         insert->relation->relname);

    for (size_t i = 0; relation && i < relation->attributes.n; i++) {
        const struct attribute *column = &relation->attributes.items[i];
        const struct attribute *old = known ? attribute_find(known, column->name) : NULL;
        if (!column->is_dropped && column->not_null && !column->has_default &&
            !(old && old->not_null && !old->has_default) && !is_written(insert, column->name))
            add(rolling, query,
                arena_printf(rolling->arena, "column %s must have a value, and it gives none",
                             column->name));
    }
}

static void look_at_text(struct rolling *rolling, const struct ir_query *query)
{
    struct diags ignored = {.arena = rolling->arena};
    const struct sql sql = {.source =
                                source_create(rolling->arena, query->name, str_from(query->sql)),
                            .text = query->sql,
                            .len = strlen(query->sql)};
    struct statement statement;

    if (sql_parse_one(rolling->arena, &sql, &ignored, &statement) &&
        NODE_IS(statement.tree, INSERT_STMT))
        look_at_insert(rolling, query, statement.tree->insert_stmt);
}

void review_rolling(struct arena *arena, const struct compilation *compiled,
                    const struct compilation *other, problem_list *problems)
{
    struct rolling rolling = {arena, compiled, other, problems};

    for (size_t i = 0; i < compiled->package.n_files; i++)
        for (size_t k = 0; k < compiled->package.files[i].n_queries; k++) {
            const struct ir_query *query = compiled->package.files[i].queries[k];
            const struct ir_query *there = find_query(other, query->name);
            if (!there) {
                const char *error = review_error_of(other, query->name);
                add(&rolling, query, error ? error : "it does not compile");
                continue;
            }
            compare(&rolling, query, there);
            look_at_text(&rolling, query);
        }
}
