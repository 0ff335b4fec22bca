/* Comments that say something to tenon: one table of their words. */
#include <string.h>

#include "migrate/reader.h"
#include "support/nearest.h"

static const struct {
    const char *words;
    bool has_value;
} marks[] = {
    [MARK_PARENT] = {"tenon: parent", true},
    [MARK_NO_TRANSACTION] = {"tenon: no-transaction", false},
    [MARK_COMMIT] = {"tenon: commit", false},
    [MARK_BATCH] = {"tenon: batch", true},
    [MARK_DONE] = {"tenon: done", true},
    [MARK_RENAMED] = {"tenon: renamed", true},
    [MARK_CATALOG] = {"tenon: catalog", true},
    [MARK_EFFECT] = {"@effect", true},
};

enum { N_MARKS = sizeof marks / sizeof *marks };

const char *mark_words(enum mark_kind kind)
{
    return marks[kind].words;
}

const struct mark *marks_find(const mark_list *list, enum mark_kind kind)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].kind == kind)
            return &list->items[i];
    return NULL;
}

static void refuse(struct diags *diags, struct arena *arena, span at, str text)
{
    struct nearest nearest = {.wanted = arena_strndup(arena, text.data, text.len)};
    struct diag *diag =
        diag_error(diags, "PL711", at, "\"%s\" is nothing that tenon knows", nearest.wanted);

    for (size_t i = 0; i < N_MARKS; i++)
        nearest_consider(&nearest, marks[i].words);
    if (nearest.name)
        diag_hint(diags, diag, "did you mean \"-- %s\"?", nearest.name);
    else
        diag_hint(diags, diag,
                  "there are parent, commit, no-transaction, done, batch, renamed and catalog");
}

/* Whether the text begins with the words, and they end there. */
static bool begins_with(str text, const char *words)
{
    const size_t len = strlen(words);

    return str_starts_with(text, words) &&
           (text.len == len || text.data[len] == ' ' || text.data[len] == '\t');
}

bool mark_read(struct arena *arena, const struct source *source, size_t from, size_t to,
               struct diags *diags, struct mark *mark)
{
    const str comment = str_slice(source->text, from, to);
    const str text = str_trim(str_slice(comment, 2, comment.len));
    const span at = span_of(source, (uint32_t)from, (uint32_t)str_trim(comment).len);

    if (!str_starts_with(comment, "--") ||
        (!str_starts_with(text, "tenon:") && !begins_with(text, "@effect")))
        return false;
    for (size_t i = 0; i < N_MARKS; i++) {
        str value;
        if (!begins_with(text, marks[i].words))
            continue;
        value = str_trim(str_slice(text, strlen(marks[i].words), text.len));
        *mark = (struct mark){
            (enum mark_kind)i, arena_strndup(arena, value.data, value.len), at,
            span_of(source, (uint32_t)(value.data - source->text.data), (uint32_t)value.len)};
        if (marks[i].has_value != (value.len > 0))
            diag_error(diags, "PL711", at, "\"-- %s\" %s", marks[i].words,
                       marks[i].has_value ? "needs a word more" : "stands alone in its line");
        return true;
    }
    refuse(diags, arena, at, text);
    return false;
}
