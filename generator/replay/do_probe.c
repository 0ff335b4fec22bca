/* Names that a query over pg_catalog or information_schema looks for. First they are collected, by
 * the names of the columns that they are compared with; then the objects of the schema are gone
 * through. The narrowest name that is asked for says what is looked for.
 */
#include "replay/do_probe.h"

#include <string.h>

static const struct {
    const char *column;
    enum probed probed;
} columns[] = {
    {"attname", PROBED_COLUMN},
    {"attrelid", PROBED_RELATION},
    {"column_name", PROBED_COLUMN},
    {"conname", PROBED_CONSTRAINT},
    {"conrelid", PROBED_RELATION},
    {"constraint_name", PROBED_CONSTRAINT},
    {"constraint_schema", PROBED_SCHEMA},
    {"data_type", PROBED_DATA_TYPE},
    {"enumlabel", PROBED_LABEL},
    {"enumtypid", PROBED_TYPE},
    {"indexname", PROBED_INDEX},
    {"is_nullable", PROBED_NULLABLE},
    {"matviewname", PROBED_RELATION},
    {"nspname", PROBED_SCHEMA},
    {"relname", PROBED_RELATION},
    {"schema_name", PROBED_SCHEMA},
    {"schemaname", PROBED_SCHEMA},
    {"sequence_name", PROBED_RELATION},
    {"sequence_schema", PROBED_SCHEMA},
    {"table_name", PROBED_RELATION},
    {"table_schema", PROBED_SCHEMA},
    {"tablename", PROBED_RELATION},
    {"typname", PROBED_TYPE},
    {"udt_name", PROBED_UDT},
    {"viewname", PROBED_RELATION},
};

/* They tell apart what has one name, which does not happen to the names that are looked for. */
static const char *const said_anyway[] = {"attisdropped", "attnum",        "constraint_type",
                                          "contype",      "table_catalog", "catalog_name",
                                          "table_type",   "typtype",       "relkind"};

/* Relations with other columns of these names, or whose objects are not followed. */
static const char *const followed[] = {
    "pg_attribute", "pg_class",          "pg_constraint", "pg_enum",  "pg_indexes",   "pg_matviews",
    "pg_namespace", "pg_tables",         "pg_type",       "pg_views", "columns",      "schemata",
    "sequences",    "table_constraints", "tables",        "views",    "pg_sequences",
};

static bool is_listed(const char *const *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

const char *probe_string(const PgQuery__Node *node)
{
    while (NODE_IS(node, TYPE_CAST))
        node = node->type_cast->arg;
    return NODE_IS(node, A_CONST) && node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL
               ? node->a_const->sval->sval
               : NULL;
}

/* --- Collecting -------------------------------------------------------------------------------
 */

static void set_name(struct probe *probe, enum probed probed, const char *name)
{
    if (probe->names[probed] && strcmp(probe->names[probed], name) != 0)
        probe->is_strange = true;
    probe->names[probed] = name;
}

/* 'schema.name' as regclass and regtype read it. */
static void set_qualified(struct ddl *ddl, struct probe *probe, enum probed probed,
                          const char *text)
{
    const char *dot = strchr(text, '.');

    if (strchr(text, '"')) {
        probe->is_strange = true;
        return;
    }
    if (dot)
        set_name(probe, PROBED_SCHEMA, arena_strndup(ddl->arena, text, (size_t)(dot - text)));
    set_name(probe, probed, dot ? dot + 1 : text);
}

static const char *last_field(const PgQuery__Node *node)
{
    while (NODE_IS(node, TYPE_CAST))
        node = node->type_cast->arg;
    return NODE_IS(node, COLUMN_REF)
               ? raw_string(node->column_ref->fields[node->column_ref->n_fields - 1])
               : NULL;
}

static bool is_current_schema(const PgQuery__Node *node)
{
    if (NODE_IS(node, SQLVALUE_FUNCTION))
        return node->sqlvalue_function->op == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA;
    return NODE_IS(node, FUNC_CALL) && node->func_call->n_funcname == 1 &&
           strcmp(raw_string(node->func_call->funcname[0]), "current_schema") == 0;
}

static bool is_cast_to(const PgQuery__Node *node, const char *type)
{
    const PgQuery__TypeName *name = NODE_IS(node, TYPE_CAST) ? node->type_cast->type_name : NULL;

    return name && name->n_names > 0 &&
           strcmp(raw_string(name->names[name->n_names - 1]), type) == 0;
}

static bool set_column(struct ddl *ddl, struct probe *probe, const char *column,
                       const PgQuery__Node *value)
{
    const char *text = is_current_schema(value)
                           ? namespace_name(ddl, catalog_creation_namespace(ddl->catalog))
                           : probe_string(value);

    if (!text)
        return false;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (strcmp(columns[i].column, column) != 0)
            continue;
        if (is_cast_to(value, "regclass") || is_cast_to(value, "regtype"))
            set_qualified(ddl, probe, columns[i].probed, text);
        else
            set_name(probe, columns[i].probed, text);
        return true;
    }
    if (strcmp(column, "oid") == 0 &&
        (is_cast_to(value, "regclass") || is_cast_to(value, "regtype"))) {
        set_qualified(ddl, probe, is_cast_to(value, "regclass") ? PROBED_RELATION : PROBED_TYPE,
                      text);
        return true;
    }
    return false;
}

