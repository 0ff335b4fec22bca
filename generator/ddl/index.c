/* CREATE INDEX, index names and copies of indexes for LIKE and partitions. An index is part of its
 * table; only its name is shared with relations.
 */
#include "ddl/statements.h"

#include <string.h>

#include "catalog/nearest.h"
#include "ddl/reloption.h"
#include "ddl/table.h"

enum {
    MAX_NAME = 63,
};

struct constraint *index_constraint(const struct relation *relation, const struct index *index)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        struct constraint *constraint = relation->constraints.items[i];
        if (constraint->kind != CONSTRAINT_CHECK && constraint->kind != CONSTRAINT_FOREIGN &&
            strcmp(constraint->name, index->name) == 0)
            return constraint;
    }
    return NULL;
}

struct index *constraint_index(const struct relation *relation, const struct constraint *constraint)
{
    if (constraint->kind == CONSTRAINT_CHECK || constraint->kind == CONSTRAINT_FOREIGN)
        return NULL;
    for (size_t i = 0; i < relation->indexes.n; i++)
        if (strcmp(relation->indexes.items[i]->name, constraint->name) == 0)
            return relation->indexes.items[i];
    return NULL;
}

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

/* A name that occurs before gets a number (ChooseIndexColumnNames). */
static const char *unique_name(struct ddl *ddl, const char *const *names, size_t n,
                               const char *wanted)
{
    const char *name = wanted;
    unsigned number = 0;

    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0) {
            name = arena_printf(ddl->arena, "%s%u", wanted, ++number);
            i = SIZE_MAX;
        }
    return name;
}

static const char *names_joined(struct ddl *ddl, const char **names, size_t n)
{
    struct buf joined = buf_in(ddl->arena);

    for (size_t i = 0; i < n && joined.len <= MAX_NAME; i++) {
        names[i] = unique_name(ddl, names, i, names[i]);
        if (i > 0)
            buf_addc(&joined, '_');
        buf_adds(&joined, names[i]);
    }
    return buf_text(&joined);
}

const char *index_names_of(struct ddl *ddl, const struct relation *relation,
                           const struct index *index)
{
    size_t n = index->n_columns + index->n_included;
    const char **names = arena_array(ddl->arena, const char *, n);
    size_t next = 0;

    for (size_t i = 0; i < index->n_columns; i++) {
        const char *name = index->columns[i] > 0
                               ? relation->attributes.items[index->columns[i] - 1].name
                               : index->expression_names[next++];
        names[i] = name ? name : "expr";
    }
    for (size_t i = 0; i < index->n_included; i++)
        names[index->n_columns + i] = relation->attributes.items[index->included[i] - 1].name;
    return names_joined(ddl, names, n);
}

void index_set_included(struct ddl *ddl, const struct relation *relation, struct index *index,
                        PgQuery__Node **including, size_t n_including, int location)
{
    index->included = arena_array(ddl->arena, int16_t, n_including);
    for (size_t i = 0; i < n_including; i++) {
        const PgQuery__Node *node = including[i];
        const PgQuery__IndexElem *element = NODE_IS(node, INDEX_ELEM) ? node->index_elem : NULL;
        const char *name = element ? element->name : raw_string(node);
        const struct attribute *attribute;
        if (element && element->expr)
            ddl_fail(ddl, "0A000", ddl_span(ddl, location),
                     "expressions are not supported in included columns");
        attribute = attribute_find(relation, name);
        if (!attribute)
            ddl_fail_hint(ddl, "42703", ddl_name_span(ddl, location, name),
                          nearest_column(ddl->arena, relation, name),
                          "column \"%s\" does not exist", name);
        index->included[index->n_included++] = attribute->number;
    }
}

const char *column_names_joined(struct ddl *ddl, const struct relation *relation,
                                const int16_t *columns, size_t n)
{
    const char **names = arena_array(ddl->arena, const char *, n);

    for (size_t i = 0; i < n; i++)
        names[i] = relation->attributes.items[columns[i] - 1].name;
    return names_joined(ddl, names, n);
}

