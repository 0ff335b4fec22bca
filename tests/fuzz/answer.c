/* What a plug-in answers: no file leaves the output directory, and each can be known again. */
#include "plugin/answer.h"

#include <string.h>

#include "fuzz/oracle.h"
#include "support/output.h"

static void check_path(const char *path)
{
    CHECK(*path && *path != '/' && strlen(path) == str_valid_utf8(str_from(path)), "%s", path);
    CHECK(!strstr(path, "//") && !str_ends_with(str_from(path), "/"), "%s", path);
    for (const char *dots = path; (dots = strstr(dots, "..")); dots++)
        CHECK((dots > path && dots[-1] != '/') || (dots[2] && dots[2] != '/'), "%s", path);
}

void fuzz_answer(const uint8_t *data, size_t size)
{
    const struct plugin plugin = {.command = "x"};
    const struct ir_package package = {.name = "app"};
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct plugin_answer answer = {0};

    answer_read(&plugin, &package, (str){(const char *)data, size}, &answer, &diags);
    check_diags(&arena, &diags);
    for (size_t i = 0; i < answer.files.n; i++) {
        const struct plugin_file *file = &answer.files.items[i];
        check_path(file->path);
        CHECK(output_is_marked(file->content, answer.mark), "%s", file->path);
        CHECK(!memchr(file->content.data, '\0', file->content.len), "%s", file->path);
    }
    arena_finish(&arena);
}
