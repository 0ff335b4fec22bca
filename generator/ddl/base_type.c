/* CREATE TYPE of base types and shells, and ALTER TYPE … SET (…) (manual, CREATE TYPE): a type is
 * what its functions make of some bytes, of which the statement says how they lie in memory.
 */
#include <string.h>
#include <strings.h>

#include "catalog/storage.h"
#include "ddl/alter.h"
#include "ddl/named_function.h"
#include "ddl/signature.h"
#include "ddl/statements.h"

static const PgQuery__DefElem *option(const PgQuery__DefineStmt *statement, const char *name)
{
    return definition_find(statement->definition, statement->n_definition, name);
}

/* --- How values lie in memory (DefineType, TypeCreate) ---------------------------------------- */

static const char *word_of(struct ddl *ddl, const PgQuery__DefElem *item)
{
    const char *word = definition_string(ddl, item);

    if (!word)
        ddl_fail(ddl, "42601", ddl_span(ddl, item->location), "%s requires a parameter",
                 item->defname);
    return word;
}

static int16_t length_of(struct ddl *ddl, const PgQuery__DefElem *item)
{
    const char *text = word_of(ddl, item);
    int32_t value;

    if (strcasecmp(text, "variable") == 0)
        return -1;
    if (!NODE_IS(item->arg, INTEGER))
        ddl_fail(ddl, "42601", ddl_span(ddl, item->location), "invalid argument for %s: \"%s\"",
                 item->defname, text);
    value = item->arg->integer->ival;
    if (value < -2 || value == 0 || value > INT16_MAX)
        ddl_fail(ddl, "42P17", ddl_span(ddl, item->location), "invalid type internal size %d",
                 (int)value);
    return (int16_t)value;
}

static char storage_of(struct ddl *ddl, const PgQuery__DefElem *item, int16_t len)
{
    const char *word = word_of(ddl, item);
    const char letter = storage_letter(word);

    if (!letter)
        ddl_fail(ddl, "22023", ddl_span(ddl, item->location), "storage \"%s\" not recognized",
                 word);
    if (letter != 'p' && len != -1)
        ddl_fail(ddl, "42P17", ddl_span(ddl, item->location),
                 "fixed-size types must have storage PLAIN");
    return letter;
}

/* typalign. */
static char alignment_of(struct ddl *ddl, const PgQuery__DefElem *item)
{
    static const struct {
        const char *word;
        char letter;
    } words[] = {{"double", 'd'}, {"float8", 'd'}, {"int4", 'i'},
                 {"int2", 's'},   {"char", 'c'},   {"bpchar", 'c'}};
    const char *word = word_of(ddl, item);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(words[i].word, word) == 0)
            return words[i].letter;
    ddl_fail(ddl, "22023", ddl_span(ddl, item->location), "alignment \"%s\" not recognized", word);
}

static void check_passed_by_value(struct ddl *ddl, int16_t len, char alignment, span at)
{
    const char needed = len == 1 ? 'c' : len == 2 ? 's' : len == 4 ? 'i' : len == 8 ? 'd' : 0;

    if (!needed)
        ddl_fail(ddl, "42P17", at, "internal size %d is invalid for passed-by-value type", len);
    if (alignment != needed)
        ddl_fail(ddl, "42P17", at,
                 "alignment \"%c\" is invalid for passed-by-value type of size %d", alignment, len);
}

/* LIKE says it for another type, where it is right. */
static void check_alignment(struct ddl *ddl, const PgQuery__DefineStmt *statement, int16_t len,
                            span at)
{
    const PgQuery__DefElem *item = option(statement, "alignment");
    const char alignment = item ? alignment_of(ddl, item) : 'i';
    const bool is_passed_by_value = definition_bool(ddl, option(statement, "passedbyvalue"));

    if (option(statement, "like"))
        return;
    if (is_passed_by_value)
        check_passed_by_value(ddl, len, alignment, at);
    else if (len < 0 && !strchr(len == -1 ? "id" : "c", alignment))
        ddl_fail(ddl, "42P17", at, "alignment \"%c\" is invalid for variable-length type",
                 alignment);
}

