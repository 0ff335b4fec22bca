/* Types that models.h declares: enums and composites of the schema, and the user's own types. All
 * their names come from one stem, and are claimed before anything is said to exist.
 */
#include "emit/planner.h"

#include <string.h>

/* The names of a type that models.h declares, all made from one stem. */
static struct c_type *declared_type(struct planner *planner, const char *stem, const char *decl,
                                    enum c_form form, struct claim claim)
{
    struct arena *arena = planner->arena;
    struct c_type *type = arena_new(arena, struct c_type);

    *type = (struct c_type){
        .form = form,
        .decl = decl,
        .opt = plan_global(planner, arena_printf(arena, "opt_%s", stem), claim),
        .array = plan_global(planner, arena_printf(arena, "%s_array", stem), claim),
        .opt_array = plan_global(planner, arena_printf(arena, "opt_%s_array", stem), claim),
        .read = arena_printf(arena, "read_%s", stem),
        .read_opt = arena_printf(arena, "read_opt_%s", stem),
        .bind = arena_printf(arena, "bind_%s", stem),
        .bind_opt = arena_printf(arena, "bind_opt_%s", stem),
        .array_io = arena_printf(arena, "%s_%s", planner->package->name, stem),
        .extra = "",
    };
    if (!type->opt || !type->array || !type->opt_array)
        return NULL;
    if (!plan_static(planner, type->read, claim) || !plan_static(planner, type->read_opt, claim) ||
        !plan_static(planner, type->bind, claim) || !plan_static(planner, type->bind_opt, claim))
        return NULL;
    return type;
}

static const char *label_name(struct planner *planner, const struct ir_type *type, size_t i)
{
    return c_name(planner->arena,
                  plan_name(planner, type->schema, type->name, type->labels[i].name));
}

/* As all names are made; where two labels of the type would be the same, with the words of their
 * signs: A_PLUS and A_MINUS of A+ and A-. */
static const char *told_apart(struct planner *planner, const struct ir_type *type, size_t i)
{
    const char *name = label_name(planner, type, i);

    for (size_t k = 0; k < type->n_labels; k++)
        if (k != i && strcmp(label_name(planner, type, k), name) == 0)
            return c_name_in_words(
                planner->arena, plan_name(planner, type->schema, type->name, type->labels[i].name));
    return name;
}

static struct claim claim_of_type(struct planner *planner, const struct ir_type *type)
{
    return (struct claim){
        .what = arena_printf(planner->arena, "type %s", type->sql_name),
        .hint = arena_printf(planner->arena,
                             "rename one of them: \"renames: [{from: %s.%s, to: other_name}]\"",
                             type->schema, type->name),
        .at = type->defined_at,
    };
}

static bool plan_labels(struct planner *planner, struct c_enum *planned)
{
    struct arena *arena = planner->arena;
    const struct ir_type *type = planned->ir;
    const char *prefix = name_capitals(arena, planned->name);
    bool ok = true;

    planned->unset = arena_printf(arena, "%s_UNSET", prefix);
    planned->count = arena_printf(arena, "%s_COUNT", prefix);
    if (!plan_static(planner, planned->unset, claim_of_type(planner, type)) ||
        !plan_static(planner, planned->count, claim_of_type(planner, type)))
        return false;
    planned->n_labels = type->n_labels;
    planned->labels = arena_array(arena, struct c_label, type->n_labels);
    for (size_t i = 0; i < type->n_labels; i++) {
        const char *text = type->labels[i].name;
        const char *name = told_apart(planner, type, i);
        struct claim claim = {
            .what = arena_printf(arena, "label \"%s\" of type %s", text, type->sql_name),
            .hint = arena_printf(arena,
                                 "rename one of them: \"renames: [{from: %s.%s, to: other_name}]\"",
                                 type->name, text),
            .at = type->defined_at,
        };
        planned->labels[i] = (struct c_label){
            arena_printf(arena, "%s_%s%s", prefix, name_capitals(arena, name),
                         name_eq(name, "unset") || name_eq(name, "count") ? "_" : ""),
            text};
        ok = plan_static(planner, planned->labels[i].constant, claim) && ok;
    }
    return ok;
}

struct c_type *plan_enum_type(struct planner *planner, const struct ir_type *type,
                              const struct type_site *site)
{
    struct arena *arena = planner->arena;
    struct c_enum *planned = arena_new(arena, struct c_enum);
    struct claim claim = claim_of_type(planner, type);

    if (type->n_labels == 0) {
        diag_error(planner->diags, "PL502", site->at,
                   "type %s has no labels, so that C has no enum "
                   "for it",
                   type->sql_name);
        return NULL;
    }
    planned->ir = type;
    planned->stem = c_name(arena, plan_name(planner, type->schema, type->name, NULL));
    planned->name = plan_global(planner, planned->stem, claim);
    if (!planned->name || !plan_labels(planner, planned))
        return NULL;
    for (const char *const *suffix = (const char *const[]){"labels", "name", "parse", NULL};
         *suffix; suffix++)
        if (!plan_global(planner, arena_printf(arena, "%s_%s", planned->stem, *suffix), claim))
            return NULL;
    planned->type = declared_type(planner, planned->stem, planned->name, C_PLAIN, claim);
    if (!planned->type)
        return NULL;
    planned->type->enumeration = planned;
    vec_push(arena, &planner->package->enums, planned);
    return planned->type;
}

