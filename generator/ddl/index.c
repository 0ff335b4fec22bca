/* CREATE INDEX, index names and copies of indexes for LIKE and partitions. An index is part of its
 * table; only its name is shared with relations.
 */
#include "ddl/statements.h"

#include <string.h>

#include "ddl/object.h"
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

static void make_unique(struct ddl *ddl, const char **names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        names[i] = unique_name(ddl, names, i, names[i]);
}

static const char *names_joined(struct ddl *ddl, const char *const *names, size_t n)
{
    struct buf joined = buf_in(ddl->arena);

    for (size_t i = 0; i < n && joined.len <= MAX_NAME; i++)
        buf_addf(&joined, "%s%s", i > 0 ? "_" : "", names[i]);
    return buf_text(&joined);
}

const char *const *index_column_names(struct ddl *ddl, const struct relation *relation,
                                      const struct index *index)
{
    size_t n = index->n_columns + index->n_included;
    const char **names = arena_array(ddl->arena, const char *, n);
    size_t next = 0;

    if (index->names)
        return index->names;
    for (size_t i = 0; i < index->n_columns; i++) {
        const char *name = index->columns[i] > 0
                               ? relation->attributes.items[index->columns[i] - 1].name
                               : index->expression_names[next++];
        names[i] = name ? name : "expr";
    }
    for (size_t i = 0; i < index->n_included; i++)
        names[index->n_columns + i] = relation->attributes.items[index->included[i] - 1].name;
    make_unique(ddl, names, n);
    return names;
}

const char *index_names_of(struct ddl *ddl, const struct relation *relation,
                           const struct index *index)
{
    return names_joined(ddl, index_column_names(ddl, relation, index),
                        index->n_columns + index->n_included);
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

static const struct index_source *source_of(struct ddl *ddl, const PgQuery__IndexStmt *statement)
{
    struct index_source *source = arena_new(ddl->arena, struct index_source);
    const size_t n = statement->n_index_params;

    *source = (struct index_source){
        .elements = arena_array(ddl->arena, const PgQuery__IndexElem *, n),
        .n = n,
        .including = statement->index_including_params,
        .n_including = statement->n_index_including_params,
        .where = statement->where_clause,
        .location = statement->relation->location,
        .at = range_var_span(ddl, statement->relation),
    };
    for (size_t i = 0; i < n; i++)
        source->elements[i] = statement->index_params[i]->index_elem;
    return source;
}

const char *index_tablespace(const char *name)
{
    return name && *name && strcmp(name, "pg_default") != 0 ? name : NULL;
}

/* What R-trees were is GiST since 8.2. */
static const char *method_named(const char *name)
{
    if (!name || !*name)
        return "btree";
    return strcmp(name, "rtree") == 0 ? "gist" : name;
}

static struct relation *indexed_relation(struct ddl *ddl, const PgQuery__IndexStmt *statement)
{
    span at = range_var_span(ddl, statement->relation);
    const struct relation *found;

    if (statement->concurrent)
        transaction_check_none(ddl, "CREATE INDEX CONCURRENTLY");
    found = relation_get(ddl, statement->relation);
    if (found->relkind != 'r' && found->relkind != 'p' && found->relkind != 'm')
        ddl_fail(ddl, "42809", at, "cannot create index on relation \"%s\"", found->name);
    if (statement->concurrent && found->relkind == 'p')
        ddl_fail(ddl, "0A000", at, "cannot create index on partitioned table \"%s\" concurrently",
                 found->name);
    return relation_edit(ddl, found, at);
}

/* Classes that compare bytes know no collation under which different texts are equal. */
static void check_deterministic(struct ddl *ddl, const struct index *index, size_t i)
{
    const struct other_object *collation =
        catalog_get_other(ddl->catalog, index->keys[i].collation);
    const struct operator_class *class = index->classes[i];

    if (collation && clause_find(&collation->clauses, "DETERMINISTIC") && class &&
        !class->defined_at.source && strstr(class->name, "_pattern_ops"))
        ddl_fail(ddl, "0A000", index->defined_at,
                 "nondeterministic collations are not supported for operator class \"%s\"",
                 class->name);
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
        .method = method_named(statement->access_method),
        .tablespace = index_tablespace(statement->table_space),
        .is_only = !statement->relation->inh && inheritance_child(ddl, relation->oid, &next),
        .defined_at = at,
    };
    options_change(ddl, &index->about.options, option_owner_of_method(index->method),
                   (struct option_list){statement->options, statement->n_options, false});
    index_define(ddl, relation, source_of(ddl, statement), index);
    tablespace_check(ddl, statement->table_space);
    if (has_name && statement->if_not_exists &&
        (index_find_in(ddl, relation->namespace_oid, statement->idxname) ||
         relation_find_in(ddl, relation->namespace_oid, statement->idxname)))
        return;
    if (has_name)
        index_name_check_free(ddl, relation->namespace_oid, statement->idxname, at);
    for (size_t i = 0; i < statement->n_index_params; i++) {
        const PgQuery__IndexElem *element = statement->index_params[i]->index_elem;
        check_deterministic(ddl, index, i);
        class_options_check(
            ddl, index->classes[i],
            (struct option_list){element->opclassopts, element->n_opclassopts, false});
    }
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
    partition_check_unique(ddl, target, copy, ddl_span(ddl, -1));
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