static void add_comparison(struct ddl *ddl, struct probe *probe, const PgQuery__AExpr *expr)
{
    const char *left = expr->lexpr ? last_field(expr->lexpr) : NULL;
    const char *right = expr->rexpr ? last_field(expr->rexpr) : NULL;
    const char *op = expr->n_name == 1 ? raw_string(expr->name[0]) : "";
    const char *column = left ? left : right;
    const size_t n = sizeof said_anyway / sizeof *said_anyway;

    if (column && !(left && right) && is_listed(said_anyway, n, column))
        return;
    if (expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || strcmp(op, "=") != 0 || !column)
        probe->is_strange = true;
    else if (!(left && right) && !set_column(ddl, probe, column, left ? expr->rexpr : expr->lexpr))
        probe->is_strange = true;
}

void probe_add_condition(struct ddl *ddl, struct probe *probe, const PgQuery__Node *condition)
{
    const PgQuery__BoolExpr *expr = NODE_IS(condition, BOOL_EXPR) ? condition->bool_expr : NULL;
    const char *column = expr ? last_field(expr->args[0]) : NULL;

    if (NODE_IS(condition, A_EXPR)) {
        add_comparison(ddl, probe, condition->a_expr);
    } else if (expr && expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < expr->n_args; i++)
            probe_add_condition(ddl, probe, expr->args[i]);
    } else if (!column || expr->boolop != PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR ||
               strcmp(column, "attisdropped") != 0) {
        probe->is_strange = true;
    }
}

void probe_add_from(struct ddl *ddl, struct probe *probe, const PgQuery__Node *item)
{
    const PgQuery__JoinExpr *join = NODE_IS(item, JOIN_EXPR) ? item->join_expr : NULL;

    if (NODE_IS(item, RANGE_VAR)) {
        const char *name = item->range_var->relname;

        if (!is_listed(followed, sizeof followed / sizeof *followed, name))
            probe->is_strange = true;
        if (strcmp(name, "pg_class") == 0)
            probe->has_indexes = true;
    } else if (join && join->jointype == PG_QUERY__JOIN_TYPE__JOIN_INNER && join->quals) {
        probe_add_from(ddl, probe, join->larg);
        probe_add_from(ddl, probe, join->rarg);
        probe_add_condition(ddl, probe, join->quals);
    } else {
        probe->is_strange = true;
    }
}

bool probe_add_lookup(struct ddl *ddl, struct probe *probe, const PgQuery__Node *call)
{
    const PgQuery__FuncCall *func = NODE_IS(call, FUNC_CALL) ? call->func_call : NULL;
    const char *name =
        func && func->n_args == 1 ? raw_string(func->funcname[func->n_funcname - 1]) : NULL;
    const char *text = name ? probe_string(func->args[0]) : NULL;

    if (!text || (strcmp(name, "to_regclass") != 0 && strcmp(name, "to_regtype") != 0))
        return false;
    probe->has_indexes = strcmp(name, "to_regclass") == 0;
    set_qualified(ddl, probe, probe->has_indexes ? PROBED_RELATION : PROBED_TYPE, text);
    return !probe->is_strange;
}

