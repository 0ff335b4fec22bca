/* What CREATE EXTENSION brings: SQL to replay, and which of its functions never return NULL, which
 * no SQL says.
 */
#include "catalog/extension.h"

#include <string.h>

#include "catalog/builtin_search.h"
#include "catalog/embedded.h"
#include "support/buf.h"

/* "extension/function(type,type)" with the catalog names of the argument types; sorted. */
static const char *const never_null[] = {
#define NEVER_NULL(signature) signature,
#include "catalog/extensions/never_null.def"
};

const char *catalog_extension_sql(const char *name)
{
    return embedded_find(extension_texts, n_extension_texts, name);
}

static const char *extension_that_creates(struct arena *arena, const char *kind, const char *name)
{
    const char *line = arena_printf(arena, "\nCREATE %s %s", kind, name);
    size_t len = strlen(line);

    for (size_t i = 0; i < n_extension_texts; i++) {
        const char *at = strstr(extension_texts[i].sql, line);
        if (at && strchr(" (;", at[len]))
            return extension_texts[i].name;
    }
    return NULL;
}

static const char *hint_to_load(struct arena *arena, const char *extension)
{
    return extension ? arena_printf(arena,
                                    "it is part of the extension %s: add CREATE EXTENSION %s to "
                                    "the schema",
                                    extension, catalog_quote_identifier(arena, extension))
                     : NULL;
}

const char *extension_of_type(struct arena *arena, const char *name)
{
    const char *extension = extension_that_creates(arena, "TYPE", name);

    return extension ? extension : extension_that_creates(arena, "DOMAIN", name);
}

const char *extension_of_function(struct arena *arena, const char *name)
{
    const char *extension = extension_that_creates(arena, "FUNCTION", name);

    return extension ? extension : extension_that_creates(arena, "AGGREGATE", name);
}

const char *extension_of_access_method(struct arena *arena, const char *name)
{
    return extension_that_creates(arena, "ACCESS METHOD", name);
}

const char *extension_of_operator_class(struct arena *arena, const char *name, const char *method)
{
    const char *line = arena_printf(arena, "\nCREATE OPERATOR CLASS %s ", name);
    const char *using = arena_printf(arena, " USING %s ", method);

    for (size_t i = 0; i < n_extension_texts; i++)
        for (const char *at = extension_texts[i].sql; (at = strstr(at, line)); at++) {
            const char *found = strstr(at, using), *end = strchr(at + 1, '\n');
            if (found && (!end || found < end))
                return extension_texts[i].name;
        }
    return NULL;
}

const char *extension_hint_for_type(struct arena *arena, const char *name)
{
    return hint_to_load(arena, extension_of_type(arena, name));
}

const char *extension_hint_for_function(struct arena *arena, const char *name)
{
    return hint_to_load(arena, extension_of_function(arena, name));
}

bool extension_never_null(const struct catalog *catalog, const char *extension,
                          const struct function *function)
{
    const struct name_table table = {never_null, sizeof never_null / sizeof *never_null,
                                     sizeof *never_null, 0};
    struct arena scratch = {0};
    struct buf signature = buf_in(&scratch);
    size_t n;

    buf_addf(&signature, "%s/%s(", extension, function->name);
    for (size_t i = 0; i < function->n_args; i++) {
        const struct type *type = catalog_get_type(catalog, function->arg_types[i]);
        buf_addf(&signature, "%s%s", i ? "," : "", type ? type->name : "?");
    }
    buf_adds(&signature, ")");
    name_table_find(table, buf_text(&signature), &n);
    arena_finish(&scratch);
    return n > 0;
}