void columns_join(struct ddl *ddl, int16_t **columns, size_t *n, const struct ddl_value *value)
{
    int16_t *joined = arena_array(ddl->arena, int16_t, *n + value->n_columns);

    for (size_t i = 0; i < *n; i++)
        joined[i] = (*columns)[i];
    for (size_t i = 0; i < value->n_columns; i++)
        joined[(*n)++] = value->columns[i];
    *columns = joined;
}

int16_t index_expression_add(struct ddl *ddl, const struct relation *relation, struct index *index,
                             struct index_expressions *expressions, const PgQuery__Node *node,
                             struct indexed *indexed)
{
    struct ddl_value value;

    expression_evaluate(
        ddl, &(struct ddl_expression){.place = DDL_INDEX, .node = node, .relation = relation},
        &value);
    *indexed = (struct indexed){value.type, value.expr ? value.expr->collation : 0};
    if (value.column)
        return value.column;
    vec_push(ddl->arena, &expressions->names, expression_name(node));
    vec_push(ddl->arena, &expressions->exprs, value.expr);
    index->has_expressions = true;
    columns_join(ddl, &index->used, &index->n_used, &value);
    return 0;
}

void index_set_predicate(struct ddl *ddl, const struct relation *relation, struct index *index,
                         const PgQuery__Node *node)
{
    struct ddl_value value;

    if (!node)
        return;
    expression_evaluate(
        ddl,
        &(struct ddl_expression){.place = DDL_INDEX_PREDICATE, .node = node, .relation = relation},
        &value);
    index->predicate = value.expr;
    index->is_partial = true;
    columns_join(ddl, &index->used, &index->n_used, &value);
}

/* COLLATE is for columns and expressions of collatable types; of an expression nothing is known.
 * What is not written is the collation of what is indexed. */
