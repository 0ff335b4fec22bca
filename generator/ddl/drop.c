/* DROP of every kind of object that is kept; publications, roles and the like are skipped. */
#include <string.h>

#include "ddl/depend.h"
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

struct removal removal_of(struct ddl *ddl, const PgQuery__DropStmt *statement)
{
    return (struct removal){
        .ddl = ddl, .cascade = statement->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE};
}

/* The message names a single target only. */
static void add_target(struct removal *removal, struct dropped_object object, span at,
                       const char *what)
{
    removal->what = removal->objects.n == 0 ? what : NULL;
    if (removal->objects.n == 0)
        removal->at = at;
    removal_add(removal, object);
}

static bool schema_missing(struct ddl *ddl, struct qualified_name name, bool missing_ok, span at)
{
    if (!name.schema || strcmp(name.schema, "pg_temp") == 0 ||
        catalog_find_namespace(ddl->catalog, name.schema))
        return false;
    if (!missing_ok)
        ddl_fail(ddl, "3F000", at, "schema \"%s\" does not exist", name.schema);
    return true;
}

/* --- Relations -------------------------------------------------------------------------------- */

static bool relkind_fits(char relkind, PgQuery__ObjectType type)
{
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
        return relkind == 'v';
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
        return relkind == 'm';
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        return relkind == 'S';
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return relkind == 'f';
    default:
        return relkind == 'r' || relkind == 'p';
    }
}

static const char *type_word(PgQuery__ObjectType type)
{
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
        return "view";
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
        return "materialized view";
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        return "sequence";
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return "foreign table";
    default:
        return "table";
    }
}

static const char *article(const char *word)
{
    return strchr("aeiou", *word) ? "an" : "a";
}

/* The sequence of an identity column is a part of it. */
static void check_no_identity(struct ddl *ddl, const struct relation *relation, span at)
{
    const struct attribute *column;
    const struct relation *owner =
        relation->relkind == 'S' ? sequence_owner(ddl, relation, &column) : NULL;

    if (owner && column->identity)
        ddl_fail_hint(ddl, "2BP01", at,
                      arena_printf(ddl->arena, "you can drop column %s of table %s instead",
                                   column->name, owner->name),
                      "cannot drop sequence %s because column %s of table %s requires it",
                      relation->name, column->name, owner->name);
}

static void add_relation(struct removal *removal, const PgQuery__DropStmt *statement,
                         const PgQuery__Node *node)
{
    struct ddl *ddl = removal->ddl;
    struct qualified_name name = name_from_node(ddl, node);
    const char *word = type_word(statement->remove_type);
    span at = name_span(ddl, name);
    const struct relation *found;

    if (schema_missing(ddl, name, statement->missing_ok, at))
        return;
    found = catalog_find_relation(ddl->catalog, name.schema, name.name);
    if (!found && statement->missing_ok && !index_find(ddl, name.schema, name.name))
        return;
    if (!found && index_find(ddl, name.schema, name.name))
        ddl_fail_hint(ddl, "42809", at, "use DROP INDEX to remove an index", "\"%s\" is not %s %s",
                      name.name, article(word), word);
    if (!found)
        ddl_fail_hint(ddl, "42P01", at, NULL, "%s \"%s\" does not exist", word,
                      qualified_text(ddl->arena, name));
    if (!relkind_fits(found->relkind, statement->remove_type))
        ddl_fail_hint(ddl, "42809", at,
                      arena_printf(ddl->arena, "use DROP %s to remove it",
                                   found->relkind == 'c' ? "TYPE" : relkind_name(found->relkind)),
                      "\"%s\" is not %s %s", found->name, article(word), word);
    relation_edit(ddl, found, at);
    check_no_identity(ddl, found, at);
    add_target(removal, (struct dropped_object){.class = OBJECT_IS_RELATION, .id = found->oid}, at,
               arena_printf(ddl->arena, "%s %s", word, qualified_text(ddl->arena, name)));
}

struct index_drop {
    struct ddl *ddl;
    const char *name; /* as it was written */
    bool cascade;
    span at;
};

/* The partition's index backs a constraint of its own, which the partitioned table has not. */
static void drop_backed(const struct index_drop *drop, struct relation *child,
                        const struct index *index, struct constraint *constraint)
{
    struct ddl *ddl = drop->ddl;
    struct diag *diag;

    if (drop->cascade) {
        drop_constraint(ddl, child, constraint);
        return;
    }
    diag = diag_error(ddl->diags, "2BP01", drop->at,
                      "cannot drop index %s because other objects depend on it", drop->name);
    diag_note(ddl->diags, diag, constraint->defined_at,
              "constraint %s on table %s depends on index %s", constraint->name, child->name,
              index->name);
    diag_hint(ddl->diags, diag, "use DROP ... CASCADE to drop the dependent objects too");
    ddl_stop(ddl);
}

