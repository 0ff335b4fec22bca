/* Lines are made kind by kind and sorted at the end, so that their order says nothing. */
#include "facts.h"

#include <stdlib.h>
#include <string.h>

#include "support/buf.h"

struct facts {
    struct arena *arena;
    const struct catalog *catalog;
    VEC(const char *) lines;
};

static void add(struct facts *facts, const struct buf *line)
{
    vec_push(facts->arena, &facts->lines, buf_text(line));
}

static bool is_own(span at)
{
    return !at.source || strncmp(at.source->path, "extension ", 10) != 0;
}

static void add_name(struct buf *line, const struct facts *facts, oid namespace_oid,
                     const char *name)
{
    buf_addf(line, "%s.%s", catalog_get_namespace(facts->catalog, namespace_oid)->name, name);
}

static void add_type(struct buf *line, const struct facts *facts, oid type, int32_t typmod)
{
    buf_adds(line, catalog_format_type_mod(facts->catalog, facts->arena, type, typmod));
}

static void add_plain_type(struct buf *line, const struct facts *facts, oid type)
{
    buf_adds(line, catalog_format_type(facts->catalog, facts->arena, type));
}

static void add_columns(struct buf *line, const struct relation *relation, const int16_t *columns,
                        size_t n)
{
    buf_adds(line, " (");
    for (size_t i = 0; i < n; i++)
        buf_addf(line, "%s%s", i ? "," : "",
                 columns[i] > 0 ? relation->attributes.items[columns[i] - 1].name : "?");
    buf_adds(line, ")");
}

static void add_attribute(struct facts *facts, const struct relation *relation,
                          const struct attribute *attribute)
{
    struct buf line = buf_in(facts->arena);

    if (attribute->is_dropped)
        return;
    buf_adds(&line, "column ");
    add_name(&line, facts, relation->namespace_oid, relation->name);
    buf_addf(&line, ".%s ", attribute->name);
    add_type(&line, facts, attribute->type, attribute->typmod);
    buf_adds(&line, attribute->not_null ? " not-null" : "");
    buf_adds(&line, attribute->has_default && !attribute->identity && !attribute->generated
                        ? " default"
                        : "");
    if (attribute->identity)
        buf_addf(&line, " identity-%c", attribute->identity);
    if (attribute->generated)
        buf_addf(&line, " generated-%c", attribute->generated);
    buf_adds(&line, attribute->is_local ? "" : " inherited");
    if (attribute->about.comment)
        buf_addf(&line, " -- %s", attribute->about.comment);
    add(facts, &line);
}

static void add_constraint(struct facts *facts, const struct relation *relation,
                           const struct constraint *constraint)
{
    struct buf line = buf_in(facts->arena);

    buf_adds(&line, "constraint ");
    add_name(&line, facts, relation->namespace_oid, relation->name);
    buf_addf(&line, ".%s %c", constraint->name, constraint->kind);
    if (constraint->kind != CONSTRAINT_CHECK)
        add_columns(&line, relation, constraint->columns, constraint->n_columns);
    if (constraint->kind == CONSTRAINT_FOREIGN) {
        const struct relation *referenced =
            catalog_get_relation(facts->catalog, constraint->ref_relid);
        buf_adds(&line, " -> ");
        add_name(&line, facts, referenced->namespace_oid, referenced->name);
        add_columns(&line, referenced, constraint->ref_columns, constraint->n_columns);
    }
    buf_adds(&line, constraint->deferrable ? " deferrable" : "");
    buf_adds(&line, constraint->validated ? "" : " not-valid");
    buf_adds(&line, constraint->no_inherit ? " no-inherit" : "");
    buf_adds(&line, constraint->is_local ? "" : " inherited");
    add(facts, &line);
}

