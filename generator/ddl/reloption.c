/* Options by name: what is known of each stands in a table, values are kept as texts. */
#include "ddl/reloption.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum option_kind { OPTION_BOOL, OPTION_NUMBER, OPTION_WORD };

struct option {
    const char *name;
    unsigned owners;
    enum option_kind kind;
    double least, most;
    const char *words;
};

static const struct option options[] = {
#define BOOL(name, owners) {name, owners, OPTION_BOOL, 0, 0, NULL},
#define NUMBER(name, owners, least, most) {name, owners, OPTION_NUMBER, least, most, NULL},
#define WORD(name, owners, words) {name, owners, OPTION_WORD, 0, 0, words},
#include "ddl/reloptions.def"
};

/* --- Settings --------------------------------------------------------------------------------- */

static struct setting *find(const struct setting_list *settings, const char *name)
{
    for (size_t i = 0; i < settings->n; i++)
        if (strcmp(settings->items[i].name, name) == 0)
            return &settings->items[i];
    return NULL;
}

const char *setting_find(const struct setting_list *settings, const char *name)
{
    const struct setting *found = find(settings, name);

    return found ? found->value : NULL;
}

void setting_put(struct arena *arena, struct setting_list *settings, const char *name,
                 const char *value)
{
    struct setting *found = find(settings, name);

    if (found)
        found->value = value;
    else
        vec_push(arena, settings, (struct setting){name, value});
}

void setting_remove(struct setting_list *settings, const char *name)
{
    size_t kept = 0;

    for (size_t i = 0; i < settings->n; i++)
        if (strcmp(settings->items[i].name, name) != 0)
            settings->items[kept++] = settings->items[i];
    settings->n = kept;
}

struct setting_list setting_list_copy(struct arena *arena, const struct setting_list *settings)
{
    struct setting_list copy = {0};

    for (size_t i = 0; i < settings->n; i++)
        vec_push(arena, &copy, settings->items[i]);
    return copy;
}

/* --- What may be set -------------------------------------------------------------------------- */

enum option_owner option_owner_of(const struct relation *relation)
{
    switch (relation->relkind) {
    case 'v':
        return OPTIONS_OF_VIEW;
    case 'p':
        return OPTIONS_OF_NOTHING;
    default:
        return relation->access_method ? OPTIONS_OF_UNKNOWN : OPTIONS_OF_HEAP;
    }
}

enum option_owner option_owner_of_method(const char *method)
{
    static const struct {
        const char *method;
        enum option_owner owner;
    } owners[] = {
        {"btree", OPTIONS_OF_BTREE},   {"hash", OPTIONS_OF_HASH}, {"gist", OPTIONS_OF_GIST},
        {"spgist", OPTIONS_OF_SPGIST}, {"gin", OPTIONS_OF_GIN},   {"brin", OPTIONS_OF_BRIN},
    };

    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        if (strcmp(owners[i].method, method) == 0)
            return owners[i].owner;
    return OPTIONS_OF_UNKNOWN;
}

static const struct option *option_find(enum option_owner owner, const char *name)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if ((options[i].owners & (unsigned)owner) && strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

static bool is_word(const char *words, const char *value)
{
    const size_t len = strlen(value);

    for (const char *word = words; *word; word += strspn(word, " ")) {
        const size_t n = strcspn(word, " ");
        if (n == len && strncasecmp(word, value, n) == 0)
            return true;
        word += n;
    }
    return false;
}

/* As parse_bool(): any start of a word that is the start of no other. */
static bool is_bool(const char *value)
{
    static const char *const words[] = {"true", "false", "yes", "no"};
    const size_t len = strlen(value);

    for (size_t i = 0; len > 0 && i < sizeof words / sizeof *words; i++)
        if (strncasecmp(words[i], value, len) == 0)
            return true;
    return is_word("on off of 1 0", value);
}

static void check_number(struct ddl *ddl, const struct option *option, const char *value, span at)
{
    char *end;
    const double number = strtod(value, &end);

    if (end == value || *end)
        ddl_fail(ddl, "22023", at, "invalid value for option \"%s\": %s", option->name, value);
    if (number < option->least || number > option->most)
        ddl_fail(ddl, "22023", at, "value %s out of bounds for option \"%s\"", value, option->name);
}

static void check_value(struct ddl *ddl, const struct option *option, const char *value, span at)
{
    if (option->kind == OPTION_NUMBER)
        check_number(ddl, option, value, at);
    else if (option->kind == OPTION_BOOL ? !is_bool(value) : !is_word(option->words, value))
        ddl_fail(ddl, "22023", at, "invalid value for option \"%s\": %s", option->name, value);
}

static void check_option(struct ddl *ddl, enum option_owner owner, const PgQuery__DefElem *item,
                         const char *value, bool is_reset)
{
    const struct option *option = option_find(owner, item->defname);
    span at = ddl_span(ddl, item->location);

    if (owner == OPTIONS_OF_UNKNOWN)
        return;
    if (!option && !is_reset)
        ddl_fail(ddl, "22023", at, "unrecognized parameter \"%s\"", item->defname);
    if (option && !is_reset)
        check_value(ddl, option, value, at);
}

/* --- Changes ---------------------------------------------------------------------------------- */

static bool is_without_effect(struct ddl *ddl, enum option_owner owner,
                              const PgQuery__DefElem *item)
{
    if ((owner != OPTIONS_OF_HEAP && owner != OPTIONS_OF_NOTHING) ||
        strcmp(item->defname, "oids") != 0)
        return false;
    if (definition_bool(ddl, item))
        ddl_fail(ddl, "0A000", ddl_span(ddl, item->location),
                 "tables declared WITH OIDS are not supported");
    return true;
}

static void check_once(struct ddl *ddl, struct option_list list, size_t i)
{
    const PgQuery__DefElem *item = list.items[i]->def_elem;

    for (size_t k = 0; !list.is_reset && k < i; k++)
        if (strcmp(list.items[k]->def_elem->defname, item->defname) == 0 &&
            strcmp(list.items[k]->def_elem->defnamespace, item->defnamespace) == 0)
            ddl_fail(ddl, "22023", ddl_span(ddl, item->location),
                     "parameter \"%s\" specified more than once", item->defname);
}

static void change(struct ddl *ddl, struct setting_list *settings, enum option_owner owner,
                   const PgQuery__DefElem *item, bool is_reset)
{
    const char *value = definition_string(ddl, item);

    value = value ? value : "true";
    if (is_without_effect(ddl, owner, item))
        return;
    if (is_reset && item->arg)
        ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                 "RESET must not include values for parameters");
    check_option(ddl, owner, item, value, is_reset);
    if (is_reset)
        setting_remove(settings, item->defname);
    else
        setting_put(ddl->arena, settings, item->defname, value);
}

