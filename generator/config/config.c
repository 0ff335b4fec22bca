/* Which of the two kinds of configuration a file is, is told from its content. */
#include "config/config.h"

#include "config/sqlc.h"
#include "config/tenon_yaml.h"

bool config_load(struct arena *arena, const char *path, settings_list *packages,
                 struct diags *diags, struct error *error)
{
    struct run_settings settings = {.config = path};
    const struct source *source;
    str text;

    if (!file_read(arena, path, &text, error))
        return false;
    source = source_create(arena, path, text);
    if (sqlc_is_config(arena, text)) {
        sqlc_load(arena, source, packages, diags);
        return true;
    }
    tenon_yaml_load(arena, source, &settings, diags);
    vec_push(arena, packages, settings);
    return true;
}