static void add_index(struct facts *facts, const struct relation *relation,
                      const struct index *index)
{
    struct buf line = buf_in(facts->arena);

    buf_adds(&line, "index ");
    add_name(&line, facts, relation->namespace_oid, relation->name);
    buf_addf(&line, ".%s %s", index->name, index->method);
    buf_adds(&line, index->is_unique ? " unique" : "");
    buf_adds(&line, index->is_primary ? " primary" : "");
    buf_adds(&line, index->is_partial ? " partial" : "");
    buf_adds(&line, index->nulls_not_distinct ? " nulls-not-distinct" : "");
    add_columns(&line, relation, index->columns, index->n_columns);
    if (index->n_included > 0) {
        buf_adds(&line, " include");
        add_columns(&line, relation, index->included, index->n_included);
    }
    add(facts, &line);
}

static void add_relation(struct facts *facts, const struct relation *relation)
{
    struct buf line = buf_in(facts->arena);

    buf_adds(&line, "relation ");
    add_name(&line, facts, relation->namespace_oid, relation->name);
    buf_addf(&line, " %c", relation->relkind);
    for (size_t i = 0; relation->relkind != 'S' && i < relation->parents.n; i++)
        buf_addf(&line, " < %s",
                 catalog_get_relation(facts->catalog, relation->parents.items[i])->name);
    if (relation->partition_key.strategy) {
        buf_addf(&line, " by %c", relation->partition_key.strategy);
        add_columns(&line, relation, relation->partition_key.columns,
                    relation->partition_key.n_columns);
    }
    if (relation->about.comment && relation->relkind != 'c')
        buf_addf(&line, " -- %s", relation->about.comment);
    add(facts, &line);
    for (size_t i = 0; i < relation->attributes.n; i++)
        add_attribute(facts, relation, &relation->attributes.items[i]);
    for (size_t i = 0; i < relation->constraints.n; i++)
        add_constraint(facts, relation, relation->constraints.items[i]);
    for (size_t i = 0; i < relation->indexes.n; i++)
        add_index(facts, relation, relation->indexes.items[i]);
}

static void add_domain_constraint(struct facts *facts, const struct type *domain,
                                  const struct constraint *constraint)
{
    struct buf line = buf_in(facts->arena);

    buf_adds(&line, "constraint ");
    add_name(&line, facts, domain->namespace_oid, domain->name);
    buf_addf(&line, ".%s %c%s", constraint->name, constraint->kind,
             constraint->validated ? "" : " not-valid");
    add(facts, &line);
}

/* Row types and the types that another type brings along say nothing new but their name. */
static void add_user_type(struct facts *facts, const struct type *type)
{
    struct buf line = buf_in(facts->arena);

    for (size_t i = 0; i < type->constraints.n; i++)
        add_domain_constraint(facts, type, type->constraints.items[i]);
    buf_adds(&line, "type ");
    add_name(&line, facts, type->namespace_oid, type->name);
    buf_addf(&line, " %c", type->typtype);
    if (type->typtype == 'e')
        for (size_t i = 0; i < type->n_labels || i == 0; i++)
            buf_addf(&line, "%s%s", i ? "," : " ", type->n_labels ? type->labels[i] : "");
    if (type->typtype == 'd') {
        buf_addc(&line, ' ');
        add_type(&line, facts, type->base_type, type->typmod);
        buf_adds(&line, type->not_null ? " not-null" : "");
    }
    if (type->typtype == 'r') {
        buf_addc(&line, ' ');
        add_plain_type(&line, facts, type->range_subtype);
        buf_addc(&line, ' ');
        add_plain_type(&line, facts, type->range_multirange);
    }
    if (type->elem) {
        buf_adds(&line, " of ");
        add_plain_type(&line, facts, type->elem);
    }
    if (type->about.comment && type->typtype != 'c')
        buf_addf(&line, " -- %s", type->about.comment);
    add(facts, &line);
}

