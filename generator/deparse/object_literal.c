/* Literals that name objects: the object's name of today, as regclassout and its kin print it.
 * Where the analysis has not found the object, the name may be another's by now.
 */
#include <string.h>

#include "deparse/writer.h"

static const char *quoted(struct writer *writer, const char *name)
{
    return catalog_quote_identifier(writer->arena, name);
}

static const char *with_schema(struct writer *writer, oid namespace_oid, const char *name,
                               bool is_visible)
{
    const struct namespace *namespace = catalog_get_namespace(writer->catalog, namespace_oid);

    if (is_visible)
        return quoted(writer, name);
    return arena_printf(writer->arena, "%s.%s", quoted(writer, namespace->name),
                        quoted(writer, name));
}

static const char *relation_name(struct writer *writer, oid id)
{
    const struct relation *relation = catalog_get_relation(writer->catalog, id);

    return relation ? relation_text(writer, relation) : NULL;
}

static const char *type_name(struct writer *writer, oid id)
{
    return catalog_get_type(writer->catalog, id)
               ? catalog_format_type(writer->catalog, writer->arena, id)
               : NULL;
}

static struct function_list namesakes(struct writer *writer, const struct function *function)
{
    return catalog_find_functions(writer->catalog, writer->arena, NULL, function->name);
}

/* Its name alone must mean no other. */
static const char *function_name(struct writer *writer, oid id)
{
    const struct function *function = catalog_get_function(writer->catalog, id);
    struct function_list found;

    if (!function)
        return NULL;
    found = namesakes(writer, function);
    return with_schema(writer, function->namespace_oid, function->name,
                       found.n == 1 && found.items[0]->oid == id);
}

static bool has_args_of(const struct function *a, const struct function *b)
{
    return a->n_args == b->n_args &&
           (a->n_args == 0 || memcmp(a->arg_types, b->arg_types, a->n_args * sizeof(oid)) == 0);
}

static bool is_visible(struct writer *writer, const struct function *function)
{
    struct function_list found = namesakes(writer, function);
    size_t i = 0;

    while (i < found.n && !has_args_of(found.items[i], function))
        i++;
    return i < found.n && found.items[i]->oid == function->oid;
}

/* name(type,type) */
static const char *procedure_name(struct writer *writer, oid id)
{
    const struct function *function = catalog_get_function(writer->catalog, id);
    struct buf text = buf_in(writer->arena);

    if (!function)
        return NULL;
    buf_adds(&text, with_schema(writer, function->namespace_oid, function->name,
                                is_visible(writer, function)));
    buf_addc(&text, '(');
    for (size_t i = 0; i < function->n_args; i++) {
        buf_adds(&text, i ? "," : "");
        buf_adds(&text, type_name(writer, function->arg_types[i]));
    }
    buf_addc(&text, ')');
    return buf_text(&text);
}

static const char *text_search_name(struct writer *writer, oid id)
{
    const struct other_object *other = catalog_get_other(writer->catalog, id);

    return other ? with_schema(writer, other->namespace_oid, other->name,
                               catalog_search_other(writer->catalog, other->class, NULL,
                                                    other->name, NULL) == other)
                 : NULL;
}

static const struct {
    oid type;
    const char *(*name)(struct writer *writer, oid id);
} kinds[] = {
    {REGCLASSOID, relation_name},     {REGTYPEOID, type_name},
    {REGPROCOID, function_name},      {REGPROCEDUREOID, procedure_name},
    {REGCONFIGOID, text_search_name}, {REGDICTIONARYOID, text_search_name},
};

static bool is_number(const char *text)
{
    return strcmp(text, "-") == 0 || strspn(text, "0123456789") == strlen(text);
}

const char *object_literal(struct writer *writer, const struct expr *constant)
{
    const char *text = constant->u.constant.text, *name = NULL;

    if (is_number(text))
        return text;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].type == constant->type && constant->u.constant.object)
            name = kinds[i].name(writer, constant->u.constant.object);
    if (name)
        return name;
    write_refuse(writer, arena_printf(writer->arena, "the object that '%s' named", text));
    return "";
}
