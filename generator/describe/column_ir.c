/* Result columns of the IR: types as the server describes them, where they come from, whether they
 * can be NULL, which of them an embedded table makes.
 */
#include "describe/ir_types.h"
#include "describe/query_ir.h"
#include "prove/nulls.h"

static void set_origin(const struct query_ir *build, const struct expr *expr,
                       struct ir_column *column)
{
    const struct attribute *attribute;
    struct origin origin;

    if (!query_origin(build->analysis->query, expr, &origin))
        return;
    column->table = ir_relation_name(build->arena, build->catalog, origin.relation);
    if (origin.attno < 0) {
        column->column = relation_system_column_name(origin.attno);
        return;
    }
    attribute = &origin.relation->attributes.items[origin.attno - 1];
    column->column = attribute->name;
    column->comment = attribute->about.comment;
}

static void override_nulls(const struct query_ir *build, struct ir_column *column)
{
    for (size_t i = 0; i < build->annotated->null_overrides.n; i++) {
        const struct null_override *override = &build->annotated->null_overrides.items[i];

        if (!name_eq(override->name, column->name))
            continue;
        column->nullable = override->nullable;
        column->reason = override->nullable ? "declared by @nullable" : "declared by @notnull";
    }
}

static struct nulls_input nulls_input(const struct query_ir *build)
{
    return (struct nulls_input){
        .catalog = build->catalog,
        .query = build->analysis->query,
        .param_nullable = build->param_nullable,
        .n_params = build->ir->n_params,
    };
}

static const struct star_expansion *star_at(const struct analysis *analysis, int location)
{
    for (size_t i = 0; i < analysis->n_stars; i++)
        if (analysis->stars[i].from == location)
            return &analysis->stars[i];
    return NULL;
}

static void embed_columns(struct query_ir *build, const struct embed *embed)
{
    const struct star_expansion *star = star_at(build->analysis, embed->location);
    struct nulls_input input = nulls_input(build);
    bool nullable;

    if (!star || star->query != build->analysis->query || star->rte < 0)
        return;
    nullable = nulls_is_null_extended(build->arena, &input, star->rte);
    for (int i = 0; i < star->n_columns; i++) {
        struct ir_column *column = &build->ir->columns[star->first + i];

        column->embed = embed->table;
        column->embed_nullable = nullable;
    }
}

/* The table whose row the columns are, so that queries share its C type. */
static void find_row_table(struct query_ir *build, const struct target *targets)
{
    const struct ir_query *ir = build->ir;
    const struct ir_table *table;
    struct origin origin;

    if (ir->n_columns == 0 || !query_origin(build->analysis->query, targets[0].expr, &origin))
        return;
    table = ir_types_get_table(build->types, origin.relation);
    if (table->n_columns != ir->n_columns)
        return;
    for (size_t i = 0; i < ir->n_columns; i++) {
        const struct ir_column *column = &ir->columns[i], *expected = &table->columns[i];

        if (column->embed || !name_eq(column->table, expected->table) ||
            !name_eq(column->column, expected->column) || !name_eq(column->name, expected->name) ||
            column->nullable != expected->nullable)
            return;
    }
    build->ir->row_table = table;
}

void query_ir_columns(struct query_ir *build)
{
    struct nulls_input input = nulls_input(build);
    struct ir_query *ir = build->ir;
    size_t n_nulls;
    const struct target *targets = query_result(build->analysis->query, &ir->n_columns);
    const struct nullability *nulls = nulls_infer(build->arena, &input, &n_nulls);

    ir->columns = arena_array(build->arena, struct ir_column, ir->n_columns);
    for (size_t i = 0; i < ir->n_columns; i++) {
        const struct expr *expr = targets[i].expr;
        struct ir_column *column = &ir->columns[i];
        oid base;

        column->name = targets[i].name;
        column->at = sql_span(&build->annotated->sql, targets[i].location);
        column->typmod = expr->typmod;
        base = catalog_base_type(build->catalog, expr->type, &column->typmod);
        column->type = ir_types_get(build->types, base);
        column->domain = base != expr->type ? ir_types_get(build->types, expr->type) : NULL;
        column->nullable = i >= n_nulls || nulls[i].nullable;
        column->reason = i < n_nulls ? nulls[i].reason : NULL;
        set_origin(build, expr, column);
        override_nulls(build, column);
    }
    for (size_t i = 0; i < build->annotated->embeds.n; i++)
        embed_columns(build, &build->annotated->embeds.items[i]);
    find_row_table(build, targets);
}
