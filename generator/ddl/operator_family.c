/* CREATE OPERATOR CLASS, CREATE and ALTER OPERATOR FAMILY. */
#include <string.h>

#include "ddl/object.h"
#include "ddl/signature.h"
#include "ddl/statements.h"
#include "ddl/table.h"

/* Strategy numbers: btree 1 <, 3 =, 5 >; hash 1 =. */
static void set_operator(struct operator_class *class, const struct operator_member *member)
{
    const bool is_btree = class->method == 'b';

    if (member->clause.kind != CLAUSE_IS_OPERATOR || (!is_btree && class->method != 'h') ||
        member->left != class->type || member->right != class->type)
        return;
    if (is_btree && member->number == 1)
        class->less = member->clause.object;
    else if (member->number == (is_btree ? 3 : 1))
        class->equal = member->clause.object;
    else if (is_btree && member->number == 5)
        class->greater = member->clause.object;
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

/* --- Members -----------------------------------------------------------------------------------
 */

static struct clause clause_of(const struct operator_member *member)
{
    struct clause clause = member->clause;

    clause.name = member->key;
    clause.is_loose = !member->is_firm;
    return clause;
}

static struct operator_class *class_of_type(struct ddl *ddl, const struct other_object *family,
                                            oid type)
{
    size_t n;
    struct operator_class *const *classes = catalog_operator_classes(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (classes[i]->family == family->oid && classes[i]->type == type)
            return classes[i];
    return NULL;
}

/* Where the server writes it down: a firm member of a class goes with the class, all others stay in
 * the family (amadjustmembers). The class is NULL in ALTER OPERATOR FAMILY, the family when it is
 * the server's own. */
static void put_member(struct ddl *ddl, const struct operator_member *member,
                       struct operator_class *class, struct other_object *family)
{
    struct clause clause = clause_of(member);

    if (class && clause.kind == CLAUSE_IS_TYPE && clause.object == class->type)
        return; /* STORAGE of the type itself says nothing */
    if (!family) {
        clause_add(ddl, &class->clauses, clause);
        return;
    }
    if (member->is_firm && member->ties && !(class && class->type == member->left)) {
        class = class_of_type(ddl, family, member->left);
        clause.is_loose = class == NULL;
    }
    clause_add(ddl, class && !clause.is_loose ? &class->clauses : &family->clauses, clause);
}

/* The list that has it; NULL when none does. */
static struct clause_list *list_with(struct ddl *ddl, struct other_object *family, const char *key)
{
    size_t n;
    struct operator_class *const *classes = catalog_operator_classes(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (classes[i]->family == family->oid && clause_find(&classes[i]->clauses, key))
            return &classes[i]->clauses;
    return clause_find(&family->clauses, key) ? &family->clauses : NULL;
}

/* The server finds it in CREATE OPERATOR CLASS by the key of its own catalog (23505). */
static void check_new(struct ddl *ddl, struct other_object *family, const char *key,
                      const char *sqlstate)
{
    if (*key && list_with(ddl, family, key))
        ddl_fail(ddl, sqlstate, ddl_name_span(ddl, -1, family->name),
                 "%s already exists in operator family \"%s\"", key, family->name);
}

/* What an extension made is not all known. */
static void check_drop(struct ddl *ddl, struct other_object *family, const char *key)
{
    const struct clause_list *list = list_with(ddl, family, key);

    if (!list && !family->about.extension)
        ddl_fail(ddl, "42704", ddl_name_span(ddl, -1, family->name),
                 "%s does not exist in operator family \"%s\"", key, family->name);
    if (list && !clause_find(list, key)->is_loose)
        ddl_fail(ddl, "2BP01", ddl_name_span(ddl, -1, family->name),
                 "cannot drop %s of operator family %s because its operator %s requires it", key,
                 family->name, list == &family->clauses ? "family" : "class");
}

static void drop_members(struct ddl *ddl, const PgQuery__AlterOpFamilyStmt *statement,
                         struct other_object *family)
{
    const struct operator_member *members =
        operator_family_drops_read(ddl, statement->amname, statement->items, statement->n_items);

    for (size_t i = 0; family && i < statement->n_items; i++)
        check_drop(ddl, family, members[i].key);
    for (size_t i = 0; family && i < statement->n_items; i++)
        clause_remove(&family->clauses, members[i].key);
}

static void add_members(struct ddl *ddl, const PgQuery__AlterOpFamilyStmt *statement,
                        struct other_object *family)
{
    const struct operator_member *members =
        operator_members_read(ddl, statement->amname, 0, statement->items, statement->n_items);

    for (size_t i = 0; family && i < statement->n_items; i++)
        check_new(ddl, family, members[i].key, "42710");
    for (size_t i = 0; family && i < statement->n_items; i++)
        put_member(ddl, &members[i], NULL, family);
}

static void forget(struct clause_list *clauses, enum clause_value kind, oid object)
{
    for (size_t i = clauses->n; i-- > 0;)
        if (clauses->items[i].is_loose && clauses->items[i].kind == kind &&
            clauses->items[i].object == object)
            clause_remove(clauses, clauses->items[i].name);
}

void operator_families_forget(struct ddl *ddl, enum clause_value kind, oid object)
{
    size_t at = 0;

    for (struct other_object *other; (other = catalog_next_other(ddl->catalog, &at));)
        if (other->class == OTHER_OPERATOR_FAMILY)
            forget(&other->clauses, kind, object);
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
    const struct operator_member *members;
    struct operator_class *made;
    struct other_object *family;

    class.defined_at = name_span(ddl, name);
    access_method_check(ddl, statement->amname, ddl_name_span(ddl, -1, statement->amname));
    members = operator_members_read(ddl, statement->amname, class.type, statement->items,
                                    statement->n_items);
    for (size_t i = 0; class.is_default && i < statement->n_items; i++)
        set_operator(&class, &members[i]);
    if (ddl->session->depth == 0)
        set_family(ddl, statement, &class);
    family = catalog_get_other(ddl->catalog, class.family);
    for (size_t i = 0; family && i < statement->n_items; i++)
        check_new(ddl, family, members[i].key, "23505");
    made = catalog_add_operator_class(ddl->catalog, class);
    for (size_t i = 0; ddl->session->depth == 0 && i < statement->n_items; i++)
        put_member(ddl, &members[i], made, family);
}
