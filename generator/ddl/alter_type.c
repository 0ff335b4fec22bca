/* ALTER COLUMN … TYPE and ALTER ATTRIBUTE … TYPE (manual, ALTER TABLE). Without USING there must be
 * an assignment cast from the old type (10.4 Value Storage).
 */
#include <string.h>

#include "ddl/alter.h"
#include "ddl/depend.h"
#include "ddl/stored.h"

static bool is_string(const struct ddl *ddl, oid type)
{
    return catalog_get_type(ddl->catalog, type)->category == 'S';
}

static bool casts_on_assignment(struct ddl *ddl, oid source, oid target)
{
    const struct cast *cast;
    oid source_element, target_element;

    source = catalog_base_type(ddl->catalog, source, NULL);
    target = catalog_base_type(ddl->catalog, target, NULL);
    if (source == target || catalog_is_binary_coercible(ddl->catalog, source, target))
        return true;
    cast = catalog_find_cast(ddl->catalog, source, target);
    if (cast)
        return cast->context != 'e';
    source_element = catalog_element_type(ddl->catalog, source);
    target_element = catalog_element_type(ddl->catalog, target);
    if (source_element && target_element)
        return casts_on_assignment(ddl, source_element, target_element);
    /* Any type becomes a string through its text form. */
    return is_string(ddl, target);
}

/* What keeps the column's type as it is; NULL for what is read anew, and for the sequence that the
 * column owns. */
static const char *keeper_of_type(struct ddl *ddl, const struct dropped_object *user)
{
    switch (user->class) {
    case OBJECT_IS_RELATION:
        return catalog_get_relation(ddl->catalog, user->id)->relkind == 'S'
                   ? NULL
                   : "used by a view or rule";
    case OBJECT_IS_RULE:
        return "used by a view or rule";
    case OBJECT_IS_TRIGGER:
        return "used in a trigger definition";
    case OBJECT_IS_POLICY:
        return "used in a policy definition";
    case OBJECT_IS_FUNCTION:
        return "used by a function or procedure";
    default:
        return NULL;
    }
}

static _Noreturn void fail_used(const struct alteration *alter, const struct attribute *column,
                                const struct dropped_object *user)
{
    struct ddl *ddl = alter->ddl;
    struct diag *diag = diag_error(ddl->diags, "0A000", alter_place(alter),
                                   "cannot alter type of a column %s", keeper_of_type(ddl, user));

    diag_note(ddl->diags, diag, dropped_object_place(ddl, user), "%s depends on column \"%s\"",
              dropped_object_text(ddl, user), column->name);
    ddl_stop(ddl);
}

static void check_users(const struct alteration *alter, const struct attribute *column)
{
    const struct reference altered = {
        .class = OBJECT_IS_COLUMN, .id = alter->relation->oid, .column = column->number};
    size_t at = 0;

    dependencies_update(alter->ddl);
    for (const struct dropped_object *user; (user = dependency_next(alter->ddl, altered, &at));)
        if (keeper_of_type(alter->ddl, user))
            fail_used(alter, column, user);
}

/* A composite type that a table stores cannot change its fields. */
void alter_check_row_unused(const struct alteration *alter)
{
    const char *kind = alter->relation->relkind == 'c' ? "type" : "table";

    type_check_not_stored(alter->ddl, alter->relation->type_oid,
                          arena_printf(alter->ddl->arena, "%s \"%s\"", kind, alter->relation->name),
                          alter_place(alter));
}

static bool stores_rows(struct ddl *ddl)
{
    size_t n;
    struct relation *const *relations = catalog_relations(ddl->catalog, &n);

    if (ddl->session->stored_rows != ROWS_UNKNOWN)
        return ddl->session->stored_rows == ROWS_STORED;
    ddl->session->stored_rows = ROWS_NOT_STORED;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; relations[i] && k < relations[i]->attributes.n; k++)
            if (is_row_type(ddl, relations[i]->attributes.items[k].type))
                ddl->session->stored_rows = ROWS_STORED;
    return ddl->session->stored_rows == ROWS_STORED;
}

static void check_using(const struct alteration *alter, const struct attribute *column, oid target,
                        int32_t typmod, const PgQuery__Node *using)
{
    struct ddl_value value;

    expression_evaluate(alter->ddl,
                        &(struct ddl_expression){.place = DDL_USING,
                                                 .node = using,
                                                 .relation = alter->relation,
                                                 .column = column->name,
                                                 .type = target,
                                                 .typmod = typmod},
                        &value);
}

static void check_castable(const struct alteration *alter, const struct attribute *column,
                           oid target)
{
    struct ddl *ddl = alter->ddl;
    const char *text = ddl_type_text(ddl, target);

    /* What has no rows here to rewrite takes any type. */
    if (!strchr("rp", alter->relation->relkind) || casts_on_assignment(ddl, column->type, target))
        return;
    ddl_fail_hint(ddl, "42804", alter_place(alter),
                  arena_printf(ddl->arena, "you might need to specify \"USING %s::%s\"",
                               catalog_quote_identifier(ddl->arena, column->name), text),
                  "column \"%s\" cannot be cast automatically to type %s", column->name, text);
}

