/* ALTER TABLE: columns added and dropped, NOT NULL, defaults, identity. */
#include <string.h>

#include "ddl/alter.h"
#include "ddl/depend.h"

static struct attribute *column_of(const struct alteration *alter)
{
    return attribute_get(alter->ddl, alter->relation, alter->command->name, alter_place(alter));
}

static bool has_children(const struct alteration *alter)
{
    size_t at = 0;

    return inheritance_child(alter->ddl, alter->relation->oid, &at) != NULL;
}

/* Partitions have the columns of their table, and its NOT NULLs. */
static bool leaves_partitions_out(const struct alteration *alter)
{
    return alter->relation->relkind == 'p' && !alter_recurses(alter) && has_children(alter);
}

/* --- ADD COLUMN ------------------------------------------------------------------------------- */

/* False when the child has the column already: then it is merged, and its own children have it. */
static bool add_to_child(struct alteration *alter, const struct attribute *column)
{
    struct attribute *own = attribute_find(alter->relation, column->name), copy = *column;

    if (own && (own->type != column->type || own->typmod != column->typmod))
        ddl_fail(alter->ddl, "42804", alter_place(alter),
                 "child table \"%s\" has different type for column \"%s\"", alter->relation->name,
                 column->name);
    if (own) {
        own->not_null |= column->not_null;
        return false;
    }
    copy.about = (struct about){0};
    copy.is_local = false;
    copy.has_default = column->has_default && !column->identity;
    copy.identity = 0;
    relation_add_attribute(alter->ddl, alter->relation, copy);
    return true;
}

static void add_to_children(struct alteration *alter, const struct attribute *column)
{
    size_t at = 0;

    for (struct relation *child;
         (child = inheritance_child(alter->ddl, alter->relation->oid, &at));) {
        struct alteration below = *alter;
        below.relation = child;
        if (add_to_child(&below, column))
            add_to_children(&below, column);
    }
}

/* What the column is filled with is known only after it has been added to all. */
static void default_to_children(struct alteration *alter, const struct attribute *column)
{
    struct ddl *ddl = alter->ddl;
    size_t at = 0;

    if (!column->default_expr)
        return;
    for (struct relation *child; (child = inheritance_child(ddl, alter->relation->oid, &at));) {
        struct attribute *own = attribute_find(child, column->name);
        struct alteration below = *alter;
        if (!own || own->is_local || !own->has_default || own->default_expr)
            continue;
        own->default_expr =
            expression_translated(ddl, alter->relation, child, column->default_expr);
        own->default_type = column->default_type;
        own->generated_from = columns_translated(ddl, alter->relation, child,
                                                 column->generated_from, column->n_generated_from);
        own->n_generated_from = column->n_generated_from;
        below.relation = child;
        default_to_children(&below, own);
    }
}

void alter_add_column(struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    const PgQuery__ColumnDef *definition = alter->command->def->column_def;
    struct table_parts parts = {.table = alter->relation->name};
    const struct attribute *old = attribute_find(alter->relation, definition->colname);
    struct attribute column;

    if (relation_is_partition(ddl, alter->relation))
        ddl_fail(ddl, "42809", alter_place(alter), "cannot add column to a partition");
    if (old && alter->command->missing_ok)
        return;
    if (old)
        ddl_fail_exists(ddl, "42701", alter_place(alter), old->name, old->defined_at,
                        "column \"%s\" of relation \"%s\" already exists", old->name,
                        alter->relation->name);
    column = column_build(ddl, &parts, definition);
    column_check_member(ddl, alter->relation, column.type, column.defined_at);
    if (alter_recurses(alter) && column.identity && has_children(alter))
        ddl_fail(ddl, "42P16", alter_place(alter),
                 "cannot recursively add identity column to table that has child tables");
    if (!alter_recurses(alter) && has_children(alter))
        ddl_fail(ddl, "42P16", alter_place(alter), "column must be added to child tables too");
    if (column.identity)
        column_check_identity_type(ddl, column.type, column.defined_at);
    if (column.has_default)
        alter_check_row_unused(alter);
    relation_add_attribute(ddl, alter->relation, column);
    if (alter_recurses(alter))
        add_to_children(alter, &column);
    defaults_evaluate(ddl, alter->relation, &parts);
    column_create_sequences(ddl, alter->relation, &parts);
    if (alter_recurses(alter))
        default_to_children(alter, attribute_find(alter->relation, column.name));
    constraints_add(ddl, alter->relation, parts.constraints.items, parts.constraints.n);
}