static void set_representation(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                               struct type *type)
{
    const PgQuery__DefElem *length = option(statement, "internallength");
    const PgQuery__DefElem *storage = option(statement, "storage");
    const oid like = definition_type(ddl, option(statement, "like"));

    type->len = like ? catalog_get_type(ddl->catalog, like)->len : -1;
    if (length)
        type->len = length_of(ddl, length);
    type->storage = like ? type_storage(ddl->catalog, like) : 'p';
    if (storage)
        type->storage = storage_of(ddl, storage, type->len);
    check_alignment(ddl, statement, type->len, type->defined_at);
}

/* --- What else is said of it ------------------------------------------------------------------ */

static oid function_named(struct ddl *ddl, const PgQuery__DefElem *item)
{
    struct qualified_name name = definition_name(ddl, item);
    struct function_list list;

    if (!name.name)
        return 0;
    list = catalog_find_functions(ddl->catalog, ddl->arena, name.schema, name.name);
    return list.n > 0 ? list.items[0]->oid : 0;
}

static char category_of(struct ddl *ddl, const PgQuery__DefElem *item)
{
    const char *category = word_of(ddl, item);

    if (*category < ' ' || *category > '~')
        ddl_fail(ddl, "22023", ddl_span(ddl, item->location),
                 "invalid type category \"%s\": must be simple ASCII", category);
    return *category;
}

static void check_functions(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                            const struct type *type)
{
    const PgQuery__DefElem *element = option(statement, "element");
    const PgQuery__DefElem *typmod_out = option(statement, "typmod_out");

    if (typmod_out && !option(statement, "typmod_in"))
        ddl_fail(ddl, "42P17", ddl_span(ddl, typmod_out->location),
                 "type modifier output function is useless without a type modifier input function");
    if (element && !option(statement, "subscript"))
        ddl_fail(ddl, "22023", ddl_span(ddl, element->location),
                 "element type cannot be specified without a subscripting function");
    if (type->subscript == ARRAY_SUBSCRIPT_HANDLER)
        ddl_fail(ddl, "42P17", type->defined_at,
                 "user-defined types cannot use subscripting function array_subscript_handler");
}

static void set_base_options(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                             struct type *type)
{
    const PgQuery__DefElem *category = option(statement, "category");

    type->typtype = 'b';
    type->is_shell = false;
    set_representation(ddl, statement, type);
    type->category = category ? category_of(ddl, category) : 'U';
    type->is_preferred = definition_bool(ddl, option(statement, "preferred"));
    type->elem = definition_type(ddl, option(statement, "element"));
    type->subscript = function_named(ddl, option(statement, "subscript"));
    if (definition_bool(ddl, option(statement, "collatable")))
        type->collation = catalog_get_type(ddl->catalog, TEXTOID)->collation;
    check_functions(ddl, statement, type);
    type->input = definition_name(ddl, option(statement, "input")).name;
    type->has_typmod = option(statement, "typmod_in") != NULL;
}

/* --- What is kept of the definition ------------------------------------------------------------
 */

struct base_option {
    const char *name, *clause;
    enum { OF_FUNCTION, OF_WORD, OF_LITERAL, OF_TYPE, OF_FLAG } of;
    bool may_change; /* by ALTER TYPE */
};

static const struct base_option base_options[] = {
    {"input", "INPUT", OF_FUNCTION, false},
    {"output", "OUTPUT", OF_FUNCTION, false},
    {"receive", "RECEIVE", OF_FUNCTION, true},
    {"send", "SEND", OF_FUNCTION, true},
    {"typmod_in", "TYPMOD_IN", OF_FUNCTION, true},
    {"typmod_out", "TYPMOD_OUT", OF_FUNCTION, true},
    {"analyze", "ANALYZE", OF_FUNCTION, true},
    {"subscript", "SUBSCRIPT", OF_FUNCTION, true},
    {"internallength", "INTERNALLENGTH", OF_WORD, false},
    {"passedbyvalue", "PASSEDBYVALUE", OF_FLAG, false},
    {"alignment", "ALIGNMENT", OF_WORD, false},
    {"storage", "STORAGE", OF_WORD, true},
    {"like", "LIKE", OF_TYPE, false},
    {"category", "CATEGORY", OF_LITERAL, false},
    {"preferred", "PREFERRED", OF_WORD, false},
    {"default", "DEFAULT", OF_LITERAL, false},
    {"element", "ELEMENT", OF_TYPE, false},
    {"delimiter", "DELIMITER", OF_LITERAL, false},
    {"collatable", "COLLATABLE", OF_WORD, false},
};

