/* Literals that name catalog objects: regclass, regtype, regproc, … (regproc.c). A number is an
 * OID,
 * "-" is none; a name is looked up. Objects that the generator does not know (roles, text search
 * dictionaries, indexes and tables of the system) are accepted.
 */
#include "analyze/literal.h"

#include <string.h>
#include <strings.h>

#include "analyze/coerce_types.h"
#include "catalog/catalog.h"
#include "support/buf.h"

struct object_name {
    const char *schema; /* NULL: search path */
    const char *name;
};

static bool is_number_or_none(const char *s)
{
    return strcmp(s, "-") == 0 || (*s && strspn(s, "0123456789") == strlen(s));
}

static _Noreturn void bad_name(const struct literal *literal)
{
    literal_fail(literal, "42602", "invalid name syntax");
}

/* One identifier, folded or in quotes. */
static const char *read_identifier(const struct literal *literal, const char **s)
{
    struct buf text = buf_in(literal->parse->statement->arena);
    *s = literal_skip_spaces(*s);
    if (**s == '"') {
        for (++*s; **s != '"' || (*s)[1] == '"'; ++*s) {
            if (!**s)
                bad_name(literal);
            *s += **s == '"';
            buf_addc(&text, **s);
        }
        ++*s;
    } else {
        for (; **s && **s != '.' && **s != '(' && !literal_is_space(**s); ++*s)
            buf_addc(&text, literal_lower(**s));
    }
    *s = literal_skip_spaces(*s);
    if (!text.len)
        bad_name(literal);
    return buf_text(&text);
}

/* [schema.]name up to the end or a parenthesis; more dots are left for "in doubt". False then. */
static bool read_name(const struct literal *literal, const char **s, struct object_name *name)
{
    *name = (struct object_name){NULL, read_identifier(literal, s)};
    if (**s == '.') {
        ++*s;
        *name = (struct object_name){name->name, read_identifier(literal, s)};
    }
    if (**s && **s != '(' && **s != '.')
        bad_name(literal);
    return **s != '.';
}

static void check_schema(const struct literal *literal, const char *schema)
{
    if (schema && !catalog_find_namespace(literal->parse->statement->catalog, schema))
        literal_fail(literal, "3F000", "schema \"%s\" does not exist", schema);
}

static bool is_index_name(const struct catalog *catalog, const char *name)
{
    size_t n;
    struct relation *const *relations = catalog_relations(catalog, &n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; relations[i] && k < relations[i]->indexes.n; k++)
            if (name_eq(relations[i]->indexes.items[k]->name, name))
                return true;
    return false;
}

static bool is_system_name(const struct object_name *name)
{
    return strncmp(name->name, "pg_", 3) == 0 ||
           (name->schema && strncmp(name->schema, "pg_", 3) == 0);
}

void literal_check_regclass(const struct literal *literal)
{
    const struct catalog *catalog = literal->parse->statement->catalog;
    const char *s = literal->text;
    struct object_name name;
    if (is_number_or_none(s) || !read_name(literal, &s, &name) || is_system_name(&name))
        return;
    if (catalog_find_relation(catalog, name.schema, name.name) || is_index_name(catalog, name.name))
        return;
    if (name.schema)
        check_schema(literal, name.schema);
    if (name.schema)
        literal_fail(literal, "42P01", "relation \"%s.%s\" does not exist", name.schema, name.name);
    literal_fail(literal, "42P01", "relation \"%s\" does not exist", name.name);
}

/* Only plain names are looked up: "timestamp with time zone", "int[]", "numeric(3)" are grammar. */
void literal_check_regtype(const struct literal *literal)
{
    static const char *const grammar_names[] = {
        "int", "integer", "bigint", "smallint",  "real",  "float", "double",   "decimal",
        "dec", "boolean", "char",   "character", "nchar", "bit",   "national", NULL};
    const struct catalog *catalog = literal->parse->statement->catalog;
    struct arena *arena = literal->parse->statement->arena;
    size_t len = strlen(literal->text);
    while (len >= 2 && strncmp(literal->text + len - 2, "[]", 2) == 0)
        len -= 2;
    const char *s = arena_strndup(arena, literal->text, len);
    struct object_name name;
    if (!*s || is_number_or_none(s) || strpbrk(s, " [](%"))
        return;
    for (size_t i = 0; grammar_names[i]; i++)
        if (strcasecmp(s, grammar_names[i]) == 0)
            return;
    if (!read_name(literal, &s, &name))
        return;
    check_schema(literal, name.schema);
    if (!catalog_find_type(catalog, name.schema, name.name))
        literal_fail(literal, "42704", "type \"%s\" does not exist", literal->text);
}