/* --- DROP COLUMN ------------------------------------------------------------------------------ */

bool alter_inherits_column(const struct alteration *alter, const char *column)
{
    for (size_t i = 0; i < alter->relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(alter->ddl->catalog, alter->relation->parents.items[i]);
        if (parent && attribute_find(parent, column))
            return true;
    }
    return false;
}

static struct dropped_object column_object(const struct relation *relation,
                                           const struct attribute *column)
{
    return (struct dropped_object){
        .class = OBJECT_IS_COLUMN, .id = relation->oid, .column = column->number};
}

/* Whether the child has the column from a parent that keeps it. */
static bool is_kept_by_parent(const struct alteration *alter, const struct removal *removal)
{
    for (size_t i = 0; i < alter->relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(alter->ddl->catalog, alter->relation->parents.items[i]);
        const struct attribute *column =
            parent ? attribute_find(parent, alter->command->name) : NULL;
        if (column && !removal_has(removal, column_object(parent, column)))
            return true;
    }
    return false;
}

/* The columns of children that go with it: a child keeps what it declared itself. */
static void add_child_columns(const struct alteration *alter, struct removal *removal)
{
    size_t at = 0;

    for (struct relation *child;
         (child = inheritance_child(alter->ddl, alter->relation->oid, &at));) {
        const struct attribute *column = attribute_find(child, alter->command->name);
        struct alteration below = *alter;
        below.relation = child;
        if (!column || (column->is_local && !child->of_type) || is_kept_by_parent(&below, removal))
            continue;
        removal_add(removal, column_object(child, column));
        add_child_columns(&below, removal);
    }
}

static void make_local(struct alteration *alter)
{
    struct attribute *column = attribute_find(alter->relation, alter->command->name);

    if (column)
        column->is_local = true;
}

/* Of the partitioned tables below too. */
static void check_no_key_column(struct alteration *alter)
{
    const struct attribute *column = attribute_find(alter->relation, alter->command->name);

    if (!column)
        return;
    partition_check_column(alter->ddl, alter->relation, column->number, "drop", alter_place(alter));
    alter_children(alter, check_no_key_column);
}

void alter_drop_column(struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    const struct attribute *column = attribute_find(alter->relation, alter->command->name);
    struct removal removal = {.ddl = ddl,
                              .cascade =
                                  alter->command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE,
                              .at = alter_place(alter)};

    if (!column && alter->command->missing_ok)
        return;
    column = column_of(alter);
    if (alter_inherits_column(alter, column->name))
        ddl_fail(ddl, "42P16", alter_place(alter), "cannot drop inherited column \"%s\"",
                 column->name);
    if (leaves_partitions_out(alter))
        ddl_fail(ddl, "42P16", alter_place(alter),
                 "cannot drop column from only the partitioned table when partitions exist");
    check_no_key_column(alter);
    removal.what = arena_printf(ddl->arena, "column %s of %s %s", column->name,
                                relkind_name(alter->relation->relkind), alter->relation->name);
    removal_add(&removal, column_object(alter->relation, column));
    if (alter_recurses(alter))
        add_child_columns(alter, &removal);
    removal_run(&removal);
    if (!alter_recurses(alter)) {
        size_t at = 0;
        for (struct relation *child; (child = inheritance_child(ddl, alter->relation->oid, &at));) {
            struct alteration below = *alter;
            below.relation = child;
            make_local(&below);
        }
    }
}

/* --- NOT NULL --------------------------------------------------------------------------------- */

