/* Literals that name catalog objects: regclass, regtype, regproc, … (regproc.c). A number is an
 * OID, "-" is none; a name is looked up. Roles belong to the server and not to the schema: only
 * those names are refused that no role can have.
 */
#include "value/literal.h"

#include <string.h>

#include "value/name.h"

static const struct catalog *catalog_of(const struct literal *literal)
{
    return literal->input->catalog;
}

static struct arena *arena_of(const struct literal *literal)
{
    return literal->input->arena;
}

/* An OID, or what stands for none. */
static bool is_oid(const struct literal *literal, const char *none)
{
    const char *s = literal->text;
    if (strcmp(s, none) == 0)
        return true;
    if (!*s || s[strspn(s, "0123456789")])
        return false;
    literal_check_oid(literal);
    return true;
}

static struct qualified_name read_name(const struct literal *literal, const char **text)
{
    struct literal_names names = literal_split_names(literal, literal->text);
    *text = literal_names_text(literal, &names);
    return literal_qualified_name(literal, &names);
}

/* --- Relations and types ------------------------------------------------------------------- */

void literal_check_regclass(const struct literal *literal)
{
    if (is_oid(literal, "-"))
        return;
    struct literal_names names = literal_split_names(literal, literal->text);
    const char *text = literal_names_text(literal, &names);
    const char *schema = names.n == 2 ? names.items[0] : NULL, *name = names.items[names.n - 1];
    if (names.n == 3)
        literal_fail(literal, "0A000", "cross-database references are not implemented: \"%s\"",
                     text);
    if (names.n > 3)
        literal_fail(literal, "42601", "improper relation name (too many dotted names): %s", text);
    literal_check_schema(literal, schema);
    const struct relation *found = catalog_find_relation(catalog_of(literal), schema, name);
    literal->input->object = found ? found->oid : 0;
    if (!found && !catalog_has_index(catalog_of(literal), schema, name))
        literal_fail(literal, "42P01", "relation \"%s\" does not exist", text);
}

void literal_check_regtype(const struct literal *literal)
{
    if (!is_oid(literal, "-"))
        literal->input->object = literal_type(literal, literal->text);
}

/* --- Functions ----------------------------------------------------------------------------- */

static struct function_list find_functions(const struct literal *literal,
                                           const struct literal_names *names)
{
    struct qualified_name name = literal_qualified_name(literal, names);
    literal_check_schema(literal, name.schema);
    return catalog_find_functions(catalog_of(literal), arena_of(literal), name.schema, name.name);
}

static bool takes(const struct function *function, const oid *types, size_t n)
{
    return function->n_args == n &&
           (n == 0 || memcmp(function->arg_types, types, n * sizeof *types) == 0);
}

/* A function of an earlier schema hides those of the same arguments. */
static size_t count_visible(struct function_list found)
{
    size_t n_visible = 0;
    for (size_t i = 0; i < found.n; i++) {
        size_t k = 0;
        while (k < i && !takes(found.items[k], found.items[i]->arg_types, found.items[i]->n_args))
            k++;
        n_visible += k == i;
    }
    return n_visible;
}

void literal_check_regproc(const struct literal *literal)
{
    if (is_oid(literal, "-"))
        return;
    struct literal_names names = literal_split_names(literal, literal->text);
    struct function_list found = find_functions(literal, &names);
    size_t n = count_visible(found);
    if (n == 1)
        literal->input->object = found.items[0]->oid;
    if (n == 0)
        literal_fail(literal, "42883", "function \"%s\" does not exist", literal->text);
    if (n > 1)
        literal_fail(literal, "42725", "more than one function named \"%s\"", literal->text);
}

void literal_check_regprocedure(const struct literal *literal)
{
    if (is_oid(literal, "-"))
        return;
    struct literal_signature signature = literal_read_signature(literal, false);
    struct function_list found = find_functions(literal, &signature.names);
    for (size_t i = 0; i < found.n; i++)
        if (takes(found.items[i], signature.types, signature.n_types)) {
            literal->input->object = found.items[i]->oid;
            return;
        }
    literal_fail(literal, "42883", "function \"%s\" does not exist", literal->text);
}

/* --- Operators ----------------------------------------------------------------------------- */

