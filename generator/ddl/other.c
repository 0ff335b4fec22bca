/* Objects that no query asks for, as far as they are alike: finding, dropping, renaming and moving
 * them. What comes with a server is not known in full, so that a name that such a thing may have is
 * let through.
 */
#include <string.h>

#include "ddl/depend.h"
#include "ddl/object.h"
#include "ddl/statements.h"
#include "ddl/table.h"

static const struct {
    const char *word;
    PgQuery__ObjectType type;
    bool in_schema;
} classes[] = {
    [OTHER_EXTENSION] = {"extension", PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION, false},
    [OTHER_LANGUAGE] = {"language", PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE, false},
    [OTHER_COLLATION] = {"collation", PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION, true},
    [OTHER_CONVERSION] = {"conversion", PG_QUERY__OBJECT_TYPE__OBJECT_CONVERSION, true},
    [OTHER_OPERATOR_FAMILY] = {"operator family", PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY, true},
    [OTHER_TRANSFORM] = {"transform", PG_QUERY__OBJECT_TYPE__OBJECT_TRANSFORM, false},
    [OTHER_ACCESS_METHOD] = {"access method", PG_QUERY__OBJECT_TYPE__OBJECT_ACCESS_METHOD, false},
    [OTHER_TS_PARSER] = {"text search parser", PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER, true},
    [OTHER_TS_TEMPLATE] = {"text search template", PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE, true},
    [OTHER_TS_DICTIONARY] = {"text search dictionary", PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY,
                             true},
    [OTHER_TS_CONFIGURATION] = {"text search configuration",
                                PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION, true},
    [OTHER_WRAPPER] = {"foreign-data wrapper", PG_QUERY__OBJECT_TYPE__OBJECT_FDW, false},
    [OTHER_SERVER] = {"server", PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, false},
    [OTHER_USER_MAPPING] = {"user mapping", PG_QUERY__OBJECT_TYPE__OBJECT_USER_MAPPING, false},
    [OTHER_EVENT_TRIGGER] = {"event trigger", PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER, false},
    [OTHER_PUBLICATION] = {"publication", PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION, false},
    [OTHER_SUBSCRIPTION] = {"subscription", PG_QUERY__OBJECT_TYPE__OBJECT_SUBSCRIPTION, false},
    [OTHER_DEFAULT_PRIVILEGE] = {"default privileges", PG_QUERY__OBJECT_TYPE__OBJECT_DEFACL, false},
};

const char *other_word(enum other_class class)
{
    return classes[class].word;
}

const char *other_text(struct ddl *ddl, oid id)
{
    const struct other_object *other = catalog_get_other(ddl->catalog, id);

    return arena_printf(ddl->arena, "%s %s", other_word(other->class), other->name);
}

bool other_class_of(PgQuery__ObjectType type, enum other_class *class)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (classes[i].type == type) {
            *class = (enum other_class)i;
            return true;
        }
    return false;
}

/* --- Finding them ------------------------------------------------------------------------------
 */

/* Whether the server may have it. */
static bool may_be_builtin(struct ddl *ddl, enum other_class class, struct qualified_name name)
{
    static const char *const languages[] = {"sql", "c", "internal", "plpgsql", NULL};
    static const char *const templates[] = {"simple",    "synonym",  "ispell",
                                            "thesaurus", "snowball", NULL};
    static const char *const methods[] = {"heap", "btree",  "hash", "gist",
                                          "gin",  "spgist", "brin", NULL};

    if (name.schema && strcmp(name.schema, "pg_catalog") != 0)
        return false;
    switch (class) {
    case OTHER_LANGUAGE:
        return name_is_one_of(name.name, languages);
    case OTHER_ACCESS_METHOD:
        return name_is_one_of(name.name, methods);
    case OTHER_COLLATION:
        return catalog_find_collation(ddl->catalog, name.schema, name.name) != 0;
    case OTHER_CONVERSION:
        return strstr(name.name, "_to_") != NULL;
    case OTHER_OPERATOR_FAMILY:
        return strstr(name.name, "_ops") != NULL;
    case OTHER_TS_PARSER:
        return strcmp(name.name, "default") == 0;
    case OTHER_TS_TEMPLATE:
        return name_is_one_of(name.name, templates);
    case OTHER_TS_DICTIONARY:
        return catalog_knows_text_search_dictionary(ddl->catalog, name.schema, name.name);
    case OTHER_TS_CONFIGURATION:
        return catalog_knows_text_search_config(ddl->catalog, name.schema, name.name);
    default:
        return false;
    }
}