bool probe_is_understood(const struct probe *probe)
{
    for (size_t i = 0; i < N_PROBED; i++)
        if (probe->names[i])
            return !probe->is_strange;
    return false;
}

/* --- Looking ------------------------------------------------------------------------------------
 */

static bool is_asked(const struct probe *probe, enum probed probed, const char *name)
{
    return !probe->names[probed] || (name && strcmp(probe->names[probed], name) == 0);
}

/* information_schema.columns.data_type */
static const char *data_type(struct ddl *ddl, oid id)
{
    const struct type *type =
        catalog_get_type(ddl->catalog, catalog_base_type(ddl->catalog, id, NULL));

    if (catalog_element_type(ddl->catalog, id))
        return "ARRAY";
    return type->oid < FIRST_USER_OID ? catalog_format_type(ddl->catalog, ddl->arena, type->oid)
                                      : "USER-DEFINED";
}

static bool has_column(struct ddl *ddl, const struct probe *probe, const struct relation *relation)
{
    const struct attribute *column = attribute_find(relation, probe->names[PROBED_COLUMN]);

    return column && is_asked(probe, PROBED_DATA_TYPE, data_type(ddl, column->type)) &&
           is_asked(probe, PROBED_UDT, catalog_get_type(ddl->catalog, column->type)->name) &&
           is_asked(probe, PROBED_NULLABLE, column->not_null ? "NO" : "YES");
}

static bool has_constraint(const struct probe *probe, const struct relation *relation)
{
    for (size_t i = 0; i < relation->constraints.n; i++)
        if (is_asked(probe, PROBED_CONSTRAINT, relation->constraints.items[i]->name))
            return true;
    return false;
}

static bool is_found_in(struct ddl *ddl, const struct probe *probe, const struct relation *relation)
{
    const char *name = probe->names[PROBED_RELATION];

    if (probe->has_indexes && name && !probe->names[PROBED_COLUMN] &&
        !probe->names[PROBED_CONSTRAINT] && relation_has_index(relation, name))
        return true;
    return relation->relkind != 'c' && is_asked(probe, PROBED_RELATION, relation->name) &&
           (!probe->names[PROBED_COLUMN] || has_column(ddl, probe, relation)) &&
           (!probe->names[PROBED_CONSTRAINT] || has_constraint(probe, relation)) &&
           (!probe->names[PROBED_INDEX] ||
            relation_has_index(relation, probe->names[PROBED_INDEX]));
}

static bool finds_type(struct ddl *ddl, const struct probe *probe)
{
    size_t n;
    struct type *const *types = catalog_types(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++) {
        const struct type *type = types[i];

        if (!type || !is_asked(probe, PROBED_TYPE, type->name) ||
            !is_asked(probe, PROBED_SCHEMA, namespace_name(ddl, type->namespace_oid)))
            continue;
        if (!probe->names[PROBED_LABEL] ||
            is_listed(type->labels, type->n_labels, probe->names[PROBED_LABEL]))
            return true;
    }
    return false;
}

static bool finds_relation(struct ddl *ddl, const struct probe *probe)
{
    size_t n;
    struct relation *const *relations = catalog_relations(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i] &&
            is_asked(probe, PROBED_SCHEMA, namespace_name(ddl, relations[i]->namespace_oid)) &&
            is_found_in(ddl, probe, relations[i]))
            return true;
    return false;
}

bool probe_finds(struct ddl *ddl, const struct probe *probe)
{
    bool asks_for_relation = false;

    for (size_t i = PROBED_RELATION; i <= PROBED_NULLABLE; i++)
        asks_for_relation = asks_for_relation || probe->names[i];
    asks_for_relation =
        asks_for_relation || probe->names[PROBED_CONSTRAINT] || probe->names[PROBED_INDEX];
    if (asks_for_relation)
        return finds_relation(ddl, probe);
    if (probe->names[PROBED_TYPE] || probe->names[PROBED_LABEL])
        return finds_type(ddl, probe);
    return catalog_find_namespace(ddl->catalog, probe->names[PROBED_SCHEMA]) != NULL;
}
