/* What the files of lint share: a check looks at one thing and warns through lint_warn(). */
#ifndef TENON_ANALYZE_LINT_INTERNAL_H
#define TENON_ANALYZE_LINT_INTERNAL_H

#include "analyze/lint.h"

enum lint {
    LINT_UPDATE_WITHOUT_WHERE,
    LINT_DELETE_WITHOUT_WHERE,
    LINT_EQUALS_NULL,
    LINT_UNUSED_PARAMETER,
    LINT_ONE_NOT_PROVED,
    LINT_SELECT_STAR,
    LINT_OFFSET_WITHOUT_ORDER_BY,
    LINT_LIMIT_WITHOUT_ORDER_BY,
    LINT_NOT_IN_NULLABLE_SUBQUERY,
    LINT_IMPLICIT_CAST_DEFEATS_INDEX,
    LINT_ORDER_BY_CONSTANT,
    N_LINTS,
};

struct linter {
    struct arena *arena;
    const struct catalog *catalog;
    const struct annotated_query *annotated;
    const struct analysis *analysis;
    const struct ir_query *ir;
    struct diags *diags;
    const struct query *query; /* the level that is looked at */
    bool *param_nullable;      /* [n - 1] */
    bool *param_used;          /* [n - 1]: where its value can matter */
};

/* Warns at the token at the byte offset in the statement's text, unless the query allows it. */
void lint_warn(struct linter *linter, enum lint lint, int location, const char *hint,
               const char *format, ...) __attribute__((format(printf, 5, 6)));

/* --- lint_query.c: one query level
 * ---------------------------------------------------------------- */

void lint_check_level(struct linter *linter, struct query *query);
/* The statement as a whole: its command, its LIMIT. */
void lint_check_statement(struct linter *linter);

/* --- lint_expr.c: one expression
 * ------------------------------------------------------------------ */

void lint_check_expr(struct linter *linter, struct expr *expr);

#endif