struct other_object *other_search(struct ddl *ddl, enum other_class class,
                                  struct qualified_name name, const char *detail)
{
    if (classes[class].in_schema)
        return catalog_search_other(ddl->catalog, class, name.schema, name.name, detail);
    return catalog_find_other(ddl->catalog, class, 0, name.name, detail);
}

static _Noreturn void fail_missing(struct ddl *ddl, enum other_class class,
                                   struct qualified_name name, const char *detail)
{
    if (class == OTHER_OPERATOR_FAMILY)
        ddl_fail(ddl, "42704", name_span(ddl, name),
                 "operator family \"%s\" does not exist for access method \"%s\"",
                 qualified_text(ddl->arena, name), detail);
    ddl_fail(ddl, "42704", name_span(ddl, name), "%s \"%s\" does not exist", other_word(class),
             qualified_text(ddl->arena, name));
}

static struct other_object *search(struct ddl *ddl, enum other_class class,
                                   struct qualified_name name, const char *detail, bool missing_ok)
{
    struct other_object *found = other_search(ddl, class, name, detail);

    if (!found && !missing_ok && !catalog_is_incomplete(ddl->catalog) &&
        !may_be_builtin(ddl, class, name))
        fail_missing(ddl, class, name, detail);
    return found;
}

struct other_object *other_get(struct ddl *ddl, enum other_class class, const char *name)
{
    return search(ddl, class, (struct qualified_name){NULL, name}, NULL, false);
}

/* FOR type LANGUAGE name. */
static struct other_object *transform_of_node(struct ddl *ddl, const PgQuery__Node *node,
                                              bool missing_ok)
{
    const PgQuery__TypeName *name = node->list->items[0]->type_name;
    const char *language = raw_string(node->list->items[1]);
    oid type = missing_ok ? type_resolve_quietly(ddl, name) : type_resolve(ddl, name, NULL);
    size_t at = 0;

    for (struct other_object *other; (other = catalog_next_other(ddl->catalog, &at));)
        if (other->class == OTHER_TRANSFORM && strcmp(other->detail, language) == 0 &&
            other->clauses.items[0].object == type)
            return other;
    if (!missing_ok)
        ddl_fail(ddl, "42704", sql_dotted_span(ddl->sql, name->location),
                 "transform for type %s language \"%s\" does not exist", ddl_type_text(ddl, type),
                 language);
    return NULL;
}

struct other_object *other_of_node(struct ddl *ddl, enum other_class class,
                                   const PgQuery__Node *node, bool missing_ok)
{
    const char *method;

    if (class == OTHER_TRANSFORM)
        return transform_of_node(ddl, node, missing_ok);
    if (class == OTHER_OPERATOR_FAMILY) {
        method = raw_string(node->list->items[0]);
        access_method_check(ddl, method, ddl_name_span(ddl, -1, method));
        return search(ddl, class,
                      name_from_list(ddl, node->list->items + 1, node->list->n_items - 1), method,
                      missing_ok);
    }
    return search(ddl, class, name_from_node(ddl, node), NULL, missing_ok);
}

void other_check_free(struct ddl *ddl, const struct other_object *draft, span at)
{
    const struct other_object *old = catalog_find_other(
        ddl->catalog, draft->class, draft->namespace_oid, draft->name, draft->detail);

    if (old && draft->class == OTHER_OPERATOR_FAMILY)
        ddl_fail_exists(ddl, "42710", at, old->name, old->defined_at,
                        "operator family \"%s\" for access method \"%s\" already exists",
                        draft->name, draft->detail);
    if (old)
        ddl_fail_exists(ddl, "42710", at, old->name, old->defined_at, "%s \"%s\" already exists",
                        other_word(draft->class), draft->name);
}

