/* libpg_query also reads statements whose constants were replaced by parameters: date $1,
 * EXTRACT($1 FROM x), SET x = $1. Their trees tell by their shape.
 */
#include "sql/lax.h"

#include <string.h>

#include "sql/tree.h"

static void consider(const PgQuery__ParamRef **first, const PgQuery__Node *node)
{
    if (node && node->node_case == PG_QUERY__NODE__NODE_PARAM_REF &&
        (!*first || node->param_ref->location < (*first)->location))
        *first = node->param_ref;
}

/* A cast without a place is the grammar's own: substring(x FOR $1). */
static void look_at_cast(const PgQuery__ParamRef **first, const PgQuery__TypeCast *cast)
{
    const PgQuery__Node *arg = cast->arg;

    if (cast->type_name->location >= 0 && arg->node_case == PG_QUERY__NODE__NODE_PARAM_REF &&
        cast->type_name->location < arg->param_ref->location)
        consider(first, arg);
}

static void look_at_call(const PgQuery__ParamRef **first, const PgQuery__FuncCall *call)
{
    const PgQuery__Node *name = call->funcname[call->n_funcname - 1];

    if (call->funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX && call->n_args == 2 &&
        strcmp(name->string->sval, "extract") == 0)
        consider(first, call->args[0]);
}

static bool visit(void *context, const ProtobufCMessage *message)
{
    const PgQuery__ParamRef **first = context;
    const ProtobufCMessageDescriptor *kind = message->descriptor;

    if (kind == &pg_query__type_cast__descriptor) {
        look_at_cast(first, (const PgQuery__TypeCast *)message);
    } else if (kind == &pg_query__func_call__descriptor) {
        look_at_call(first, (const PgQuery__FuncCall *)message);
    } else if (kind == &pg_query__variable_set_stmt__descriptor) {
        const PgQuery__VariableSetStmt *set = (const PgQuery__VariableSetStmt *)message;
        for (size_t i = 0; i < set->n_args; i++)
            consider(first, set->args[i]);
    }
    return true;
}

const PgQuery__ParamRef *lax_param(const PgQuery__RawStmt *statement)
{
    const PgQuery__ParamRef *first = NULL;

    tree_walk(&statement->base, visit, &first);
    return first;
}
