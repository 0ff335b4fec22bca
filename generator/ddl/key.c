/* PRIMARY KEY, UNIQUE and EXCLUDE: a constraint and the index of the same name. A primary key makes
 * its columns NOT NULL; on a partitioned table every partition gets the key too.
 */
#include <string.h>

#include "ddl/reloption.h"
#include "ddl/table.h"

static const char *word_of(enum constraint_kind kind)
{
    return kind == CONSTRAINT_PRIMARY ? "primary key" : "unique";
}

static enum constraint_kind kind_of(const PgQuery__Constraint *node)
{
    if (node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY)
        return CONSTRAINT_PRIMARY;
    if (node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE)
        return CONSTRAINT_UNIQUE;
    return CONSTRAINT_EXCLUSION;
}

static void check_not_repeated(struct ddl *ddl, const PgQuery__Constraint *node, size_t i)
{
    const char *name = raw_string(node->keys[i]);

    for (size_t k = 0; k < i; k++)
        if (strcmp(raw_string(node->keys[k]), name) == 0)
            ddl_fail(ddl, "42701", ddl_name_span(ddl, node->location, name),
                     "column \"%s\" appears twice in %s constraint", name, word_of(kind_of(node)));
}

void key_check_not_repeated(struct ddl *ddl, const PgQuery__Constraint *node)
{
    for (size_t i = 0; i < node->n_keys; i++)
        check_not_repeated(ddl, node, i);
}

static int16_t key_column(struct ddl *ddl, const struct relation *relation, const char *name,
                          span at)
{
    const struct attribute *attribute = attribute_find(relation, name);

    if (!attribute && is_system_column(name))
        ddl_fail(ddl, "0A000", at, "index creation on system columns is not supported");
    if (!attribute)
        ddl_fail(ddl, "42703", at, "column \"%s\" named in key does not exist", name);
    return attribute->number;
}

/* One name after the other; system columns are refused when all names are read. */
static void check_key_names(struct ddl *ddl, const struct relation *relation,
                            const PgQuery__Constraint *node)
{
    for (size_t i = 0; i < node->n_keys; i++) {
        const char *name = raw_string(node->keys[i]);
        if (!is_system_column(name))
            key_column(ddl, relation, name, ddl_name_span(ddl, node->location, name));
        check_not_repeated(ddl, node, i);
    }
}

static void add_key_column(struct ddl *ddl, const struct relation *relation,
                           struct constraint *constraint, struct index *index, int16_t number,
                           span at)
{
    const struct attribute *column = &relation->attributes.items[number - 1];
    const size_t i = constraint->n_columns++;

    constraint->columns[i] = number;
    index->keys[i] = (struct index_key){.collation = column->collation};
    index->classes[i] = operator_class_get(ddl, NULL, 0, "btree", column->type, at);
}

static void set_key_columns(struct ddl *ddl, const struct relation *relation,
                            const struct constraint_source *source, struct constraint *constraint,
                            struct index *index)
{
    const PgQuery__Constraint *node = source->node;
    size_t n = node->n_keys ? node->n_keys : 1;

    constraint->columns = arena_array(ddl->arena, int16_t, n);
    index->classes = arena_array(ddl->arena, const struct operator_class *, n);
    index->keys = arena_array(ddl->arena, struct index_key, n);
    if (source->column) {
        add_key_column(ddl, relation, constraint, index,
                       attribute_find(relation, source->column)->number,
                       ddl_span(ddl, node->location));
        return;
    }
    check_key_names(ddl, relation, node);
    for (size_t i = 0; i < node->n_keys; i++) {
        const char *name = raw_string(node->keys[i]);
        span at = ddl_name_span(ddl, node->location, name);
        add_key_column(ddl, relation, constraint, index, key_column(ddl, relation, name, at), at);
    }
}

