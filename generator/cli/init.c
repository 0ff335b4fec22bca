/* tenon init: a commented tenon.yaml, made from the table of options, and folders with a first
 * table and a first query. What exists is left alone.
 */
#include "cli/cli.h"
#include "config/config.h"
#include "config/options.h"
#include "support/new_file.h"
#include "support/output.h"

#include <string.h>

static const char starter_schema[] = "-- The tables of the application, as plain PostgreSQL DDL.\n"
                                     "CREATE TABLE notes (\n"
                                     "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
                                     "    title text NOT NULL,\n"
                                     "    body text,\n"
                                     "    created_at timestamptz NOT NULL DEFAULT now()\n"
                                     ");\n";

static const char starter_queries[] = "-- name: FindNote :opt\n"
                                      "-- The note with this id.\n"
                                      "SELECT * FROM notes WHERE id = @id;\n"
                                      "\n"
                                      "-- name: AddNote :one\n"
                                      "-- @nullable body\n"
                                      "INSERT INTO notes (title, body) VALUES (@title, @body)\n"
                                      "RETURNING *;\n";

/* Keys that every project sets are written out, the others as comments. */
static bool is_basic(const struct option *option)
{
    return strcmp(option->key, "package") == 0 || strcmp(option->key, "schema") == 0 ||
           strcmp(option->key, "queries") == 0 || strcmp(option->key, "out") == 0 ||
           strcmp(option->key, "migrations") == 0;
}

static str config_text(struct arena *arena)
{
    struct buf out = buf_in(arena);

    buf_adds(&out, "# Configuration of tenon. Paths are relative to this file.\n");
    for (size_t i = 0; i < n_options; i++)
        if (options[i].key)
            buf_addf(&out, "\n# %s\n%s%s: %s\n", options[i].help, is_basic(&options[i]) ? "" : "# ",
                     options[i].key, options[i].sample);
    return buf_str(&out);
}

/* Bytes that a checkout changes would change what is known of an applied migration. */
static bool write_attributes(struct arena *arena, struct error *error)
{
    static const char path[] = ".gitattributes", line[] = "*.sql text eol=lf\n";
    struct buf text = buf_in(arena);
    str old;

    if (!file_exists(path))
        return file_create(arena, path, STR(line), error);
    if (!file_read(arena, path, &old, error))
        return false;
    if (strstr(old.data, "*.sql text eol=lf"))
        return true;
    buf_add(&text, old.data, old.len);
    if (old.len && old.data[old.len - 1] != '\n')
        buf_addc(&text, '\n');
    buf_adds(&text, line);
    return file_rewrite(arena, path, buf_str(&text), error);
}

int run_init(struct cli *cli)
{
    const struct {
        const char *path;
        str text;
    } files[] = {
        {"schema/schema.sql", STR(starter_schema)},
        {"queries/notes.sql", STR(starter_queries)},
        {CONFIG_NAME, config_text(cli->arena)},
    };
    struct error error;

    if (file_exists(CONFIG_NAME))
        return cli_fail(STATUS_INPUT, "%s exists already", CONFIG_NAME);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (!file_exists(files[i].path) && !output_replace(files[i].path, files[i].text, &error))
            return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    if (!write_attributes(cli->arena, &error))
        return cli_fail(STATUS_ENVIRONMENT, "%s", error.text);
    return cli_print(STR("wrote " CONFIG_NAME ", schema/ and queries/; next: tenon generate\n"),
                     STATUS_OK);
}
