/* A review as Markdown, for the description of a pull request: the verdict first, then what
 * changes, the statements with what they do, and the C code.
 */
#include <string.h>

#include "cli/review.h"

/* --- Text ------------------------------------------------------------------------------------- */

/* In a cell of a table. */
static void add_cell(struct buf *out, const char *text)
{
    for (; *text; text++)
        if (*text == '|')
            buf_adds(out, "\\|");
        else if (*text == '<')
            buf_adds(out, "&lt;");
        else
            buf_addc(out, *text == '\n' ? ' ' : *text);
}

/* A fence that is longer than any in the text. */
static void add_code(struct buf *out, const char *language, const char *text)
{
    size_t longest = 2, run = 0;

    for (const char *at = text; *at; at++) {
        run = *at == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (size_t i = 0; i <= longest; i++)
        buf_addc(out, '`');
    buf_addf(out, "%s\n%s\n", language, text);
    for (size_t i = 0; i <= longest; i++)
        buf_addc(out, '`');
    buf_addc(out, '\n');
}

/* --- The verdict ------------------------------------------------------------------------------ */

struct verdict {
    size_t n_dangers, n_allowed, n_advice, n_losses;
};

static struct verdict verdict_of(const struct review *review)
{
    struct verdict verdict = {0};

    for (size_t i = 0; i < review->statements.n; i++) {
        const struct reviewed_statement *statement = review->statements.items[i];
        verdict.n_losses += statement->losses.n;
        for (size_t k = 0; k < statement->hazards.n; k++) {
            const struct found_hazard *hazard = &statement->hazards.items[k];
            verdict.n_allowed += hazard->is_allowed;
            if (!hazard->is_allowed && hazard_get(hazard->id)->weight == HAZARD_IS_DANGER)
                verdict.n_dangers++;
            else if (!hazard->is_allowed)
                verdict.n_advice++;
        }
    }
    return verdict;
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void add_verdict(struct buf *out, const struct migration_review *review)
{
    const struct verdict verdict = verdict_of(&review->review);
    const size_t n = review->review.statements.n;

    buf_adds(out, "# Schema review\n\n");
    if (!n) {
        buf_adds(out, "The schema does not change.\n");
    } else {
        buf_addf(out, "- %zu statement%s, %zu hazard%s", n, plural(n), verdict.n_dangers,
                 plural(verdict.n_dangers));
        if (verdict.n_allowed)
            buf_addf(out, " (%zu allowed)", verdict.n_allowed);
        if (verdict.n_advice)
            buf_addf(out, ", %zu piece%s of advice", verdict.n_advice, plural(verdict.n_advice));
        buf_addf(out, "\n- data: %s\n",
                 verdict.n_losses ? "**something is lost**" : "nothing is lost");
    }
    if (review->code.has_queries)
        buf_addf(out, "- deployment: %s\n- queries that no longer compile: %zu\n",
                 review_order(&review->code), review->code.broken.n);
}

/* --- What changes ----------------------------------------------------------------------------- */

static void add_objects(struct buf *out, const struct migration_review *review)
{
    if (!review->objects.n)
        return;
    buf_adds(out, "\n## What changes\n\n|   | Object | Change |\n|---|---|---|\n");
    for (size_t i = 0; i < review->objects.n; i++) {
        const struct object_change *change = &review->objects.items[i];
        buf_addf(out, "| `%c` | %s `", change->sign, change->kind);
        add_cell(out, change->name);
        buf_adds(out, "` | ");
        add_cell(out, change->sign == '+'   ? "added"
                      : change->sign == '-' ? "removed"
                                            : change->details);
        buf_adds(out, " |\n");
    }
    if (review->picture)
        buf_addf(out, "\n![what changes](%s)\n", review->picture);
}

/* --- Statements ------------------------------------------------------------------------------- */

static void add_relation(struct buf *out, const struct reviewed_relation *relation)
{
    const char *blocks = lock_mode_blocks(relation->lock);

    buf_addf(out, "| %s`", relation->is_index ? "index " : "");
    add_cell(out, relation->name);
    buf_addf(out, "` | %s | %s | %s | %s", lock_mode_name(relation->lock),
             relation->is_new ? "nobody: it is new"
             : blocks         ? blocks
                              : "nothing",
             relation->is_emptied ? "emptied" : answer_name(relation->rewrite),
             answer_name(relation->scan));
    if (relation->why)
        buf_addf(out, " (%s)", relation->why);
    buf_adds(out, " |\n");
}

static void add_hazard(struct buf *out, const struct found_hazard *found)
{
    const struct hazard *hazard = hazard_get(found->id);

    buf_addf(out, "- %s **%s** `%s`: %s. ",
             found->is_allowed                    ? "(allowed)"
             : hazard->weight == HAZARD_IS_DANGER ? "⚠"
                                                  : "advice",
             hazard->name, found->object, hazard->says);
    buf_addf(out, "Safe: %s.\n", hazard->safe);
}

static void add_statement(struct buf *out, const struct reviewed_statement *statement,
                          size_t number)
{
    buf_addf(out, "\n### %zu\n\n", number);
    add_code(out, "sql", arena_printf(out->arena, "%s;", statement->sql));
    if (statement->is_alone)
        buf_adds(out, "\nRuns outside of transactions.\n");
    if (statement->relations.n)
        buf_adds(out,
                 "\n| Relation | Lock | Blocks | Rewritten | Scanned |\n|---|---|---|---|---|\n");
    else
        buf_adds(out, "\nLocks no table, view or sequence that was there before.\n");
    for (size_t i = 0; i < statement->relations.n; i++)
        add_relation(out, &statement->relations.items[i]);
    if (statement->losses.n || statement->hazards.n)
        buf_addc(out, '\n');
    for (size_t i = 0; i < statement->losses.n; i++)
        buf_addf(out, "- ✖ lost: %s\n", statement->losses.items[i]);
    for (size_t i = 0; i < statement->hazards.n; i++)
        add_hazard(out, &statement->hazards.items[i]);
}

static void add_statements(struct arena *arena, struct buf *out,
                           const struct migration_review *review)
{
    if (!review->review.statements.n)
        return;
    buf_adds(out, "\n## The migration\n\n");
    add_code(out, "sql", plan_text(arena, &review->plan));
    buf_adds(out, "\n## What each statement does\n");
    for (size_t i = 0; i < review->review.statements.n; i++)
        add_statement(out, review->review.statements.items[i], i + 1);
}

/* --- The C code ------------------------------------------------------------------------------- */

static void add_problems(struct buf *out, const char *title, const problem_list *problems)
{
    if (!problems->n)
        return;
    buf_addf(out, "\n**%s**\n\n", title);
    for (size_t i = 0; i < problems->n; i++)
        buf_addf(out, "- `%s`: %s\n", problems->items[i].query, problems->items[i].what);
}

static void add_declaration(struct buf *out, const struct declaration_change *change)
{
    buf_addf(out, "\n`%s`%s\n\n", change->name,
             !change->before  ? " is new"
             : !change->after ? " is gone"
                              : "");
    if (change->before && change->after) {
        buf_adds(out, "before:\n\n");
        add_code(out, "c", change->before);
        buf_adds(out, "\nafter:\n\n");
        add_code(out, "c", change->after);
    } else {
        add_code(out, "c", change->before ? change->before : change->after);
    }
}

static void add_c(struct buf *out, const struct code_review *code)
{
    if (!code->has_queries)
        return;
    buf_adds(out, "\n## The C code\n");
    if (!code->broken.n && !code->declarations.n && !code->old_on_new.n && !code->new_on_old.n)
        buf_adds(out, "\nNothing changes.\n");
    add_problems(out, "Queries that no longer compile", &code->broken);
    add_problems(out, "Programs of today on the new schema", &code->old_on_new);
    add_problems(out, "New programs on the schema of today", &code->new_on_old);
    if (code->declarations.n)
        buf_adds(out, "\n**Declarations that change**\n");
    for (size_t i = 0; i < code->declarations.n; i++)
        add_declaration(out, &code->declarations.items[i]);
}

const char *review_markdown(struct arena *arena, const struct migration_review *review)
{
    struct buf out = buf_in(arena);

    add_verdict(&out, review);
    add_objects(&out, review);
    add_statements(arena, &out, review);
    add_c(&out, &review->code);
    return buf_text(&out);
}
