/* The keys of an index (transformIndexStmt, DefineIndex). In the server's order: the predicate and
 * the expressions are analysed; then the method, whether the predicate is immutable, and key by key
 * the column or whether its expression is immutable, its collation and operator class; then the
 * columns of INCLUDE, the partition key, and last whether there is a system column among all that.
 */
#include <string.h>

#include "catalog/nearest.h"
#include "ddl/reloption.h"
#include "ddl/signature.h"
#include "ddl/table.h"

enum { MAX_INDEX_COLUMNS = 32 };

struct keys {
    struct ddl *ddl;
    const struct relation *relation;
    const struct index_source *source;
    struct index *index;
    struct ddl_value *values; /* of expressions, [n] */
    struct ddl_value predicate;
    bool has_system_column;
};

/* What a column of a query would be called (FigureColname): a column, a function, a cast's type. */
static const char *expression_name(const PgQuery__Node *node)
{
    const char *name = NULL;

    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        for (size_t i = 0; i < node->column_ref->n_fields; i++)
            if (raw_string(node->column_ref->fields[i]))
                name = raw_string(node->column_ref->fields[i]);
        return name;
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return raw_string(node->func_call->funcname[node->func_call->n_funcname - 1]);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        name = expression_name(node->type_cast->arg);
        return name ? name
                    : raw_string(node->type_cast->type_name
                                     ->names[node->type_cast->type_name->n_names - 1]);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return expression_name(node->collate_clause->arg);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return "coalesce";
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least";
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        name = node->case_expr->defresult ? expression_name(node->case_expr->defresult) : NULL;
        return name ? name : "case";
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return "array";
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        return "row";
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
        for (size_t i = node->a_indirection->n_indirection; i-- > 0 && !name;)
            name = raw_string(node->a_indirection->indirection[i]);
        return name ? name : expression_name(node->a_indirection->arg);
    default:
        return NULL;
    }
}

/* --- Analysis --------------------------------------------------------------------------------- */

static void evaluate(struct keys *keys, enum ddl_place place, const PgQuery__Node *node,
                     struct ddl_value *value)
{
    struct index *index = keys->index;
    const struct ddl_expression expression = {
        .place = place, .node = node, .relation = keys->relation};

    expression_evaluate(keys->ddl, &expression, value);
    keys->has_system_column |= value->has_system_column;
    if (!value->column || place == DDL_INDEX_PREDICATE)
        columns_join(keys->ddl, &index->used, &index->n_used, value);
}

static void analyze(struct keys *keys)
{
    const struct index_source *source = keys->source;

    if (source->where) {
        evaluate(keys, DDL_INDEX_PREDICATE, source->where, &keys->predicate);
        keys->index->predicate = keys->predicate.expr;
        keys->index->is_partial = true;
    }
    keys->values = arena_array(keys->ddl->arena, struct ddl_value, source->n);
    for (size_t i = 0; i < source->n; i++)
        if (source->elements[i]->expr)
            evaluate(keys, DDL_INDEX, source->elements[i]->expr, &keys->values[i]);
}

void index_check_immutable(struct ddl *ddl, const struct ddl_value *value, const char *what)
{
    if (value->is_mutable)
        ddl_fail(ddl, "42P17", ddl_span(ddl, value->location),
                 "functions in index %s must be marked IMMUTABLE", what);
}

/* --- Keys ------------------------------------------------------------------------------------- */

/* COLLATE is for columns and expressions of collatable types; of an expression nothing is known.
 * What is not written is the collation of what is indexed. */
static oid key_collation(struct ddl *ddl, const struct attribute *column,
                         const PgQuery__IndexElem *element, oid own, int location)
{
    if (element->n_collation == 0)
        return own;
    if (column && !catalog_get_type(ddl->catalog, column->type)->collation)
        ddl_fail(ddl, "42804", ddl_span(ddl, location), "collations are not supported by type %s",
                 ddl_type_text(ddl, column->type));
    return collation_named(ddl, element->collation, element->n_collation, location);
}

static void check_order(struct ddl *ddl, const PgQuery__IndexElem *element, const char *method,
                        span at)
{
    if (catalog_method_letter(method) == 'b' || catalog_method_letter(method) == 0)
        return;
    if (element->ordering > PG_QUERY__SORT_BY_DIR__SORTBY_DEFAULT)
        ddl_fail(ddl, "0A000", at, "access method \"%s\" does not support ASC/DESC options",
                 method);
    if (element->nulls_ordering > PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT)
        ddl_fail(ddl, "0A000", at, "access method \"%s\" does not support NULLS FIRST/LAST options",
                 method);
}

static struct index_key read_order(struct ddl *ddl, const PgQuery__IndexElem *element,
                                   const char *method, oid collation, span at)
{
    struct index_key key = {.collation = collation,
                            .is_descending =
                                element->ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC};

    check_order(ddl, element, method, at);
    key.nulls_first = element->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
                      (key.is_descending &&
                       element->nulls_ordering != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST);
    options_change(ddl, &key.options, OPTIONS_OF_UNKNOWN,
                   (struct option_list){element->opclassopts, element->n_opclassopts, false});
    return key;
}

static const struct attribute *key_column(struct ddl *ddl, const struct relation *relation,
                                          const char *name, span at)
{
    const struct attribute *attribute = attribute_find(relation, name);

    if (!attribute && is_system_column(name))
        ddl_fail(ddl, "0A000", at, "index creation on system columns is not supported");
    if (!attribute)
        ddl_fail_hint(ddl, "42703", at, nearest_column(ddl->arena, relation, name),
                      "column \"%s\" does not exist", name);
    return attribute;
}

/* The expressions that are no columns, and what default names call them. */
struct expressions {
    VEC(const char *) names;
    VEC(const struct expr *) exprs;
};