static void check_children_refuse_null(const struct alteration *alter, const char *name)
{
    size_t at = 0;

    for (struct relation *child;
         (child = inheritance_child(alter->ddl, alter->relation->oid, &at));) {
        const struct attribute *column = attribute_find(child, name);
        if (column && !column->not_null)
            ddl_fail(alter->ddl, "42P16", alter_place(alter),
                     "constraint must be added to child tables too");
    }
}

void alter_set_not_null(struct alteration *alter)
{
    struct attribute *column = column_of(alter);

    if (leaves_partitions_out(alter))
        check_children_refuse_null(alter, column->name);
    if (!column->not_null)
        facts_changed(alter->ddl, alter->relation);
    column->not_null = true;
    alter_children(alter, alter_set_not_null);
}

static bool is_in_primary_key(const struct relation *relation, int16_t column)
{
    for (size_t i = 0; i < relation->constraints.n; i++) {
        const struct constraint *key = relation->constraints.items[i];
        if (key->kind == CONSTRAINT_PRIMARY && columns_have(key->columns, key->n_columns, column))
            return true;
    }
    return false;
}

static void check_parents_allow_null(const struct alteration *alter, const char *name)
{
    for (size_t i = 0; i < alter->relation->parents.n; i++) {
        const struct relation *parent =
            catalog_get_relation(alter->ddl->catalog, alter->relation->parents.items[i]);
        const struct attribute *column = parent ? attribute_find(parent, name) : NULL;
        if (column && column->not_null && parent->relkind == 'p')
            ddl_fail(alter->ddl, "42P16", alter_place(alter),
                     "column \"%s\" is marked NOT NULL in parent table", name);
    }
}

void alter_drop_not_null(struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    struct attribute *column = column_of(alter);

    if (column->identity)
        ddl_fail(ddl, "42601", alter_place(alter),
                 "column \"%s\" of relation \"%s\" is an identity column", column->name,
                 alter->relation->name);
    if (is_in_primary_key(alter->relation, column->number))
        ddl_fail(ddl, "42P16", alter_place(alter), "column \"%s\" is in a primary key",
                 column->name);
    if (!alter->recursing)
        check_parents_allow_null(alter, column->name);
    if (leaves_partitions_out(alter))
        ddl_fail(ddl, "42P16", alter_place(alter),
                 "cannot remove constraint from only the partitioned table when partitions exist");
    if (column->not_null)
        facts_changed(ddl, alter->relation);
    column->not_null = false;
    alter_children(alter, alter_drop_not_null);
}

/* --- Defaults and identity -------------------------------------------------------------------- */

void alter_default(struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    struct attribute *column = column_of(alter);

    if (column->identity)
        ddl_fail(ddl, "42601", alter_place(alter),
                 "column \"%s\" of relation \"%s\" is an identity column", column->name,
                 alter->relation->name);
    if (column->generated)
        ddl_fail_hint(ddl, "42601", alter_place(alter),
                      alter->command->def ? NULL
                                          : "use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION",
                      "column \"%s\" of relation \"%s\" is a generated column", column->name,
                      alter->relation->name);
    column->has_default =
        alter->command->def != NULL && !default_is_null(ddl, column, alter->command->def);
    column->default_expr = NULL;
    column->default_type = 0;
    if (column->has_default)
        default_evaluate(ddl, alter->relation, column, alter->command->def);
    alter_children(alter, alter_default);
}

/* The generation of a column is that of all tables that have it (ATPrepDropExpression). */
static void check_drops_expression(const struct alteration *alter, const char *column)
{
    size_t at = 0;

    if (alter->recursing)
        return;
    if (!alter_recurses(alter) && inheritance_child(alter->ddl, alter->relation->oid, &at))
        ddl_fail(alter->ddl, "0A000", alter_place(alter),
                 "ALTER TABLE / DROP EXPRESSION must be applied to child tables too");
    if (alter_inherits_column(alter, column))
        ddl_fail(alter->ddl, "42P16", alter_place(alter),
                 "cannot drop generation expression from inherited column");
}