static void drop_copies(const struct index_drop *drop, const struct relation *relation,
                        const struct index *index)
{
    struct constraint *constraint;
    size_t at = 0;

    if (relation->relkind != 'p')
        return;
    for (struct relation *child; (child = inheritance_child(drop->ddl, relation->oid, &at));) {
        struct index *copy = index_attached(child, index);
        if (!copy)
            continue;
        drop_copies(drop, child, copy);
        constraint = index_constraint(child, copy);
        if (constraint)
            drop_backed(drop, child, index, constraint);
        else
            index_unlink(drop->ddl, child, copy);
    }
}

static void drop_index(struct ddl *ddl, const PgQuery__DropStmt *statement,
                       const PgQuery__Node *node)
{
    struct qualified_name name = name_from_node(ddl, node);
    span at = name_span(ddl, name);
    struct removal removal = {.ddl = ddl,
                              .cascade =
                                  statement->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE,
                              .at = at};
    const struct constraint *constraint;
    struct relation *relation;
    struct index_place *place;
    struct index *index;

    if (schema_missing(ddl, name, statement->missing_ok, at))
        return;
    place = index_find(ddl, name.schema, name.name);
    if (!place && catalog_find_relation(ddl->catalog, name.schema, name.name))
        ddl_fail(ddl, "42809", at, "\"%s\" is not an index", name.name);
    if (!place && statement->missing_ok)
        return;
    if (!place)
        ddl_fail(ddl, "42704", at, "index \"%s\" does not exist", qualified_text(ddl->arena, name));
    relation = catalog_edit_relation(ddl->catalog, place->relid);
    if (statement->concurrent && relation->relkind == 'p' && !relation->is_temporary)
        ddl_fail(ddl, "0A000", at, "cannot drop partitioned index \"%s\" concurrently", name.name);
    index = place->index;
    constraint = index_constraint(relation, index);
    if (index->parent)
        ddl_fail(ddl, "2BP01", at, "cannot drop index %s because index %s requires it", name.name,
                 index->parent->name);
    if (constraint)
        ddl_fail_hint(ddl, "2BP01", at,
                      arena_printf(ddl->arena, "you can drop constraint %s on table %s instead",
                                   constraint->name, relation->name),
                      "cannot drop index %s because constraint %s on table %s requires it",
                      name.name, constraint->name, relation->name);
    removal.what = arena_printf(ddl->arena, "index %s", name.name);
    removal_add(&removal, (struct dropped_object){
                              .class = OBJECT_IS_INDEX, .id = relation->oid, .index = index});
    removal_run(&removal);
    drop_copies(
        &(struct index_drop){.ddl = ddl, .name = name.name, .cascade = removal.cascade, .at = at},
        relation, index);
}

/* --- Types and functions ---------------------------------------------------------------------- */

/* The type that brought this one along as its array or multirange; 0 for a type of its own. */
static oid owning_type(const struct ddl *ddl, const struct type *type)
{
    if (type->typtype == 'm')
        return type->range_subtype;
    return type->category == 'A' && type->elem &&
                   catalog_array_type(ddl->catalog, type->elem) == type->oid
               ? type->elem
               : 0;
}

static void add_type(struct removal *removal, const PgQuery__DropStmt *statement,
                     const PgQuery__Node *node)
{
    struct ddl *ddl = removal->ddl;
    struct qualified_name name = name_from_node(ddl, node);
    bool is_domain = statement->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN;
    span at = NODE_IS(node, TYPE_NAME) ? sql_dotted_span(ddl->sql, node->type_name->location)
                                       : name_span(ddl, name);
    const struct relation *row;
    const struct type *type;
    oid owner;

    if (statement->missing_ok && (schema_missing(ddl, name, true, at) ||
                                  !catalog_find_type(ddl->catalog, name.schema, name.name)))
        return;
    type = type_get(ddl, name, at);
    if (is_domain && type->typtype != 'd')
        ddl_fail(ddl, "42809", at, "\"%s\" is not a domain", name.name);
    owner = owning_type(ddl, type);
    if (type->oid < FIRST_UNPINNED_OID)
        ddl_fail_required(ddl, at,
                          arena_printf(ddl->arena, "type %s", ddl_type_text(ddl, type->oid)));
    type_edit(ddl, type, at);
    if (owner)
        ddl_fail(ddl, "2BP01", at, "cannot drop type %s because type %s requires it", name.name,
                 ddl_type_text(ddl, owner));
    row = type->relid ? catalog_get_relation(ddl->catalog, type->relid) : NULL;
    if (row && row->relkind != 'c')
        ddl_fail_hint(ddl, "2BP01", at,
                      arena_printf(ddl->arena, "you can drop %s %s instead",
                                   relkind_name(row->relkind), row->name),
                      "cannot drop type %s because %s %s requires it", name.name,
                      relkind_name(row->relkind), row->name);
    add_target(removal,
               (struct dropped_object){.class = row ? OBJECT_IS_RELATION : OBJECT_IS_TYPE,
                                       .id = row ? row->oid : type->oid},
               at, arena_printf(ddl->arena, "type %s", qualified_text(ddl->arena, name)));
}

