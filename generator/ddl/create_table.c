/* CREATE TABLE and CREATE FOREIGN TABLE. In the server's order: columns (OF type, LIKE, own,
 * merged with those of parents), the relation, sequences, what parents bring, own CHECKs and keys,
 * what LIKE brings, then foreign keys. A table with a bad constraint still exists afterwards, so
 * that its uses are not errors too.
 */
#include "ddl/statements.h"

#include <string.h>

#include "ddl/object.h"
#include "ddl/partition.h"
#include "ddl/reloption.h"
#include "ddl/temporary.h"
#include "ddl/trigger.h"
#include "ddl/typed_table.h"

static void add_constraint(struct ddl *ddl, struct table_parts *parts,
                           const PgQuery__Constraint *node)
{
    vec_push(ddl->arena, &parts->constraints,
             (struct constraint_source){
                 .node = node, .deferrable = node->deferrable, .deferred = node->initdeferred});
}

/* CREATE TABLE … OF type: the attributes of a composite type. */
static const struct relation *add_type_columns(struct ddl *ddl, struct table_parts *parts,
                                               const PgQuery__TypeName *name)
{
    oid type = type_resolve(ddl, name, NULL);
    const struct type *found = catalog_get_type(ddl->catalog, type);
    const struct relation *source =
        found->typtype == 'c' ? catalog_get_relation(ddl->catalog, found->relid) : NULL;

    if (!source || source->relkind != 'c')
        ddl_fail(ddl, "42809", sql_dotted_span(ddl->sql, name->location),
                 "type %s is not a composite type", ddl_type_text(ddl, type));
    for (size_t i = 0; i < source->attributes.n; i++) {
        struct attribute column = source->attributes.items[i];
        column.about = (struct about){0};
        if (!column.is_dropped)
            vec_push(ddl->arena, &parts->columns, column);
    }
    return source;
}

static void check_option_of_type(struct ddl *ddl, const PgQuery__ColumnDef *definition)
{
    for (size_t i = 0; i < definition->n_constraints; i++)
        if (definition->constraints[i]->constraint->contype ==
            PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY)
            ddl_fail(ddl, "0A000", ddl_span(ddl, definition->location),
                     "identity columns are not supported on typed tables and partitions");
}

/* Columns of a typed table or a partition are told of once. */
static void check_options_once(struct ddl *ddl, const PgQuery__CreateStmt *statement)
{
    for (size_t i = 0; i < statement->n_table_elts; i++)
        for (size_t k = 0; k < i; k++) {
            const PgQuery__Node *a = statement->table_elts[i], *b = statement->table_elts[k];
            if (NODE_IS(a, COLUMN_DEF) && NODE_IS(b, COLUMN_DEF) &&
                strcmp(a->column_def->colname, b->column_def->colname) == 0)
                ddl_fail(ddl, "42701", ddl_span(ddl, a->column_def->location),
                         "column \"%s\" specified more than once", a->column_def->colname);
        }
}

/* WITH and USING. */
static void check_storage(struct ddl *ddl, const PgQuery__CreateStmt *statement)
{
    const PgQuery__DefElem *oids =
        definition_find(statement->options, statement->n_options, "oids");
    const span at = range_var_span(ddl, statement->relation);

    if (oids && definition_bool(ddl, oids))
        ddl_fail(ddl, "0A000", ddl_span(ddl, oids->location),
                 "tables declared WITH OIDS are not supported");
    if (!statement->access_method || !*statement->access_method)
        return;
    if (statement->partspec)
        ddl_fail(ddl, "0A000", at,
                 "specifying a table access method is not supported on a partitioned table");
    table_method_check(ddl, statement->access_method, at);
}

/* Elements of a partition or typed table: constraints, and options of columns that exist. */
static void apply_column_options(struct ddl *ddl, struct table_parts *parts,
                                 struct attribute *columns, size_t n,
                                 const PgQuery__ColumnDef *definition)
{
    for (size_t i = 0; i < n; i++)
        if (!columns[i].is_dropped && strcmp(columns[i].name, definition->colname) == 0) {
            check_option_of_type(ddl, definition);
            column_apply_constraints(ddl, parts, &columns[i], definition);
            return;
        }
    ddl_fail(ddl, "42703", ddl_span(ddl, definition->location), "column \"%s\" does not exist",
             definition->colname);
}

