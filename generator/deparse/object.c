/* Objects by name: a name alone where it means the object, else with its schema. What a name means
 * is asked of the rules by which it will be read.
 */
#include <string.h>

#include "deparse/writer.h"
#include "resolve/candidates.h"

/* A state for look-ups alone, which report nothing. */
static struct parse look_up(struct writer *writer)
{
    struct statement_state *state = arena_new(writer->arena, struct statement_state);

    state->arena = writer->arena;
    state->catalog = writer->catalog;
    return (struct parse){state, NULL};
}

static const char *schema_of(const struct writer *writer, oid namespace_oid)
{
    return catalog_get_namespace(writer->catalog, namespace_oid)->name;
}

static void write_schema(struct writer *writer, oid namespace_oid)
{
    write_name(writer, schema_of(writer, namespace_oid));
    buf_addc(writer->out, '.');
}

/* --- Relations and collations ----------------------------------------------------------------- */

/* WITH items hide tables of their names. */
static bool is_hidden(const struct writer *writer, const char *name)
{
    for (const struct names_level *level = writer->level; level; level = level->parent)
        for (size_t i = 0; level->query && i < level->query->n_ctes; i++)
            if (strcmp(level->query->ctes[i]->name, name) == 0)
                return true;
    return false;
}

static bool is_visible(const struct writer *writer, const struct relation *relation)
{
    const struct relation *found = catalog_find_relation(writer->catalog, NULL, relation->name);

    return found && found->oid == relation->oid;
}

const char *relation_text(struct writer *writer, const struct relation *relation)
{
    const char *name = catalog_quote_identifier(writer->arena, relation->name);

    if (is_visible(writer, relation))
        return name;
    return arena_printf(
        writer->arena, "%s.%s",
        catalog_quote_identifier(writer->arena, schema_of(writer, relation->namespace_oid)), name);
}

void write_relation(struct writer *writer, const struct relation *relation)
{
    if (is_hidden(writer, relation->name) || !is_visible(writer, relation))
        write_schema(writer, relation->namespace_oid);
    write_name(writer, relation->name);
}

void write_collation(struct writer *writer, oid collation)
{
    const char *name = catalog_collation_name(writer->catalog, collation);
    oid namespace_oid = catalog_collation_namespace(writer->catalog, collation);

    if (!name) {
        write_refuse(writer, "an unknown collation");
        return;
    }
    if (catalog_find_collation(writer->catalog, NULL, name) != collation)
        write_schema(writer, namespace_oid);
    write_name(writer, name);
}

/* --- Operators -------------------------------------------------------------------------------- */

void write_operator(struct writer *writer, const struct operator* op, oid left, oid right)
{
    struct parse parse = look_up(writer);
    const struct operator* found = resolve_operator_for(
        &parse, (struct qualified_name){NULL, op->name}, op->left ? left : 0, right, true, -1);

    if (found && found->oid == op->oid) {
        write_text(writer, op->name);
        return;
    }
    write_text(writer, "OPERATOR(");
    write_schema(writer, op->namespace_oid);
    write_text(writer, op->name);
    buf_addc(writer->out, ')');
}

/* --- Functions -------------------------------------------------------------------------------- */

static const struct candidate *find_exact(const struct candidates *list,
                                          const struct call_shape *shape)
{
    for (size_t i = 0; i < list->n; i++)
        if (shape->n == 0 || memcmp(list->items[i].args, shape->types, shape->n * sizeof(oid)) == 0)
            return &list->items[i];
    return NULL;
}

static bool means(struct writer *writer, const struct function *function,
                  const struct call_shape *shape)
{
    struct parse parse = look_up(writer);
    struct lookup lookup = {
        .name = {NULL, function->name},
        .n_args = shape->n,
        .names = shape->names,
        .n_names = shape->n_names,
        .expand_variadic = !shape->is_variadic,
        .location = -1,
    };
    struct candidates list = resolve_lookup(&parse, &lookup);
    const struct candidate *best = find_exact(&list, shape);

    if (!best)
        candidates_choose(writer->catalog, &list, shape->types, shape->n, &best);
    return best && !best->is_ambiguous && best->function->oid == function->oid;
}

void write_function(struct writer *writer, const struct function *function,
                    const struct call_shape *shape)
{
    if (!means(writer, function, shape))
        write_schema(writer, function->namespace_oid);
    write_name(writer, function->name);
}
