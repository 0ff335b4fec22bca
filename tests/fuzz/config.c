/* tenon.yaml: libcyaml's schema, and what is made of libcyaml's complaints. And sqlc's file. */
#include "config/sqlc.h"
#include "config/tenon_yaml.h"
#include "fuzz/oracle.h"

void fuzz_config(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    str text = {arena_strndup(&arena, (const char *)data, size), size};
    const struct source *source = source_create(&arena, "fuzz.yaml", text);
    struct run_settings settings = {0};
    settings_list packages = {0};
    struct diags diags = {.arena = &arena};

    tenon_yaml_load(&arena, source, &settings, &diags);
    if (sqlc_is_config(&arena, text))
        sqlc_load(&arena, source, &packages, &diags);
    check_diags(&arena, &diags);
    arena_finish(&arena);
}
