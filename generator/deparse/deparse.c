/* The entries of the room: a writer for each text, and what the text of a definition has around its
 * expression.
 */
#include "deparse/deparse.h"

#include "deparse/writer.h"

static struct writer writer_for(struct arena *arena, const struct catalog *catalog, struct buf *out,
                                unsigned flags)
{
    *out = buf_in(arena);
    return (struct writer){
        .arena = arena,
        .catalog = catalog,
        .out = out,
        .is_pretty = flags & DEPARSE_PRETTY,
        .is_runnable = flags & DEPARSE_RUNNABLE,
        .has_layout = true,
    };
}

static struct deparsed deparsed(const struct writer *writer)
{
    if (writer->refused)
        return (struct deparsed){.refused = writer->refused};
    return (struct deparsed){.text = buf_text(writer->out)};
}

/* --- Expressions ------------------------------------------------------------------------------ */

static struct entry_names names_of_relation(struct arena *arena, const struct deparse_entry *entry)
{
    struct entry_names names = {.name = entry->name};

    for (size_t i = 0; entry->relation && i < entry->relation->attributes.n; i++) {
        const struct attribute *attribute = &entry->relation->attributes.items[i];

        vec_push(arena, &names.columns, attribute->is_dropped ? NULL : attribute->name);
    }
    return names;
}

static const struct names_level *level_of(struct arena *arena, const struct deparse_scope *scope)
{
    struct names_level *level = arena_new(arena, struct names_level);

    if (!scope)
        return level;
    level->is_qualified = scope->is_qualified;
    level->entries = arena_array(arena, struct entry_names, scope->n);
    for (size_t i = 0; i < scope->n; i++)
        level->entries[level->n++] = names_of_relation(arena, &scope->entries[i]);
    return level;
}

struct deparsed deparse_expression(struct arena *arena, const struct catalog *catalog,
                                   const struct expr *expr, const struct deparse_scope *scope,
                                   unsigned flags)
{
    struct buf out;
    struct writer writer = writer_for(arena, catalog, &out, flags);

    writer.level = level_of(arena, scope);
    write_expr(&writer, expr, false);
    return deparsed(&writer);
}

struct deparsed deparse_over(struct arena *arena, const struct catalog *catalog,
                             const struct expr *expr, const struct relation *relation,
                             unsigned flags)
{
    const struct deparse_entry entry = {relation ? relation->name : NULL, relation};

    return deparse_expression(arena, catalog, expr, &(struct deparse_scope){&entry, 1, false},
                              flags);
}

struct deparsed deparse_value(struct arena *arena, const struct catalog *catalog, oid type,
                              const char *text, unsigned label_age)
{
    struct expr constant = {.kind = EXPR_CONST, .type = type, .typmod = -1};
    struct buf out;
    struct writer writer = writer_for(arena, catalog, &out, 0);

    constant.u.constant.text = text;
    constant.u.constant.literal = 's';
    constant.u.constant.label_age = label_age;
    write_constant(&writer, &constant, LABEL_NEVER);
    return deparsed(&writer);
}

const char *deparse_operator(struct arena *arena, const struct catalog *catalog,
                             const struct operator* op, oid type)
{
    struct buf out;
    struct writer writer = writer_for(arena, catalog, &out, 0);

    write_operator(&writer, op, type, type);
    return buf_text(&out);
}

static struct deparsed wrapped(struct arena *arena, struct deparsed inner, const char *before,
                               const char *after)
{
    if (inner.text)
        inner.text = arena_printf(arena, "%s%s%s", before, inner.text, after);
    return inner;
}

struct deparsed deparse_element(struct arena *arena, const struct catalog *catalog,
                                const struct expr *expr, const struct relation *relation,
                                unsigned flags)
{
    struct deparsed element = deparse_over(arena, catalog, expr, relation, flags);

    return is_written_as_call(expr) ? element : wrapped(arena, element, "(", ")");
}

struct deparsed deparse_check(struct arena *arena, const struct catalog *catalog,
                              const struct constraint *check, const struct relation *relation,
                              unsigned flags)
{
    struct deparsed condition;

    if (!check->check)
        return (struct deparsed){.refused = "cannot be written: a condition that is not known"};
    condition = deparse_over(arena, catalog, check->check, relation, flags);
    return wrapped(arena, condition, "CHECK (",
                   arena_printf(arena, ")%s%s", check->no_inherit ? " NO INHERIT" : "",
                                check->validated ? "" : " NOT VALID"));
}

