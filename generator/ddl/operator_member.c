/* What operator classes and families are made of: numbered operators and support functions, whose
 * signatures the index method asks for.
 */
#include <string.h>

#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

enum {
    ANY_NUMBER = INT16_MAX,
    ITEM_OPERATOR = 1, /* CreateOpClassItem.itemtype */
    ITEM_FUNCTION = 2,
    ITEM_STORAGE = 3,
};

/* Functions as bits, 1 << number. */
enum {
    BTREE_FIRM = 1 << 1,
    HASH_FIRM = 1 << 1,
    GIST_FIRM = 1 << 1 | 1 << 2 | 1 << 5 | 1 << 6 | 1 << 7,
    SPGIST_FIRM = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5,
    GIN_FIRM = 1 << 2 | 1 << 3,
};

/* What a class cannot be without is firm (amadjustmembers of each method; BRIN has none). */
static const struct method {
    char letter;
    int max_operator, max_function;
    int options_function; /* the one that reads options of the class */
    bool orders, stores;  /* ordering operators; STORAGE of another type */
    bool firm_operators;
    int firm_functions;
    bool ties; /* what takes one type belongs to the class of that type, or is not firm */
} methods[] = {
    {'b', 5, 5, 5, false, false, true, BTREE_FIRM, true},
    {'h', 1, 3, 3, false, false, true, HASH_FIRM, true},
    {'i', ANY_NUMBER, 11, 10, true, true, false, GIST_FIRM, false},
    {'s', ANY_NUMBER, 7, 6, true, true, false, SPGIST_FIRM, false},
    {'n', ANY_NUMBER, 7, 7, false, true, false, GIN_FIRM, false},
    {'r', ANY_NUMBER, 15, 5, false, true, false, 0, false},
};

struct members {
    struct ddl *ddl;
    const struct method *method; /* NULL: not known, and nothing is checked */
    oid class_type;              /* 0: of a family */
    bool has_storage;
    VEC(struct operator_member) list;
};

static const char *key_of(struct ddl *ddl, const struct operator_member *member)
{
    return arena_printf(ddl->arena, "%s %d (%s, %s)", member->is_function ? "FUNCTION" : "OPERATOR",
                        member->number, ddl_type_text(ddl, member->left),
                        ddl_type_text(ddl, member->right));
}

/* NULL for a method that an extension adds. */
static const struct method *find_method(const char *name)
{
    char letter = catalog_method_letter(name);

    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (methods[i].letter == letter)
            return &methods[i];
    return NULL;
}

_Noreturn static void refuse(struct ddl *ddl, span at, const char *what)
{
    ddl_fail(ddl, "42P17", at, "%s", what);
}

static span item_span(struct ddl *ddl, const PgQuery__CreateOpClassItem *item)
{
    const PgQuery__ObjectWithArgs *name = item->name;

    return name ? ddl_name_span(ddl, -1, raw_string(name->objname[name->n_objname - 1]))
                : ddl_span(ddl, -1);
}

static void check_number(const struct members *members, const PgQuery__CreateOpClassItem *item)
{
    const bool is_function = item->itemtype == ITEM_FUNCTION;
    const int max = !members->method ? 0
                    : is_function    ? members->method->max_function
                                     : members->method->max_operator;

    if (members->method && (item->number <= 0 || item->number > max))
        ddl_fail(members->ddl, "42P17", item_span(members->ddl, item),
                 "invalid %s number %d, must be between 1 and %d",
                 is_function ? "function" : "operator", item->number, max);
}

static void read_types(const struct members *members, const PgQuery__CreateOpClassItem *item,
                       struct operator_member *member)
{
    struct ddl *ddl = members->ddl;

    if (item->n_class_args == 0)
        return;
    member->left = member->right = type_resolve(ddl, item->class_args[0]->type_name, NULL);
    if (item->n_class_args > 1)
        member->right = type_resolve(ddl, item->class_args[1]->type_name, NULL);
    if (item->n_class_args > 2)
        ddl_fail(ddl, "42601", item_span(ddl, item), "one or two argument types must be specified");
}

static bool is_firm(const struct members *members, const struct operator_member *member)
{
    const struct method *method = members->method;

    if (!method || method->letter == 'r')
        return members->class_type != 0;
    if (method->ties && member->left != member->right)
        return false;
    return member->is_function ? method->firm_functions >> member->number & 1
                               : method->firm_operators;
}

