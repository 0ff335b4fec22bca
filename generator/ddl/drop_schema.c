/* DROP SCHEMA, EXTENSION and SERVER: everything in a namespace, made by an extension's SQL, or on a
 * foreign server.
 */
#include <string.h>

#include "ddl/depend.h"
#include "ddl/object.h"

/* What belongs to another object (row and array types, multiranges) goes with it. */
static bool is_dropped_alone(const struct ddl *ddl, const struct type *type)
{
    return !type->relid && type->typtype != 'm' &&
           !(type->category == 'A' && type->elem &&
             catalog_array_type(ddl->catalog, type->elem) == type->oid);
}

static bool is_of_extension(span defined_at, const char *extension)
{
    return defined_at.source && strcmp(defined_at.source->path, extension) == 0;
}

static void add_casts(struct removal *removal, const char *extension)
{
    size_t at = 0;

    for (const struct cast *cast; (cast = catalog_next_cast(removal->ddl->catalog, &at));)
        if (is_of_extension(cast->defined_at, extension))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_CAST,
                                                         .id = cast->source,
                                                         .target = cast->target});
}

/* Default privileges go with their schema. */
static void add_others(struct removal *removal, oid namespace_oid)
{
    size_t at = 0;

    for (const struct other_object *other;
         (other = catalog_next_other(removal->ddl->catalog, &at));)
        if (other->namespace_oid == namespace_oid && other->class != OTHER_DEFAULT_PRIVILEGE)
            removal_add(removal,
                        (struct dropped_object){.class = OBJECT_IS_OTHER, .id = other->oid});
}

/* All user objects of a namespace, or those that an extension's SQL made. */
static void add_contents(struct removal *removal, oid namespace_oid, const char *extension)
{
    const struct catalog *catalog = removal->ddl->catalog;
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);

#define IS_CONTENT(object)                                                                         \
    ((object) && (extension ? is_of_extension((object)->defined_at, extension)                     \
                            : (object)->namespace_oid == namespace_oid))
    for (size_t i = 0; i < n; i++)
        if (IS_CONTENT(relations[i]))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_RELATION,
                                                         .id = relations[i]->oid});
    struct type *const *types = catalog_types(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (IS_CONTENT(types[i]) && is_dropped_alone(removal->ddl, types[i]))
            removal_add(removal,
                        (struct dropped_object){.class = OBJECT_IS_TYPE, .id = types[i]->oid});
    struct function *const *functions = catalog_functions(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (IS_CONTENT(functions[i]))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_FUNCTION,
                                                         .id = functions[i]->oid});
    struct operator* const * operators = catalog_operators(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (IS_CONTENT(operators[i]))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_OPERATOR,
                                                         .id = operators[i]->oid});
    struct operator_class *const *classes = catalog_operator_classes(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (IS_CONTENT(classes[i]))
            removal_add(removal, (struct dropped_object){.class = OBJECT_IS_OPERATOR_CLASS,
                                                         .operator_class = classes[i]});
#undef IS_CONTENT
    if (extension)
        add_casts(removal, extension);
    else
        add_others(removal, namespace_oid);
}

void drop_contents(struct ddl *ddl, oid namespace_oid)
{
    struct removal removal = {.ddl = ddl, .cascade = true};

    add_contents(&removal, namespace_oid, NULL);
    removal_run(&removal);
}

void drop_schema(struct ddl *ddl, const PgQuery__DropStmt *statement, const char *name)
{
    const struct namespace *found = catalog_find_namespace(ddl->catalog, name);
    struct removal removal = removal_of(ddl, statement);
    span at = ddl_name_span(ddl, -1, name);

    if (!found && statement->missing_ok)
        return;
    if (!found)
        ddl_fail(ddl, "3F000", at, "schema \"%s\" does not exist", name);
    if (found->oid < FIRST_UNPINNED_OID && found->oid != PUBLIC_NAMESPACE_OID)
        ddl_fail_required(ddl, at, arena_printf(ddl->arena, "schema %s", name));
    add_contents(&removal, found->oid, NULL);
    if (removal.objects.n > 0 && !removal.cascade)
        ddl_fail_hint(ddl, "2BP01", at, "use DROP ... CASCADE to drop the dependent objects too",
                      "cannot drop schema %s because other objects depend on it", name);
    removal_run(&removal);
    catalog_drop_namespace(ddl->catalog, name);
}

/* An extension of whose objects something would be there. */
static bool is_known_extension(const char *name)
{
    const char *text = catalog_extension_sql(name);

    return text && strstr(text, "\nCREATE ");
}

void drop_extension(struct ddl *ddl, const PgQuery__DropStmt *statement, const char *name)
{
    struct removal removal = removal_of(ddl, statement);

    const struct other_object *extension;

    add_contents(&removal, 0, extension_source_name(ddl->arena, name));
    extension = catalog_find_other(ddl->catalog, OTHER_EXTENSION, 0, name, NULL);
    if (!extension && !statement->missing_ok && is_known_extension(name))
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, name), "extension \"%s\" does not exist",
                 name);
    removal.what = arena_printf(ddl->arena, "extension %s", name);
    removal.at = ddl_name_span(ddl, -1, name);
    removal_run(&removal);
    if (extension)
        catalog_drop_other(ddl->catalog, extension->oid);
}

void drop_server(struct ddl *ddl, const PgQuery__DropStmt *statement, const char *name)
{
    struct removal removal = removal_of(ddl, statement);
    const struct other_object *server =
        statement->missing_ok ? catalog_find_other(ddl->catalog, OTHER_SERVER, 0, name, NULL)
                              : other_get(ddl, OTHER_SERVER, name);
    size_t n;
    struct relation *const *relations = catalog_relations(ddl->catalog, &n);

    removal.what = arena_printf(ddl->arena, "server %s", name);
    removal.at = ddl_name_span(ddl, -1, name);
    if (server)
        removal_add(&removal, (struct dropped_object){.class = OBJECT_IS_OTHER, .id = server->oid});
    removal.n_targets = removal.objects.n;
    for (size_t i = 0; i < n; i++)
        if (relations[i] && relations[i]->server && strcmp(relations[i]->server, name) == 0)
            removal_add(&removal, (struct dropped_object){.class = OBJECT_IS_RELATION,
                                                          .id = relations[i]->oid});
    if (removal.objects.n > removal.n_targets && !removal.cascade)
        ddl_fail_hint(ddl, "2BP01", ddl_name_span(ddl, -1, name),
                      "use DROP ... CASCADE to drop the dependent objects too",
                      "cannot drop server %s because other objects depend on it", name);
    removal_run(&removal);
}
