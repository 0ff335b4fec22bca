/* What the review says of each form, for run.py to compare with a server:
 *
 *     review_facts SCHEMA FORMS
 *
 * prints "form" with its number, then lines "lock", "rewritten", "scanned", "unknown" with a
 * relation, "alone" and "hazard".
 */
#include <stdio.h>
#include <string.h>

#include "replay/replay.h"
#include "review/review.h"
#include "support/file.h"
#include "support/stack.h"

static struct arena arena;

static const char *read_all(const char *path)
{
    struct error error;
    str text = {0};

    if (!file_read(&arena, path, &text, &error)) {
        fprintf(stderr, "%s\n", error.text);
        return "";
    }
    return arena_strndup(&arena, text.data, text.len);
}

static struct statements parse(const char *name, const char *text, struct diags *diags)
{
    return sql_parse_schema(&arena, source_create(&arena, name, str_from(text)), diags);
}

static void print_relation(const struct reviewed_relation *relation)
{
    if (relation->lock)
        printf("%s\t%s\t%s\n", relation->is_index ? "index" : "lock", relation->name,
               lock_mode_name(relation->lock));
    if (!relation->is_index &&
        (relation->rewrite == ANSWER_YES || (relation->is_emptied && relation->has_rows)))
        printf("rewritten\t%s\n", relation->name);
    if (relation->scan == ANSWER_YES)
        printf("scanned\t%s\n", relation->name);
    if (relation->rewrite == ANSWER_UNKNOWN || relation->scan == ANSWER_UNKNOWN)
        printf("unknown\t%s\t%s\n", relation->name, relation->why ? relation->why : "");
}

static void print(const struct reviewed_statement *statement)
{
    for (size_t i = 0; i < statement->relations.n; i++)
        print_relation(&statement->relations.items[i]);
    if (statement->is_alone)
        printf("alone\n");
    for (size_t i = 0; i < statement->hazards.n; i++)
        printf("%s\t%s\t%s\n", statement->hazards.items[i].is_allowed ? "allowed" : "hazard",
               hazard_get(statement->hazards.items[i].id)->name,
               statement->hazards.items[i].object);
}

static void print_errors(const struct diags *diags)
{
    for (size_t i = 0; i < diags->list.n; i++)
        if (diags->list.items[i]->severity == SEVERITY_ERROR)
            printf("error\t%s\n", diags->list.items[i]->message);
}

/* Each form begins with the schema as it is. */
static void review_form(const char *schema, const char *form)
{
    struct diags diags = {.arena = &arena};
    struct catalog *catalog = catalog_create(&arena, release_default());
    const struct review_options options = {0};
    struct review review;

    replay_script(catalog, parse("schema", schema, &diags), &diags);
    review_statements(&arena, catalog, parse("form", form, &diags), &options, &diags, &review);
    for (size_t i = 0; i < review.statements.n; i++)
        print(review.statements.items[i]);
    print_errors(&diags);
}

struct call {
    char **args;
};

static void run(void *context)
{
    const struct call *call = context;
    const char *schema = read_all(call->args[1]);
    const char *at = read_all(call->args[2]);

    for (size_t line = 1; *at; line++) {
        const size_t len = strcspn(at, "\n");
        if (len && strncmp(at, "--", 2) != 0) {
            printf("form\t%.*s\n", (int)len, at);
            review_form(schema, arena_strndup(&arena, at, len));
        }
        at += len + (at[len] == '\n');
    }
    arena_finish(&arena);
}

int main(int n, char **args)
{
    struct call call = {args};

    if (n != 3)
        return 2;
    return stack_run(512UL * 1024 * 1024, run, &call) ? 0 : 3;
}