static void add_function(struct removal *removal, const PgQuery__DropStmt *statement,
                         const PgQuery__Node *node, char kind)
{
    struct ddl *ddl = removal->ddl;
    struct qualified_name name =
        name_from_list(ddl, node->object_with_args->objname, node->object_with_args->n_objname);
    const struct function *found =
        function_lookup(ddl, node->object_with_args, kind, statement->missing_ok);
    span at = name_span(ddl, name);
    const char *what;

    if (!found)
        return;
    what = arena_printf(ddl->arena, "function %s",
                        signature_text(ddl, found->name, found->arg_types, found->n_args));
    if (kind == 'f')
        check_no_aggregate(ddl, found, at, "use DROP AGGREGATE to drop aggregate functions");
    if (!catalog_edit_function(ddl->catalog, found->oid))
        ddl_fail_required(ddl, at, what);
    add_target(removal, (struct dropped_object){.class = OBJECT_IS_FUNCTION, .id = found->oid}, at,
               what);
}

static void add_cast(struct removal *removal, const PgQuery__DropStmt *statement,
                     const PgQuery__Node *node)
{
    struct ddl *ddl = removal->ddl;
    const PgQuery__TypeName *from = node->list->items[0]->type_name;
    const PgQuery__TypeName *to = node->list->items[1]->type_name;
    oid source =
        statement->missing_ok ? type_resolve_quietly(ddl, from) : type_resolve(ddl, from, NULL);
    oid target =
        statement->missing_ok ? type_resolve_quietly(ddl, to) : type_resolve(ddl, to, NULL);

    if (source && target && catalog_find_cast(ddl->catalog, source, target) &&
        !catalog_edit_cast(ddl->catalog, source, target))
        ddl_fail_required(ddl, sql_dotted_span(ddl->sql, from->location),
                          arena_printf(ddl->arena, "cast from %s to %s", ddl_type_text(ddl, source),
                                       ddl_type_text(ddl, target)));
    if (source && target && catalog_find_cast(ddl->catalog, source, target))
        add_target(removal,
                   (struct dropped_object){.class = OBJECT_IS_CAST, .id = source, .target = target},
                   sql_dotted_span(ddl->sql, from->location),
                   arena_printf(ddl->arena, "cast from %s to %s", ddl_type_text(ddl, source),
                                ddl_type_text(ddl, target)));
    else if (!statement->missing_ok)
        ddl_fail(ddl, "42704", sql_dotted_span(ddl->sql, from->location),
                 "cast from type %s to type %s does not exist", ddl_type_text(ddl, source),
                 ddl_type_text(ddl, target));
}

static void add_operator(struct removal *removal, const PgQuery__DropStmt *statement,
                         const PgQuery__Node *node)
{
    struct ddl *ddl = removal->ddl;
    const PgQuery__ObjectWithArgs *object = node->object_with_args;
    const struct operator* op = operator_lookup(ddl, object, statement->missing_ok);

    if (op && op->oid < FIRST_UNPINNED_OID)
        ddl_fail_required(ddl, ddl_span(ddl, -1),
                          arena_printf(ddl->arena, "operator %s", op->name));
    if (op)
        add_target(removal, (struct dropped_object){.class = OBJECT_IS_OPERATOR, .id = op->oid},
                   name_span(ddl, name_from_list(ddl, object->objname, object->n_objname)),
                   arena_printf(ddl->arena, "operator %s", op->name));
}

static void drop_one(struct removal *removal, const PgQuery__DropStmt *statement,
                     const PgQuery__Node *node)
{
    struct ddl *ddl = removal->ddl;

    switch (statement->remove_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        add_relation(removal, statement, node);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        drop_index(ddl, statement, node);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        add_type(removal, statement, node);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
        add_function(removal, statement, node, routine_kind(statement->remove_type));
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        add_operator(removal, statement, node);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_CAST:
        add_cast(removal, statement, node);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        ddl_drop_part(ddl, statement, node);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT:
        ddl_drop_statistics(ddl, statement, node);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        drop_schema(ddl, statement, raw_string(node));
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER:
        drop_server(ddl, statement, raw_string(node));
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
        drop_extension(ddl, statement, raw_string(node));
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS:
        ddl_drop_operator_class(ddl, statement, node);
        break;
    default:
        ddl_drop_other(ddl, statement, node);
        break;
    }
}

static void check_concurrent(struct ddl *ddl, const PgQuery__DropStmt *statement)
{
    span at = ddl_span(ddl, -1);

    transaction_check_none(ddl, "DROP INDEX CONCURRENTLY");
    if (statement->n_objects > 1)
        ddl_fail(ddl, "0A000", at,
                 "DROP INDEX CONCURRENTLY does not support dropping multiple objects");
    if (statement->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
        ddl_fail(ddl, "0A000", at, "DROP INDEX CONCURRENTLY does not support CASCADE");
}

void ddl_drop(struct ddl *ddl, const PgQuery__DropStmt *statement)
{
    struct removal removal = removal_of(ddl, statement);

    if (statement->concurrent)
        check_concurrent(ddl, statement);
    for (size_t i = 0; i < statement->n_objects; i++)
        drop_one(&removal, statement, statement->objects[i]);
    removal_run(&removal);
}