static void add_function(struct facts *facts, const struct function *function)
{
    struct buf line = buf_in(facts->arena);

    buf_adds(&line, "function ");
    add_name(&line, facts, function->namespace_oid, function->name);
    buf_addc(&line, '(');
    for (size_t i = 0; i < function->n_args; i++) {
        buf_adds(&line, i ? "," : "");
        add_plain_type(&line, facts, function->arg_types[i]);
    }
    buf_adds(&line, function->returns_set ? ") setof " : ") ");
    add_plain_type(&line, facts, function->return_type);
    buf_addf(&line, " %c%c%s", function->kind, function->volatility,
             function->is_strict ? " strict" : "");
    if (function->n_defaults)
        buf_addf(&line, " defaults=%d", function->n_defaults);
    if (function->variadic) {
        buf_adds(&line, " variadic=");
        add_plain_type(&line, facts, function->variadic);
    }
    if (function->n_all_args) {
        buf_addf(&line, " modes=%.*s", function->n_all_args, function->arg_modes);
        for (size_t i = 0; i < function->n_all_args; i++) {
            buf_adds(&line, i ? "," : " all=");
            add_plain_type(&line, facts, function->all_arg_types[i]);
        }
    }
    for (size_t i = 0; function->arg_names &&
                       i < (function->n_all_args ? function->n_all_args : function->n_args);
         i++)
        buf_addf(&line, "%s%s", i ? "," : " names=", function->arg_names[i]);
    if (function->kind == 'a')
        buf_addf(&line, " agg=%c%d", function->agg_kind, function->agg_direct_args);
    add(facts, &line);
}

static void add_operator(struct facts *facts, const struct operator* op)
{
    struct buf line = buf_in(facts->arena);

    buf_adds(&line, "operator ");
    add_name(&line, facts, op->namespace_oid, op->name);
    buf_addc(&line, '(');
    if (op->left)
        add_plain_type(&line, facts, op->left);
    buf_addc(&line, ',');
    add_plain_type(&line, facts, op->right);
    buf_adds(&line, ") ");
    add_plain_type(&line, facts, op->result);
    add(facts, &line);
}

static void add_cast(struct facts *facts, const struct cast *cast)
{
    struct buf line = buf_in(facts->arena);

    buf_adds(&line, "cast ");
    add_plain_type(&line, facts, cast->source);
    buf_adds(&line, " to ");
    add_plain_type(&line, facts, cast->target);
    buf_addf(&line, " %c%c", cast->context, cast->method);
    add(facts, &line);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *facts_with(struct arena *arena, const struct catalog *catalog, const char *prefix)
{
    struct facts facts = {.arena = arena, .catalog = catalog};
    struct buf text = buf_in(arena);
    size_t n;

    struct relation *const *relations = catalog_relations(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (relations[i] && is_own(relations[i]->defined_at))
            add_relation(&facts, relations[i]);
    struct type *const *types = catalog_types(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (types[i] && is_own(types[i]->defined_at))
            add_user_type(&facts, types[i]);
    struct function *const *functions = catalog_functions(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (functions[i] && is_own(functions[i]->defined_at))
            add_function(&facts, functions[i]);
    struct operator* const * operators = catalog_operators(catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (operators[i] && is_own(operators[i]->defined_at))
            add_operator(&facts, operators[i]);
    n = 0;
    for (const struct cast *cast; (cast = catalog_next_cast(catalog, &n));)
        if (is_own(cast->defined_at))
            add_cast(&facts, cast);
    if (facts.lines.n > 0)
        qsort(facts.lines.items, facts.lines.n, sizeof *facts.lines.items, compare);
    for (size_t i = 0; i < facts.lines.n; i++)
        if (strncmp(facts.lines.items[i], prefix, strlen(prefix)) == 0)
            buf_addf(&text, "%s\n", facts.lines.items[i]);
    return buf_text(&text);
}

const char *facts_of(struct arena *arena, const struct catalog *catalog)
{
    return facts_with(arena, catalog, "");
}