static void add_member(struct members *members, struct operator_member member, span at)
{
    for (size_t i = 0; i < members->list.n; i++) {
        const struct operator_member *other = &members->list.items[i];
        if (*other->key && other->is_function == member.is_function &&
            other->number == member.number && other->left == member.left &&
            other->right == member.right)
            ddl_fail(members->ddl, "42P17", at, "%s number %d for (%s,%s) appears more than once",
                     member.is_function ? "function" : "operator", member.number,
                     ddl_type_text(members->ddl, member.left),
                     ddl_type_text(members->ddl, member.right));
    }
    member.key = key_of(members->ddl, &member);
    member.is_firm = is_firm(members, &member);
    member.ties = members->method && members->method->ties;
    vec_push(members->ddl->arena, &members->list, member);
}

/* --- Operators -------------------------------------------------------------------------------- */

/* A class may leave its own type out. */
static const struct operator*
    operator_of(const struct members *members, const PgQuery__CreateOpClassItem *item)
{
    struct ddl *ddl = members->ddl;
    struct qualified_name name = name_from_list(ddl, item->name->objname, item->name->n_objname);
    const struct operator* found;

    if (item->name->n_objargs > 0)
        return operator_lookup(ddl, item->name, false);
    if (!members->class_type)
        ddl_fail(ddl, "42601", item_span(ddl, item),
                 "operator argument types must be specified in ALTER OPERATOR FAMILY");
    found = operator_find(ddl, name.schema, name.name, members->class_type, members->class_type);
    if (!found)
        ddl_fail(ddl, "42883", item_span(ddl, item), "operator does not exist: %s %s %s",
                 ddl_type_text(ddl, members->class_type), name.name,
                 ddl_type_text(ddl, members->class_type));
    return found;
}

static void check_operator(const struct members *members, const PgQuery__CreateOpClassItem *item,
                           const struct operator* op)
{
    struct ddl *ddl = members->ddl;
    const span at = item_span(ddl, item);

    if (!op->left)
        refuse(ddl, at, "index operators must be binary");
    if (item->n_order_family > 0 && !members->method->orders)
        refuse(ddl, at, "the access method does not support ordering operators");
    if (item->n_order_family == 0 && !is_builtin_type(ddl, op->result, "bool"))
        refuse(ddl, at, "index search operators must return boolean");
}

static const char *sort_family(struct ddl *ddl, const PgQuery__CreateOpClassItem *item)
{
    struct qualified_name name;

    if (item->n_order_family == 0)
        return NULL;
    name = name_from_list(ddl, item->order_family, item->n_order_family);
    return arena_printf(ddl->arena, " FOR ORDER BY %s", qualified_text(ddl->arena, name));
}

static void add_operator(struct members *members, const PgQuery__CreateOpClassItem *item)
{
    struct ddl *ddl = members->ddl;
    const struct operator* op;

    check_number(members, item);
    op = operator_of(members, item);
    if (members->method)
        check_operator(members, item, op);
    add_member(members,
               (struct operator_member){
                   .number = item->number,
                   .left = op->left,
                   .right = op->right,
                   .clause = {.name = "",
                              .kind = CLAUSE_IS_OPERATOR,
                              .text = arena_printf(ddl->arena, "OPERATOR %d ", item->number),
                              .object = op->oid,
                              .behind = sort_family(ddl, item)}},
               item_span(ddl, item));
}

/* --- Support functions ------------------------------------------------------------------------ */

/* What btree and hash ask of their functions; 0 arguments: nothing. */
static const struct required {
    char method;
    int number;
    int n_args;
    const char *argument; /* the first one; NULL: any */
    const char *result;
    int left, right; /* the arguments that tell the types, from 1; 0: none does */
} requirements[] = {
    {'b', 1, 2, NULL, "int4", 1, 2}, {'b', 2, 1, "internal", "void", 0, 0},
    {'b', 3, 5, NULL, "bool", 1, 3}, {'b', 4, 1, NULL, "bool", 0, 0},
    {'h', 1, 1, NULL, "int4", 1, 1}, {'h', 2, 2, NULL, "int8", 1, 1},
};

static const struct required *required_of(const struct members *members, int number)
{
    for (size_t i = 0; members->method && i < sizeof requirements / sizeof *requirements; i++)
        if (requirements[i].method == members->method->letter && requirements[i].number == number)
            return &requirements[i];
    return NULL;
}

static void check_signature(struct ddl *ddl, const struct required *required,
                            const struct function *function, span at)
{
    if (function->n_args != required->n_args ||
        (required->argument && !is_builtin_type(ddl, function->arg_types[0], required->argument)))
        ddl_fail(ddl, "42P17", at, "support function %d must have %d argument%s", required->number,
                 required->n_args, required->n_args == 1 ? "" : "s");
    if (!is_builtin_type(ddl, function->return_type, required->result))
        ddl_fail(ddl, "42P17", at, "support function %d must return %s", required->number,
                 required->result);
}

