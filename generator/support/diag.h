/* Diagnostics about the user's input: collected, never fatal on their own.
 *
 * A code is PostgreSQL's SQLSTATE where it has one, else "PL" and three digits from
 * diag_codes.def. Messages are in lower case without a full stop. A diagnostic may have notes
 * (other places) and one hint (what to do). Nothing here prints: see diag_render().
 */
#ifndef TENON_SUPPORT_DIAG_H
#define TENON_SUPPORT_DIAG_H

#include <stdbool.h>

#include "support/buf.h"
#include "support/source.h"
#include "support/vec.h"

enum severity {
    SEVERITY_ERROR,
    SEVERITY_WARNING,
};

struct diag_note {
    span at;
    const char *message;
};

struct diag {
    enum severity severity;
    const char *code; /* five characters: "42703", "PL101" */
    const char *lint; /* stable name of a lint warning, else NULL */
    span at;
    const char *message;
    const char *hint;  /* NULL when there is none */
    const char *query; /* name of the annotated query, NULL outside one */
    const char *lost;  /* the relation that is not there because of this error; else NULL */
    VEC(struct diag_note) notes;
    bool is_reported; /* it was shown, and need not be again */
};

struct diags {
    struct arena *arena;
    VEC(struct diag *) list;
    size_t n_errors, n_warnings;
    const char *query; /* stamped on what is added; set while a query is compiled */
};

#define DIAG_PRINTF(text, args) __attribute__((format(printf, text, args)))

/* Adds an error; the result is for diag_note() and diag_hint() and never NULL. */
struct diag *diag_error(struct diags *diags, const char *code, span at, const char *format, ...)
    DIAG_PRINTF(4, 5);
struct diag *diag_warning(struct diags *diags, const char *code, span at, const char *format, ...)
    DIAG_PRINTF(4, 5);
void diag_note(struct diags *diags, struct diag *diag, span at, const char *format, ...)
    DIAG_PRINTF(4, 5);
void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...) DIAG_PRINTF(3, 4);

/* Adds a diagnostic of another list; both then share it. */
void diag_adopt(struct diags *diags, struct diag *diag);

/* Forgets what was added after the first n; for speculative analysis. */
void diag_rewind(struct diags *diags, size_t n);

/* Sorts by file, those of queries last, place, severity; drops exact duplicates. */
void diag_sort(struct diags *diags);

/* `file:line:col: error: text [code]`, the source line, a caret, notes, hint; with the colours of a
 * terminal if asked for. */
void diag_render(struct buf *out, const struct diag *diag, bool color);

#endif