static bool plan_fields(struct planner *planner, struct c_record *planned,
                        const struct type_site *site)
{
    struct arena *arena = planner->arena;
    const struct ir_type *type = planned->ir;
    struct names scope = names_in(arena, planner->diags);
    bool ok = type->n_fields > 0;

    planned->n_fields = type->n_fields;
    planned->fields = arena_array(arena, struct c_field, type->n_fields);
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct ir_field *field = &type->fields[i];
        struct type_site inner = *site;
        struct claim claim = claim_of_type(planner, type);

        claim.what = quoted(arena, "attribute", field->name);
        inner.what = arena_printf(arena, "attribute \"%s\" of %s", field->name, type->sql_name);
        inner.column = NULL;
        inner.use = USE_READ_OPT | USE_BIND_OPT;
        planned->fields[i] = (struct c_field){
            .name = c_member(arena, plan_name(planner, type->schema, type->name, field->name)),
            .sql_name = field->name,
            .doc = field->comment,
            .type = plan_type(planner, field->type, &inner),
            .nullable = true,
        };
        ok = planned->fields[i].type && names_claim(&scope, planned->fields[i].name, claim) && ok;
    }
    return ok;
}

struct c_type *plan_record_type(struct planner *planner, const struct ir_type *type,
                                const struct type_site *site)
{
    struct arena *arena = planner->arena;
    struct c_record *planned = arena_new(arena, struct c_record);
    struct claim claim = claim_of_type(planner, type);
    enum c_form form = C_PLAIN;

    planned->ir = type;
    planned->stem = c_name(arena, plan_name(planner, type->schema, type->name, NULL));
    if (!plan_fields(planner, planned, site))
        return NULL;
    planned->name = plan_global(planner, planned->stem, claim);
    for (size_t i = 0; i < planned->n_fields; i++)
        if (planned->fields[i].type->form != C_PLAIN)
            form = C_BORROWS;
    if (!planned->name)
        return NULL;
    planned->type = declared_type(planner, planned->stem, planned->name, form, claim);
    if (!planned->type ||
        !plan_static(planner, arena_printf(arena, "%s_types", planned->stem), claim))
        return NULL;
    planned->type->record = planned;
    vec_push(arena, &planner->package->records, planned);
    return planned->type;
}

struct c_type *plan_range_type(struct planner *planner, const struct ir_type *type,
                               const struct type_site *site)
{
    struct arena *arena = planner->arena;
    struct c_range *planned = arena_new(arena, struct c_range);
    const char *stem = c_name(arena, plan_name(planner, type->schema, type->name, NULL));
    struct claim claim = claim_of_type(planner, type);
    struct type_site inner = *site;

    inner.what = arena_printf(arena, "the subtype of %s", type->sql_name);
    inner.column = NULL;
    inner.use = USE_READ | USE_BIND;
    planned->ir = type;
    planned->subtype = plan_type(planner, type->elem, &inner);
    if (!planned->subtype)
        return NULL;
    planned->name = plan_global(planner, stem, claim);
    if (!planned->name)
        return NULL;
    planned->type = declared_type(planner, stem, planned->name,
                                  planned->subtype->form == C_PLAIN ? C_PLAIN : C_BORROWS, claim);
    if (!planned->type)
        return NULL;
    planned->type->range = planned;
    vec_push(arena, &planner->package->ranges, planned);
    return planned->type;
}

struct c_type *plan_custom_type(struct planner *planner, const struct ir_type *type,
                                const struct ir_override *override, const struct type_site *site)
{
    struct arena *arena = planner->arena;
    struct c_custom *planned = arena_new(arena, struct c_custom);
    struct claim claim = {.what = quoted(arena, "the override type", override->c_type),
                          .hint = "rename one of them",
                          .at = site->at};

    planned->override = override;
    planned->wire = plan_wire_type(planner, type, site);
    planned->stem = c_name(arena, override->c_type);
    if (!planned->wire)
        return NULL;
    if (planned->wire->record || planned->wire->element) {
        diag_error(planner->diags, "PL507", site->at,
                   "%s has type %s: an override of arrays and composites is not supported",
                   site->what, type->sql_name);
        return NULL;
    }
    planned->type = declared_type(planner, planned->stem, override->c_type,
                                  planned->wire->form == C_PLAIN ? C_PLAIN : C_BORROWS, claim);
    if (!planned->type)
        return NULL;
    planned->type->custom = planned;
    vec_push(arena, &planner->package->customs, planned);
    return planned->type;
}