static struct clause base_clause(struct ddl *ddl, const struct base_option *option,
                                 const PgQuery__DefElem *item)
{
    struct clause clause = {.name = option->clause};
    const char *text = definition_string(ddl, item);

    switch (option->of) {
    case OF_FUNCTION:
        clause.kind = CLAUSE_IS_FUNCTION;
        clause.object =
            function_called(ddl, definition_name(ddl, item), ddl_span(ddl, item->location));
        break;
    case OF_TYPE:
        clause.kind = CLAUSE_IS_TYPE;
        clause.object = definition_type(ddl, item);
        break;
    case OF_LITERAL:
        clause.text = catalog_quote_literal(ddl->arena, word_of(ddl, item));
        break;
    case OF_WORD:
        clause.text = text ? text : "true";
        break;
    default:
        break;
    }
    return clause;
}

static const struct base_option *base_option_find(const char *name)
{
    for (size_t i = 0; i < sizeof base_options / sizeof *base_options; i++)
        if (strcmp(base_options[i].name, name) == 0)
            return &base_options[i];
    return NULL;
}

static void check_once(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    for (size_t i = 0; i < statement->n_definition; i++) {
        const PgQuery__DefElem *item = statement->definition[i]->def_elem;
        if (base_option_find(item->defname))
            definition_check_once(ddl, statement->definition, statement->n_definition, item);
    }
}

/* In the order of the table. NONE for a function is no function. */
static void set_base_clauses(struct ddl *ddl, PgQuery__Node **items, size_t n, struct type *type)
{
    for (size_t i = 0; i < sizeof base_options / sizeof *base_options; i++) {
        const PgQuery__DefElem *item = definition_find(items, n, base_options[i].name);
        if (item && !item->arg && base_options[i].of == OF_FUNCTION)
            clause_remove(&type->clauses, base_options[i].clause);
        else if (item)
            clause_put(ddl, &type->clauses, base_clause(ddl, &base_options[i], item));
    }
}

/* --- ALTER TYPE … SET (…) --------------------------------------------------------------------- */

static void check_may_change(struct ddl *ddl, const PgQuery__DefElem *item)
{
    const struct base_option *option = base_option_find(item->defname);

    if (!option)
        ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                 "type attribute \"%s\" not recognized", item->defname);
    if (!option->may_change)
        ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                 "type attribute \"%s\" cannot be changed", item->defname);
}

/* The columns that there are keep the storage that they have. */
static void keep_column_storage(struct ddl *ddl, oid type, char old, char new)
{
    size_t n;
    struct relation *const *relations = catalog_relations(ddl->catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; relations[i] && k < relations[i]->attributes.n; k++) {
            struct attribute *column = &relations[i]->attributes.items[k];
            const char storage = column->storage ? column->storage : old;
            if (catalog_base_type(ddl->catalog, column->type, NULL) == type)
                column->storage = storage == new ? 0 : storage;
        }
}

static void set_storage(struct ddl *ddl, struct type *type, const PgQuery__DefElem *item)
{
    const char old = type->storage, new = storage_of(ddl, item, type->len);

    if (new == 'p' && old != 'p')
        ddl_fail(ddl, "42P17", ddl_span(ddl, item->location),
                 "cannot change type's storage to PLAIN");
    type->storage = new;
    keep_column_storage(ddl, type->oid, old, new);
}

