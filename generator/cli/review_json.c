/* A review as JSON. Keys are written whatever they say: null is what is absent. */
#include "cli/review.h"
#include "support/json.h"

static void write_objects(struct json *json, const struct migration_review *review)
{
    json_begin_array(json, "objects");
    for (size_t i = 0; i < review->objects.n; i++) {
        const struct object_change *change = &review->objects.items[i];
        json_begin_object(json, NULL);
        json_string(json, "change",
                    change->sign == '+'   ? "added"
                    : change->sign == '-' ? "removed"
                                          : "changed");
        json_string(json, "kind", change->kind);
        json_string(json, "name", change->name);
        json_string(json, "details", *change->details ? change->details : NULL);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_relation(struct json *json, const struct reviewed_relation *relation)
{
    json_begin_object(json, NULL);
    json_string(json, "name", relation->name);
    json_bool(json, "is_index", relation->is_index);
    json_bool(json, "is_new", relation->is_new);
    json_string(json, "lock", relation->lock ? lock_mode_name(relation->lock) : NULL);
    json_string(json, "blocks", lock_mode_blocks(relation->lock));
    json_string(json, "rewritten", answer_name(relation->rewrite));
    json_string(json, "scanned", answer_name(relation->scan));
    json_bool(json, "emptied", relation->is_emptied);
    json_string(json, "why", relation->why);
    json_end_object(json);
}

static void write_hazard(struct json *json, const struct found_hazard *found)
{
    const struct hazard *hazard = hazard_get(found->id);

    json_begin_object(json, NULL);
    json_string(json, "name", hazard->name);
    json_string(json, "weight", hazard->weight == HAZARD_IS_DANGER ? "danger" : "advice");
    json_string(json, "object", found->object);
    json_bool(json, "allowed", found->is_allowed);
    json_string(json, "says", hazard->says);
    json_string(json, "safe", hazard->safe);
    json_end_object(json);
}

static void write_statement(struct json *json, const struct reviewed_statement *statement)
{
    json_begin_object(json, NULL);
    json_string(json, "sql", statement->sql);
    json_int(json, "transaction", (int64_t)statement->transaction);
    json_bool(json, "in_transaction", !statement->is_alone);
    json_begin_array(json, "relations");
    for (size_t i = 0; i < statement->relations.n; i++)
        write_relation(json, &statement->relations.items[i]);
    json_end_array(json);
    json_begin_array(json, "losses");
    for (size_t i = 0; i < statement->losses.n; i++)
        json_string(json, NULL, statement->losses.items[i]);
    json_end_array(json);
    json_begin_array(json, "hazards");
    for (size_t i = 0; i < statement->hazards.n; i++)
        write_hazard(json, &statement->hazards.items[i]);
    json_end_array(json);
    json_end_object(json);
}

static void write_problems(struct json *json, const char *key, const problem_list *problems)
{
    json_begin_array(json, key);
    for (size_t i = 0; i < problems->n; i++) {
        json_begin_object(json, NULL);
        json_string(json, "query", problems->items[i].query);
        json_string(json, "what", problems->items[i].what);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_code(struct json *json, const struct code_review *code)
{
    json_begin_object(json, "code");
    json_string(json, "deployment", code->has_queries ? review_order(code) : NULL);
    write_problems(json, "broken", &code->broken);
    write_problems(json, "old_on_new", &code->old_on_new);
    write_problems(json, "new_on_old", &code->new_on_old);
    json_begin_array(json, "declarations");
    for (size_t i = 0; i < code->declarations.n; i++) {
        json_begin_object(json, NULL);
        json_string(json, "name", code->declarations.items[i].name);
        json_string(json, "before", code->declarations.items[i].before);
        json_string(json, "after", code->declarations.items[i].after);
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}

const char *review_json(struct arena *arena, const struct migration_review *review)
{
    struct buf out = buf_in(arena);
    struct json json = {.out = &out};

    json_begin_object(&json, NULL);
    json_int(&json, "version", 1);
    write_objects(&json, review);
    json_string(&json, "sql", plan_text(arena, &review->plan));
    json_begin_array(&json, "statements");
    for (size_t i = 0; i < review->review.statements.n; i++)
        write_statement(&json, review->review.statements.items[i]);
    json_end_array(&json);
    write_code(&json, &review->code);
    json_string(&json, "picture", review->picture);
    json_end_object(&json);
    buf_addc(&out, '\n');
    return buf_text(&out);
}
