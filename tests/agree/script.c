/* Line by line: comment lines in front of a statement are dropped (but `-- differs:` is kept in
 * mind), and a line that ends in `;` ends the statement.
 */
#include "agree/script.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sql/query_file.h"
#include "support/buf.h"
#include "support/vec.h"

typedef VEC(struct script_item) items;

static _Noreturn void die(const char *path)
{
    perror(path);
    exit(1);
}

const char *script_read_text(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "r");
    struct buf text = buf_in(arena);
    char chunk[4096];
    size_t len;

    if (!file)
        die(path);
    while ((len = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_add(&text, chunk, len);
    fclose(file);
    return buf_text(&text);
}

static void cut(struct arena *arena, const char *path, const char *text, items *out)
{
    struct buf statement = buf_in(arena);
    struct script_item item = {.path = path};
    int line = 1;

    for (const char *at = text; *at; line++) {
        size_t len = strcspn(at, "\n");
        if (statement.len == 0 && strncmp(at, "-- differs:", 11) == 0)
            item.differs = true;
        if (statement.len > 0 || (len > 0 && strncmp(at, "--", 2) != 0)) {
            if (statement.len == 0)
                item.line = line;
            buf_add(&statement, at, len);
            buf_addc(&statement, '\n');
        }
        if (statement.len > 1 && len > 0 && at[len - 1] == ';') {
            item.text = arena_strndup(arena, buf_text(&statement), statement.len - 2);
            vec_push(arena, out, item);
            item = (struct script_item){.path = path};
            statement = buf_in(arena);
        }
        at += len + (at[len] == '\n');
    }
}

static bool is_no_operator(void *context, const char *name)
{
    (void)context;
    (void)name;
    return false;
}

static int is_statement_file(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return len > 4 && strcmp(entry->d_name + len - 4, ".sql") == 0 &&
           strcmp(entry->d_name, "schema.sql") != 0;
}

/* Queries that are refused before they are SQL (names, commands, syntax) are none of a server's
 * business and are left out. */
static void lower(struct arena *arena, const char *path, const char *text, items *out)
{
    struct diags diags = {.arena = arena};
    const struct source *source = source_create(arena, path, str_from(text));
    struct annotated_queries queries =
        query_file_parse(arena, source, is_no_operator, NULL, &diags);

    for (size_t i = 0; i < queries.n; i++) {
        struct script_item item = {
            .path = path, .line = queries.items[i]->line, .text = queries.items[i]->sql.text};
        vec_push(arena, out, item);
    }
}

typedef void read_fn(struct arena *arena, const char *path, const char *text, items *out);

static void read_folder(struct arena *arena, const char *directory, read_fn *read, items *out)
{
    struct dirent **entries;
    int n = scandir(directory, &entries, is_statement_file, alphasort);

    for (int i = 0; i < n; i++) {
        const char *path = arena_printf(arena, "%s/%s", directory, entries[i]->d_name);
        read(arena, path, script_read_text(arena, path), out);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
}

struct script script_read(struct arena *arena, const char *directory)
{
    struct script script = {
        .schema = script_read_text(arena, arena_printf(arena, "%s/schema.sql", directory))};
    items list = {0};

    read_folder(arena, directory, cut, &list);
    read_folder(arena, arena_printf(arena, "%s/queries", directory), lower, &list);
    script.items = list.items;
    script.n_items = list.n;
    return script;
}