/* A column where an expression is expected. */
static PgQuery__Node *column_node(struct ddl *ddl, const char *name)
{
    PgQuery__Node *node = arena_new(ddl->arena, PgQuery__Node);
    PgQuery__Node *field = arena_new(ddl->arena, PgQuery__Node);

    *node = (PgQuery__Node)PG_QUERY__NODE__INIT;
    *field = (PgQuery__Node)PG_QUERY__NODE__INIT;
    field->node_case = PG_QUERY__NODE__NODE_STRING;
    field->string = arena_new(ddl->arena, PgQuery__String);
    *field->string = (PgQuery__String)PG_QUERY__STRING__INIT;
    field->string->sval = arena_strdup(ddl->arena, name);
    node->node_case = PG_QUERY__NODE__NODE_COLUMN_REF;
    node->column_ref = arena_new(ddl->arena, PgQuery__ColumnRef);
    *node->column_ref = (PgQuery__ColumnRef)PG_QUERY__COLUMN_REF__INIT;
    node->column_ref->fields = arena_array(ddl->arena, PgQuery__Node *, 1);
    node->column_ref->fields[0] = field;
    node->column_ref->n_fields = 1;
    return node;
}

/* The element must compare with itself: x WITH op means x op x. NULL: the operator is not known. */
const struct operator* exclusion_operator(struct ddl *ddl, const struct relation *relation,
                                          const PgQuery__Constraint *node, size_t i)
{
    const PgQuery__Node *pair = node->exclusions[i];
    const PgQuery__IndexElem *element = pair->list->items[0]->index_elem;
    const PgQuery__Node *names = pair->list->items[1];
    PgQuery__AExpr comparison = PG_QUERY__A__EXPR__INIT;
    PgQuery__Node tree = PG_QUERY__NODE__INIT;
    struct ddl_value value;

    if (!NODE_IS(names, LIST))
        return NULL;
    comparison.kind = PG_QUERY__A__EXPR__KIND__AEXPR_OP;
    comparison.name = names->list->items;
    comparison.n_name = names->list->n_items;
    comparison.lexpr = element->expr ? element->expr : column_node(ddl, element->name);
    comparison.rexpr = comparison.lexpr;
    comparison.location = node->location;
    tree.node_case = PG_QUERY__NODE__NODE_A_EXPR;
    tree.a_expr = &comparison;
    expression_evaluate(
        ddl, &(struct ddl_expression){.place = DDL_EXCLUSION, .node = &tree, .relation = relation},
        &value);
    return value.expr && value.expr->kind == EXPR_OP ? value.expr->u.op.op : NULL;
}

/* EXCLUDE elements are pairs of an index element and an operator. */
static const struct index_source *exclusion_source(struct ddl *ddl, const PgQuery__Constraint *node)
{
    struct index_source *source = arena_new(ddl->arena, struct index_source);
    const size_t n = node->n_exclusions;

    *source = (struct index_source){
        .elements = arena_array(ddl->arena, const PgQuery__IndexElem *, n),
        .n = n,
        .exclusion = node,
        .operators = arena_array(ddl->arena, const struct operator*, n),
        .including = node->including,
        .n_including = node->n_including,
        .where = node->where_clause,
        .location = node->location,
        .at = ddl_span(ddl, node->location),
    };
    for (size_t i = 0; i < n; i++)
        source->elements[i] = node->exclusions[i]->list->items[0]->index_elem;
    return source;
}

static void set_exclusion(struct ddl *ddl, const struct relation *relation,
                          const PgQuery__Constraint *node, struct constraint *constraint,
                          struct index *index)
{
    const struct index_source *source = exclusion_source(ddl, node);

    index_define(ddl, relation, source, index);
    constraint->columns = index->columns;
    constraint->n_columns = index->n_columns;
    constraint->operators = source->operators;
}

void primary_key_check_only(struct ddl *ddl, const struct relation *relation, span at)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *old = relation->constraints.items[i];
        if (old->kind == CONSTRAINT_PRIMARY)
            ddl_fail_exists(ddl, "42P16", at, old->name, old->defined_at,
                            "multiple primary keys for table \"%s\" are not allowed",
                            relation->name);
    }
}

/* Recurses: a column that is NOT NULL in the parent is so in its children. */
static void set_not_null(struct ddl *ddl, struct relation *relation, const char *column, bool only)
{
    struct attribute *attribute = attribute_find(relation, column);
    size_t at = 0;

    if (attribute && !attribute->not_null) {
        attribute->not_null = true;
        facts_changed(ddl, relation);
    }
    if (only)
        return;
    for (struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));)
        set_not_null(ddl, child, column, false);
}

