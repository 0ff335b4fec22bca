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

    access_method_check(ddl, statement->amname, ddl_name_span(ddl, -1, statement->amname));
    other_create(
        ddl,
        (struct other_object){.class = OTHER_OPERATOR_FAMILY,
                              .namespace_oid = namespace_for_creation(ddl, name.schema, at),
                              .name = name.name,
                              .detail = statement->amname},
        at);
}

static bool has_member(struct ddl *ddl, const struct other_object *family, const char *key)
{
    size_t n;
    struct operator_class *const *classes = catalog_operator_classes(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (classes[i]->family == family->oid && clause_find(&classes[i]->clauses, key))
            return true;
    return clause_find(&family->clauses, key) != NULL;
}

/* What an extension made is not all known. */
static void check_member(struct ddl *ddl, const struct other_object *family, const char *key,
                         bool is_drop)
{
    if (!*key || family->about.extension || has_member(ddl, family, key) == is_drop)
        return;
    ddl_fail(ddl, is_drop ? "42704" : "42710", ddl_name_span(ddl, -1, family->name),
             "%s %s in operator family \"%s\"", key, is_drop ? "does not exist" : "already exists",
             family->name);
}

static void drop_members(struct ddl *ddl, const PgQuery__AlterOpFamilyStmt *statement,
                         struct other_object *family)
{
    const char **keys =
        operator_family_drops_read(ddl, statement->amname, statement->items, statement->n_items);

    for (size_t i = 0; family && i < statement->n_items; i++)
        check_member(ddl, family, keys[i], true);
    for (size_t i = 0; family && i < statement->n_items; i++)
        if (*keys[i])
            clause_remove(&family->clauses, keys[i]);
}

static void add_members(struct ddl *ddl, const PgQuery__AlterOpFamilyStmt *statement,
                        struct other_object *family)
{
    const char **keys =
        operator_class_items_read(ddl, statement->amname, 0, statement->items, statement->n_items);

    for (size_t i = 0; family && i < statement->n_items; i++)
        check_member(ddl, family, keys[i], false);
    for (size_t i = 0; family && i < statement->n_items; i++) {
        struct clause member =
            member_of(ddl, statement->amname, statement->items[i]->create_op_class_item, 0);
        member.name = keys[i];
        clause_add(ddl, &family->clauses, member);
    }
}

void ddl_alter_operator_family(struct ddl *ddl, const PgQuery__AlterOpFamilyStmt *statement)
{
    struct qualified_name name =
        name_from_list(ddl, statement->opfamilyname, statement->n_opfamilyname);
    struct other_object *family;

    access_method_check(ddl, statement->amname, ddl_name_span(ddl, -1, statement->amname));
    family = other_search(ddl, OTHER_OPERATOR_FAMILY, name, statement->amname);
    if (statement->is_drop)
        drop_members(ddl, statement, family);
    else
        add_members(ddl, statement, family);
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
    const char **keys;

    class.defined_at = name_span(ddl, name);
    access_method_check(ddl, statement->amname, ddl_name_span(ddl, -1, statement->amname));
    keys = operator_class_items_read(ddl, statement->amname, class.type, statement->items,
                                     statement->n_items);
    for (size_t i = 0; class.is_default && i < statement->n_items; i++)
        set_operator(ddl, statement->items[i]->create_op_class_item, &class);
    for (size_t i = 0; ddl->session->depth == 0 && i < statement->n_items; i++) {
        struct clause member = member_of(ddl, statement->amname,
                                         statement->items[i]->create_op_class_item, class.type);
        member.name = keys[i];
        vec_push(ddl->arena, &class.clauses, member);
    }
    if (ddl->session->depth == 0)
        set_family(ddl, statement, &class);
    catalog_add_operator_class(ddl->catalog, class);
}
