/* tenon.yaml: libcyaml's schema, and what is made of libcyaml's complaints. And sqlc's file. */
#include "cli/config.h"

#include <string.h>
#include <unistd.h>

#include "cli/report.h"
#include "cli/sqlc.h"
#include "fuzz/oracle.h"

/* What options.c tells mistakes on the command line with; main.c and report.c are not linked. */
int cli_fail(enum exit_status status, const char *format, ...)
{
    (void)format;
    return (int)status;
}

void report_diags(struct arena *arena, struct diags *diags)
{
    (void)arena;
    (void)diags;
}

static void write_file(const char *path, const uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "wb");

    CHECK(file, "%s", path);
    CHECK(fwrite(data, 1, size, file) == size, "%s", path);
    CHECK(fclose(file) == 0, "%s", path);
}

void fuzz_config(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/fuzz-config-XXXXXX";
    int descriptor = mkstemp(path);
    struct arena arena = {0};
    str text = {arena_strndup(&arena, (const char *)data, size), size};
    struct settings settings = {0};
    settings_list packages = {0};
    struct diags diags = {.arena = &arena};
    struct error error;

    CHECK(descriptor >= 0, "%s", path);
    close(descriptor);
    write_file(path, data, size);
    config_load(&arena, path, &settings, &diags, &error);
    unlink(path);
    if (sqlc_is_config(&arena, text))
        sqlc_load(&arena, source_create(&arena, "sqlc.yaml", text), &packages, &diags);
    check_diags(&arena, &diags);
    arena_finish(&arena);
}
