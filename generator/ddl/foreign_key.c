/* FOREIGN KEY: the referenced columns must be those of a unique key, of types that compare. */
#include <string.h>

#include "ddl/table.h"

enum { MAX_KEYS = 32 };

struct columns {
    int16_t *numbers;
    size_t n;
};

static struct columns named_columns(struct ddl *ddl, const struct relation *relation,
                                    PgQuery__Node **names, size_t n, int location)
{
    struct columns columns = {arena_array(ddl->arena, int16_t, n), n};

    if (n > MAX_KEYS)
        ddl_fail(ddl, "54011", ddl_span(ddl, location),
                 "cannot have more than %d keys in a foreign key", MAX_KEYS);
    for (size_t i = 0; i < n; i++) {
        const char *name = raw_string(names[i]);
        const struct attribute *attribute = attribute_find(relation, name);
        if (!attribute && is_system_column(name))
            ddl_fail(ddl, "0A000", ddl_name_span(ddl, location, name),
                     "system columns cannot be used in foreign keys");
        if (!attribute)
            ddl_fail(ddl, "42703", ddl_name_span(ddl, location, name),
                     "column \"%s\" referenced in foreign key constraint does not exist", name);
        columns.numbers[i] = attribute->number;
    }
    return columns;
}

static struct columns primary_key(struct ddl *ddl, const struct relation *referenced, span at,
                                  const struct index **index)
{
    for (size_t i = 0; i < referenced->constraints.n; i++) {
        const struct constraint *key = referenced->constraints.items[i];
        if (key->kind != CONSTRAINT_PRIMARY)
            continue;
        *index = relation_constraint_index(referenced, key);
        return (struct columns){key->columns, key->n_columns};
    }
    ddl_fail(ddl, "42704", at, "there is no primary key for referenced table \"%s\"",
             referenced->name);
}

static bool contains(const struct columns *columns, int16_t number)
{
    for (size_t i = 0; i < columns->n; i++)
        if (columns->numbers[i] == number)
            return true;
    return false;
}

static bool is_key_over(const struct index *index, const struct columns *columns)
{
    if (!index->is_unique || index->is_partial || index->has_expressions ||
        index->n_columns != columns->n)
        return false;
    for (size_t i = 0; i < index->n_columns; i++)
        if (!contains(columns, index->columns[i]))
            return false;
    return true;
}

/* The first key over the columns that is not deferrable. */
static const struct index *find_key(struct ddl *ddl, const struct relation *referenced,
                                    const struct columns *columns, span at)
{
    bool is_deferrable = false;

    for (size_t i = 0; i < referenced->indexes.n; i++) {
        const struct index *index = referenced->indexes.items[i];
        const struct constraint *constraint;
        if (!is_key_over(index, columns))
            continue;
        constraint = index_constraint(referenced, index);
        if (!constraint || !constraint->deferrable)
            return index;
        is_deferrable = true;
    }
    if (is_deferrable)
        ddl_fail(ddl, "55000", at,
                 "cannot use a deferrable unique constraint for referenced table \"%s\"",
                 referenced->name);
    ddl_fail_exists(ddl, "42830", at, referenced->name, referenced->defined_at,
                    "there is no unique constraint matching given keys for referenced table \"%s\"",
                    referenced->name);
}

static bool has_equality(struct ddl *ddl, oid left, oid right)
{
    struct operator_list equals = catalog_find_operators(ddl->catalog, ddl->arena, NULL, "=");

    for (size_t i = 0; i < equals.n; i++)
        if (equals.items[i]->left == left && equals.items[i]->right == right)
            return true;
    return false;
}

/* The type whose equality the key's index uses: inet for a cidr; the type itself where that is a
 * polymorphic one. */
static oid compared_type(struct ddl *ddl, oid referenced)
{
    oid equal = catalog_default_operators(ddl->catalog, referenced).equal;
    const struct operator* op = equal ? catalog_get_operator(ddl->catalog, equal) : NULL;
    const struct type *type = op ? catalog_get_type(ddl->catalog, op->left) : NULL;

    return type && type->typtype != 'p' ? type->oid : referenced;
}