static size_t count_functions(const struct literal *literal, const struct object_name *name)
{
    return catalog_find_functions(literal->parse->statement->catalog,
                                  literal->parse->statement->arena, name->schema, name->name)
        .n;
}

void literal_check_regproc(const struct literal *literal)
{
    const char *s = literal->text;
    struct object_name name;
    if (is_number_or_none(s) || !read_name(literal, &s, &name))
        return;
    check_schema(literal, name.schema);
    size_t n = count_functions(literal, &name);
    if (n == 0)
        literal_fail(literal, "42883", "function \"%s\" does not exist", literal->text);
    if (n > 1)
        literal_fail(literal, "42725", "more than one function named \"%s\"", literal->text);
}

void literal_check_regprocedure(const struct literal *literal)
{
    const char *s = literal->text;
    struct object_name name;
    if (is_number_or_none(s) || !read_name(literal, &s, &name))
        return;
    if (*s != '(')
        literal_fail(literal, "22P02", "expected a left parenthesis");
    check_schema(literal, name.schema);
    if (count_functions(literal, &name) == 0)
        literal_fail(literal, "42883", "function \"%s\" does not exist", literal->text);
}

/* [schema.]operator, up to a parenthesis */
static size_t count_operators(const struct literal *literal)
{
    struct arena *arena = literal->parse->statement->arena;
    const char *s = literal_skip_spaces(literal->text), *schema = NULL;
    if (literal_is_alpha(*s) || *s == '"') {
        schema = read_identifier(literal, &s);
        if (*s++ != '.')
            return 0;
        check_schema(literal, schema);
    }
    if (!*s)
        bad_name(literal);
    const char *name = arena_strndup(arena, s, strcspn(s, "( \t\n"));
    return catalog_find_operators(literal->parse->statement->catalog, arena, schema, name).n;
}

static void check_operator(const struct literal *literal, bool has_args)
{
    if (strcmp(literal->text, "0") == 0 ||
        (*literal->text && is_number_or_none(literal->text) && *literal->text != '-'))
        return;
    size_t n = count_operators(literal);
    if (n == 0)
        literal_fail(literal, "42883", "operator does not exist: %s", literal->text);
    if (n > 1 && !has_args)
        literal_fail(literal, "42725", "more than one operator named %s", literal->text);
}

void literal_check_regoper(const struct literal *literal)
{
    check_operator(literal, false);
}

void literal_check_regoperator(const struct literal *literal)
{
    check_operator(literal, true);
}

void literal_check_regnamespace(const struct literal *literal)
{
    const char *s = literal->text;
    if (!is_number_or_none(s))
        check_schema(literal, read_identifier(literal, &s));
}

static void check_text_search(const struct literal *literal, const char *kind,
                              bool (*is_known)(const struct catalog *catalog, const char *name))
{
    const char *s = literal->text;
    struct object_name name;
    if (is_number_or_none(s) || !read_name(literal, &s, &name))
        return;
    if (name.schema)
        check_schema(literal, name.schema);
    if (!is_known(literal->parse->statement->catalog, name.name))
        literal_fail(literal, "42704", "text search %s \"%s%s%s\" does not exist", kind,
                     name.schema ? name.schema : "", name.schema ? "." : "", name.name);
}

void literal_check_regconfig(const struct literal *literal)
{
    check_text_search(literal, "configuration", catalog_knows_text_search_config);
}

void literal_check_regdictionary(const struct literal *literal)
{
    check_text_search(literal, "dictionary", catalog_knows_text_search_dictionary);
}

void literal_check_regcollation(const struct literal *literal)
{
    const char *s = literal->text;
    struct object_name name;
    if (is_number_or_none(s) || !read_name(literal, &s, &name))
        return;
    check_schema(literal, name.schema);
    if (!catalog_find_collation(literal->parse->statement->catalog, name.schema, name.name))
        literal_fail(literal, "42704", "collation \"%s%s%s\" for encoding \"UTF8\" does not exist",
                     name.schema ? name.schema : "", name.schema ? "." : "", name.name);
}
