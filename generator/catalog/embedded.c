/* Lookup in the tables of embedded SQL files, and where the analysis keeps what it makes of the
 * bodies of the system's views.
 *
 * Those bodies speak of built-in objects alone, under the names that pg_catalog gives them. They
 * are analysed against a catalog of their own, in which no search path and no function of the user
 * can lead them astray. It is made when one is first asked for.
 */
#include "catalog/embedded.h"

#include "catalog/builtin_search.h"
#include "catalog/store.h"

static const struct embedded_text *find(const struct embedded_text *texts, size_t n,
                                        const char *name)
{
    const struct name_table table = {texts, n, sizeof *texts, offsetof(struct embedded_text, name)};
    size_t n_found, i = name_table_find(table, name, &n_found);

    return n_found ? &texts[i] : NULL;
}

const char *embedded_find(const struct embedded_text *texts, size_t n, const char *name)
{
    const struct embedded_text *text = find(texts, n, name);

    return text ? text->sql : NULL;
}

struct catalog *catalog_of_system(const struct catalog *catalog)
{
    static const char *const path[] = {"pg_catalog"};

    if (!*catalog->system) {
        *catalog->system = catalog_create(catalog->arena, catalog->release);
        catalog_set_search_path(*catalog->system, path, 1);
    }
    return *catalog->system;
}

/* The view's row of view_texts; NULL for any other relation. */
static const struct embedded_text *view_text(const struct catalog *system,
                                             const struct relation *view)
{
    const struct namespace *namespace = catalog_get_namespace(system, view->namespace_oid);
    struct arena scratch = {0};
    const struct embedded_text *text = NULL;

    if (view->oid < FIRST_USER_OID && view->relkind == 'v' && namespace)
        text = find(view_texts, n_view_texts,
                    arena_printf(&scratch, "%s.%s", namespace->name, view->name));
    arena_finish(&scratch);
    return text;
}

const char *catalog_view_sql(const struct catalog *system, const struct relation *view)
{
    const struct embedded_text *text = view_text(system, view);

    return text ? text->sql : NULL;
}

void catalog_keep_view_body(struct catalog *system, const struct relation *view, const void *body)
{
    const struct embedded_text *text = view_text(system, view);

    if (text)
        map_put(&system->system_views, text->name, (void *)body);
}

const void *catalog_kept_view_body(const struct catalog *system, const struct relation *view)
{
    const struct embedded_text *text = view_text(system, view);

    return text ? map_find(&system->system_views, text->name) : NULL;
}
