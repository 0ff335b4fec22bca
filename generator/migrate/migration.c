/* Reading a migration: its comments are read from tokens, its statements as those of any schema
 * file, and each statement gets the marks that stand above it.
 */
#include "migrate/migration.h"

#include <string.h>

#include "migrate/reader.h"
#include "sql/lexer.h"
#include "support/file.h"

struct reader {
    struct arena *arena;
    struct migration *migration;
    struct diags *diags;
};

/* psql's, not SQL's: nobody but psql would run it. */
static void refuse_meta_command(struct reader *reader, size_t at)
{
    const struct source *source = reader->migration->source;
    const str line = str_trim(str_slice(source->text, at, str_line_end(source->text, at)));

    diag_hint(reader->diags,
              diag_error(reader->diags, "PL715", span_of(source, (uint32_t)at, (uint32_t)line.len),
                         "a migration is run without psql, which alone knows \"%.*s\"",
                         (int)line.len, line.data),
              "write SQL; data is inserted with INSERT");
}

static void read_marks(struct reader *reader)
{
    const str text = reader->migration->source->text;
    size_t skip_to = 0;

    for (struct token token = lex_token(text, 0); token.kind != TOKEN_END;
         token = lex_token(text, token.to)) {
        struct mark mark;
        if (token.kind == TOKEN_COMMENT && mark_read(reader->arena, reader->migration->source,
                                                     token.from, token.to, reader->diags, &mark))
            vec_push(reader->arena, &reader->migration->marks, mark);
        if (token_is(text, token, "\\") && token.from >= skip_to) {
            refuse_meta_command(reader, token.from);
            skip_to = str_line_end(text, token.from);
        }
    }
}

/* The marks between two statements belong to the one below them; one that is inside of a statement
 * is nothing. */
static void read_moves(struct reader *reader)
{
    struct migration *migration = reader->migration;
    const struct statements statements =
        sql_parse_schema(reader->arena, migration->source, reader->diags);
    size_t m = 0, section = 0;

    for (size_t i = 0; i < statements.n; i++) {
        const size_t from = (size_t)statements.items[i].location;
        struct move move = {.statement = statements.items[i]};
        for (; m < migration->marks.n && migration->marks.items[m].at.offset < from; m++) {
            const struct mark *mark = &migration->marks.items[m];
            section += mark->kind == MARK_COMMIT;
            vec_push(reader->arena, &move.marks, *mark);
        }
        move.section = section;
        for (; m < migration->marks.n &&
               migration->marks.items[m].at.offset < from + (size_t)move.statement.len;
             m++)
            diag_error(reader->diags, "PL711", migration->marks.items[m].at,
                       "\"-- %s\" stands between statements, not inside of one",
                       mark_words(migration->marks.items[m].kind));
        vec_push(reader->arena, &migration->moves, move);
    }
}

static void take_mark(struct reader *reader, const struct mark *mark, const char **value, span *at)
{
    if (*value)
        diag_error(reader->diags, "PL711", mark->at, "\"-- %s\" stands here twice",
                   mark_words(mark->kind));
    *value = mark->value;
    *at = mark->value_at;
}

/* The last line that is not empty is the catalog's. */
static void check_last_line(struct reader *reader)
{
    const struct migration *migration = reader->migration;
    const str text = migration->source->text;
    const size_t end = migration->hash_at.offset + migration->hash_at.len;

    if (migration->hash && str_trim(str_slice(text, end, text.len)).len > 0)
        diag_error(reader->diags, "PL711", migration->hash_at,
                   "\"-- tenon: catalog\" is the last line of a migration");
}

static void read_header(struct reader *reader)
{
    struct migration *migration = reader->migration;
    const size_t first = migration->moves.n ? (size_t)migration->moves.items[0].statement.location
                                            : migration->source->text.len;

    for (size_t i = 0; i < migration->marks.n; i++) {
        const struct mark *mark = &migration->marks.items[i];
        if (mark->kind == MARK_PARENT)
            take_mark(reader, mark, &migration->parent, &migration->parent_at);
        if (mark->kind == MARK_CATALOG)
            take_mark(reader, mark, &migration->hash, &migration->hash_at);
        migration->is_outside |= mark->kind == MARK_NO_TRANSACTION;
        if ((mark->kind == MARK_PARENT || mark->kind == MARK_NO_TRANSACTION) &&
            mark->at.offset > first)
            diag_error(reader->diags, "PL711", mark->at,
                       "\"-- %s\" stands above the first statement of its file",
                       mark_words(mark->kind));
    }
}

const char *migration_name_of(struct arena *arena, const char *path)
{
    const char *name = file_base_name(path);
    const size_t len = strlen(name);

    return str_ends_with(str_from(name), ".sql") ? arena_strndup(arena, name, len - 4) : name;
}

struct migration *migration_read(struct arena *arena, const char *path, str text,
                                 struct release release, struct diags *diags)
{
    struct migration *migration = arena_new(arena, struct migration);
    struct source *source = source_create(arena, path, without_carriage_returns(arena, text));
    struct reader reader = {arena, migration, diags};

    source->release = release;
    source->is_run = true;
    migration->source = source;
    migration->name = migration_name_of(arena, path);
    read_marks(&reader);
    read_moves(&reader);
    read_header(&reader);
    check_last_line(&reader);
    moves_check(arena, migration, diags);
    return migration;
}

bool is_migration(str text)
{
    for (struct token token = lex_token(text, 0);
         token.kind == TOKEN_SPACE || token.kind == TOKEN_COMMENT;
         token = lex_token(text, token.to)) {
        const str comment = token_text(text, token);
        if (token.kind == TOKEN_COMMENT && str_starts_with(comment, "--") &&
            str_starts_with(str_trim(str_slice(comment, 2, comment.len)), "tenon: parent"))
            return true;
    }
    return false;
}

/* --- Rewriting -------------------------------------------------------------------------------- */

static str with_value(struct arena *arena, str text, span at, const char *value)
{
    struct buf buf = buf_in(arena);

    buf_add(&buf, text.data, at.offset);
    buf_adds(&buf, value);
    buf_add(&buf, text.data + at.offset + at.len, text.len - at.offset - at.len);
    return buf_str(&buf);
}

str migration_with_parent(struct arena *arena, const struct migration *migration,
                          const char *parent)
{
    const str text = migration->source->text;
    struct buf buf = buf_in(arena);

    if (migration->parent)
        return with_value(arena, text, migration->parent_at, parent);
    buf_addf(&buf, "-- tenon: parent %s\n", parent);
    buf_add(&buf, text.data, text.len);
    return buf_str(&buf);
}

str migration_with_hash(struct arena *arena, const struct migration *migration, const char *hash)
{
    const str text = migration->source->text;
    struct buf buf = buf_in(arena);

    if (migration->hash)
        return with_value(arena, text, migration->hash_at, hash);
    buf_add(&buf, text.data, text.len);
    if (text.len && text.data[text.len - 1] != '\n')
        buf_addc(&buf, '\n');
    buf_addf(&buf, "\n-- tenon: catalog %s\n", hash);
    return buf_str(&buf);
}
