/* Facts about types that follow from the catalog: base and element types, binary coercibility, and
 * the default operators for sorting and grouping (lookup_type_cache, GetDefaultOpClass).
 */
#include "catalog/store.h"

#include <string.h>

oid catalog_base_type(const struct catalog *catalog, oid id, int32_t *typmod)
{
    const struct type *type = catalog_get_type(catalog, id);

    while (type && type->typtype == 'd') {
        if (typmod)
            *typmod = type->typmod;
        id = type->base_type;
        type = catalog_get_type(catalog, id);
    }
    return id;
}

enum type_family catalog_type_family(oid type)
{
    switch (type) {
    case ANYELEMENTOID:
    case ANYARRAYOID:
    case ANYNONARRAYOID:
    case ANYENUMOID:
    case ANYRANGEOID:
    case ANYMULTIRANGEOID:
        return FAMILY_ELEMENT;
    case ANYCOMPATIBLEOID:
    case ANYCOMPATIBLEARRAYOID:
    case ANYCOMPATIBLENONARRAYOID:
    case ANYCOMPATIBLERANGEOID:
    case ANYCOMPATIBLEMULTIRANGEOID:
        return FAMILY_COMPATIBLE;
    default:
        return FAMILY_NONE;
    }
}

oid catalog_element_type(const struct catalog *catalog, oid id)
{
    const struct type *type = catalog_get_type(catalog, id);

    return type && type->subscript == ARRAY_SUBSCRIPT_HANDLER ? type->elem : 0;
}

oid catalog_array_type(const struct catalog *catalog, oid id)
{
    const struct type *type = catalog_get_type(catalog, id);

    return type ? type->array : 0;
}

const struct relation *catalog_type_relation(const struct catalog *catalog, oid id)
{
    const struct type *type = catalog_get_type(catalog, catalog_base_type(catalog, id, NULL));

    return type && type->typtype == 'c' ? catalog_get_relation(catalog, type->relid) : NULL;
}

static char typtype_of(const struct catalog *catalog, oid id)
{
    const struct type *type = catalog_get_type(catalog, id);

    return type ? type->typtype : 0;
}

/* The pseudo-types that stand for a whole kind of types. */
static bool is_of_pseudo_type(const struct catalog *catalog, oid source, oid pseudo)
{
    oid element = catalog_element_type(catalog, source);

    switch (pseudo) {
    case ANYARRAYOID:
    case ANYCOMPATIBLEARRAYOID:
        return element != 0;
    case ANYNONARRAYOID:
    case ANYCOMPATIBLENONARRAYOID:
        return element == 0;
    case ANYENUMOID:
        return typtype_of(catalog, source) == 'e';
    case ANYRANGEOID:
    case ANYCOMPATIBLERANGEOID:
        return typtype_of(catalog, source) == 'r';
    case ANYMULTIRANGEOID:
    case ANYCOMPATIBLEMULTIRANGEOID:
        return typtype_of(catalog, source) == 'm';
    case RECORDOID:
        return catalog_type_relation(catalog, source) != NULL;
    case RECORDARRAYOID:
        return element != 0 && catalog_type_relation(catalog, element) != NULL;
    default:
        return false;
    }
}

bool catalog_is_binary_coercible(const struct catalog *catalog, oid source, oid target)
{
    const struct cast *cast;

    if (source == target || target == ANYOID || target == ANYELEMENTOID ||
        target == ANYCOMPATIBLEOID)
        return true;
    source = catalog_base_type(catalog, source, NULL);
    if (source == target || is_of_pseudo_type(catalog, source, target))
        return true;
    cast = catalog_find_cast(catalog, source, target);
    return cast && cast->method == 'b' && cast->context == 'i';
}

/* Picks among the default classes of a method: the type's own, else the one that takes it as it is,
 * of preferred type first. */
struct class_choice {
    const struct operator_class *exact, *preferred, *compatible;
    int n_preferred, n_compatible;
};

static void consider_class(const struct catalog *catalog, struct class_choice *choice,
                           const struct type *type, const struct operator_class *candidate)
{
    const struct type *input;

    if (candidate->type == type->oid) {
        choice->exact = candidate;
    } else if (!choice->exact && catalog_is_binary_coercible(catalog, type->oid, candidate->type)) {
        input = catalog_get_type(catalog, candidate->type);
        if (input && input->is_preferred && input->category == type->category) {
            choice->preferred = candidate;
            choice->n_preferred++;
        } else {
            choice->compatible = candidate;
            choice->n_compatible++;
        }
    }
}

