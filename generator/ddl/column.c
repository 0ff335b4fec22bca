/* Column definitions: type, serial, NOT NULL, DEFAULT, identity, generated. Constraints that
 * belong to the table (PRIMARY KEY, CHECK, REFERENCES, …) are handed on.
 */
#include "ddl/table.h"

#include <string.h>

#include "ddl/reloption.h"

void column_check_type(struct ddl *ddl, const char *column, oid type, span at)
{
    const struct type *found = catalog_get_type(ddl->catalog, type);

    type_check_defined(ddl, type, at);
    if (found && found->typtype == 'p')
        ddl_fail(ddl, "42P16", at, "column \"%s\" has pseudo-type %s", column,
                 ddl_type_text(ddl, type));
}

/* Through domains, arrays, ranges and composite types (CheckAttributeType). */
static bool type_contains(struct ddl *ddl, oid id, oid row)
{
    const struct type *type = catalog_get_type(ddl->catalog, id);
    const struct relation *relation;

    if (!type || id == row)
        return type != NULL;
    if (type->typtype == 'd')
        return type_contains(ddl, type->base_type, row);
    if (type->elem && type->array == 0)
        return type_contains(ddl, type->elem, row);
    if (type->typtype == 'r' || type->typtype == 'm')
        return type_contains(ddl, type->range_subtype, row);
    relation = type->typtype == 'c' ? catalog_get_relation(ddl->catalog, type->relid) : NULL;
    for (size_t i = 0; relation && i < relation->attributes.n; i++)
        if (!relation->attributes.items[i].is_dropped &&
            type_contains(ddl, relation->attributes.items[i].type, row))
            return true;
    return false;
}

void column_check_member(struct ddl *ddl, const struct relation *relation, oid type, span at)
{
    if (type_contains(ddl, type, relation->type_oid))
        ddl_fail(ddl, "42P16", at, "composite type %s cannot be made a member of itself",
                 relation->name);
}

void column_check_name(struct ddl *ddl, const char *name, span at)
{
    if (is_system_column(name))
        ddl_fail(ddl, "42701", at, "column name \"%s\" conflicts with a system column name", name);
}

bool default_is_null(struct ddl *ddl, const struct attribute *column,
                     const PgQuery__Node *expression)
{
    const struct type *type = catalog_get_type(ddl->catalog, column->type);

    if (column->typmod >= 0 || (type && type->typtype == 'd'))
        return false;
    if (NODE_IS(expression, TYPE_CAST)) {
        const PgQuery__TypeName *name = expression->type_cast->type_name;
        if (name->n_typmods > 0 || type_resolve_quietly(ddl, name) != column->type)
            return false;
        expression = expression->type_cast->arg;
    }
    return NODE_IS(expression, A_CONST) && expression->a_const->isnull;
}

static void set_type(struct ddl *ddl, struct table_parts *parts, struct attribute *attribute,
                     const PgQuery__ColumnDef *definition)
{
    const char *serial = raw_serial_type(definition->type_name);
    const struct type *type;

    if (serial) {
        if (definition->type_name->n_array_bounds > 0)
            ddl_fail(ddl, "0A000", ddl_span(ddl, definition->type_name->location),
                     "array of serial is not implemented");
        attribute->type = catalog_find_type(ddl->catalog, "pg_catalog", serial)->oid;
        attribute->typmod = -1;
        attribute->not_null = true;
        attribute->has_default = true;
        vec_push(ddl->arena, &parts->sequences,
                 (struct sequence_source){.column = attribute->name});
        return;
    }
    attribute->type = type_resolve(ddl, definition->type_name, &attribute->typmod);
    column_check_type(ddl, attribute->name, attribute->type,
                      sql_dotted_span(ddl->sql, definition->type_name->location));
    type = catalog_get_type(ddl->catalog, attribute->type);
    attribute->collation = type->collation;
    if (!definition->coll_clause)
        return;
    if (!type->collation)
        ddl_fail(ddl, "42804", ddl_span(ddl, definition->coll_clause->location),
                 "collations are not supported by type %s", ddl_type_text(ddl, attribute->type));
    attribute->collation = collation_resolve(ddl, definition->coll_clause);
}