static oid expression_key(struct keys *keys, struct expressions *expressions, size_t i)
{
    const struct ddl_value *value = &keys->values[i];
    struct arena *arena = keys->ddl->arena;

    keys->index->columns[i] = value->column;
    if (value->column)
        return value->type;
    vec_push(arena, &expressions->names, expression_name(keys->source->elements[i]->expr));
    vec_push(arena, &expressions->exprs, value->expr);
    keys->index->has_expressions = true;
    index_check_immutable(keys->ddl, value, "expression");
    return value->type;
}

/* b op a is what a op b is, and the index knows the operator: a btree or hash class has but one
 * that is so. */
static void check_exclusion(struct ddl *ddl, const struct operator* op,
                            const struct operator_class *class, span at)
{
    if (!op)
        return;
    if (op->commutator && op->commutator != op->oid)
        ddl_fail(ddl, "42809", at, "operator %s is not commutative", op->name);
    if (!is_builtin_type(ddl, op->result, "bool") ||
        (class && class->equal && class->equal != op->oid && op->left == class->type &&
         op->right == class->type))
        ddl_fail(ddl, "42809", at, "operator %s is not a member of the operator family of \"%s\"",
                 op->name, class ? class->name : "the index");
}

static void set_key(struct keys *keys, struct expressions *expressions, size_t i)
{
    struct ddl *ddl = keys->ddl;
    const struct index_source *source = keys->source;
    const PgQuery__IndexElem *element = source->elements[i];
    const struct attribute *column = NULL;
    const span at = element->expr ? ddl_span(ddl, raw_location(element->expr))
                                  : ddl_name_span(ddl, source->location, element->name);
    oid type, collation;

    if (element->expr) {
        type = expression_key(keys, expressions, i);
        collation = keys->values[i].expr ? keys->values[i].expr->collation : 0;
    } else {
        column = key_column(ddl, keys->relation, element->name, at);
        keys->index->columns[i] = column->number;
        type = column->type;
        collation = column->collation;
    }
    collation = key_collation(ddl, column, element, collation, source->location);
    keys->index->classes[i] = operator_class_get(ddl, element->opclass, element->n_opclass,
                                                 keys->index->method, type, at);
    if (source->exclusion) {
        source->operators[i] = exclusion_operator(ddl, keys->relation, source->exclusion, i);
        check_exclusion(ddl, source->operators[i], keys->index->classes[i], at);
    }
    keys->index->keys[i] =
        read_order(ddl, element, keys->index->method, collation, ddl_span(ddl, source->location));
}

static void set_keys(struct keys *keys)
{
    struct arena *arena = keys->ddl->arena;
    struct index *index = keys->index;
    struct expressions expressions = {0};

    index->n_columns = keys->source->n;
    index->columns = arena_array(arena, int16_t, index->n_columns);
    index->classes = arena_array(arena, const struct operator_class *, index->n_columns);
    index->keys = arena_array(arena, struct index_key, index->n_columns);
    for (size_t i = 0; i < index->n_columns; i++)
        set_key(keys, &expressions, i);
    index->expression_names = expressions.names.items;
    index->expressions = expressions.exprs.items;
}

/* What is only kept has no order (ComputeIndexAttrs). */
static void check_included(struct ddl *ddl, const PgQuery__IndexElem *element, span at)
{
    const char *what = NULL;

    if (element->n_collation > 0)
        what = "a collation";
    else if (element->n_opclass > 0)
        what = "an operator class";
    else if (element->ordering > PG_QUERY__SORT_BY_DIR__SORTBY_DEFAULT)
        what = "ASC/DESC options";
    else if (element->nulls_ordering > PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT)
        what = "NULLS FIRST/LAST options";
    if (what)
        ddl_fail(ddl, "42P17", at, "including column does not support %s", what);
}

void index_set_included(struct ddl *ddl, const struct relation *relation, struct index *index,
                        PgQuery__Node **including, size_t n_including, int location)
{
    index->included = arena_array(ddl->arena, int16_t, n_including);
    for (size_t i = 0; i < n_including; i++) {
        const PgQuery__Node *node = including[i];
        const PgQuery__IndexElem *element = NODE_IS(node, INDEX_ELEM) ? node->index_elem : NULL;
        const char *name = element ? element->name : raw_string(node);
        span at;
        if (element && element->expr)
            ddl_fail(ddl, "0A000", ddl_span(ddl, location),
                     "expressions are not supported in included columns");
        at = ddl_name_span(ddl, location, name);
        index->included[index->n_included++] = key_column(ddl, relation, name, at)->number;
        if (element)
            check_included(ddl, element, at);
    }
}

void index_check_size(struct ddl *ddl, size_t n, span at)
{
    if (n > MAX_INDEX_COLUMNS)
        ddl_fail(ddl, "54011", at, "cannot use more than %d columns in an index",
                 MAX_INDEX_COLUMNS);
}

void index_define(struct ddl *ddl, const struct relation *relation,
                  const struct index_source *source, struct index *index)
{
    struct keys keys = {.ddl = ddl, .relation = relation, .source = source, .index = index};

    analyze(&keys);
    index_check_size(ddl, source->n + source->n_including, source->at);
    index->n_columns = source->n;
    index_method_check(ddl, index, source->n_including, source->exclusion != NULL, source->at);
    index_check_immutable(ddl, &keys.predicate, "predicate");
    set_keys(&keys);
    index_set_included(ddl, relation, index, source->including, source->n_including,
                       source->location);
    partition_check_unique(ddl, relation, index, index->defined_at);
    if (keys.has_system_column)
        ddl_fail(ddl, "0A000", source->at, "index creation on system columns is not supported");
}
