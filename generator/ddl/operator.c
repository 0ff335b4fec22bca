/* CREATE OPERATOR and CREATE OPERATOR CLASS. A commutator or negator may be declared before it
 * exists; the session remembers who waits for it.
 */
#include <string.h>

#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

static const PgQuery__DefElem *option(const PgQuery__DefineStmt *statement, const char *name)
{
    return definition_find(statement->definition, statement->n_definition, name);
}

const struct operator*
    operator_find(struct ddl *ddl, const char *schema, const char *name, oid left, oid right)
{
    struct operator_list list = catalog_find_operators(ddl->catalog, ddl->arena, schema, name);

    for (size_t i = 0; i < list.n; i++)
        if (list.items[i]->left == left && list.items[i]->right == right)
            return list.items[i];
    return NULL;
}

static oid operand(struct ddl *ddl, const PgQuery__ObjectWithArgs *object, size_t i,
                   bool missing_ok)
{
    const PgQuery__Node *type = i < object->n_objargs ? object->objargs[i] : NULL;

    if (!NODE_IS(type, TYPE_NAME))
        return 0;
    return missing_ok ? type_resolve_quietly(ddl, type->type_name)
                      : type_resolve(ddl, type->type_name, NULL);
}

const struct operator*
    operator_lookup(struct ddl *ddl, const PgQuery__ObjectWithArgs *object, bool missing_ok)
{
    struct qualified_name name = name_from_list(ddl, object->objname, object->n_objname);
    oid left = operand(ddl, object, 0, missing_ok), right = operand(ddl, object, 1, missing_ok);
    const struct operator* found = operator_find(ddl, name.schema, name.name, left, right);

    if (!right && !missing_ok)
        ddl_fail(ddl, "42601", ddl_span(ddl, -1), "postfix operators are not supported");
    if (!found && !missing_ok)
        ddl_fail(ddl, "42883", ddl_span(ddl, -1), "operator does not exist: %s%s%s %s",
                 left ? ddl_type_text(ddl, left) : "", left ? " " : "", name.name,
                 ddl_type_text(ddl, right));
    return found;
}

/* Those that wait for this operator get its OID. */
static void announce(struct ddl *ddl, const struct operator* op)
{
    for (size_t i = 0; i < ddl->session->awaited_operators.n; i++) {
        struct awaited_operator *waiting = &ddl->session->awaited_operators.items[i];
        if (strcmp(waiting->name, op->name) != 0 || waiting->left != op->left ||
            waiting->right != op->right)
            continue;
        if (waiting->is_negator)
            waiting->op->negator = op->oid;
        else
            waiting->op->commutator = op->oid;
    }
}

static oid partner(struct ddl *ddl, struct operator* op, const PgQuery__DefElem *item,
                   bool is_negator)
{
    struct qualified_name name = definition_name(ddl, item);
    oid left = is_negator ? op->left : op->right, right = is_negator ? op->right : op->left;
    const struct operator* found;

    if (!name.name)
        return 0;
    found = operator_find(ddl, name.schema, name.name, left, right);
    if (found)
        return found->oid;
    vec_push(ddl->arena, &ddl->session->awaited_operators,
             (struct awaited_operator){op, name.name, left, right, is_negator});
    return 0;
}

static void set_function(struct ddl *ddl, const PgQuery__DefineStmt *statement, struct operator* op,
                         span at)
{
    const PgQuery__DefElem *item = option(statement, "function");
    oid types[2] = {op->left ? op->left : op->right, op->right};
    size_t n = op->left ? 2 : 1;
    const struct function *function;

    if (!item)
        item = option(statement, "procedure");
    if (!item)
        ddl_fail(ddl, "42P13", at, "operator function must be specified");
    function = exact_function_get(ddl, definition_name(ddl, item), types, n,
                                  ddl_span(ddl, item->location));
    op->function = function->oid;
    op->result = function->return_type;
}

static oid operand_type(struct ddl *ddl, const PgQuery__DefElem *item)
{
    if (item && NODE_IS(item->arg, TYPE_NAME) && item->arg->type_name->setof)
        ddl_fail(ddl, "42P13", ddl_span(ddl, item->location),
                 "SETOF type not allowed for operator argument");
    return definition_type(ddl, item);
}

void ddl_create_operator(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->defnames, statement->n_defnames);
    span at = ddl_span(ddl, -1);
    struct operator draft = {.name = name.name, .defined_at = at}, *op;

    draft.namespace_oid = namespace_for_creation(ddl, name.schema, at);
    draft.left = operand_type(ddl, option(statement, "leftarg"));
    draft.right = operand_type(ddl, option(statement, "rightarg"));
    draft.can_hash = definition_bool(ddl, option(statement, "hashes"));
    draft.can_merge = definition_bool(ddl, option(statement, "merges"));
    if (!draft.left && !draft.right)
        ddl_fail(ddl, "42P13", at, "operator argument types must be specified");
    if (!draft.right)
        ddl_fail(ddl, "42P13", at, "operator right argument type must be specified");
    set_function(ddl, statement, &draft, at);
    if (operator_find(ddl, namespace_name(ddl, draft.namespace_oid), draft.name, draft.left,
                      draft.right))
        ddl_fail(ddl, "42723", at, "operator %s already exists", draft.name);
    op = catalog_add_operator(ddl->catalog, &draft);
    announce(ddl, op);
    op->commutator = partner(ddl, op, option(statement, "commutator"), false);
    op->negator = partner(ddl, op, option(statement, "negator"), true);
    announce(ddl, op);
}

