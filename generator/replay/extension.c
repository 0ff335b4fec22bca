/* CREATE EXTENSION and CREATE SCHEMA. The objects of an extension are those whose place is in its
 * SQL; that is how it is known to be there, and how it is dropped or moved.
 */
#include <string.h>

#include "catalog/extension.h"
#include "ddl/object.h"
#include "ddl/statements.h"
#include "replay/script.h"
#include "session/session.h"

enum {
    MAX_EXTENSION_DEPTH = 8,
};

static bool is_from(span at, const char *path)
{
    return at.source && strcmp(at.source->path, path) == 0;
}

static bool is_loaded(const struct catalog *catalog, const char *path)
{
    size_t n;
    struct function *const *functions = catalog_functions(catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (functions[i] && is_from(functions[i]->defined_at, path))
            return true;
    struct relation *const *relations = catalog_relations(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (relations[i] && is_from(relations[i]->defined_at, path))
            return true;
    return false;
}

/* The extension's SQL makes its objects in the first schema of the path. */
static void load(struct ddl *ddl, const char *name, const char *schema, const char *text)
{
    struct session *session = ddl->session;
    struct path before = session->path;
    const char *outer = catalog_extension(ddl->catalog);
    const char **names = arena_array(ddl->arena, const char *, 1);
    struct source *source =
        source_create(ddl->arena, extension_source_name(ddl->arena, name), str_from(text));

    source->release = catalog_release(ddl->catalog);
    names[0] = schema;
    session_set_path(session, (struct path){names, 1});
    session->depth++;
    catalog_set_extension(ddl->catalog, name);
    session_replay(session, sql_parse_schema(ddl->arena, source, ddl->diags));
    catalog_set_extension(ddl->catalog, outer);
    session->depth--;
    session_set_path(session, before);
}

/* plpgsql is there in every database. */
static void keep(struct ddl *ddl, const char *name, oid schema, const char *version, span at)
{
    struct other_object extension = {.class = OTHER_EXTENSION, .name = name, .defined_at = at};

    if (strcmp(name, "plpgsql") == 0 ||
        catalog_find_other(ddl->catalog, OTHER_EXTENSION, 0, name, NULL))
        return;
    vec_push(ddl->arena, &extension.clauses,
             (struct clause){.name = "SCHEMA", .kind = CLAUSE_IS_SCHEMA, .object = schema});
    if (version)
        vec_push(ddl->arena, &extension.clauses,
                 (struct clause){.name = "VERSION", .text = version});
    catalog_add_other(ddl->catalog, &extension);
}

bool extension_load_used(struct ddl *ddl, const char *extension, span at, const char *object)
{
    const char *text = extension ? catalog_extension_sql(extension) : NULL;
    const oid home = catalog_creation_namespace(ddl->catalog);
    struct diag *diag;

    if (!text || !home || ddl->session->depth > 0 ||
        is_loaded(ddl->catalog, extension_source_name(ddl->arena, extension)))
        return false;
    diag = diag_warning(ddl->diags, "PL307", at,
                        "%s is part of the extension %s, which is taken as created", object,
                        extension);
    diag_hint(ddl->diags, diag, "add CREATE EXTENSION %s to the schema",
              catalog_quote_identifier(ddl->arena, extension));
    load(ddl, extension, namespace_name(ddl, home), text);
    keep(ddl, extension, home, NULL, at);
    return true;
}

static void warn_unknown(struct ddl *ddl, const char *name)
{
    struct diag *diag = diag_warning(ddl->diags, "PL301", ddl_name_span(ddl, -1, name),
                                     "the objects of extension \"%s\" are not known", name);

    diag_hint(ddl->diags, diag,
              "run \"tenon catalog dump\" against a database that has it, and add the file it "
              "writes to the schema");
}

void ddl_create_extension(struct ddl *ddl, const PgQuery__CreateExtensionStmt *statement)
{
    const char *name = statement->extname, *text = catalog_extension_sql(name);
    const char *schema =
        definition_string(ddl, definition_find(statement->options, statement->n_options, "schema"));
    span at = ddl_name_span(ddl, -1, name);
    oid namespace_oid;

    if (is_loaded(ddl->catalog, extension_source_name(ddl->arena, name)) ||
        catalog_find_other(ddl->catalog, OTHER_EXTENSION, 0, name, NULL)) {
        if (statement->if_not_exists)
            return;
        ddl_fail(ddl, "42710", at, "extension \"%s\" already exists", name);
    }
    namespace_oid =
        namespace_for_creation(ddl, schema, schema ? ddl_name_span(ddl, -1, schema) : at);
    if (!text) {
        catalog_set_incomplete(ddl->catalog);
        warn_unknown(ddl, name);
    } else if (ddl->session->depth < MAX_EXTENSION_DEPTH)
        load(ddl, name, namespace_name(ddl, namespace_oid), text);
    keep(ddl, name, namespace_oid,
         definition_string(
             ddl, definition_find(statement->options, statement->n_options, "new_version")),
         at);
}

/* ALTER EXTENSION … UPDATE: which objects that makes is not known. */
void ddl_alter_extension(struct ddl *ddl, const PgQuery__AlterExtensionStmt *statement)
{
    const char *version = definition_string(
        ddl, definition_find(statement->options, statement->n_options, "new_version"));
    struct other_object *extension = strcmp(statement->extname, "plpgsql") == 0
                                         ? NULL
                                         : other_get(ddl, OTHER_EXTENSION, statement->extname);

    if (extension && version)
        clause_set_text(ddl, &extension->clauses, "VERSION", version);
}

/* ALTER EXTENSION … ADD and DROP. */
void ddl_alter_extension_contents(struct ddl *ddl,
                                  const PgQuery__AlterExtensionContentsStmt *statement)
{
    struct about *about = object_about(ddl, statement->objtype, statement->object);

    other_get(ddl, OTHER_EXTENSION, statement->extname);
    if (about)
        about->extension = statement->action > 0 ? statement->extname : NULL;
}

/* --- CREATE SCHEMA ---------------------------------------------------------------------------- */

/* What an element makes, or NULL for GRANT. */
static const PgQuery__RangeVar *element_relation(const PgQuery__Node *element)
{
    switch (element->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
        return element->create_seq_stmt->sequence;
    case PG_QUERY__NODE__NODE_CREATE_STMT:
        return element->create_stmt->relation;
    case PG_QUERY__NODE__NODE_VIEW_STMT:
        return element->view_stmt->view;
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return element->index_stmt->relation;
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
        return element->create_trig_stmt->relation;
    default:
        return NULL;
    }
}

static void check_element_schema(struct ddl *ddl, const PgQuery__Node *element, const char *name)
{
    const PgQuery__RangeVar *relation = element_relation(element);

    if (relation && relation->schemaname && *relation->schemaname &&
        strcmp(relation->schemaname, name) != 0)
        ddl_fail(ddl, "42P15", range_var_span(ddl, relation),
                 "CREATE specifies a schema (%s) different from the one being created (%s)",
                 relation->schemaname, name);
}

static void run_elements(struct ddl *ddl, const PgQuery__CreateSchemaStmt *statement,
                         const char *name)
{
    /* Whatever their order, so that no element waits for a later one. */
    static const PgQuery__Node__NodeCase order[] = {
        PG_QUERY__NODE__NODE_CREATE_SEQ_STMT,  PG_QUERY__NODE__NODE_CREATE_STMT,
        PG_QUERY__NODE__NODE_VIEW_STMT,        PG_QUERY__NODE__NODE_INDEX_STMT,
        PG_QUERY__NODE__NODE_CREATE_TRIG_STMT, PG_QUERY__NODE__NODE_GRANT_STMT};
    struct session *session = ddl->session;
    struct path before = session->path;
    const char **names = arena_array(ddl->arena, const char *, before.n + 1);

    names[0] = name;
    if (before.n > 0)
        memcpy(names + 1, before.names, before.n * sizeof *names);
    session_set_path(session, (struct path){names, before.n + 1});
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < statement->n_schema_elts; i++) {
            struct statement element = ddl->statement;
            element.tree = statement->schema_elts[i];
            if (element.tree->node_case == order[k])
                statement_replay(session, &element);
        }
    session_set_path(session, before);
}

void ddl_create_schema(struct ddl *ddl, const PgQuery__CreateSchemaStmt *statement)
{
    const char *name = statement->schemaname;
    const char *role = catalog_role(ddl->catalog), *owner = role_named(ddl, statement->authrole);
    const struct namespace *added;
    span at;

    if (!name || !*name)
        name =
            statement->authrole && statement->authrole->rolename && *statement->authrole->rolename
                ? statement->authrole->rolename
            : owner ? owner
                    : "current_user";
    at = ddl_name_span(ddl, -1, name);
    if (strncmp(name, "pg_", 3) == 0)
        ddl_fail(ddl, "42939", at, "unacceptable schema name \"%s\"", name);
    if (catalog_find_namespace(ddl->catalog, name)) {
        if (statement->if_not_exists)
            return;
        ddl_fail(ddl, "42P06", at, "schema \"%s\" already exists", name);
    }
    for (size_t i = 0; i < statement->n_schema_elts; i++)
        check_element_schema(ddl, statement->schema_elts[i], name);
    if (owner)
        catalog_set_role(ddl->catalog, owner);
    added = catalog_add_namespace(ddl->catalog, name);
    catalog_edit_namespace(ddl->catalog, added->oid)->defined_at = at;
    run_elements(ddl, statement, name);
    catalog_set_role(ddl->catalog, role);
}