void alter_drop_expression(struct alteration *alter)
{
    struct attribute *column = column_of(alter);

    check_drops_expression(alter, column->name);
    if (!column->generated && !alter->command->missing_ok)
        ddl_fail(alter->ddl, "55000", alter_place(alter),
                 "column \"%s\" of relation \"%s\" is not a stored generated column", column->name,
                 alter->relation->name);
    if (!column->generated)
        return;
    column->generated = 0;
    column->n_generated_from = 0;
    column->has_default = false;
    column->default_expr = NULL;
    column->default_type = 0;
    alter_children(alter, alter_drop_expression);
}

static void add_identity(struct alteration *alter, struct attribute *column)
{
    struct ddl *ddl = alter->ddl;
    const PgQuery__Constraint *node = alter->command->def->constraint;
    const PgQuery__DefElem *name = definition_find(node->options, node->n_options, "sequence_name");

    column_check_identity_type(ddl, column->type, ddl_span(ddl, node->location));
    if (!column->not_null)
        ddl_fail(ddl, "55000", alter_place(alter),
                 "column \"%s\" of relation \"%s\" must be declared NOT NULL before identity can "
                 "be added",
                 column->name, alter->relation->name);
    if (column->identity)
        ddl_fail(ddl, "55000", alter_place(alter),
                 "column \"%s\" of relation \"%s\" is already an identity column", column->name,
                 alter->relation->name);
    if (column->has_default)
        ddl_fail(ddl, "55000", alter_place(alter),
                 "column \"%s\" of relation \"%s\" already has a default value", column->name,
                 alter->relation->name);
    column->identity = *node->generated_when == 'a' ? 'a' : 'd';
    column->has_default = true;
    sequence_create_owned(ddl, alter->relation,
                          &(struct sequence_source){.column = column->name,
                                                    .name = definition_string(ddl, name),
                                                    .is_identity = true,
                                                    .options = node->options,
                                                    .n_options = node->n_options});
}

static void drop_identity(struct alteration *alter, struct attribute *column)
{
    struct removal removal = {.ddl = alter->ddl, .cascade = true};
    const struct relation *sequence =
        owned_sequence_find(alter->ddl, alter->relation, column->number);

    column->identity = 0;
    column->has_default = false;
    if (!sequence)
        return;
    removal_add(&removal,
                (struct dropped_object){.class = OBJECT_IS_RELATION, .id = sequence->oid});
    removal_run(&removal);
}

/* SET GENERATED is the column's, the rest is of its sequence. */
static void set_identity(struct alteration *alter, struct attribute *column)
{
    struct ddl *ddl = alter->ddl;
    const PgQuery__Node *list = alter->command->def;
    const struct relation *sequence = owned_sequence_find(ddl, alter->relation, column->number);
    VEC(PgQuery__Node *) options = {0};

    for (size_t i = 0; NODE_IS(list, LIST) && i < list->list->n_items; i++) {
        PgQuery__Node *item = list->list->items[i];
        if (strcmp(item->def_elem->defname, "generated") != 0)
            vec_push(ddl->arena, &options, item);
        else if (NODE_IS(item->def_elem->arg, INTEGER))
            column->identity = item->def_elem->arg->integer->ival == 'a' ? 'a' : 'd';
    }
    if (sequence && options.n > 0)
        sequence_set(ddl, catalog_edit_relation(ddl->catalog, sequence->oid), options.items,
                     options.n);
}

void alter_identity(struct alteration *alter)
{
    struct attribute *column = column_of(alter);

    if (alter->command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity) {
        add_identity(alter, column);
        return;
    }
    if (!column->identity && alter->command->missing_ok)
        return;
    if (!column->identity)
        ddl_fail(alter->ddl, "55000", alter_place(alter),
                 "column \"%s\" of relation \"%s\" is not an identity column", column->name,
                 alter->relation->name);
    if (alter->command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity)
        drop_identity(alter, column);
    else
        set_identity(alter, column);
}
