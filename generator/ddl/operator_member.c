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

static const struct method {
    char letter;
    int max_operator, max_function;
    int options_function; /* the one that reads options of the class */
    bool orders, stores;  /* ordering operators; STORAGE of another type */
} methods[] = {
    {'b', 5, 5, 5, false, false},          {'h', 1, 3, 3, false, false},
    {'i', ANY_NUMBER, 11, 10, true, true}, {'s', ANY_NUMBER, 7, 6, true, true},
    {'n', ANY_NUMBER, 7, 7, false, true},  {'r', ANY_NUMBER, 15, 5, false, true},
};

/* An operator or function under its number, with the types that tell it from others of that number.
 */
struct member {
    bool is_function;
    int number;
    oid left, right;
};

struct members {
    struct ddl *ddl;
    const struct method *method;
    oid class_type; /* 0: of a family */
    bool has_storage;
    VEC(struct member) list;
};

static const char *key_of(struct ddl *ddl, const struct member *member)
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
    const int max = is_function ? members->method->max_function : members->method->max_operator;

    if (item->number <= 0 || item->number > max)
        ddl_fail(members->ddl, "42P17", item_span(members->ddl, item),
                 "invalid %s number %d, must be between 1 and %d",
                 is_function ? "function" : "operator", item->number, max);
}

static void read_types(const struct members *members, const PgQuery__CreateOpClassItem *item,
                       struct member *member)
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

static void add_member(struct members *members, struct member member, span at)
{
    for (size_t i = 0; i < members->list.n; i++) {
        const struct member *other = &members->list.items[i];
        if (other->is_function == member.is_function && other->number == member.number &&
            other->left == member.left && other->right == member.right)
            ddl_fail(members->ddl, "42P17", at, "%s number %d for (%s,%s) appears more than once",
                     member.is_function ? "function" : "operator", member.number,
                     ddl_type_text(members->ddl, member.left),
                     ddl_type_text(members->ddl, member.right));
    }
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

static void add_operator(struct members *members, const PgQuery__CreateOpClassItem *item)
{
    struct ddl *ddl = members->ddl;
    const span at = item_span(ddl, item);
    const struct operator* op;

    check_number(members, item);
    op = operator_of(members, item);
    if (!op->left)
        refuse(ddl, at, "index operators must be binary");
    if (item->n_order_family > 0 && !members->method->orders)
        refuse(ddl, at, "the access method does not support ordering operators");
    if (item->n_order_family == 0 && !is_builtin_type(ddl, op->result, "bool"))
        refuse(ddl, at, "index search operators must return boolean");
    add_member(members, (struct member){false, item->number, op->left, op->right}, at);
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
    for (size_t i = 0; i < sizeof requirements / sizeof *requirements; i++)
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

static void check_options_function(const struct members *members, const struct member *member,
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
                      const struct function *function, struct member *member)
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

void operator_member_types(struct ddl *ddl, const char *method, oid type,
                           const PgQuery__CreateOpClassItem *item, oid *left, oid *right)
{
    const struct members members = {.ddl = ddl, .method = find_method(method), .class_type = type};
    struct member member = {true, item->number, 0, 0};

    read_types(&members, item, &member);
    set_types(&members, members.method ? required_of(&members, item->number) : NULL,
              function_lookup(ddl, item->name, 'f', false), &member);
    *left = member.left;
    *right = member.right;
}

static void add_function(struct members *members, const PgQuery__CreateOpClassItem *item)
{
    struct ddl *ddl = members->ddl;
    const span at = item_span(ddl, item);
    struct member member = {true, item->number, 0, 0};
    const struct required *required;
    const struct function *function;

    check_number(members, item);
    function = function_lookup(ddl, item->name, 'f', false);
    read_types(members, item, &member);
    required = required_of(members, item->number);
    if (item->number == members->method->options_function)
        check_options_function(members, &member, function, at);
    else if (required)
        check_signature(ddl, required, function, at);
    if (members->method->letter == 'b' && item->number == 4 && member.left != member.right)
        refuse(ddl, at, "btree equal image functions must not be cross-type");
    set_types(members, required, function, &member);
    if (!member.left || !member.right)
        refuse(ddl, at, "associated data types must be specified for index support function");
    add_member(members, member, at);
}

static void check_storage(struct members *members, const PgQuery__CreateOpClassItem *item)
{
    struct ddl *ddl = members->ddl;
    const span at = ddl_span(ddl, item->storedtype->location);
    oid type;

    if (!members->class_type)
        ddl_fail(ddl, "42601", at, "STORAGE cannot be specified in ALTER OPERATOR FAMILY");
    if (members->has_storage)
        refuse(ddl, at, "storage type specified more than once");
    type = type_resolve(ddl, item->storedtype, NULL);
    if (type != members->class_type && !members->method->stores)
        refuse(ddl, at, "storage type cannot be different from data type for this access method");
    members->has_storage = true;
}

/* --- Statements ------------------------------------------------------------------------------- */

static void add_item(struct members *members, const PgQuery__CreateOpClassItem *item)
{
    if (item->itemtype == ITEM_OPERATOR)
        add_operator(members, item);
    else if (item->itemtype == ITEM_FUNCTION)
        add_function(members, item);
    else
        check_storage(members, item);
}

/* Each in its turn; the key of the STORAGE is empty. */
static const char **read_items(struct members *members, PgQuery__Node **items, size_t n,
                               void (*read)(struct members *, const PgQuery__CreateOpClassItem *))
{
    const char **keys = arena_array(members->ddl->arena, const char *, n);

    for (size_t i = 0; i < n; i++) {
        const size_t before = members->list.n;
        keys[i] = "";
        if (members->method)
            read(members, items[i]->create_op_class_item);
        if (members->list.n > before)
            keys[i] = key_of(members->ddl, &members->list.items[before]);
    }
    return keys;
}

const char **operator_class_items_read(struct ddl *ddl, const char *method, oid type,
                                       PgQuery__Node **items, size_t n)
{
    struct members members = {.ddl = ddl, .method = find_method(method), .class_type = type};

    return read_items(&members, items, n, add_item);
}

static void check_dropped(struct members *members, const PgQuery__CreateOpClassItem *item)
{
    struct member member = {item->itemtype == ITEM_FUNCTION, item->number, 0, 0};

    check_number(members, item);
    read_types(members, item, &member);
    add_member(members, member, item_span(members->ddl, item));
}

const char **operator_family_drops_read(struct ddl *ddl, const char *method, PgQuery__Node **items,
                                        size_t n)
{
    struct members members = {.ddl = ddl, .method = find_method(method)};

    return read_items(&members, items, n, check_dropped);
}