/* Either an operator compares the two as they are, or the referencing value is cast implicitly. */
static bool types_compare(struct ddl *ddl, oid referenced, oid referencing)
{
    const struct cast *cast;

    referencing = catalog_base_type(ddl->catalog, referencing, NULL);
    referenced = compared_type(ddl, catalog_base_type(ddl->catalog, referenced, NULL));
    if (referenced == referencing ||
        catalog_is_binary_coercible(ddl->catalog, referencing, referenced))
        return true;
    cast = catalog_find_cast(ddl->catalog, referencing, referenced);
    return (cast && cast->context == 'i') || has_equality(ddl, referenced, referencing);
}

void foreign_key_check_types(struct ddl *ddl, const struct relation *relation,
                             const struct constraint *constraint, const struct relation *referenced,
                             span at)
{
    for (size_t i = 0; i < constraint->n_columns; i++) {
        const struct attribute *from = &relation->attributes.items[constraint->columns[i] - 1];
        const struct attribute *to = &referenced->attributes.items[constraint->ref_columns[i] - 1];
        if (!types_compare(ddl, to->type, from->type)) {
            struct diag *diag =
                diag_error(ddl->diags, "42804", at,
                           "foreign key constraint \"%s\" cannot be implemented", constraint->name);
            if (to->defined_at.source)
                diag_note(ddl->diags, diag, to->defined_at, "\"%s\" is defined here", to->name);
            diag_hint(ddl->diags, diag,
                      "key columns \"%s\" and \"%s\" are of incompatible types: %s and %s",
                      from->name, to->name, ddl_type_text(ddl, from->type),
                      ddl_type_text(ddl, to->type));
            ddl_stop(ddl);
        }
    }
}

static const struct relation *referenced_table(struct ddl *ddl, const PgQuery__RangeVar *name)
{
    const struct relation *referenced = relation_get(ddl, name);

    if (referenced->relkind != 'r' && referenced->relkind != 'p')
        ddl_fail(ddl, "42809", range_var_span(ddl, name),
                 "referenced relation \"%s\" is not a table", referenced->name);
    return referenced;
}

static void set_columns(struct ddl *ddl, const struct relation *relation,
                        const struct constraint_source *source, const struct relation *referenced,
                        struct constraint *constraint)
{
    const PgQuery__Constraint *node = source->node;
    span at = range_var_span(ddl, node->pktable);
    struct columns from = {NULL, 1}, to;

    if (source->column) {
        from.numbers = arena_array(ddl->arena, int16_t, 1);
        from.numbers[0] = attribute_find(relation, source->column)->number;
    } else {
        from = named_columns(ddl, relation, node->fk_attrs, node->n_fk_attrs, node->location);
    }
    if (node->n_pk_attrs > 0) {
        to = named_columns(ddl, referenced, node->pk_attrs, node->n_pk_attrs,
                           node->pktable->location);
        constraint->ref_index = find_key(ddl, referenced, &to, at);
    } else {
        to = primary_key(ddl, referenced, at, &constraint->ref_index);
    }
    if (from.n != to.n)
        ddl_fail(ddl, "42830", at,
                 "number of referencing and referenced columns for foreign key disagree");
    constraint->columns = from.numbers;
    constraint->n_columns = from.n;
    constraint->ref_columns = to.numbers;
}

static char letter_of(const char *text, char otherwise)
{
    return text && *text ? *text : otherwise;
}

/* ON DELETE SET NULL (…): some of the key's columns. */
static void set_action_columns(struct ddl *ddl, const struct relation *relation,
                               const PgQuery__Constraint *node, struct constraint *constraint)
{
    struct columns columns = named_columns(ddl, relation, node->fk_del_set_cols,
                                           node->n_fk_del_set_cols, node->location);
    const struct columns key = {constraint->columns, constraint->n_columns};

    for (size_t i = 0; i < columns.n; i++)
        if (!contains(&key, columns.numbers[i])) {
            const char *name = raw_string(node->fk_del_set_cols[i]);
            ddl_fail(ddl, "42P10", ddl_name_span(ddl, node->location, name),
                     "column \"%s\" referenced in ON DELETE SET action must be part of foreign "
                     "key",
                     name);
        }
    constraint->set_columns = columns.numbers;
    constraint->n_set_columns = columns.n;
}