void ddl_alter_type(struct ddl *ddl, const PgQuery__AlterTypeStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->type_name, statement->n_type_name);
    span at = name_span(ddl, name);
    struct type *type = type_edit(ddl, type_get(ddl, name, at), at);

    for (size_t i = 0; i < statement->n_options; i++)
        check_may_change(ddl, statement->options[i]->def_elem);
    if (type->typtype != 'b' || catalog_element_type(ddl->catalog, type->oid))
        ddl_fail(ddl, "42809", at, "%s is not a base type", ddl_type_text(ddl, type->oid));
    set_base_clauses(ddl, statement->options, statement->n_options, type);
    for (size_t i = 0; i < statement->n_options; i++) {
        const PgQuery__DefElem *item = statement->options[i]->def_elem;
        if (strcmp(item->defname, "storage") == 0)
            set_storage(ddl, type, item);
        else if (strcmp(item->defname, "typmod_in") == 0)
            type->has_typmod = item->arg != NULL;
    }
}

/* --- CREATE TYPE ------------------------------------------------------------------------------ */

static void create_shell(struct ddl *ddl, struct type *shell, span at)
{
    type_name_check_free(ddl, shell->namespace_oid, shell->name, at);
    shell->typtype = 'p';
    shell->category = 'P';
    shell->len = 4;
    shell->is_shell = true;
    catalog_add_type(ddl->catalog, shell);
}

/* A shell becomes the type in place: functions refer to its OID. */
static void complete_shell(struct ddl *ddl, const struct type *shell,
                           const PgQuery__DefineStmt *statement, span at)
{
    struct type draft = *shell;

    draft.defined_at = at;
    set_base_options(ddl, statement, &draft);
    if (ddl->session->depth == 0)
        set_base_clauses(ddl, statement->definition, statement->n_definition, &draft);
    catalog_drop_type(ddl->catalog, shell->oid);
    catalog_add_type_with_array(ddl->catalog, &draft);
}

/* The input function may also take the element's OID and the typmod. */
static void check_io_functions(struct ddl *ddl, const PgQuery__DefineStmt *statement, oid type,
                               span at)
{
    const oid text = catalog_find_type(ddl->catalog, "pg_catalog", "cstring")->oid;
    const oid id = catalog_find_type(ddl->catalog, "pg_catalog", "oid")->oid;
    const oid integer = catalog_find_type(ddl->catalog, "pg_catalog", "int4")->oid;
    const oid inputs[] = {text, id, integer};
    struct qualified_name name = definition_name(ddl, option(statement, "input"));
    struct function_list list =
        catalog_find_functions(ddl->catalog, ddl->arena, name.schema, name.name);
    bool found = false;

    for (size_t i = 0; i < list.n; i++)
        found |= same_arguments(list.items[i], inputs, 3);
    if (!found)
        support_function_get(ddl, name, inputs, 1, at);
    support_function_get(ddl, definition_name(ddl, option(statement, "output")), &type, 1, at);
}

void ddl_create_base_type(struct ddl *ddl, const PgQuery__DefineStmt *statement)
{
    struct qualified_name name = name_from_list(ddl, statement->defnames, statement->n_defnames);
    span at = name_span(ddl, name);
    struct type shell = {.name = name.name, .typmod = -1, .defined_at = at};
    const struct type *old;

    shell.namespace_oid = namespace_for_creation(ddl, name.schema, at);
    if (statement->n_definition == 0) {
        create_shell(ddl, &shell, at);
        return;
    }
    old = type_find_in(ddl, shell.namespace_oid, shell.name);
    if (old && !old->is_shell)
        type_name_check_free(ddl, shell.namespace_oid, shell.name, at);
    if (!old)
        ddl_fail_hint(ddl, "42710", at,
                      "create the type as a shell type, then create its I/O functions, then do a "
                      "full CREATE TYPE",
                      "type \"%s\" does not exist", name.name);
    check_once(ddl, statement);
    if (!option(statement, "input"))
        ddl_fail(ddl, "42P17", at, "type input function must be specified");
    if (!option(statement, "output"))
        ddl_fail(ddl, "42P17", at, "type output function must be specified");
    check_io_functions(ddl, statement, old->oid, at);
    complete_shell(ddl, old, statement, at);
}
