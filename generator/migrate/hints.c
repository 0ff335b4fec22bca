/* Comments that say how an object was called before:
 *
 *     user_name text, -- @renamed from username
 *     CREATE TYPE level AS ENUM ('minor' @renamed from=low in a block comment, 'major');
 *     -- @renamed from old_schema.old_name
 *     CREATE TABLE new_name (…);
 */
#include <string.h>

#include "migrate/hint.h"
#include "migrate/rename.h"
#include "sql/lexer.h"

struct hints {
    struct arena *arena;
    struct diags *diags;
    hint_list *list;
};

/* --- The name --------------------------------------------------------------------------------- */

static bool is_name(struct token token)
{
    return token.kind == TOKEN_WORD || token.kind == TOKEN_QUOTED || token.kind == TOKEN_STRING;
}

static const char *name_of(struct arena *arena, str text, struct token token)
{
    return token.kind == TOKEN_STRING ? quoted_text(arena, token_text(text, token))
                                      : token_identifier(arena, text, token);
}

/* from name, from=name, from schema.name; a label may stand as 'it is' or as one word. */
static bool read_name(struct arena *arena, str body, struct hint *hint)
{
    struct token token = lex_next(body, 0), dot;

    if (!token_is_word(body, token, "from"))
        return false;
    token = lex_next(body, token.to);
    if (token_is(body, token, "="))
        token = lex_next(body, token.to);
    if (!is_name(token))
        return false;
    hint->old_name = name_of(arena, body, token);
    hint->old_label = token.kind == TOKEN_WORD
                          ? arena_strndup(arena, body.data + token.from, token.to - token.from)
                          : hint->old_name;
    dot = lex_next(body, token.to);
    if (token_is(body, dot, ".")) {
        token = lex_next(body, dot.to);
        if (!is_name(token))
            return false;
        hint->old_schema = hint->old_name;
        hint->old_name = name_of(arena, body, token);
        dot = lex_next(body, token.to);
    }
    return dot.kind == TOKEN_END;
}

static void refuse(const struct hints *hints, span at, const char *message, const char *advice)
{
    diag_hint(hints->diags, diag_error(hints->diags, "PL730", at, "%s", message), "%s", advice);
}

static void add(struct hints *hints, struct hint *hint)
{
    for (size_t i = 0; i < hints->list->n; i++) {
        const struct hint *other = &hints->list->items[i];
        struct diag *diag;
        if (other->item != hint->item || !name_eq(other->label, hint->label))
            continue;
        diag = diag_error(hints->diags, "PL731", hint->at,
                          "a second line says how this was called before");
        diag_note(hints->diags, diag, other->at, "the first one is here");
        diag_hint(hints->diags, diag, "remove the one that is wrong");
        return;
    }
    vec_push(hints->arena, hints->list, *hint);
}

static void read_note(struct hints *hints, const struct note *note)
{
    struct hint hint = {.at = note->at, .item = note->item, .label = note->label};

    if (!read_name(hints->arena, note->says, &hint))
        refuse(hints, hint.at, "it cannot be told what the old name is",
               "write \"-- @renamed from old_name\", or from old_schema.old_name");
    else if (!hint.item)
        refuse(hints, hint.at, "nothing that has a name stands here",
               "write it in the line above, or at the end of the line, of what was renamed; a "
               "constraint needs a name: CONSTRAINT name …");
    else if (hint.old_schema && (hint.label || hint.item->table))
        refuse(hints, hint.at, "what is part of something has no schema of its own",
               "write its old name alone: \"-- @renamed from old_name\"");
    else
        add(hints, &hint);
}

void hints_read(struct arena *arena, const struct wanted *wanted, const struct inventory *after,
                struct diags *diags, hint_list *list)
{
    struct hints hints = {arena, diags, list};
    note_list notes = {0};

    notes_read(arena, wanted, after, "@renamed", &notes);
    for (size_t i = 0; i < notes.n; i++)
        read_note(&hints, &notes.items[i]);
}