struct other_object *other_create(struct ddl *ddl, struct other_object draft, span at)
{
    other_check_free(ddl, &draft, at);
    draft.defined_at = at;
    return catalog_add_other(ddl->catalog, &draft);
}

/* --- DROP --------------------------------------------------------------------------------------
 */

static void add_columns_of(struct removal *removal, oid collation)
{
    size_t n;
    struct relation *const *relations = catalog_relations(removal->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; relations[i] && k < relations[i]->attributes.n; k++)
            if (!relations[i]->attributes.items[k].is_dropped &&
                relations[i]->attributes.items[k].collation == collation)
                removal_add(removal, (struct dropped_object){.class = OBJECT_IS_COLUMN,
                                                             .id = relations[i]->oid,
                                                             .column = (int16_t)(k + 1)});
}

static void drop_collation(struct ddl *ddl, const PgQuery__DropStmt *statement,
                           const struct other_object *other)
{
    struct removal removal = removal_of(ddl, statement);

    add_columns_of(&removal, other->oid);
    if (removal.objects.n > 0 && !removal.cascade)
        ddl_fail_hint(ddl, "2BP01", ddl_name_span(ddl, -1, other->name),
                      "use DROP ... CASCADE to drop the dependent objects too",
                      "cannot drop collation %s because other objects depend on it", other->name);
    removal_run(&removal);
    catalog_drop_collation(ddl->catalog, other->oid);
}

/* Names that only an object of the server has. */
static void check_not_built_in(struct ddl *ddl, enum other_class class, const PgQuery__Node *node)
{
    struct qualified_name name;

    if (class == OTHER_TRANSFORM || class == OTHER_OPERATOR_FAMILY || class == OTHER_CONVERSION)
        return;
    name = name_from_node(ddl, node);
    if (may_be_builtin(ddl, class, name))
        ddl_fail_required(ddl, name_span(ddl, name),
                          arena_printf(ddl->arena, "%s %s", other_word(class), name.name));
}

void ddl_drop_other(struct ddl *ddl, const PgQuery__DropStmt *statement, const PgQuery__Node *node)
{
    struct removal removal = removal_of(ddl, statement);
    enum other_class class;
    const struct other_object *other;

    if (!other_class_of(statement->remove_type, &class))
        return;
    other = other_of_node(ddl, class, node, statement->missing_ok);
    if (!other) {
        check_not_built_in(ddl, class, node);
        return;
    }
    if (class == OTHER_COLLATION) {
        drop_collation(ddl, statement, other);
        return;
    }
    removal_add(&removal, (struct dropped_object){.class = OBJECT_IS_OTHER, .id = other->oid});
    removal.what = other_text(ddl, other->oid);
    removal.at = ddl_name_span(ddl, -1, other->name);
    removal_run(&removal);
}

void ddl_drop_operator_class(struct ddl *ddl, const PgQuery__DropStmt *statement,
                             const PgQuery__Node *node)
{
    const char *method = raw_string(node->list->items[0]);
    struct removal removal = removal_of(ddl, statement);
    const struct operator_class *found;

    access_method_check(ddl, method, ddl_name_span(ddl, -1, method));
    found = operator_class_of_node(ddl, node, statement->missing_ok);
    if (!found)
        return;
    removal_add(&removal, (struct dropped_object){.class = OBJECT_IS_OPERATOR_CLASS,
                                                  .operator_class = found});
    removal.what = operator_class_words(ddl->arena, found);
    removal.at = ddl_name_span(ddl, -1, found->name);
    removal_run(&removal);
}

/* --- RENAME and SET SCHEMA ---------------------------------------------------------------------
 */

