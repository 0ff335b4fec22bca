/* What CREATE EXTENSION brings: SQL to replay, and which of its functions never return NULL, which
 * no SQL says.
 */
#include "catalog/extension.h"

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