static void collect_elements(struct ddl *ddl, struct table_parts *parts,
                             const PgQuery__CreateStmt *statement)
{
    for (size_t i = 0; i < statement->n_table_elts; i++) {
        const PgQuery__Node *element = statement->table_elts[i];
        switch (element->node_case) {
        case PG_QUERY__NODE__NODE_COLUMN_DEF:
            if (statement->of_typename)
                apply_column_options(ddl, parts, parts->columns.items, parts->columns.n,
                                     element->column_def);
            else if (!statement->partbound)
                vec_push(ddl->arena, &parts->columns,
                         column_build(ddl, parts, element->column_def));
            break;
        case PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE:
            like_expand(ddl, parts, element->table_like_clause);
            break;
        case PG_QUERY__NODE__NODE_CONSTRAINT:
            add_constraint(ddl, parts, element->constraint);
            break;
        default:
            break;
        }
    }
    for (size_t i = 0; i < statement->n_constraints; i++)
        add_constraint(ddl, parts, statement->constraints[i]->constraint);
}

static void copy_parts(struct ddl *ddl, struct relation *relation, const struct table_parts *parts)
{
    for (size_t i = 0; i < parts->copies.n; i++) {
        const struct relation *source = parts->copies.items[i].source;

        generated_translate(ddl, relation, source);
        for (size_t k = 0; parts->copies.items[i].checks && k < source->constraints.n; k++)
            if (source->constraints.items[k]->kind == CONSTRAINT_CHECK)
                constraint_copy(ddl, relation, source, source->constraints.items[k], true)
                    ->validated = true;
        for (size_t k = 0; parts->copies.items[i].indexes && k < source->indexes.n; k++) {
            if (source->indexes.items[k]->is_primary)
                primary_key_check_only(ddl, relation, relation->defined_at);
            index_copy(ddl, relation, source, source->indexes.items[k], true);
        }
        for (size_t k = 0; parts->copies.items[i].statistics && k < source->statistics.n; k++)
            statistics_copy(ddl, relation, source, source->statistics.items[k]);
    }
}

/* INHERITS and PARTITION OF, looked up before the table is there, which may hide them. */
static const struct relation **find_parents(struct ddl *ddl, const PgQuery__CreateStmt *statement)
{
    const struct relation **parents =
        arena_array(ddl->arena, const struct relation *, statement->n_inh_relations);

    for (size_t i = 0; i < statement->n_inh_relations; i++)
        parents[i] = relation_get(ddl, statement->inh_relations[i]->range_var);
    return parents;
}

static void check_partitioned(struct ddl *ddl, const PgQuery__CreateStmt *statement,
                              const struct relation *parent)
{
    if (parent->relkind != 'p')
        ddl_fail_exists(ddl, "42P17", range_var_span(ddl, statement->inh_relations[0]->range_var),
                        parent->name, parent->defined_at, "\"%s\" is not partitioned",
                        parent->name);
}

static void check_parents(struct ddl *ddl, const PgQuery__CreateStmt *statement)
{
    if (!statement->partbound && statement->partspec && statement->n_inh_relations > 0)
        ddl_fail(ddl, "42P17", range_var_span(ddl, statement->relation),
                 "cannot create partitioned table as inheritance child");
}

static void attach_parents(struct ddl *ddl, struct relation *relation,
                           const PgQuery__CreateStmt *statement,
                           const struct relation *const *parents)
{
    for (size_t i = 0; i < statement->n_inh_relations; i++)
        inherit_attach(ddl, relation,
                       relation_edit(ddl, parents[i],
                                     range_var_span(ddl, statement->inh_relations[i]->range_var)));
}

/* A bound that is refused is not kept: it stands in the way of no other. */
static void set_partition_bound(struct ddl *ddl, struct relation *relation,
                                const PgQuery__CreateStmt *statement, const struct relation *parent)
{
    const struct partition_bound *bound = partition_bound_read(ddl, parent, statement->partbound);

    partition_bound_check(ddl, parent, relation->name, bound,
                          ddl_span(ddl, statement->partbound->location));
    relation->partition_bound = bound;
}

/* What the server refuses of the statement by itself, before anything of it is made. */
static void check_parts(struct ddl *ddl, const struct table_parts *parts)
{
    bool has_key = false;

    for (size_t i = 0; i < parts->constraints.n; i++) {
        const PgQuery__Constraint *node = parts->constraints.items[i].node;
        if (node->contype != PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY)
            continue;
        if (has_key)
            ddl_fail(ddl, "42P16", ddl_span(ddl, node->location),
                     "multiple primary keys for table \"%s\" are not allowed", parts->table);
        has_key = true;
    }
    for (size_t i = 0; i < parts->columns.n; i++)
        if (parts->columns.items[i].identity)
            column_check_identity_type(ddl, parts->columns.items[i].type,
                                       parts->columns.items[i].defined_at);
}