static void check_name_free(struct ddl *ddl, const struct other_object *other, oid namespace_oid,
                            const char *name)
{
    if (!catalog_find_other(ddl->catalog, other->class, namespace_oid, name, other->detail))
        return;
    if (namespace_oid)
        ddl_fail(ddl, "42710", ddl_name_span(ddl, -1, name),
                 "%s \"%s\" already exists in schema \"%s\"", other_word(other->class), name,
                 namespace_name(ddl, namespace_oid));
    ddl_fail(ddl, "42710", ddl_name_span(ddl, -1, name), "%s \"%s\" already exists",
             other_word(other->class), name);
}

static void change_place(struct ddl *ddl, struct other_object *other, oid namespace_oid,
                         const char *name)
{
    if (other->namespace_oid != namespace_oid || strcmp(other->name, name) != 0)
        check_name_free(ddl, other, namespace_oid, name);
    if (other->class == OTHER_COLLATION) {
        catalog_move_collation(ddl->catalog, other->oid, namespace_oid, name);
        return;
    }
    other->namespace_oid = namespace_oid;
    other->name = name;
    if (other->class == OTHER_TS_CONFIGURATION)
        catalog_add_text_search_config(ddl->catalog, name);
    if (other->class == OTHER_TS_DICTIONARY)
        catalog_add_text_search_dictionary(ddl->catalog, name);
}

/* A server is named by its foreign tables and mappings. */
static void rename_at_users(struct ddl *ddl, const struct other_object *server, const char *name)
{
    size_t n, at = 0;
    struct relation *const *relations = catalog_relations(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->server && strcmp(relations[i]->server, server->name) == 0)
            relations[i]->server = name;
    for (struct other_object *other; (other = catalog_next_other(ddl->catalog, &at));)
        if (other->class == OTHER_USER_MAPPING && strcmp(other->detail, server->name) == 0)
            other->detail = name;
}

void ddl_rename_other(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    enum other_class class;
    struct other_object *other;

    if (!other_class_of(statement->rename_type, &class))
        return;
    other = other_of_node(ddl, class, statement->object, statement->missing_ok);
    if (!other)
        return;
    if (class == OTHER_SERVER)
        rename_at_users(ddl, other, statement->newname);
    change_place(ddl, other, other->namespace_oid, statement->newname);
}

void ddl_move_other(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement)
{
    enum other_class class;
    struct other_object *other;

    if (!other_class_of(statement->object_type, &class))
        return;
    other = other_of_node(ddl, class, statement->object, statement->missing_ok);
    if (other)
        change_place(
            ddl, other,
            namespace_get(ddl, statement->newschema, ddl_name_span(ddl, -1, statement->newschema)),
            other->name);
}

static struct operator_class *class_of_node(struct ddl *ddl, const PgQuery__Node *node)
{
    return catalog_edit_operator_class(ddl->catalog, operator_class_of_node(ddl, node, false));
}

static void check_class_name_free(struct ddl *ddl, const struct operator_class *class,
                                  oid namespace_oid, const char *name)
{
    const char *schema = namespace_name(ddl, namespace_oid);

    if (catalog_find_operator_class(ddl->catalog, class->method_name, schema, name))
        ddl_fail(ddl, "42710", ddl_name_span(ddl, -1, name),
                 "operator class \"%s\" for access method \"%s\" already exists in schema \"%s\"",
                 name, class->method_name, schema);
}

void ddl_rename_operator_class(struct ddl *ddl, const PgQuery__RenameStmt *statement)
{
    struct operator_class *class = class_of_node(ddl, statement->object);

    if (!class)
        return;
    check_class_name_free(ddl, class, class->namespace_oid, statement->newname);
    class->name = statement->newname;
}

void ddl_move_operator_class(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement)
{
    struct operator_class *class = class_of_node(ddl, statement->object);
    oid target;

    if (!class)
        return;
    target = namespace_get(ddl, statement->newschema, ddl_name_span(ddl, -1, statement->newschema));
    if (target == class->namespace_oid)
        return;
    check_class_name_free(ddl, class, target, class->name);
    class->namespace_oid = target;
}