/* What the constraints of one column have said so far, for contradictions. */
struct seen {
    bool null, not_null, has_default, identity, generated;
    bool may_defer;      /* the last one can be deferred: a key or foreign key */
    bool deferrability;  /* it was told whether it is … */
    bool initial_timing; /* … and INITIALLY what */
};

static _Noreturn void clash(struct ddl *ddl, const struct table_parts *parts,
                            const PgQuery__Constraint *node, const char *what, const char *column)
{
    ddl_fail(ddl, "42601", ddl_span(ddl, node->location), "%s for column \"%s\" of table \"%s\"",
             what, column, parts->table);
}

static void apply_default(struct ddl *ddl, struct table_parts *parts, struct attribute *attribute,
                          const PgQuery__Constraint *node, struct seen *seen)
{
    if (node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT) {
        if (seen->has_default)
            clash(ddl, parts, node, "multiple default values specified", attribute->name);
        seen->has_default = true;
    } else if (node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY) {
        if (seen->identity)
            clash(ddl, parts, node, "multiple identity specifications", attribute->name);
        seen->identity = true;
    } else {
        if (seen->generated)
            clash(ddl, parts, node, "multiple generation clauses specified", attribute->name);
        seen->generated = true;
    }
    if (seen->has_default && seen->identity)
        clash(ddl, parts, node, "both default and identity specified", attribute->name);
    if (seen->has_default && seen->generated)
        clash(ddl, parts, node, "both default and generation expression specified",
              attribute->name);
    if (seen->identity && seen->generated)
        clash(ddl, parts, node, "both identity and generation expression specified",
              attribute->name);
    if (node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT &&
        default_is_null(ddl, attribute, node->raw_expr)) {
        vec_push(ddl->arena, &parts->null_defaults, attribute->name);
        attribute->has_default = false;
        return;
    }
    if (node->contype != PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY)
        vec_push(ddl->arena, &parts->defaults,
                 (struct default_source){attribute->name, node->raw_expr});
    attribute->has_default = true;
    called_extension_load(ddl, node->raw_expr);
}

void column_check_identity_type(struct ddl *ddl, oid id, span at)
{
    const struct type *type = catalog_get_type(ddl->catalog, id);

    if (type->oid >= FIRST_USER_OID ||
        (strcmp(type->name, "int2") != 0 && strcmp(type->name, "int4") != 0 &&
         strcmp(type->name, "int8") != 0))
        ddl_fail(ddl, "22023", at, "identity column type must be smallint, integer, or bigint");
}

static void apply_identity(struct ddl *ddl, struct table_parts *parts, struct attribute *attribute,
                           const PgQuery__Constraint *node, struct seen *seen)
{
    const PgQuery__DefElem *name = definition_find(node->options, node->n_options, "sequence_name");

    apply_default(ddl, parts, attribute, node, seen);
    if (seen->null)
        clash(ddl, parts, node, "conflicting NULL/NOT NULL declarations", attribute->name);
    attribute->identity = node->generated_when && *node->generated_when == 'a' ? 'a' : 'd';
    attribute->not_null = true;
    vec_push(ddl->arena, &parts->sequences,
             (struct sequence_source){.column = attribute->name,
                                      .name = definition_string(ddl, name),
                                      .is_identity = true,
                                      .options = node->options,
                                      .n_options = node->n_options});
}

static void hand_on(struct ddl *ddl, struct table_parts *parts, const struct attribute *attribute,
                    const PgQuery__Constraint *node)
{
    vec_push(ddl->arena, &parts->constraints,
             (struct constraint_source){.node = node,
                                        .column = attribute->name,
                                        .deferrable = node->deferrable,
                                        .deferred = node->initdeferred});
}

static void apply_nullness(struct ddl *ddl, struct table_parts *parts, struct attribute *attribute,
                           const PgQuery__Constraint *node, struct seen *seen)
{
    bool not_null = node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL;

    if (not_null ? seen->null : seen->not_null || attribute->not_null)
        clash(ddl, parts, node, "conflicting NULL/NOT NULL declarations", attribute->name);
    if (not_null)
        seen->not_null = attribute->not_null = true;
    else
        seen->null = true;
}