static void check_options_function(const struct members *members,
                                   const struct operator_member *member,
                                   const struct function *function, span at)
{
    struct ddl *ddl = members->ddl;
    const oid type = members->class_type;

    if (type ? (member->left && member->left != type) || (member->right && member->right != type)
             : member->left != member->right)
        refuse(ddl, at, "the types of a function that parses options must be the same");
    if (!is_builtin_type(ddl, function->return_type, "void") || function->n_args != 1 ||
        !is_builtin_type(ddl, function->arg_types[0], "internal"))
        refuse(ddl, at, "invalid operator class options parsing function");
}

static void set_types(const struct members *members, const struct required *required,
                      const struct function *function, struct operator_member *member)
{
    if (required && required->left && !member->left)
        member->left = function->arg_types[required->left - 1];
    if (required && required->right && !member->right)
        member->right = function->arg_types[required->right - 1];
    if (!member->left)
        member->left = members->class_type;
    if (!member->right)
        member->right = members->class_type;
}

/* The clause tells the types, written or not. */
static void add_read_function(struct members *members, const PgQuery__CreateOpClassItem *item,
                              const struct function *function, struct operator_member member)
{
    struct ddl *ddl = members->ddl;

    member.clause = (struct clause){
        .name = "",
        .kind = CLAUSE_IS_SIGNATURE,
        .text = arena_printf(ddl->arena, "FUNCTION %d (%s, %s) ", item->number,
                             ddl_type_text(ddl, member.left), ddl_type_text(ddl, member.right)),
        .object = function->oid};
    add_member(members, member, item_span(ddl, item));
}

static void add_function(struct members *members, const PgQuery__CreateOpClassItem *item)
{
    struct ddl *ddl = members->ddl;
    const span at = item_span(ddl, item);
    struct operator_member member = {.is_function = true, .number = item->number};
    const struct required *required;
    const struct function *function;

    check_number(members, item);
    function = function_lookup(ddl, item->name, 'f', false);
    read_types(members, item, &member);
    required = required_of(members, item->number);
    if (members->method && item->number == members->method->options_function)
        check_options_function(members, &member, function, at);
    else if (required)
        check_signature(ddl, required, function, at);
    if (required && required->method == 'b' && item->number == 4 && member.left != member.right)
        refuse(ddl, at, "btree equal image functions must not be cross-type");
    set_types(members, required, function, &member);
    if (!member.left || !member.right)
        refuse(ddl, at, "associated data types must be specified for index support function");
    add_read_function(members, item, function, member);
}

static void add_storage(struct members *members, const PgQuery__CreateOpClassItem *item)
{
    struct ddl *ddl = members->ddl;
    const span at = ddl_span(ddl, item->storedtype->location);
    oid type;

    if (!members->class_type)
        ddl_fail(ddl, "42601", at, "STORAGE cannot be specified in ALTER OPERATOR FAMILY");
    if (members->has_storage)
        refuse(ddl, at, "storage type specified more than once");
    type = type_resolve(ddl, item->storedtype, NULL);
    if (members->method && type != members->class_type && !members->method->stores)
        refuse(ddl, at, "storage type cannot be different from data type for this access method");
    members->has_storage = true;
    vec_push(
        ddl->arena, &members->list,
        (struct operator_member){
            .key = "",
            .is_firm = true,
            .clause = {.name = "", .kind = CLAUSE_IS_TYPE, .text = "STORAGE ", .object = type}});
}

/* --- Statements ------------------------------------------------------------------------------- */

const struct operator_member *operator_members_read(struct ddl *ddl, const char *method, oid type,
                                                    PgQuery__Node **items, size_t n)
{
    struct members members = {.ddl = ddl, .method = find_method(method), .class_type = type};

    for (size_t i = 0; i < n; i++) {
        const PgQuery__CreateOpClassItem *item = items[i]->create_op_class_item;
        if (item->itemtype == ITEM_OPERATOR)
            add_operator(&members, item);
        else if (item->itemtype == ITEM_FUNCTION)
            add_function(&members, item);
        else
            add_storage(&members, item);
    }
    return members.list.items;
}

const struct operator_member *operator_family_drops_read(struct ddl *ddl, const char *method,
                                                         PgQuery__Node **items, size_t n)
{
    struct members members = {.ddl = ddl, .method = find_method(method)};

    for (size_t i = 0; i < n; i++) {
        const PgQuery__CreateOpClassItem *item = items[i]->create_op_class_item;
        struct operator_member member = {.is_function = item->itemtype == ITEM_FUNCTION,
                                         .number = item->number};
        check_number(&members, item);
        read_types(&members, item, &member);
        add_member(&members, member, item_span(ddl, item));
    }
    return members.list.items;
}