static void set_storage(struct ddl *ddl, struct relation *draft,
                        const PgQuery__CreateStmt *statement)
{
    draft->is_unlogged = range_var_is_unlogged(statement->relation);
    relation_set_storage(ddl, draft, statement->tablespacename, statement->access_method);
    relation_options_change(ddl, draft,
                            (struct option_list){statement->options, statement->n_options, false});
}

static void set_foreign(struct ddl *ddl, struct relation *draft,
                        const PgQuery__CreateForeignTableStmt *foreign)
{
    other_get(ddl, OTHER_SERVER, foreign->servername);
    foreign_options_change(ddl, &draft->about.foreign_options, foreign->options,
                           foreign->n_options);
}

/* `foreign` is NULL for all tables that lie here. */
static void create(struct ddl *ddl, const PgQuery__CreateStmt *statement,
                   const PgQuery__CreateForeignTableStmt *foreign)
{
    const char *server = foreign ? foreign->servername : NULL;
    const char relkind = server ? 'f' : statement->partspec ? 'p' : 'r';
    struct relation draft = {
        .name = statement->relation->relname, .relkind = relkind, .server = server};
    struct table_parts parts = {.table = draft.name};
    struct relation *relation;
    const struct relation *type = NULL, **parents;

    draft.namespace_oid = relation_namespace(ddl, statement->relation, &draft.is_temporary);
    on_commit_check(ddl, statement->relation, draft.is_temporary, statement->oncommit);
    if (statement->if_not_exists && relation_find_in(ddl, draft.namespace_oid, draft.name))
        return;
    set_storage(ddl, &draft, statement);
    check_parents(ddl, statement);
    check_storage(ddl, statement);
    if (statement->of_typename || statement->partbound)
        check_options_once(ddl, statement);
    if (statement->of_typename)
        type = add_type_columns(ddl, &parts, statement->of_typename);
    collect_elements(ddl, &parts, statement);
    check_parts(ddl, &parts);
    parents = find_parents(ddl, statement);
    inherit_merge_columns(ddl, &draft, &parts, statement, parents);
    for (size_t i = 0; statement->partbound && i < statement->n_table_elts; i++)
        if (NODE_IS(statement->table_elts[i], COLUMN_DEF))
            apply_column_options(ddl, &parts, draft.attributes.items, draft.attributes.n,
                                 statement->table_elts[i]->column_def);
    index_name_check_free(ddl, draft.namespace_oid, draft.name,
                          range_var_span(ddl, statement->relation));
    if (foreign)
        set_foreign(ddl, &draft, foreign);
    if (statement->partbound)
        check_partitioned(ddl, statement, parents[0]);
    relation = relation_create(ddl, &draft, range_var_span(ddl, statement->relation));
    relation_set_on_commit(ddl, relation, statement->oncommit);
    column_create_sequences(ddl, relation, &parts);
    if (type)
        relation_set_type(ddl, relation, type->oid);
    defaults_evaluate(ddl, relation, &parts);
    attach_parents(ddl, relation, statement, parents);
    if (statement->partbound)
        set_partition_bound(ddl, relation, statement, parents[0]);
    if (statement->partspec)
        relation->partition_key = partition_key_build(ddl, relation, statement->partspec);
    if (statement->partbound)
        inherit_keys(ddl, relation, parents[0]);
    /* A table without rows satisfies everything; of a foreign one nobody knows. */
    for (size_t i = 0; i < parts.constraints.n; i++) {
        struct constraint_source *source = &parts.constraints.items[i];
        source->not_valid = relkind == 'f' && source->node->skip_validation;
        source->merges = true;
    }
    constraints_add_own(ddl, relation, parts.constraints.items, parts.constraints.n);
    copy_parts(ddl, relation, &parts);
    if (statement->partbound)
        triggers_inherit(ddl, relation, parents[0]);
    constraints_add_foreign(ddl, relation, parts.constraints.items, parts.constraints.n);
}

void ddl_create_table(struct ddl *ddl, const PgQuery__CreateStmt *statement)
{
    create(ddl, statement, NULL);
}

void ddl_create_foreign_table(struct ddl *ddl, const PgQuery__CreateForeignTableStmt *statement)
{
    for (size_t i = 0; i < statement->base_stmt->n_table_elts; i++)
        if (NODE_IS(statement->base_stmt->table_elts[i], TABLE_LIKE_CLAUSE))
            ddl_fail(ddl, "0A000",
                     range_var_span(
                         ddl, statement->base_stmt->table_elts[i]->table_like_clause->relation),
                     "LIKE is not supported for creating foreign tables");
    create(ddl, statement->base_stmt, statement);
}