void options_change(struct ddl *ddl, struct setting_list *settings, enum option_owner owner,
                    struct option_list list)
{
    for (size_t i = 0; i < list.n; i++) {
        check_once(ddl, list, i);
        change(ddl, settings, owner, list.items[i]->def_elem, list.is_reset);
    }
}

/* What the server's classes have; those of extensions are not looked at. */
static enum option_owner option_owner_of_class(const struct operator_class *class)
{
    if (!class || class->defined_at.source)
        return OPTIONS_OF_UNKNOWN;
    if (class->method == 'r' && strstr(class->name, "_bloom_ops"))
        return OPTIONS_OF_BLOOM;
    if (class->method == 'r' && strstr(class->name, "_minmax_multi_ops"))
        return OPTIONS_OF_MINMAX_MULTI;
    if (class->method == 'i' && strcmp(class->name, "tsvector_ops") == 0)
        return OPTIONS_OF_TSVECTOR;
    return OPTIONS_OF_NOTHING;
}

void class_options_check(struct ddl *ddl, const struct operator_class *class,
                         struct option_list list)
{
    const enum option_owner owner = option_owner_of_class(class);

    for (size_t i = 0; i < list.n; i++) {
        const PgQuery__DefElem *item = list.items[i]->def_elem;
        const char *value = definition_string(ddl, item);

        if (owner == OPTIONS_OF_NOTHING)
            ddl_fail(ddl, "22023", ddl_span(ddl, item->location),
                     "operator class %s has no options", class->name);
        check_option(ddl, owner, item, value ? value : "true", false);
    }
}

void relation_options_change(struct ddl *ddl, struct relation *relation, struct option_list list)
{
    const enum option_owner owner = option_owner_of(relation);

    for (size_t i = 0; i < list.n; i++) {
        const PgQuery__DefElem *item = list.items[i]->def_elem;
        const bool has_namespace = item->defnamespace && *item->defnamespace;
        const bool is_toast = has_namespace && strcmp(item->defnamespace, "toast") == 0;

        check_once(ddl, list, i);
        if (has_namespace && (!is_toast || owner == OPTIONS_OF_VIEW))
            ddl_fail(ddl, "22023", ddl_span(ddl, item->location),
                     "unrecognized parameter namespace \"%s\"", item->defnamespace);
        change(ddl, is_toast ? &relation->toast_options : &relation->about.options,
               is_toast ? OPTIONS_OF_TOAST : owner, item, list.is_reset);
    }
}

/* The order in which they stand is that of the server, which prints it. */
void foreign_options_change(struct ddl *ddl, struct setting_list *settings, PgQuery__Node **items,
                            size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const PgQuery__DefElem *item = items[i]->def_elem;
        const bool is_there = setting_find(settings, item->defname) != NULL;
        const bool is_drop = item->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP;
        const bool is_set = item->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_SET;

        if ((is_drop || is_set) && !is_there)
            ddl_fail(ddl, "42704", ddl_span(ddl, item->location), "option \"%s\" not found",
                     item->defname);
        if (!is_drop && !is_set && is_there)
            ddl_fail(ddl, "42710", ddl_span(ddl, item->location),
                     "option \"%s\" provided more than once", item->defname);
        if (is_drop)
            setting_remove(settings, item->defname);
        else
            setting_put(ddl->arena, settings, item->defname, definition_string(ddl, item));
    }
}