/* method: its letter, or 0 for the method of the name. */
static bool is_default_of(const struct operator_class *class, char method, const char *name)
{
    return class->is_default && class->type && class->method == method &&
           (method || strcmp(class->method_name, name) == 0);
}

static const struct operator_class *
find_class(const struct catalog *catalog, const struct type *type, char method, const char *name)
{
    struct class_choice choice = {0};
    size_t n;
    const struct operator_class *builtin = builtin_operator_classes(&n);

    for (size_t i = 0; i < n; i++)
        if (is_default_of(&builtin[i], method, name) &&
            releases_have(builtin[i].releases, catalog->release))
            consider_class(catalog, &choice, type, &builtin[i]);
    for (size_t i = 0; i < catalog->operator_classes.n; i++)
        if (is_default_of(catalog->operator_classes.items[i], method, name))
            consider_class(catalog, &choice, type, catalog->operator_classes.items[i]);
    if (choice.exact)
        return choice.exact;
    if (choice.n_preferred == 1)
        return choice.preferred;
    return choice.n_preferred == 0 && choice.n_compatible == 1 ? choice.compatible : NULL;
}

char catalog_method_letter(const char *method)
{
    static const struct {
        const char *name;
        char letter;
    } methods[] = {{"btree", 'b'}, {"hash", 'h'},   {"gist", 'i'},
                   {"gin", 'n'},   {"spgist", 's'}, {"brin", 'r'}};

    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i].name, method) == 0)
            return methods[i].letter;
    return 0;
}

const struct operator_class *catalog_default_class(const struct catalog *catalog, oid id,
                                                   const char *method)
{
    const struct type *type = catalog_get_type(catalog, catalog_base_type(catalog, id, NULL));

    return type ? find_class(catalog, type, catalog_method_letter(method), method) : NULL;
}

/* An array or composite has an operator only if what it is made of has. */
static void restrict_to_part(const struct catalog *catalog, struct operator_class *operators,
                             oid part)
{
    struct operator_class of_part = catalog_default_operators(catalog, part);

    if (!of_part.equal)
        operators->equal = 0;
    if (!of_part.less)
        operators->less = 0;
    if (!of_part.greater)
        operators->greater = 0;
}

struct operator_class catalog_default_operators(const struct catalog *catalog, oid id)
{
    const struct type *type = catalog_get_type(catalog, catalog_base_type(catalog, id, NULL));
    const struct operator_class *btree, *hash = NULL;
    struct operator_class operators = {.type = id};
    const struct relation *relation;

    if (!type)
        return operators;
    btree = find_class(catalog, type, 'b', NULL);
    if (btree)
        operators = *btree;
    if (!operators.equal)
        hash = find_class(catalog, type, 'h', NULL);
    if (hash)
        operators.equal = hash->equal;
    operators.type = id;
    if (btree && btree->type == ANYARRAYOID)
        restrict_to_part(catalog, &operators, catalog_element_type(catalog, type->oid));
    relation = btree && btree->type == RECORDOID ? catalog_type_relation(catalog, id) : NULL;
    for (size_t i = 0; relation && i < relation->attributes.n; i++)
        if (!relation->attributes.items[i].is_dropped)
            restrict_to_part(catalog, &operators, relation->attributes.items[i].type);
    return operators;
}

const char *function_input_name(const struct function *function, size_t input)
{
    if (!function->arg_names)
        return "";
    for (size_t i = 0, n = 0; function->n_all_args && i < function->n_all_args; i++)
        if (strchr("ibv", function->arg_modes[i]) && n++ == input)
            return function->arg_names[i];
    return function->n_all_args ? "" : function->arg_names[input];
}

struct index *relation_constraint_index(const struct relation *relation,
                                        const struct constraint *constraint)
{
    if (constraint->kind == CONSTRAINT_CHECK || constraint->kind == CONSTRAINT_FOREIGN)
        return NULL;
    for (size_t i = 0; i < relation->indexes.n; i++)
        if (strcmp(relation->indexes.items[i]->name, constraint->name) == 0)
            return relation->indexes.items[i];
    return NULL;
}
