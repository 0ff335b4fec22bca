/* Collects what is found of a statement: relations with their locks, hazards, losses. */
#include <string.h>

#include "review/reviewing.h"

const char *relation_path(struct reviewing *reviewing, const struct relation *relation)
{
    const struct namespace *namespace =
        catalog_get_namespace(reviewing->catalog, relation->namespace_oid);

    return arena_printf(reviewing->arena, "%s.%s", namespace ? namespace->name : "?",
                        relation->name);
}

const char *part_path(struct reviewing *reviewing, const struct relation *relation,
                      const char *part)
{
    const char *path = relation_path(reviewing, relation);

    return part && *part ? arena_printf(reviewing->arena, "%s.%s", path, part) : path;
}

bool is_new(const struct reviewing *reviewing, const struct relation *relation)
{
    return relation->oid >= reviewing->first_new || relation->is_temporary;
}

static struct reviewed_relation *record(struct reviewing *reviewing, const char *name,
                                        struct reviewed_relation made)
{
    for (size_t i = 0; i < reviewing->current->relations.n; i++) {
        struct reviewed_relation *known = &reviewing->current->relations.items[i];
        if (known->is_index == made.is_index && strcmp(known->name, name) == 0) {
            if (known->lock < made.lock)
                known->lock = made.lock;
            return known;
        }
    }
    made.name = name;
    vec_push(reviewing->arena, &reviewing->current->relations, made);
    return &reviewing->current->relations.items[reviewing->current->relations.n - 1];
}

struct reviewed_relation *touch(struct reviewing *reviewing, const struct relation *relation,
                                enum lock_mode lock)
{
    if (!relation || relation->relkind == 'c' || relation->oid < FIRST_USER_OID ||
        relation->oid >= reviewing->first_of_statement)
        return NULL;
    return record(reviewing, relation_path(reviewing, relation),
                  (struct reviewed_relation){.oid = relation->oid,
                                             .has_rows = strchr("rm", relation->relkind) != NULL,
                                             .is_new = is_new(reviewing, relation),
                                             .lock = lock});
}

struct reviewed_relation *touch_index(struct reviewing *reviewing, const struct relation *table,
                                      const char *name, enum lock_mode lock)
{
    const struct namespace *namespace =
        catalog_get_namespace(reviewing->catalog, table->namespace_oid);

    return record(
        reviewing, arena_printf(reviewing->arena, "%s.%s", namespace ? namespace->name : "?", name),
        (struct reviewed_relation){
            .oid = table->oid, .is_index = true, .is_new = is_new(reviewing, table), .lock = lock});
}

static void raise_answer(enum answer *answer, enum answer other)
{
    if (*answer < other)
        *answer = other;
}

void scanned(struct reviewed_relation *touched)
{
    if (touched && touched->has_rows)
        raise_answer(&touched->scan, ANSWER_YES);
}

static bool reaches(enum reach reach, const struct relation *relation)
{
    return reach == REACH_CHILDREN || (reach == REACH_PARTITIONS && relation->relkind == 'p');
}

void apply_form(struct reviewing *reviewing, struct form form, const struct relation *relation)
{
    struct reviewed_relation *touched = touch(reviewing, relation, form.lock);

    if (touched && touched->has_rows) {
        raise_answer(&touched->rewrite, form.rewrite);
        raise_answer(&touched->scan, form.scan);
    }
    for (size_t i = 0; relation && reaches(form.reach, relation) && i < relation->children.n; i++) {
        const struct relation *child =
            catalog_get_relation(reviewing->catalog, relation->children.items[i]);
        if (child)
            apply_form(reviewing, form, child);
    }
}

void apply(struct reviewing *reviewing, enum form_id id, const struct relation *relation)
{
    const struct form *form = form_get(id);

    if (!relation)
        return;
    apply_form(reviewing, *form, relation);
    found(reviewing, form->hazard, relation, NULL);
}

/* --- Hazards and losses ----------------------------------------------------------------------- */

/* Whether the name is in the list NAME[, NAME...]; behind the list there may be a reason. */
static bool is_listed(const char *list, const char *name)
{
    static const char name_chars[] = "abcdefghijklmnopqrstuvwxyz-";

    do {
        const size_t len = strspn(list += strspn(list, ", \t"), name_chars);
        if (len == strlen(name) && strncmp(list, name, len) == 0)
            return true;
        list += len;
        list += strspn(list, " \t");
    } while (*list == ',');
    return false;
}

/* `-- @allow NAME[, NAME...]` in front of the statement. */
static bool is_allowed(const struct reviewing *reviewing, const char *name)
{
    static const char word[] = "@allow";

    for (const char *at = reviewing->current->comments; (at = strstr(at, word)); at++)
        if (is_listed(at + sizeof word - 1, name))
            return true;
    return false;
}

void found_named(struct reviewing *reviewing, enum hazard_id id, const char *name)
{
    if (id == HAZARD_NONE)
        return;
    for (size_t i = 0; i < reviewing->current->hazards.n; i++)
        if (reviewing->current->hazards.items[i].id == id &&
            strcmp(reviewing->current->hazards.items[i].object, name) == 0)
            return;
    vec_push(reviewing->arena, &reviewing->current->hazards,
             (struct found_hazard){id, name, is_allowed(reviewing, hazard_get(id)->name)});
}

void found(struct reviewing *reviewing, enum hazard_id id, const struct relation *relation,
           const char *part)
{
    if (id == HAZARD_NONE ||
        (is_new(reviewing, relation) && hazard_get(id)->weight == HAZARD_IS_DANGER))
        return;
    found_named(reviewing, id, part_path(reviewing, relation, part));
}

void loses(struct reviewing *reviewing, const char *format, ...)
{
    va_list args;
    const char *what;

    va_start(args, format);
    what = arena_vprintf(reviewing->arena, format, args);
    va_end(args);
    vec_push(reviewing->arena, &reviewing->current->losses, what);
}