/* DEFAULT or what the column is GENERATED AS is converted too. */
static void check_default_castable(const struct alteration *alter, const struct attribute *column,
                                   oid target)
{
    struct ddl *ddl = alter->ddl;

    if (!column->default_type || casts_on_assignment(ddl, column->default_type, target))
        return;
    ddl_fail(ddl, "42804", alter_place(alter),
             "%s for column \"%s\" cannot be cast automatically to type %s",
             column->generated ? "generation expression" : "default", column->name,
             ddl_type_text(ddl, target));
}

static void check_generated(const struct alteration *alter, const struct attribute *column)
{
    const struct relation *relation = alter->relation;

    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *user = &relation->attributes.items[i];
        for (size_t k = 0; user->generated && !user->is_dropped && k < user->n_generated_from; k++)
            if (user->generated_from[k] == column->number)
                ddl_fail_exists(alter->ddl, "0A000", alter_place(alter), user->name,
                                user->defined_at,
                                "cannot alter type of a column used by a generated column");
    }
}

static oid collation_of(struct ddl *ddl, const PgQuery__ColumnDef *definition,
                        const struct type *type)
{
    if (!definition->coll_clause)
        return type->collation;
    if (!type->collation)
        ddl_fail(ddl, "42804", ddl_span(ddl, definition->coll_clause->location),
                 "collations are not supported by type %s", ddl_type_text(ddl, type->oid));
    return collation_resolve(ddl, definition->coll_clause);
}

static bool is_altered(const struct alteration *alter, const struct attribute *column)
{
    for (size_t i = 0; i < alter->type_changes->list.n; i++) {
        const struct type_change *other = &alter->type_changes->list.items[i];
        if (other->relation == alter->relation && other->altered.number == column->number)
            return true;
    }
    return false;
}

static bool has_using(const struct alteration *alter)
{
    return alter->command->def->column_def->raw_default && alter->relation->relkind != 'c';
}

/* What has to have the type that it has, whatever the new one is. */
static void check_not_fixed(const struct alteration *alter, const struct attribute *column)
{
    if (!alter->recursing && alter_inherits_column(alter, column->name))
        ddl_fail(alter->ddl, "42P16", alter_place(alter), "cannot alter inherited column \"%s\"",
                 column->name);
    partition_check_column(alter->ddl, alter->relation, column->number, "alter",
                           alter_place(alter));
}

/* By itself; whether it can be assigned is another question. */
static void read_using(const struct alteration *alter, const PgQuery__Node *using)
{
    struct ddl_value value;

    expression_evaluate(
        alter->ddl,
        &(struct ddl_expression){.place = DDL_USING, .node = using, .relation = alter->relation},
        &value);
}

/* USING sees the table as it is before any command of the statement (ATPrepAlterColumnType). */
void alter_prepare_type(const struct alteration *alter)
{
    const PgQuery__ColumnDef *definition = alter->command->def->column_def;
    const struct attribute *column = attribute_find(alter->relation, alter->command->name);
    int32_t typmod;
    oid type;

    if (!has_using(alter))
        return;
    read_using(alter, definition->raw_default);
    if (!column)
        return;
    if (column->generated)
        ddl_fail(alter->ddl, "42611", alter_place(alter),
                 "cannot specify USING when altering type of generated column");
    check_not_fixed(alter, column);
    type = type_resolve(alter->ddl, definition->type_name, &typmod);
    check_using(alter, column, type, typmod, definition->raw_default);
}

static void set_type(struct alteration *alter)
{
    struct ddl *ddl = alter->ddl;
    const PgQuery__ColumnDef *definition = alter->command->def->column_def;
    struct attribute *column =
        attribute_get(ddl, alter->relation, alter->command->name, alter_place(alter));
    struct attribute altered;
    int32_t typmod;
    oid type;

    check_not_fixed(alter, column);
    type = type_resolve(ddl, definition->type_name, &typmod);
    if (alter->recursing && is_altered(alter, column))
        return; /* a child by another parent */
    column_check_type(ddl, column->name, type,
                      sql_dotted_span(ddl->sql, definition->type_name->location));
    column_check_member(ddl, alter->relation, type, alter_place(alter));
    if (column->identity)
        column_check_identity_type(ddl, type, alter_place(alter));
    if (!has_using(alter))
        check_castable(alter, column, type);
    check_default_castable(alter, column, type);
    check_users(alter, column);
    if (is_altered(alter, column))
        ddl_fail(ddl, "0A000", alter_place(alter), "cannot alter type of column \"%s\" twice",
                 column->name);
    check_generated(alter, column);
    if (column->type != type && stores_rows(ddl))
        alter_check_row_unused(alter);
    altered = *column;
    altered.collation = collation_of(ddl, definition, catalog_get_type(ddl->catalog, type));
    altered.type = type;
    altered.typmod = typmod;
    vec_push(ddl->arena, &alter->type_changes->list,
             (struct type_change){alter->relation, altered, alter_place(alter),
                                  alter->statement->relation->location});
    alter_children(alter, set_type);
}

void alter_column_type(struct alteration *alter)
{
    set_type(alter);
}
