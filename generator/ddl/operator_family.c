/* CREATE OPERATOR CLASS, CREATE and ALTER OPERATOR FAMILY. */
#include <string.h>

#include "ddl/object.h"
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

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

/* --- Members -----------------------------------------------------------------------------------
 */

static oid argument(struct ddl *ddl, PgQuery__Node **types, size_t n, size_t i, oid otherwise)
{
    return i < n && NODE_IS(types[i], TYPE_NAME) ? type_resolve(ddl, types[i]->type_name, NULL)
                                                 : otherwise;
}

static const char *sort_family(struct ddl *ddl, const PgQuery__CreateOpClassItem *item)
{
    struct qualified_name name;

    if (item->n_order_family == 0)
        return NULL;
    name = name_from_list(ddl, item->order_family, item->n_order_family);
    return arena_printf(ddl->arena, " FOR ORDER BY %s", qualified_text(ddl->arena, name));
}

static struct clause operator_member(struct ddl *ddl, const PgQuery__CreateOpClassItem *item,
                                     oid type)
{
    struct qualified_name name = name_from_list(ddl, item->name->objname, item->name->n_objname);
    oid left = argument(ddl, item->name->objargs, item->name->n_objargs, 0, type);
    oid right = argument(ddl, item->name->objargs, item->name->n_objargs, 1, type);
    const struct operator* found = operator_find(ddl, name.schema, name.name, left, right);

    if (!found)
        ddl_fail(ddl, "42883", name_span(ddl, name), "operator does not exist: %s %s %s",
                 ddl_type_text(ddl, left), name.name, ddl_type_text(ddl, right));
    return (struct clause){.name = "",
                           .kind = CLAUSE_IS_OPERATOR,
                           .text = arena_printf(ddl->arena, "OPERATOR %d ", item->number),
                           .object = found->oid,
                           .behind = sort_family(ddl, item)};
}

static struct clause function_member(struct ddl *ddl, const char *method,
                                     const PgQuery__CreateOpClassItem *item, oid type)
{
    oid left, right;

    operator_member_types(ddl, method, type, item, &left, &right);
    return (struct clause){.name = "",
                           .kind = CLAUSE_IS_SIGNATURE,
                           .text =
                               arena_printf(ddl->arena, "FUNCTION %d (%s, %s) ", item->number,
                                            ddl_type_text(ddl, left), ddl_type_text(ddl, right)),
                           .object = function_lookup(ddl, item->name, 'f', false)->oid};
}

static struct clause member_of(struct ddl *ddl, const char *method,
                               const PgQuery__CreateOpClassItem *item, oid type)
{
    if (item->itemtype == 1)
        return operator_member(ddl, item, type);
    if (item->itemtype == 2)
        return function_member(ddl, method, item, type);
    return (struct clause){.name = "",
                           .kind = CLAUSE_IS_TYPE,
                           .text = "STORAGE ",
                           .object = type_resolve(ddl, item->storedtype, NULL)};
}

/* --- Families ----------------------------------------------------------------------------------
 */

/* A class without FAMILY is in one of its own name, which is made when it is not there. */
static void set_family(struct ddl *ddl, const PgQuery__CreateOpClassStmt *statement,
                       struct operator_class *class)
{
    bool is_named = statement->n_opfamilyname > 0;
    struct qualified_name name =
        is_named ? name_from_list(ddl, statement->opfamilyname, statement->n_opfamilyname)
                 : (struct qualified_name){namespace_name(ddl, class->namespace_oid), class->name};
    const struct other_object *family =
        other_search(ddl, OTHER_OPERATOR_FAMILY, name, class->method_name);

    if (!family && is_named) {
        class->family_name = qualified_text(ddl->arena, name);
        return;
    }
    if (!family)
        family = other_create(ddl,
                              (struct other_object){.class = OTHER_OPERATOR_FAMILY,
                                                    .namespace_oid = class->namespace_oid,
                                                    .name = class->name,
                                                    .detail = class->method_name},
                              class->defined_at);
    class->family = family->oid;
}

void ddl_create_operator_family(struct ddl *ddl, const PgQuery__CreateOpFamilyStmt *statement)
{
    struct qualified_name name =
        name_from_list(ddl, statement->opfamilyname, statement->n_opfamilyname);
    span at = name_span(ddl, name);

    other_create(
        ddl,
        (struct other_object){.class = OTHER_OPERATOR_FAMILY,
                              .namespace_oid = namespace_for_creation(ddl, name.schema, at),
                              .name = name.name,
                              .detail = statement->amname},
        at);
}

/* ALTER OPERATOR FAMILY … DROP names a member by its number and types. */
static const char *member_key(struct ddl *ddl, const PgQuery__CreateOpClassItem *item)
{
    oid left = argument(ddl, item->class_args, item->n_class_args, 0, 0);
    oid right = argument(ddl, item->class_args, item->n_class_args, 1, left);

    return arena_printf(ddl->arena, "%d %d %u %u", item->itemtype, item->number, (unsigned)left,
                        (unsigned)right);
}

static const char *key_of_new(struct ddl *ddl, const char *method,
                              const PgQuery__CreateOpClassItem *item, const struct clause *member)
{
    const struct operator* op = item->itemtype == 1
        ? catalog_get_operator(ddl->catalog, member->object)
        : NULL;
    oid left, right;

    if (op) {
        left = op->left;
        right = op->right;
    } else {
        operator_member_types(ddl, method, 0, item, &left, &right);
    }
    return arena_printf(ddl->arena, "%d %d %u %u", item->itemtype, item->number, (unsigned)left,
                        (unsigned)right);
}

void ddl_alter_operator_family(struct ddl *ddl, const PgQuery__AlterOpFamilyStmt *statement)
{
    struct qualified_name name =
        name_from_list(ddl, statement->opfamilyname, statement->n_opfamilyname);
    struct other_object *family = other_search(ddl, OTHER_OPERATOR_FAMILY, name, statement->amname);

    if (statement->is_drop)
        operator_family_drops_check(ddl, statement->amname, statement->items, statement->n_items);
    else
        operator_class_items_check(ddl, statement->amname, 0, statement->items, statement->n_items);
    for (size_t i = 0; family && i < statement->n_items; i++) {
        const PgQuery__CreateOpClassItem *item = statement->items[i]->create_op_class_item;
        struct clause member;
        if (statement->is_drop) {
            clause_remove(&family->clauses, member_key(ddl, item));
            continue;
        }
        member = member_of(ddl, statement->amname, item, 0);
        member.name = key_of_new(ddl, statement->amname, item, &member);
        clause_add(ddl, &family->clauses, member);
    }
}

/* --- CREATE OPERATOR CLASS ---------------------------------------------------------------------
 */

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

    class.defined_at = name_span(ddl, name);
    operator_class_items_check(ddl, statement->amname, class.type, statement->items,
                               statement->n_items);
    for (size_t i = 0; class.is_default && i < statement->n_items; i++)
        set_operator(ddl, statement->items[i]->create_op_class_item, &class);
    for (size_t i = 0; ddl->session->depth == 0 && i < statement->n_items; i++) {
        struct clause member = member_of(ddl, statement->amname,
                                         statement->items[i]->create_op_class_item, class.type);
        vec_push(ddl->arena, &class.clauses, member);
    }
    if (ddl->session->depth == 0)
        set_family(ddl, statement, &class);
    catalog_add_operator_class(ddl->catalog, class);
}
