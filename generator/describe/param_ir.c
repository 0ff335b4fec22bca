/* Parameters of the IR: the name that the file gives, else that of the column that is assigned,
 * else "limit" or "offset", else that of the column that is compared, else of the function's
 * argument or of the column that an operator joins it with, else "arg<n>"; made unique by a number.
 */
#include "describe/ir_types.h"
#include "describe/query_ir.h"
#include "support/map.h"

/* They are sorted by number, of which some may be missing. */
static const struct named_param *named_param(const struct annotated_query *annotated, int number)
{
    const struct named_param *params = annotated->params.items;
    size_t low = 0, high = annotated->params.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (params[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < annotated->params.n && params[low].number == number ? &params[low] : NULL;
}

static const char *column_name(const struct relation *relation, int attno)
{
    return relation && attno > 0 ? relation->attributes.items[attno - 1].name : NULL;
}

static const char *found_name(const struct param_info *info)
{
    const char *name = column_name(info->assigned_relation, info->assigned_attno);

    if (!name)
        name = info->role;
    if (!name)
        name = column_name(info->compared_relation, info->compared_attno);
    return name ? name : info->weak_name;
}

/* Names of a query's parameters. */
struct param_names {
    struct map taken;
    struct map last; /* name that was wanted → the last number that was put behind it */
};

static void take_name(struct param_names *names, const char *name)
{
    if (!map_find(&names->taken, name))
        map_put(&names->taken, name, names);
}

static const char *unique_name(struct arena *arena, struct param_names *names, const char *wanted)
{
    const char *name = wanted;
    int *last = map_find(&names->last, wanted);

    if (!last) {
        last = arena_new(arena, int);
        *last = 1;
        map_put(&names->last, wanted, last);
    }
    while (map_find(&names->taken, name))
        name = arena_printf(arena, "%s_%d", wanted, ++*last);
    take_name(names, name);
    return name;
}

static void name_param(struct query_ir *build, struct param_names *names, size_t i)
{
    struct ir_param *param = &build->ir->params[i];
    const char *wanted = found_name(&build->analysis->params[i]);

    if (param->name)
        return;
    param->is_named = wanted != NULL;
    if (!wanted)
        wanted = arena_printf(build->arena, "arg%d", param->number);
    param->name = unique_name(build->arena, names, wanted);
}

static const char *type_reason(const struct query_ir *build, const struct param_info *info)
{
    struct arena *arena = build->arena;

    if (info->assigned_relation)
        return arena_printf(arena, "assigned to %s.%s",
                            ir_relation_name(arena, build->catalog, info->assigned_relation),
                            column_name(info->assigned_relation, info->assigned_attno));
    if (info->role)
        return arena_printf(arena, "the %s of the query", info->role);
    if (info->compared_relation)
        return arena_printf(arena, "compared with %s.%s",
                            ir_relation_name(arena, build->catalog, info->compared_relation),
                            column_name(info->compared_relation, info->compared_attno));
    return "from the expression that it stands in";
}

static void set_nullable(struct query_ir *build, size_t i, const struct named_param *named)
{
    const struct param_info *info = &build->analysis->params[i];
    struct ir_param *param = &build->ir->params[i];
    const char *reason = type_reason(build, info);

    param->nullable = info->assigned_to_nullable && !info->assigned_to_not_null;
    if (param->nullable)
        reason = arena_printf(build->arena, "%s, which is nullable", reason);
    if (named && named->nullable) {
        param->nullable = true;
        reason = arena_printf(build->arena, "%s; declared nullable", reason);
    }
    for (size_t o = 0; o < build->annotated->null_overrides.n; o++) {
        const struct null_override *override = &build->annotated->null_overrides.items[o];

        if (!name_eq(override->name, param->name))
            continue;
        param->nullable = override->nullable;
        reason = arena_printf(build->arena, "%s; declared %s", reason,
                              override->nullable ? "nullable" : "not null");
    }
    param->reason = reason;
    build->param_nullable[i] = param->nullable;
}

void query_ir_params(struct query_ir *build)
{
    struct ir_query *ir = build->ir;
    const struct analysis *analysis = build->analysis;
    struct param_names names = {{.arena = build->arena}, {.arena = build->arena}};

    ir->params = arena_array(build->arena, struct ir_param, analysis->n_params);
    ir->n_params = analysis->n_params;
    build->param_nullable = arena_array(build->arena, bool, analysis->n_params);
    for (size_t i = 0; i < ir->n_params; i++) {
        const struct named_param *named = named_param(build->annotated, (int)i + 1);

        ir->params[i].number = (int)i + 1;
        ir->params[i].type = ir_types_get(build->types, analysis->params[i].type);
        ir->params[i].name = named ? named->name : NULL;
        ir->params[i].is_named = ir->params[i].name != NULL;
        ir->params[i].doc = named ? named->doc : NULL;
        if (named && named->name)
            take_name(&names, named->name);
    }
    for (size_t i = 0; i < ir->n_params; i++) {
        name_param(build, &names, i);
        set_nullable(build, i, named_param(build->annotated, (int)i + 1));
    }
}