/* An operator of an earlier schema hides those of the same operands. */
static size_t count_visible_operators(struct operator_list found)
{
    size_t n_visible = 0;
    for (size_t i = 0; i < found.n; i++) {
        const struct operator* op = found.items[i];
        size_t k = 0;
        while (k < i && (found.items[k]->left != op->left || found.items[k]->right != op->right))
            k++;
        n_visible += k == i;
    }
    return n_visible;
}

void literal_check_regoper(const struct literal *literal)
{
    const char *text;
    if (is_oid(literal, "0"))
        return;
    struct qualified_name name = read_name(literal, &text);
    literal_check_schema(literal, name.schema);
    struct operator_list found =
        catalog_find_operators(catalog_of(literal), arena_of(literal), name.schema, name.name);
    size_t n = count_visible_operators(found);
    if (n == 1)
        literal->input->object = found.items[0]->oid;
    if (n == 0)
        literal_fail(literal, "42883", "operator does not exist: %s", literal->text);
    if (n > 1)
        literal_fail(literal, "42725", "more than one operator named %s", literal->text);
}

void literal_check_regoperator(const struct literal *literal)
{
    if (is_oid(literal, "0"))
        return;
    struct literal_signature signature = literal_read_signature(literal, true);
    if (signature.n_types == 1)
        literal_fail_hint(literal, "42P02",
                          "NONE stands for the missing argument of a unary operator",
                          "missing argument");
    if (signature.n_types != 2)
        literal_fail(literal, "54023", "too many arguments");
    struct qualified_name name = literal_qualified_name(literal, &signature.names);
    struct operator_list found =
        catalog_find_operators(catalog_of(literal), arena_of(literal), name.schema, name.name);
    for (size_t i = 0; i < found.n; i++)
        if (found.items[i]->left == signature.types[0] &&
            found.items[i]->right == signature.types[1]) {
            literal->input->object = found.items[i]->oid;
            return;
        }
    literal_fail(literal, "42883", "operator does not exist: %s", literal->text);
}

/* --- Schemas, roles, collations, text search ----------------------------------------------- */

/* NULL for an OID; one identifier. */
static const char *read_simple_name(const struct literal *literal)
{
    if (is_oid(literal, "-"))
        return NULL;
    struct literal_names names = literal_split_names(literal, literal->text);
    if (names.n != 1)
        literal_fail(literal, "42602", "invalid name syntax");
    return names.items[0];
}

void literal_check_regnamespace(const struct literal *literal)
{
    const char *name = read_simple_name(literal);
    if (name && strcmp(name, "pg_temp") == 0) /* an alias, no schema */
        literal_fail(literal, "3F000", "schema \"%s\" does not exist", name);
    literal_check_schema(literal, name);
}

void literal_check_regrole(const struct literal *literal)
{
    const char *name = read_simple_name(literal);
    if (name && !catalog_may_have_role(name))
        literal_fail(literal, "42704", "role \"%s\" does not exist", name);
}

static void check_text_search(const struct literal *literal, const char *kind,
                              enum other_class class,
                              bool (*is_known)(const struct catalog *catalog, const char *schema,
                                               const char *name))
{
    const struct other_object *found;
    const char *text;
    if (is_oid(literal, "-"))
        return;
    struct qualified_name name = read_name(literal, &text);
    literal_check_schema(literal, name.schema);
    if (!is_known(catalog_of(literal), name.schema, name.name))
        literal_fail(literal, "42704", "text search %s \"%s\" does not exist", kind, text);
    found = catalog_search_other(catalog_of(literal), class, name.schema, name.name, NULL);
    literal->input->object = found ? found->oid : 0;
}

void literal_check_regconfig(const struct literal *literal)
{
    check_text_search(literal, "configuration", OTHER_TS_CONFIGURATION,
                      catalog_knows_text_search_config);
}

void literal_check_regdictionary(const struct literal *literal)
{
    check_text_search(literal, "dictionary", OTHER_TS_DICTIONARY,
                      catalog_knows_text_search_dictionary);
}

void literal_check_regcollation(const struct literal *literal)
{
    const char *text;
    if (is_oid(literal, "-"))
        return;
    struct qualified_name name = read_name(literal, &text);
    literal_check_schema(literal, name.schema);
    if (!catalog_find_collation(catalog_of(literal), name.schema, name.name))
        literal_fail(literal, "42704", "collation \"%s\" for encoding \"UTF8\" does not exist",
                     text);
}