static const char *choose_name(struct ddl *ddl, const struct relation *relation,
                               const struct constraint *constraint, const struct index *index)
{
    const char *columns = NULL, *label = "pkey";

    if (constraint->kind != CONSTRAINT_PRIMARY) {
        columns = index_names_of(ddl, relation, index);
        label = constraint->kind == CONSTRAINT_UNIQUE ? "key" : "excl";
    }
    return choose_relation_name(ddl, relation->name, columns, label, relation->namespace_oid, true);
}

/* A UNIQUE that repeats a key of the same statement is merged with it. */
static struct constraint *find_same_key(const struct relation *relation, size_t first,
                                        const struct constraint *wanted)
{
    for (size_t i = first; i < relation->constraints.n; i++) {
        struct constraint *old = relation->constraints.items[i];
        if ((old->kind == CONSTRAINT_PRIMARY || old->kind == CONSTRAINT_UNIQUE) &&
            wanted->kind == CONSTRAINT_UNIQUE && old->n_columns == wanted->n_columns &&
            memcmp(old->columns, wanted->columns, old->n_columns * sizeof *old->columns) == 0 &&
            old->deferrable == wanted->deferrable &&
            old->nulls_not_distinct == wanted->nulls_not_distinct)
            return old;
    }
    return NULL;
}

/* The first name that was written is that of both. */
static void merge_key(struct ddl *ddl, struct relation *relation, struct constraint *old,
                      const struct constraint *same)
{
    if (old->is_named || !same->name)
        return;
    index_rename(ddl, relation, relation_constraint_index(relation, old), same->name,
                 same->defined_at);
    old->is_named = true;
}

static void link_constraint(struct ddl *ddl, struct relation *relation,
                            struct constraint *constraint, bool only)
{
    if (constraint->kind == CONSTRAINT_PRIMARY)
        for (size_t i = 0; i < constraint->n_columns; i++)
            set_not_null(ddl, relation, relation->attributes.items[constraint->columns[i] - 1].name,
                         only);
    constraint_link(ddl, relation, constraint);
}

static void link_key(struct ddl *ddl, struct relation *relation, struct constraint *constraint,
                     struct index *index, bool only)
{
    link_constraint(ddl, relation, constraint, only);
    index_link(ddl, relation, index);
    if (!only)
        inherit_index(ddl, relation, index);
}

/* A key sorts as it would when it had been made for the constraint. */
static void check_default_sorting(struct ddl *ddl, const struct relation *relation,
                                  const struct index *index, span at)
{
    for (size_t i = 0; index->keys && i < index->n_columns; i++) {
        const struct index_key *key = &index->keys[i];
        const struct attribute *column = &relation->attributes.items[index->columns[i] - 1];
        const bool is_default = !index->classes[i] || index->classes[i]->is_default;

        if (key->is_descending || key->nulls_first || !is_default ||
            key->collation != column->collation)
            ddl_fail(ddl, "42809", at,
                     "index \"%s\" column number %zu does not have default sorting behavior",
                     index->name, i + 1);
    }
}

/* ADD CONSTRAINT … USING INDEX: the index takes the constraint's name. */
static void add_using_index(struct ddl *ddl, struct relation *relation,
                            const PgQuery__Constraint *node, struct constraint *constraint)
{
    span at = ddl_name_span(ddl, node->location, node->indexname);
    struct index_place *place = index_find_in(ddl, relation->namespace_oid, node->indexname);
    struct index *index = place ? place->index : NULL;

    if (!index)
        ddl_fail(ddl, "42704", at, "index \"%s\" does not exist", node->indexname);
    if (place->relid != relation->oid)
        ddl_fail(ddl, "55000", at, "index \"%s\" does not belong to table \"%s\"", index->name,
                 relation->name);
    if (!index->is_unique)
        ddl_fail(ddl, "42809", at, "\"%s\" is not a unique index", index->name);
    if (index->has_expressions)
        ddl_fail(ddl, "42809", at, "index \"%s\" contains expressions", index->name);
    if (index->is_partial)
        ddl_fail(ddl, "42809", at, "\"%s\" is a partial index", index->name);
    if (index_constraint(relation, index))
        ddl_fail(ddl, "55000", at, "index \"%s\" is already associated with a constraint",
                 index->name);
    check_default_sorting(ddl, relation, index, at);
    if (constraint->kind == CONSTRAINT_PRIMARY)
        primary_key_check_only(ddl, relation, constraint->defined_at);
    if (relation->relkind == 'p')
        ddl_fail(ddl, "0A000", at,
                 "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables");
    constraint->columns = index->columns;
    constraint->n_columns = index->n_columns;
    constraint->nulls_not_distinct = index->nulls_not_distinct;
    if (!constraint->name)
        constraint->name = index->name;
    index_set_name(ddl, relation, index, constraint->name);
    index->is_primary = constraint->kind == CONSTRAINT_PRIMARY;
    link_constraint(ddl, relation, constraint, false);
}

