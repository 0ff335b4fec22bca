/* Access methods: which there are, whether they keep tables or indexes, and CREATE ACCESS METHOD.
 */
#include <string.h>

#include "catalog/extension.h"
#include "ddl/object.h"
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

static const struct other_object *find(const struct ddl *ddl, const char *name)
{
    return catalog_find_other(ddl->catalog, OTHER_ACCESS_METHOD, 0, name, NULL);
}

static bool is_built_in(const char *name)
{
    return catalog_method_letter(name) || strcmp(name, "heap") == 0;
}

void access_method_check(struct ddl *ddl, const char *name, span at)
{
    if (is_built_in(name) || find(ddl, name) || catalog_is_incomplete(ddl->catalog) ||
        ddl->session->load_extension(ddl, extension_of_access_method(ddl->arena, name), at, name))
        return;
    ddl_fail(ddl, "42704", at, "access method \"%s\" does not exist", name);
}

void table_method_check(struct ddl *ddl, const char *name, span at)
{
    const struct other_object *made;

    access_method_check(ddl, name, at);
    made = find(ddl, name);
    if (catalog_method_letter(name) ||
        (made && strcmp(clause_find(&made->clauses, "TYPE")->text, "TABLE") != 0))
        ddl_fail(ddl, "55000", at, "access method \"%s\" is not of type TABLE", name);
}

/* --- CREATE ACCESS METHOD ----------------------------------------------------------------------
 */

static oid handler_of(struct ddl *ddl, const PgQuery__CreateAmStmt *statement, bool is_table)
{
    struct qualified_name name =
        name_from_list(ddl, statement->handler_name, statement->n_handler_name);
    const oid internal = INTERNALOID;
    const char *result = is_table ? "table_am_handler" : "index_am_handler";
    span at = name_span(ddl, name);
    const struct function *handler = exact_function_get(ddl, name, &internal, 1, at);

    if (!is_builtin_type(ddl, handler->return_type, result))
        ddl_fail(ddl, "42809", at, "function %s must return type %s",
                 qualified_text(ddl->arena, name), result);
    return handler->oid;
}

void ddl_create_access_method(struct ddl *ddl, const PgQuery__CreateAmStmt *statement)
{
    struct other_object draft = {.class = OTHER_ACCESS_METHOD, .name = statement->amname};
    const bool is_table = *statement->amtype == 't';
    span at = ddl_name_span(ddl, -1, draft.name);

    if (is_built_in(draft.name))
        ddl_fail(ddl, "42710", at, "access method \"%s\" already exists", draft.name);
    clause_add(ddl, &draft.clauses,
               (struct clause){.name = "TYPE", .text = is_table ? "TABLE" : "INDEX"});
    clause_add(ddl, &draft.clauses,
               (struct clause){.name = "HANDLER",
                               .kind = CLAUSE_IS_FUNCTION,
                               .object = handler_of(ddl, statement, is_table)});
    other_create(ddl, draft, at);
}
