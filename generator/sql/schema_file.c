/* A schema file is parsed in one call, which costs no more than libpg_query's own work. Only when
 * that fails are the statements parsed one by one to find the bad ones; they are reported and
 * blanked, and the rest is parsed in one call again, so that every location is a byte of the file.
 */
#include "sql/parse.h"
#include "sql/schema_text.h"

#include <string.h>

/* Reports the statements that do not parse and blanks them in `bytes`. False when there is none. */
static bool remove_bad_statements(struct arena *arena, const struct sql *sql,
                                  const struct schema_text *schema, char *bytes,
                                  struct diags *diags)
{
    struct arena scratch = {0};
    bool found = false;

    for (size_t i = 0; i < schema->pieces.n; i++) {
        struct statement_piece piece = schema->pieces.items[i];
        size_t len = piece.to - piece.from;
        str text = {arena_strndup(&scratch, bytes + piece.from, len), len};
        struct parse_failure failure;

        if (!parse_text(&scratch, text, sql->source->release, schema->deepest, &failure)) {
            failure.message = arena_strdup(arena, failure.message);
            report_failure(arena, sql, &failure, piece.from, diags);
            memset(bytes + piece.from, ' ', len);
            found = true;
        }
        arena_reset(&scratch);
    }
    arena_finish(&scratch);
    return found;
}

static PgQuery__ParseResult *parse_or_recover(struct arena *arena, const struct sql *sql,
                                              const struct schema_text *schema, struct diags *diags)
{
    struct parse_failure failure;
    struct release release = sql->source->release;
    PgQuery__ParseResult *tree =
        parse_text(arena, schema->text, release, schema->deepest, &failure);
    char *bytes;

    if (tree)
        return tree;
    bytes = arena_strndup(arena, schema->text.data, schema->text.len);
    if (remove_bad_statements(arena, sql, schema, bytes, diags))
        tree =
            parse_text(arena, (str){bytes, schema->text.len}, release, schema->deepest, &failure);
    if (!tree)
        report_failure(arena, sql, &failure, 0, diags);
    return tree;
}

static struct statement statement_of(const struct sql *sql, const PgQuery__RawStmt *raw)
{
    size_t from = (size_t)raw->stmt_location;
    size_t to = raw->stmt_len ? from + (size_t)raw->stmt_len : sql->len;
    struct statement_extent extent = trim_statement((str){sql->text, sql->len}, from, to);

    return (struct statement){sql, extent.location, extent.len, raw->stmt};
}

struct statements sql_parse_schema(struct arena *arena, const struct source *source,
                                   struct diags *diags)
{
    struct schema_text schema;
    struct statements statements = {0};
    struct sql *sql = arena_new(arena, struct sql);
    PgQuery__ParseResult *tree;

    if (!check_encoding(source, diags))
        return statements;
    schema = schema_text_prepare(arena, source, diags);
    if (!schema.text.data)
        return statements;
    *sql = (struct sql){.source = source, .text = schema.text.data, .len = schema.text.len};
    tree = parse_or_recover(arena, sql, &schema, diags);
    if (!tree)
        return statements;
    statements.items = arena_array(arena, struct statement, tree->n_stmts);
    for (size_t i = 0; i < tree->n_stmts; i++)
        statements.items[statements.n++] = statement_of(sql, tree->stmts[i]);
    return statements;
}
