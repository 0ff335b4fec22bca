/* SQL types → C types. Base and range types are rows of types.def; an array of anything has the
 * shape of the runtime's arrays; a domain is what it is over. What needs a declaration of its own
 * is left to plan_declared.c.
 */
#include "emit/planner.h"

#include <string.h>

#define PLAIN C_PLAIN, false
#define FIXED C_PLAIN, true
#define BORROWS C_BORROWS, false
#define POINTER C_POINTER, false

struct base_type {
    const char *sql, *c, *suffix, *io;
    enum c_form form;
    bool is_fixed;
};

static const struct base_type base_types[] = {
#define TYPE(sql, c, suffix, form) {#sql, c, suffix, suffix, form},
#define TYPE_AS(sql, c, suffix, io, form) {#sql, c, suffix, io, form},
#include "emit/types.def"
#undef TYPE
#undef TYPE_AS
};

static const struct base_type *find_base(const char *name)
{
    for (size_t i = 0; i < sizeof base_types / sizeof *base_types; i++)
        if (name_eq(base_types[i].sql, name))
            return &base_types[i];
    return NULL;
}

const char *quoted(struct arena *arena, const char *what, const char *name)
{
    return arena_printf(arena, "%s \"%s\"", what, name);
}

/* "orders.class" or "public.orders.class". */
static bool matches(const char *pattern, const char *schema, const char *object, const char *part)
{
    size_t schema_len = strlen(schema), object_len = strlen(object);

    if (strncmp(pattern, schema, schema_len) == 0 && pattern[schema_len] == '.' &&
        matches(pattern + schema_len + 1, "", object, part))
        return true;
    if (strncmp(pattern, object, object_len) != 0)
        return false;
    pattern += object_len;
    return part ? *pattern == '.' && name_eq(pattern + 1, part) : *pattern == '\0';
}

/* Whether a schema has a table or type of the name, too; then that of public keeps it. */
static bool is_in_other_schema(const struct planner *planner, const char *schema,
                               const char *object)
{
    const struct ir_package *ir = planner->ir;

    if (!*schema || strcmp(schema, "public") == 0)
        return false;
    for (size_t i = 0; i < ir->n_tables; i++)
        if (strcmp(ir->tables[i]->name, object) == 0 && strcmp(ir->tables[i]->schema, schema) != 0)
            return true;
    for (size_t i = 0; i < ir->n_types; i++)
        if (strcmp(ir->types[i]->name, object) == 0 && strcmp(ir->types[i]->schema, schema) != 0)
            return true;
    return false;
}

const char *plan_name(struct planner *planner, const char *schema, const char *object,
                      const char *part)
{
    for (size_t i = 0; i < planner->settings->n_renames; i++) {
        const struct ir_rename *rename = &planner->settings->renames[i];
        if (matches(rename->from, schema, object, part)) {
            planner->used_renames[i] = true;
            return rename->to;
        }
    }
    if (!part && is_in_other_schema(planner, schema, object))
        return arena_printf(planner->arena, "%s_%s", schema, object);
    return part ? part : object;
}

bool plan_static(struct planner *planner, const char *name, struct claim claim)
{
    return names_claim(&planner->names, name, claim);
}

const char *plan_global(struct planner *planner, const char *stem, struct claim claim)
{
    const char *name = arena_printf(planner->arena, "%s_%s", planner->package->name, stem);

    return plan_static(planner, name, claim) ? name : NULL;
}

static struct c_type *no_c_form(struct planner *planner, const struct ir_type *type,
                                const struct type_site *site)
{
    struct diag *diag =
        diag_error(planner->diags, "PL502", site->at, "%s has type %s, which has no C form",
                   site->what, type->sql_name);

    if (name_eq(type->name, "void"))
        diag_hint(planner->diags, diag, "use :exec for a function that returns nothing");
    else if (type->kind == IR_PSEUDO)
        diag_hint(planner->diags, diag, "select its fields, or cast it to a named type");
    else
        diag_hint(planner->diags, diag, "cast it to text, or give the type an override");
    return NULL;
}

/* Whether the runtime has binds of its own for parameters and for columns of a COPY. */
static bool has_own_bind(const struct base_type *base)
{
    return base->is_fixed || name_eq(base->io, "text") || name_eq(base->io, "bytes");
}

static struct c_type *base_type(struct planner *planner, const struct ir_type *type,
                                const struct type_site *site)
{
    const struct base_type *base = find_base(type->name);
    struct arena *arena = planner->arena;
    struct c_type *planned = arena_new(arena, struct c_type);

    if (!base)
        return no_c_form(planner, type, site);
    *planned = (struct c_type){
        .form = base->form,
        .decl = base->c,
        .opt = arena_printf(arena, "tenon_opt_%s", base->suffix),
        .array = arena_printf(arena, "tenon_%s_array", base->suffix),
        .opt_array = arena_printf(arena, "tenon_opt_%s_array", base->suffix),
        .read =
            arena_printf(arena, "tenon__read_%s", name_eq(base->io, "cidr") ? "inet" : base->io),
        .read_opt = arena_printf(arena, "tenon__read_opt_%s",
                                 name_eq(base->io, "cidr") ? "inet" : base->io),
        .bind = arena_printf(arena, "tenon__bind_%s", base->io),
        .bind_opt = arena_printf(arena, "tenon__bind_opt_%s", base->io),
        .array_io = base->io,
        .suffix = base->suffix,
        .own_bind = has_own_bind(base) ? base->io : NULL,
        .is_stray = name_eq(base->suffix, "text")
                        ? NULL
                        : arena_printf(arena, "tenon__is_stray_%s", base->suffix),
        .extra = "",
    };
    if (str_ends_with(str_from(base->suffix), "_multirange"))
        planned->array = NULL;
    return planned;
}