static struct index *index_for(struct ddl *ddl, const PgQuery__Constraint *node,
                               const struct constraint *constraint)
{
    struct index *index = arena_new(ddl->arena, struct index);

    *index = (struct index){
        .is_unique = constraint->kind != CONSTRAINT_EXCLUSION,
        .is_primary = constraint->kind == CONSTRAINT_PRIMARY,
        .nulls_not_distinct = constraint->nulls_not_distinct,
        .method = node->access_method && *node->access_method ? node->access_method : "btree",
        .tablespace = index_tablespace(node->indexspace),
        .defined_at = constraint->defined_at,
    };
    options_change(ddl, &index->about.options, option_owner_of_method(index->method),
                   (struct option_list){node->options, node->n_options, false});
    return index;
}

static void check_relation(struct ddl *ddl, const struct relation *relation,
                           const struct constraint *constraint)
{
    if (constraint->kind == CONSTRAINT_EXCLUSION && relation->relkind == 'p')
        ddl_fail(ddl, "0A000", constraint->defined_at,
                 "exclusion constraints are not supported on partitioned tables");
    if (relation->relkind == 'f')
        ddl_fail(ddl, "0A000", constraint->defined_at,
                 "%s constraints are not supported on foreign tables", word_of(constraint->kind));
}

void constraint_add_key(struct ddl *ddl, struct relation *relation,
                        const struct constraint_source *source, size_t first_new)
{
    const PgQuery__Constraint *node = source->node;
    struct constraint *constraint = arena_new(ddl->arena, struct constraint), *same;
    struct index *index;
    size_t next = 0;

    *constraint =
        (struct constraint){.kind = kind_of(node),
                            .is_named = node->conname && *node->conname,
                            .name = node->conname && *node->conname ? node->conname : NULL,
                            .deferrable = source->deferrable,
                            .deferred = source->deferred,
                            .validated = true,
                            .is_local = true,
                            .nulls_not_distinct = node->nulls_not_distinct,
                            .defined_at = ddl_span(ddl, node->location)};
    check_relation(ddl, relation, constraint);
    if (node->indexname && *node->indexname) {
        add_using_index(ddl, relation, node, constraint);
        return;
    }
    index = index_for(ddl, node, constraint);
    if (constraint->kind == CONSTRAINT_EXCLUSION)
        set_exclusion(ddl, relation, node, constraint, index);
    else
        set_key_columns(ddl, relation, source, constraint, index);
    if (constraint->kind == CONSTRAINT_PRIMARY)
        primary_key_check_only(ddl, relation, constraint->defined_at);
    same = find_same_key(relation, first_new, constraint);
    if (same) {
        merge_key(ddl, relation, same, constraint);
        return;
    }
    if (constraint->kind != CONSTRAINT_EXCLUSION) {
        index->columns = constraint->columns;
        index->n_columns = constraint->n_columns;
        index_check_size(ddl, index->n_columns + node->n_including, constraint->defined_at);
        index_set_included(ddl, relation, index, node->including, node->n_including,
                           node->location);
        partition_check_unique(ddl, relation, index, index->defined_at);
    }
    if (constraint->name) {
        index_name_check_free(ddl, relation->namespace_oid, constraint->name,
                              constraint->defined_at);
        constraint_check_name_free(ddl, relation, constraint->name, constraint->defined_at);
    } else {
        constraint->name = choose_name(ddl, relation, constraint, index);
    }
    index->name = constraint->name;
    index->is_only = source->only && inheritance_child(ddl, relation->oid, &next);
    link_key(ddl, relation, constraint, index, source->only);
}