static void check_alterable(struct ddl *ddl, const PgQuery__DefElem *item)
{
    static const char *const fixed[] = {"leftarg",    "rightarg", "function", "procedure",
                                        "commutator", "negator",  "hashes",   "merges"};

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (strcmp(item->defname, fixed[i]) == 0)
            ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                     "operator attribute \"%s\" cannot be changed", item->defname);
    if (strcmp(item->defname, "restrict") != 0 && strcmp(item->defname, "join") != 0)
        ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                 "operator attribute \"%s\" not recognized", item->defname);
}

/* The selectivity estimators: the last argument of the one for joins may be missing. */
static void check_estimator(struct ddl *ddl, const struct operator* op,
                            const PgQuery__DefElem *item, bool is_join)
{
    const struct qualified_name name = definition_name(ddl, item);
    const char *const arguments[] = {"internal", "oid", "internal", is_join ? "int2" : "int4",
                                     "internal"};
    const span at = ddl_span(ddl, item->location);
    const struct function_list list =
        catalog_find_functions(ddl->catalog, ddl->arena, name.schema, name.name);
    const struct function *found = NULL;
    oid types[5];

    for (size_t i = 0; i < 5; i++)
        types[i] = catalog_find_type(ddl->catalog, "pg_catalog", arguments[i])->oid;
    for (size_t i = 0; i < list.n && !found; i++)
        if (same_arguments(list.items[i], types, 4) ||
            (is_join && same_arguments(list.items[i], types, 5)))
            found = list.items[i];
    if (!found)
        ddl_fail(ddl, "42883", at, "function %s does not exist",
                 signature_text(ddl, name.name, types, 4));
    if (!is_builtin_type(ddl, found->return_type, "float8"))
        ddl_fail(ddl, "42P17", at, "%s estimator function %s must return type double precision",
                 is_join ? "join" : "restriction", name.name);
    if (is_join && !op->left)
        ddl_fail(ddl, "42P13", at, "only binary operators can have join selectivity");
    if (!is_builtin_type(ddl, op->result, "bool"))
        ddl_fail(ddl, "42P13", at, "only boolean operators can have %s selectivity",
                 is_join ? "join" : "restriction");
}

void ddl_alter_operator(struct ddl *ddl, const PgQuery__AlterOperatorStmt *statement)
{
    const struct operator* op = operator_lookup(ddl, statement->opername, false);

    for (size_t i = 0; i < statement->n_options; i++)
        check_alterable(ddl, statement->options[i]->def_elem);
    for (size_t i = 0; i < statement->n_options; i++) {
        const PgQuery__DefElem *item = statement->options[i]->def_elem;
        if (item->arg)
            check_estimator(ddl, op, item, strcmp(item->defname, "join") == 0);
    }
}

/* --- Operator classes ------------------------------------------------------------------------- */

static oid class_operator(struct ddl *ddl, const PgQuery__CreateOpClassItem *item, oid type)
{
    struct qualified_name name = name_from_list(ddl, item->name->objname, item->name->n_objname);
    const struct operator* found = operator_find(ddl, name.schema, name.name, type, type);

    return found ? found->oid : 0;
}

/* Strategy numbers: btree 1 <, 3 =, 5 >; hash 1 =. */
static void set_operator(struct ddl *ddl, const PgQuery__CreateOpClassItem *item,
                         struct operator_class *class)
{
    bool is_btree = class->method == 'b';

    if (item->itemtype != 1 || !item->name || (!is_btree && class->method != 'h'))
        return;
    if (is_btree && item->number == 1)
        class->less = class_operator(ddl, item, class->type);
    else if (item->number == (is_btree ? 3 : 1))
        class->equal = class_operator(ddl, item, class->type);
    else if (is_btree && item->number == 5)
        class->greater = class_operator(ddl, item, class->type);
}

void ddl_create_operator_class(struct ddl *ddl, const PgQuery__CreateOpClassStmt *statement)
{
    struct qualified_name name =
        name_from_list(ddl, statement->opclassname, statement->n_opclassname);
    struct operator_class class = {
        .method = catalog_method_letter(statement->amname),
        .method_name = statement->amname,
        .name = name.name,
        .namespace_oid = namespace_for_creation(ddl, name.schema, name_span(ddl, name)),
        .type = type_resolve(ddl, statement->datatype, NULL),
        .is_default = statement->is_default,
    };

    operator_class_items_check(ddl, statement->amname, class.type, statement->items,
                               statement->n_items);
    for (size_t i = 0; class.is_default && i < statement->n_items; i++)
        set_operator(ddl, statement->items[i]->create_op_class_item, &class);
    catalog_add_operator_class(ddl->catalog, class);
}
