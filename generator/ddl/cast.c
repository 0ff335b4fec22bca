/* CREATE CAST, checked in the server's order. What is refused WITHOUT FUNCTION has one SQLSTATE: of
 * types that no bytes are shared between, those of which that is known are told.
 */
#include <string.h>

#include "ddl/signature.h"
#include "ddl/statements.h"

_Noreturn static void refuse(struct ddl *ddl, span at, const char *what)
{
    ddl_fail(ddl, "42P17", at, "%s", what);
}

static void check_not_pseudo(struct ddl *ddl, oid type, const char *which, span at)
{
    if (catalog_get_type(ddl->catalog, type)->typtype == 'p')
        ddl_fail(ddl, "42809", at, "%s data type %s is a pseudo-type", which,
                 ddl_type_text(ddl, type));
}

/* --- WITH FUNCTION ---------------------------------------------------------------------------- */

static void check_arguments(struct ddl *ddl, const struct cast *cast,
                            const struct function *function, span at)
{
    const oid *types = function->arg_types;

    if (function->n_args < 1 || function->n_args > 3)
        refuse(ddl, at, "cast function must take one to three arguments");
    if (!catalog_is_binary_coercible(ddl->catalog, cast->source, types[0]))
        refuse(ddl, at,
               "argument of cast function must match or be binary-coercible from source data type");
    if (function->n_args > 1 && types[1] != INT4OID)
        refuse(ddl, at, "second argument of cast function must be type integer");
    if (function->n_args > 2 && types[2] != BOOLOID)
        refuse(ddl, at, "third argument of cast function must be type boolean");
}

static void check_function(struct ddl *ddl, const struct cast *cast,
                           const struct function *function, span at)
{
    check_arguments(ddl, cast, function, at);
    if (!catalog_is_binary_coercible(ddl->catalog, function->return_type, cast->target))
        refuse(ddl, at,
               "return data type of cast function must match or be binary-coercible to target data "
               "type");
    if (function->kind != 'f')
        refuse(ddl, at, "cast function must be a normal function");
    if (function->returns_set)
        refuse(ddl, at, "cast function must not return a set");
}

/* --- WITHOUT FUNCTION ------------------------------------------------------------------------- */

/* Composite, enum and array data types have OIDs of other types in their values, a domain has rules
 * that nobody would look at. */
static const char *unshared(struct ddl *ddl, oid id)
{
    const struct type *type = catalog_get_type(ddl->catalog, id);

    if (catalog_element_type(ddl->catalog, id))
        return "array data types are not binary-compatible";
    switch (type->typtype) {
    case 'c':
        return "composite data types are not binary-compatible";
    case 'e':
        return "enum data types are not binary-compatible";
    case 'd':
        return "domain data types must not be marked binary-compatible";
    default:
        return NULL;
    }
}

static void check_binary(struct ddl *ddl, const struct cast *cast, span at)
{
    const struct type *source = catalog_get_type(ddl->catalog, cast->source);
    const struct type *target = catalog_get_type(ddl->catalog, cast->target);
    const char *reason = unshared(ddl, cast->source);

    if (source->len != target->len)
        refuse(ddl, at, "source and target data types are not physically compatible");
    if (!reason)
        reason = unshared(ddl, cast->target);
    if (reason)
        refuse(ddl, at, reason);
}

/* --- The statement ---------------------------------------------------------------------------- */

static char context_of(const PgQuery__CreateCastStmt *statement)
{
    switch (statement->context) {
    case PG_QUERY__COERCION_CONTEXT__COERCION_IMPLICIT:
        return 'i';
    case PG_QUERY__COERCION_CONTEXT__COERCION_ASSIGNMENT:
        return 'a';
    default:
        return 'e';
    }
}

void ddl_create_cast(struct ddl *ddl, const PgQuery__CreateCastStmt *statement)
{
    span at = sql_dotted_span(ddl->sql, statement->sourcetype->location);
    struct cast cast = {.source = type_resolve(ddl, statement->sourcetype, NULL),
                        .target = type_resolve(ddl, statement->targettype, NULL),
                        .context = context_of(statement),
                        .method = statement->func    ? 'f'
                                  : statement->inout ? 'i'
                                                     : 'b',
                        .defined_at = at};
    const struct function *function = NULL;

    type_check_defined(ddl, cast.source, at);
    type_check_defined(ddl, cast.target, at);
    check_not_pseudo(ddl, cast.source, "source", at);
    check_not_pseudo(ddl, cast.target, "target", at);
    if (statement->func) {
        function = function_lookup(ddl, statement->func, 'f', false);
        check_function(ddl, &cast, function, at);
        cast.function = function->oid;
    }
    if (cast.method == 'b')
        check_binary(ddl, &cast, at);
    if (cast.source == cast.target && (!function || function->n_args < 2))
        refuse(ddl, at, "source data type and target data type are the same");
    if (catalog_find_cast(ddl->catalog, cast.source, cast.target))
        ddl_fail(ddl, "42710", at, "cast from type %s to type %s already exists",
                 ddl_type_text(ddl, cast.source), ddl_type_text(ddl, cast.target));
    catalog_add_cast(ddl->catalog, &cast);
}