static oid key_collation(struct ddl *ddl, const struct relation *relation,
                         const PgQuery__IndexElem *element, oid own, int location)
{
    const struct attribute *attribute =
        element->expr ? NULL : attribute_find(relation, element->name);

    if (element->n_collation == 0)
        return own;
    if (attribute && !catalog_get_type(ddl->catalog, attribute->type)->collation)
        ddl_fail(ddl, "42804", ddl_span(ddl, location), "collations are not supported by type %s",
                 ddl_type_text(ddl, attribute->type));
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

struct index_key index_key_read(struct ddl *ddl, const struct relation *relation,
                                const PgQuery__IndexElem *element, const char *method,
                                oid collation, int location)
{
    const span at = ddl_span(ddl, location);
    struct index_key key = {.is_descending =
                                element->ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC};

    key.collation = key_collation(ddl, relation, element, collation, location);
    check_order(ddl, element, method, at);
    key.nulls_first = element->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
                      (key.is_descending &&
                       element->nulls_ordering != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST);
    options_change(ddl, &key.options, OPTIONS_OF_UNKNOWN,
                   (struct option_list){element->opclassopts, element->n_opclassopts, false});
    return key;
}

/* The server analyses expressions and the predicate when it parses the statement, before it looks
 * at the method and at the columns. */
static void read_expressions(struct ddl *ddl, const struct relation *relation,
                             const PgQuery__IndexStmt *statement, struct index *index,
                             struct indexed *indexed)
{
    struct index_expressions expressions = {0};

    index->n_columns = statement->n_index_params;
    index->columns = arena_array(ddl->arena, int16_t, index->n_columns);
    for (size_t i = 0; i < index->n_columns; i++) {
        const PgQuery__IndexElem *element = statement->index_params[i]->index_elem;
        if (element->expr)
            index->columns[i] = index_expression_add(ddl, relation, index, &expressions,
                                                     element->expr, &indexed[i]);
    }
    index->expression_names = expressions.names.items;
    index->expressions = expressions.exprs.items;
    index_set_predicate(ddl, relation, index, statement->where_clause);
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

static void set_key(struct ddl *ddl, const struct relation *relation,
                    const PgQuery__IndexStmt *statement, struct index *index, size_t i,
                    struct indexed indexed)
{
    const PgQuery__IndexElem *element = statement->index_params[i]->index_elem;
    int location = statement->relation->location;
    span at = element->expr ? ddl_span(ddl, raw_location(element->expr))
                            : ddl_name_span(ddl, location, element->name);

    if (!element->expr) {
        const struct attribute *column = key_column(ddl, relation, element->name, at);
        index->columns[i] = column->number;
        indexed = (struct indexed){column->type, column->collation};
    }
    index->keys[i] =
        index_key_read(ddl, relation, element, index->method, indexed.collation, location);
    index->classes[i] = operator_class_get(ddl, element->opclass, element->n_opclass, index->method,
                                           indexed.type, at);
}

static void set_keys(struct ddl *ddl, const struct relation *relation,
                     const PgQuery__IndexStmt *statement, struct index *index)
{
    size_t n = statement->n_index_params;
    struct indexed *indexed = arena_array(ddl->arena, struct indexed, n);

    read_expressions(ddl, relation, statement, index, indexed);
    index_method_check(ddl, index, statement->n_index_including_params, false,
                       range_var_span(ddl, statement->relation));
    index->classes = arena_array(ddl->arena, const struct operator_class *, n);
    index->keys = arena_array(ddl->arena, struct index_key, n);
    for (size_t i = 0; i < n; i++)
        set_key(ddl, relation, statement, index, i, indexed[i]);
}

const char *index_tablespace(const char *name)
{
    return name && *name && strcmp(name, "pg_default") != 0 ? name : NULL;
}

static struct relation *indexed_relation(struct ddl *ddl, const PgQuery__IndexStmt *statement)
{
    span at = range_var_span(ddl, statement->relation);
    const struct relation *found = relation_get(ddl, statement->relation);

    if (found->relkind != 'r' && found->relkind != 'p' && found->relkind != 'm')
        ddl_fail(ddl, "42809", at, "cannot create index on relation \"%s\"", found->name);
    return relation_edit(ddl, found, at);
}

void ddl_create_index(struct ddl *ddl, const PgQuery__IndexStmt *statement)
{
    struct relation *relation = indexed_relation(ddl, statement);
    bool has_name = statement->idxname && *statement->idxname;
    struct index *index;
    size_t next = 0;
    span at;

    at = has_name ? ddl_name_span(ddl, -1, statement->idxname)
                  : range_var_span(ddl, statement->relation);
    index = arena_new(ddl->arena, struct index);
    *index = (struct index){
        .is_unique = statement->unique,
        .nulls_not_distinct = statement->nulls_not_distinct,
        .method = statement->access_method && *statement->access_method ? statement->access_method
                                                                        : "btree",
        .tablespace = index_tablespace(statement->table_space),
        .is_only = !statement->relation->inh && inheritance_child(ddl, relation->oid, &next),
        .defined_at = at,
    };
    options_change(ddl, &index->about.options, option_owner_of_method(index->method),
                   (struct option_list){statement->options, statement->n_options, false});
    set_keys(ddl, relation, statement, index);
    index_set_included(ddl, relation, index, statement->index_including_params,
                       statement->n_index_including_params, statement->relation->location);
    partition_check_unique(ddl, relation, index);
    if (has_name && statement->if_not_exists &&
        (index_find_in(ddl, relation->namespace_oid, statement->idxname) ||
         relation_find_in(ddl, relation->namespace_oid, statement->idxname)))
        return;
    if (has_name)
        index_name_check_free(ddl, relation->namespace_oid, statement->idxname, at);
    index->name =
        has_name ? statement->idxname
                 : choose_relation_name(ddl, relation->name, index_names_of(ddl, relation, index),
                                        "idx", relation->namespace_oid, false);
    index_link(ddl, relation, index);
    /* ON ONLY leaves the partitions alone. */
    if (statement->relation->inh)
        inherit_index(ddl, relation, index);
}

void index_rename(struct ddl *ddl, struct relation *relation, struct index *index, const char *name,
                  span at)
{
    struct constraint *constraint = index_constraint(relation, index);

    index_name_check_free(ddl, relation->namespace_oid, name, at);
    index_set_name(ddl, relation, index, name);
    if (!constraint)
        return;
    constraint_name_remove(ddl, relation->namespace_oid, constraint->name);
    constraint->name = name;
    constraint_name_put(ddl, relation->namespace_oid, constraint);
}

static const char *copied_name(struct ddl *ddl, const struct relation *target,
                               const struct index *copy, const struct constraint *constraint)
{
    const char *columns = index_names_of(ddl, target, copy);
    const char *label = "idx";

    if (copy->is_primary)
        return choose_relation_name(ddl, target->name, NULL, "pkey", target->namespace_oid, true);
    if (constraint)
        label = constraint->kind == CONSTRAINT_UNIQUE ? "key" : "excl";
    return choose_relation_name(ddl, target->name, columns, label, target->namespace_oid,
                                constraint != NULL);
}

static void translate_expressions(struct ddl *ddl, const struct relation *target,
                                  const struct relation *source, const struct index *index,
                                  struct index *copy)
{
    size_t n = 0;
    const struct expr **exprs;

    for (size_t i = 0; i < index->n_columns; i++)
        n += index->columns[i] == 0;
    exprs = arena_array(ddl->arena, const struct expr *, n);
    for (size_t i = 0; index->expressions && i < n; i++)
        exprs[i] = expression_translated(ddl, source, target, index->expressions[i]);
    copy->expressions = exprs;
    copy->predicate = expression_translated(ddl, source, target, index->predicate);
    copy->used = columns_translated(ddl, source, target, index->used, index->n_used);
}

/* Comments and marks are not copied. */
static void copy_storage(struct ddl *ddl, const struct index *index, struct index *copy)
{
    copy->is_clustered = copy->is_replica_identity = copy->is_only = false;
    copy->about = (struct about){.options = setting_list_copy(ddl->arena, &index->about.options)};
    copy->keys = arena_array(ddl->arena, struct index_key, index->n_columns);
    for (size_t i = 0; index->keys && i < index->n_columns; i++) {
        copy->keys[i] = index->keys[i];
        copy->keys[i].has_statistics_target = false;
    }
}

void index_copy(struct ddl *ddl, struct relation *target, const struct relation *source,
                const struct index *index, bool is_local)
{
    const struct constraint *constraint = index_constraint(source, index);
    struct index *copy = arena_new(ddl->arena, struct index);

    *copy = *index;
    copy_storage(ddl, index, copy);
    copy->parent = is_local ? NULL : index;
    copy->columns = columns_translated(ddl, source, target, index->columns, index->n_columns);
    translate_expressions(ddl, target, source, index, copy);
    copy->included = columns_translated(ddl, source, target, index->included, index->n_included);
    copy->name = copied_name(ddl, target, copy, constraint);
    if (constraint) {
        struct constraint *own = arena_new(ddl->arena, struct constraint);
        *own = *constraint;
        own->about = (struct about){0};
        own->columns = copy->columns;
        own->name = copy->name;
        own->is_local = is_local;
        constraint_link(ddl, target, own);
    }
    if (index->is_primary)
        for (size_t i = 0; i < copy->n_columns; i++)
            if (copy->columns[i] > 0)
                target->attributes.items[copy->columns[i] - 1].not_null = true;
    index_link(ddl, target, copy);
    inherit_index(ddl, target, copy);
}