/* --- Queries ---------------------------------------------------------------------------------- */

struct deparsed deparse_view(struct arena *arena, const struct catalog *catalog,
                             const struct relation *view, unsigned flags)
{
    struct buf out;
    struct writer writer = writer_for(arena, catalog, &out, flags);

    if (!view->view_query)
        return (struct deparsed){.refused = "cannot be written: a body that is not known"};
    write_query(&writer, view->view_query, (struct result_names){view, true});
    return wrapped(arena, deparsed(&writer), "", ";");
}

/* --- Rules ------------------------------------------------------------------------------------ */

static const char *rule_event(const struct rule *rule)
{
    return rule->on_insert ? "INSERT" : rule->on_update ? "UPDATE" : "DELETE";
}

/* A NOTIFY has no tree. */
static bool is_known(const struct rule *rule)
{
    for (size_t i = 0; rule->actions && i < rule->n_actions; i++)
        if (rule->actions[i]->kind == QUERY_UTILITY)
            return false;
    return rule->n_actions == 0 || rule->actions;
}

static void write_actions(struct writer *writer, const struct rule *rule)
{
    const bool several = rule->n_actions > 1;

    if (rule->n_actions == 0)
        write_text(writer, "NOTHING");
    write_text(writer, several ? "(" : "");
    for (size_t i = 0; i < rule->n_actions; i++) {
        write_query(writer, rule->actions[i], (struct result_names){NULL, true});
        write_text(writer, several ? ";\n" : "");
    }
    write_text(writer, several ? ");" : ";");
}

struct deparsed deparse_rule(struct arena *arena, const struct catalog *catalog,
                             const struct rule *rule, const struct relation *relation,
                             unsigned flags)
{
    const struct deparse_entry rows[] = {{"old", relation}, {"new", relation}};
    const struct deparse_scope scope = {rows, 2, true};
    struct buf out;
    struct writer writer = writer_for(arena, catalog, &out, flags);

    if (!is_known(rule) || (rule->conditional && !rule->condition))
        return (struct deparsed){.refused = "cannot be written: a rule that is not known"};
    write_text(&writer, "CREATE RULE ");
    write_name(&writer, rule->name);
    write_text(&writer, " AS\n    ON ");
    write_text(&writer, rule_event(rule));
    write_text(&writer, " TO ");
    write_text(&writer, relation_text(&writer, relation));
    if (rule->condition) {
        write_text(&writer, "\n   WHERE ");
        writer.level = level_of(arena, &scope);
        write_expr(&writer, rule->condition, false);
        writer.level = NULL;
    }
    write_text(&writer, rule->instead ? " DO INSTEAD " : " DO ");
    write_actions(&writer, rule);
    return deparsed(&writer);
}

/* --- Bodies of functions ---------------------------------------------------------------------- */

static bool is_return(const struct routine_body *body)
{
    return body->n_statements == 1 && body->statements[0].query &&
           body->statements[0].query->is_return;
}

static void write_statement(struct writer *writer, const struct query *query)
{
    if (query)
        write_query(writer, query, (struct result_names){NULL, false});
    else
        write_refuse(writer, "a utility statement");
}

static void write_block(struct writer *writer, const struct routine_body *body)
{
    write_text(writer, "BEGIN ATOMIC\n");
    for (size_t i = 0; i < body->n_statements; i++) {
        writer->indent = 1;
        write_statement(writer, body->statements[i].query);
        write_text(writer, ";\n");
    }
    write_text(writer, "END");
}

struct deparsed deparse_body(struct arena *arena, const struct catalog *catalog,
                             const struct function *function, unsigned flags)
{
    const struct routine_body *body = function->body;
    struct buf out;
    struct writer writer = writer_for(arena, catalog, &out, flags);

    if (!body || !body->is_atomic)
        return (struct deparsed){.refused = "cannot be written: a body that is text"};
    writer.body_of = function;
    writer.level = level_of(arena, NULL); /* of the function: columns are qualified below it */
    if (is_return(body)) {
        writer.has_layout = false;
        write_statement(&writer, body->statements[0].query);
    } else {
        write_block(&writer, body);
    }
    return deparsed(&writer);
}