/* DEFERRABLE, INITIALLY … after the constraint that they are about (transformConstraintAttrs). */
static void apply_deferral(struct ddl *ddl, struct table_parts *parts,
                           const PgQuery__Constraint *node, struct seen *seen)
{
    span at = ddl_span(ddl, node->location);
    bool is_timing = node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED ||
                     node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE;
    bool *said = is_timing ? &seen->initial_timing : &seen->deferrability;
    struct constraint_source *last;

    if (!seen->may_defer)
        ddl_fail(
            ddl, "42601", at, "misplaced %s clause",
            node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE       ? "DEFERRABLE"
            : node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE ? "NOT DEFERRABLE"
            : node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED ? "INITIALLY DEFERRED"
                                                                           : "INITIALLY IMMEDIATE");
    if (*said)
        ddl_fail(ddl, "42601", at, "multiple %s clauses not allowed",
                 is_timing ? "INITIALLY IMMEDIATE/DEFERRED" : "DEFERRABLE/NOT DEFERRABLE");
    *said = true;
    last = &parts->constraints.items[parts->constraints.n - 1];
    if (node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE ||
        (node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED && !seen->deferrability))
        last->deferrable = true;
    last->deferred |= node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED;
    if ((node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED && !last->deferrable) ||
        (node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE && last->deferrable))
        ddl_fail(ddl, "42601", at, "constraint declared INITIALLY DEFERRED must be DEFERRABLE");
}

static bool is_deferral(PgQuery__ConstrType type)
{
    return type == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE ||
           type == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE ||
           type == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED ||
           type == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE;
}

void column_apply_constraints(struct ddl *ddl, struct table_parts *parts,
                              struct attribute *attribute, const PgQuery__ColumnDef *definition)
{
    struct seen seen = {.has_default = parts->sequences.n > 0 &&
                                       parts->sequences.items[parts->sequences.n - 1].column ==
                                           attribute->name};

    for (size_t i = 0; i < definition->n_constraints; i++) {
        const PgQuery__Constraint *node = definition->constraints[i]->constraint;
        if (is_deferral(node->contype)) {
            apply_deferral(ddl, parts, node, &seen);
            continue;
        }
        seen.may_defer = seen.deferrability = seen.initial_timing = false;
        switch (node->contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
            apply_nullness(ddl, parts, attribute, node, &seen);
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
            apply_default(ddl, parts, attribute, node, &seen);
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
            apply_identity(ddl, parts, attribute, node, &seen);
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
            apply_default(ddl, parts, attribute, node, &seen);
            attribute->generated = 's';
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
            hand_on(ddl, parts, attribute, node);
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
            hand_on(ddl, parts, attribute, node);
            seen.may_defer = true;
            break;
        default:
            break;
        }
    }
}

struct attribute column_build(struct ddl *ddl, struct table_parts *parts,
                              const PgQuery__ColumnDef *definition)
{
    struct attribute attribute = {.name = definition->colname,
                                  .typmod = -1,
                                  .is_local = true,
                                  .defined_at = ddl_span(ddl, definition->location)};

    column_check_name(ddl, attribute.name, attribute.defined_at);
    set_type(ddl, parts, &attribute, definition);
    if (definition->compression && *definition->compression)
        attribute.compression =
            column_compression(ddl, &attribute, definition->compression, attribute.defined_at);
    foreign_options_change(ddl, &attribute.about.foreign_options, definition->fdwoptions,
                           definition->n_fdwoptions);
    column_apply_constraints(ddl, parts, &attribute, definition);
    return attribute;
}

void column_create_sequences(struct ddl *ddl, struct relation *relation,
                             const struct table_parts *parts)
{
    for (size_t i = 0; i < parts->sequences.n; i++)
        sequence_create_owned(ddl, relation, &parts->sequences.items[i]);
}
