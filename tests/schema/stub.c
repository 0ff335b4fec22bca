/* Columns of other shapes become text. */
#include "stub.h"

#include <string.h>

static const struct relation *table_of(struct catalog *catalog, const PgQuery__SelectStmt *select)
{
    const PgQuery__RangeVar *name;

    if (select->n_from_clause != 1 ||
        select->from_clause[0]->node_case != PG_QUERY__NODE__NODE_RANGE_VAR)
        return NULL;
    name = select->from_clause[0]->range_var;
    return catalog_find_relation(catalog, *name->schemaname ? name->schemaname : NULL,
                                 name->relname);
}

static void add(struct arena *arena, struct view_description *out, struct view_column column)
{
    struct view_column *columns = arena_array(arena, struct view_column, out->n_columns + 1);

    if (out->n_columns > 0)
        memcpy(columns, out->columns, out->n_columns * sizeof *columns);
    columns[out->n_columns++] = column;
    out->columns = columns;
}

static void add_attribute(struct arena *arena, struct view_description *out,
                          const struct relation *table, size_t i, const char *name)
{
    const struct attribute *attribute = &table->attributes.items[i];
    bool view_fact = table->view_not_null && table->view_not_null[i];

    add(arena, out,
        (struct view_column){.name = name ? name : attribute->name,
                             .type = attribute->type,
                             .typmod = attribute->typmod,
                             .collation = attribute->collation,
                             .not_null = attribute->not_null || view_fact});
}

static bool add_reference(struct arena *arena, struct view_description *out,
                          const struct relation *table, const PgQuery__ColumnRef *ref,
                          const char *name)
{
    const PgQuery__Node *last = ref->fields[ref->n_fields - 1];

    for (size_t i = 0; table && i < table->attributes.n; i++) {
        if (table->attributes.items[i].is_dropped)
            continue;
        if (last->node_case == PG_QUERY__NODE__NODE_A_STAR)
            add_attribute(arena, out, table, i, NULL);
        else if (strcmp(table->attributes.items[i].name, last->string->sval) == 0)
            add_attribute(arena, out, table, i, name);
    }
    return table != NULL;
}

static bool describe(void *context, struct catalog *catalog, const struct sql *sql,
                     const PgQuery__Node *tree, struct diags *diags, struct view_description *out)
{
    const PgQuery__SelectStmt *select = tree->select_stmt;
    struct arena *arena = catalog_arena(catalog);
    const struct relation *table = table_of(catalog, select);

    (void)context;
    *out = (struct view_description){.query = tree};
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__ResTarget *target = select->target_list[i]->res_target;
        const char *name = *target->name ? target->name : NULL;
        size_t before = out->n_columns;
        if (target->val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF) {
            add_reference(arena, out, table, target->val->column_ref, name);
            if (out->n_columns == before) {
                diag_error(diags, "42703", sql_span(sql, target->location),
                           "column does not exist");
                return false;
            }
        } else {
            const struct type *text = catalog_find_type(catalog, "pg_catalog", "text");
            add(arena, out,
                (struct view_column){.name = name ? name : "?column?",
                                     .type = text->oid,
                                     .typmod = -1,
                                     .collation = text->collation});
        }
    }
    return true;
}

struct schema_analyzer stub_analyzer(void)
{
    return (struct schema_analyzer){.describe = describe};
}