uint32_t c_wire_oid(const struct ir_type *type)
{
    const struct ir_type *base = type;

    while (base->kind == IR_DOMAIN && base->elem)
        base = base->elem;
    if (name_eq(base->name, "citext"))
        return 25;
    switch (base->oid) {
    case 19:   /* name */
    case 25:   /* text */
    case 1042: /* bpchar */
    case 1043: /* varchar */
        return base->oid;
    default:
        return type->oid;
    }
}

static struct c_type *array_type(struct planner *planner, const struct ir_type *type,
                                 const struct type_site *site)
{
    struct arena *arena = planner->arena;
    struct type_site inner = *site;
    struct c_type *planned = arena_new(arena, struct c_type);
    struct c_type *element;

    inner.column = NULL;
    inner.use = USE_ARRAY;
    element = plan_type(planner, type->elem, &inner);
    if (!element)
        return NULL;
    if (!element->array)
        return no_c_form(planner, type, site);
    *planned = (struct c_type){
        .form = C_BORROWS,
        .decl = element->array,
        .opt = element->opt_array,
        .read = arena_printf(arena, "tenon__read_%s_array", element->array_io),
        .read_opt = arena_printf(arena, "tenon__read_opt_%s_array", element->array_io),
        .bind = arena_printf(arena, "tenon__bind_%s_array", element->array_io),
        .bind_opt = arena_printf(arena, "tenon__bind_opt_%s_array", element->array_io),
        .extra = arena_printf(arena, ", %u", (unsigned)c_wire_oid(type->elem)),
        .is_stray = element->suffix
                        ? arena_printf(arena, "tenon__is_stray_%s_array", element->suffix)
                        : NULL,
        .element = element,
    };
    return planned;
}

static struct c_type *new_type(struct planner *planner, const struct ir_type *type,
                               const struct ir_override *override, const struct type_site *site)
{
    if (override)
        return plan_custom_type(planner, type, override, site);
    if (type->elem && (type->kind == IR_ARRAY || str_ends_with(str_from(type->name), "vector")))
        return array_type(planner, type, site);
    switch (type->kind) {
    case IR_RANGE:
        return type->elem && !find_base(type->name) ? plan_range_type(planner, type, site)
                                                    : base_type(planner, type, site);
    case IR_BASE:
    case IR_MULTIRANGE:
    case IR_PSEUDO:
        return base_type(planner, type, site);
    case IR_ENUM:
        return plan_enum_type(planner, type, site);
    case IR_COMPOSITE:
        return plan_record_type(planner, type, site);
    case IR_ARRAY:
    case IR_DOMAIN:
        break;
    }
    return no_c_form(planner, type, site);
}

/* The type as it is, or as the override has it; made once. What is wrong with a declaration is said
 * once, what has no C form at every place. */
static struct c_type *intern(struct planner *planner, const struct ir_type *type,
                             const struct ir_override *override, const struct type_site *site)
{
    struct known_type known = {type, override, NULL};

    for (size_t i = 0; i < planner->types.n; i++) {
        struct known_type *old = &planner->types.items[i];
        if (old->ir == type && old->override == override) {
            if (old->type)
                old->type->uses |= site->use;
            return old->type;
        }
    }
    known.type = new_type(planner, type, override, site);
    if (known.type)
        known.type->uses |= site->use;
    if (known.type || type->kind == IR_ENUM || type->kind == IR_COMPOSITE || type->kind == IR_RANGE)
        vec_push(planner->arena, &planner->types, known);
    return known.type;
}

/* An override of the column goes before one of its type. */
static const struct ir_override *find_override(struct planner *planner, const struct ir_type *type,
                                               const char *column)
{
    const struct ir_override *overrides = planner->settings->overrides, *found = NULL;

    for (size_t i = 0; i < planner->settings->n_overrides; i++) {
        const struct ir_override *override = &overrides[i];
        if (column &&
            (name_eq(override->match, column) ||
             (str_ends_with(str_from(column), override->match) && strchr(override->match, '.') &&
              column[strlen(column) - strlen(override->match) - 1] == '.'))) {
            planner->used_overrides[i] = true;
            return override;
        }
        if (!found && (matches(override->match, type->schema, type->name, NULL) ||
                       name_eq(override->match, type->sql_name)))
            found = override;
    }
    if (found)
        planner->used_overrides[found - overrides] = true;
    return found;
}

struct c_type *plan_wire_type(struct planner *planner, const struct ir_type *type,
                              const struct type_site *site)
{
    return intern(planner, type, NULL, site);
}

/* An override may leave out the direction that no query goes. */
static bool check_override(struct planner *planner, const struct ir_override *override,
                           const struct type_site *site)
{
    const char *missing = NULL;

    if (!override->decode && site->use & (USE_READ | USE_READ_OPT | USE_ARRAY))
        missing = "decode";
    if (!override->encode && site->use & (USE_BIND | USE_BIND_OPT | USE_ARRAY))
        missing = "encode";
    if (missing)
        diag_error(planner->diags, "PL508", site->at,
                   "%s needs the override of %s, which has no %s function", site->what,
                   override->match, missing);
    return !missing;
}

struct c_type *plan_type(struct planner *planner, const struct ir_type *type,
                         const struct type_site *site)
{
    const struct ir_override *override = find_override(planner, type, site->column);

    while (!override && type->kind == IR_DOMAIN && type->elem) {
        type = type->elem;
        override = find_override(planner, type, NULL);
    }
    while (type->kind == IR_DOMAIN && type->elem)
        type = type->elem;
    return !override || check_override(planner, override, site)
               ? intern(planner, type, override, site)
               : NULL;
}