/* What lives longer cannot reference what lives less long. */
static void check_persistence(struct ddl *ddl, const struct relation *relation,
                              const struct relation *referenced, span at)
{
    const char *kind = relation->is_temporary  ? "temporary"
                       : relation->is_unlogged ? "unlogged"
                                               : "permanent";

    if (relation->is_temporary == referenced->is_temporary &&
        (!referenced->is_unlogged || relation->is_unlogged))
        return;
    ddl_fail(ddl, "42P16", at, "constraints on %s tables may reference only %s tables", kind,
             relation->is_unlogged ? "permanent or unlogged" : kind);
}

static void check_generated(struct ddl *ddl, const struct relation *relation,
                            const struct constraint *constraint)
{
    const char *action = strchr("ndc", constraint->on_update)  ? "UPDATE"
                         : strchr("nd", constraint->on_delete) ? "DELETE"
                                                               : NULL;

    for (size_t i = 0; action && i < constraint->n_columns; i++)
        if (relation->attributes.items[constraint->columns[i] - 1].generated)
            ddl_fail(ddl, "42601", constraint->defined_at,
                     "invalid ON %s action for foreign key constraint containing generated column",
                     action);
}

static void check_partitioned(struct ddl *ddl, const struct relation *relation,
                              const struct constraint_source *source,
                              const struct relation *referenced)
{
    span at = ddl_span(ddl, source->node->location);

    if (relation->relkind != 'p')
        return;
    if (source->only)
        ddl_fail(ddl, "42809", at,
                 "cannot use ONLY for foreign key on partitioned table \"%s\" referencing relation "
                 "\"%s\"",
                 relation->name, referenced->name);
    if (source->not_valid)
        ddl_fail(
            ddl, "42809", at,
            "cannot add NOT VALID foreign key on partitioned table \"%s\" referencing relation "
            "\"%s\"",
            relation->name, referenced->name);
}

void constraint_add_foreign_key(struct ddl *ddl, struct relation *relation,
                                const struct constraint_source *source)
{
    const PgQuery__Constraint *node = source->node;
    struct constraint *constraint = arena_new(ddl->arena, struct constraint);
    const bool is_named = node->conname && *node->conname;
    const struct relation *referenced;

    if (relation->relkind == 'f')
        ddl_fail(ddl, "0A000", ddl_span(ddl, node->location),
                 "foreign key constraints are not supported on foreign tables");
    if (is_named)
        constraint_check_name_free(ddl, relation, node->conname, ddl_span(ddl, node->location));
    referenced = referenced_table(ddl, node->pktable);

    *constraint = (struct constraint){.kind = CONSTRAINT_FOREIGN,
                                      .deferrable = source->deferrable,
                                      .deferred = source->deferred,
                                      .match = letter_of(node->fk_matchtype, 's'),
                                      .on_update = letter_of(node->fk_upd_action, 'a'),
                                      .on_delete = letter_of(node->fk_del_action, 'a'),
                                      .validated = !source->not_valid,
                                      .is_local = true,
                                      .ref_relid = referenced->oid,
                                      .defined_at = ddl_span(ddl, node->location)};
    check_partitioned(ddl, relation, source, referenced);
    check_persistence(ddl, relation, referenced, range_var_span(ddl, node->pktable));
    set_columns(ddl, relation, source, referenced, constraint);
    check_generated(ddl, relation, constraint);
    set_action_columns(ddl, relation, node, constraint);
    constraint->name =
        is_named ? node->conname
                 : choose_constraint_name(ddl, relation->name,
                                          column_names_joined(ddl, relation, constraint->columns,
                                                              constraint->n_columns),
                                          "fkey", relation->namespace_oid);
    foreign_key_check_types(ddl, relation, constraint, referenced, constraint->defined_at);
    constraint_link(ddl, relation, constraint);
    foreign_key_add_parts(ddl, relation, constraint, referenced);
    foreign_key_copy_down(ddl, relation, constraint);
}
