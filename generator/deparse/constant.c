/* Literals. The server keeps a value and prints what the type's output function makes of it; here
 * the text as written is kept. Numbers and booleans are brought into the form of their output
 * functions, and so are dates and times; of other types the text stays, which is read as the same
 * value again. Three kinds of text do not: what means the time at which it is read is refused, a
 * relation's name is looked up by its OID, and a label of an enum is called as it is now.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "catalog/label.h"
#include "deparse/number.h"
#include "deparse/writer.h"
#include "value/value.h"

/* --- Bits ------------------------------------------------------------------------------------- */

/* b101 and x1f, as the lexer leaves them. */
static const char *bits_of(struct writer *writer, const char *text)
{
    static const char *const nibbles[] = {"0000", "0001", "0010", "0011", "0100", "0101",
                                          "0110", "0111", "1000", "1001", "1010", "1011",
                                          "1100", "1101", "1110", "1111"};
    struct buf bits = buf_in(writer->arena);

    if (text[0] == 'b')
        return text + 1;
    for (const char *c = text + 1; *c; c++)
        buf_adds(&bits, nibbles[strtol((char[]){*c, '\0'}, NULL, 16)]);
    return buf_text(&bits);
}

/* --- Booleans --------------------------------------------------------------------------------- */

/* As the input function reads it: any start of true, yes, on; 1. */
static bool is_true(const char *text)
{
    text += strspn(text, " \t\n\r\f\v");
    return *text == '1' || strchr("tTyY", *text) || strncasecmp(text, "on", 2) == 0;
}

/* --- What may mean something else when it is read again --------------------------------------- */

static bool may_hold_times(const struct writer *writer, oid id)
{
    const oid base = catalog_base_type(writer->catalog, id, NULL);
    const struct type *type = catalog_get_type(writer->catalog, base);
    const oid element = catalog_element_type(writer->catalog, base);

    if (!type)
        return false;
    if (element)
        return may_hold_times(writer, element);
    if (type->range_subtype)
        return type->typtype == 'm' || may_hold_times(writer, type->range_subtype);
    return type->typtype == 'c' || (type->category == 'D' && type->oid < FIRST_USER_OID);
}

static bool has_word(const char *text, const char *word)
{
    const size_t len = strlen(word);

    for (; *text; text++)
        if (strncasecmp(text, word, len) == 0)
            return true;
    return false;
}

static bool means_the_moment(const struct writer *writer, oid type, const char *text)
{
    static const char *const words[] = {"now", "today", "tomorrow", "yesterday"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (has_word(text, words[i]))
            return may_hold_times(writer, type);
    return false;
}

static bool is_label(const struct type *type, const char *text)
{
    for (size_t i = 0; i < type->n_labels; i++)
        if (strcmp(type->labels[i], text) == 0)
            return true;
    return false;
}

static void check_text(struct writer *writer, oid id, const char *text)
{
    const struct type *type = catalog_get_type(writer->catalog, id);

    if (means_the_moment(writer, id, text))
        write_refuse(writer, arena_printf(writer->arena, "the moment that '%s' meant", text));
    if (type && type->typtype == 'e' && !is_label(type, text))
        write_refuse(writer, arena_printf(writer->arena,
                                          "'%s', which is no label of its type any more", text));
}

/* --- Labels of enums -------------------------------------------------------------------------- */

/* The text of an element of an array up to its end, without quotes and the spaces behind it. */
static const char *read_element(struct writer *writer, const char **at)
{
    struct buf element = buf_in(writer->arena);
    bool is_quoted = false;
    size_t len = 0;

    for (; **at && (is_quoted || !strchr(",{}", **at)); ++*at) {
        const bool is_space = **at == ' ' && !is_quoted;
        if (**at == '"')
            is_quoted = !is_quoted;
        else if (**at == '\\' && (*at)[1])
            buf_addc(&element, *++*at);
        else
            buf_addc(&element, **at);
        if (!is_space)
            len = element.len;
    }
    return arena_strndup(writer->arena, buf_text(&element), len);
}

static void add_element(struct buf *out, const char *element)
{
    const bool is_plain =
        *element && !strpbrk(element, " ,{}\"\\") && strcasecmp(element, "null") != 0;

    if (!is_plain)
        buf_addc(out, '"');
    for (; *element; element++) {
        if (*element == '"' || *element == '\\')
            buf_addc(out, '\\');
        buf_addc(out, *element);
    }
    if (!is_plain)
        buf_addc(out, '"');
}

/* NULL is the only element without quotes that is no label. */
static const char *array_labels_now(struct writer *writer, const struct type *type,
                                    const char *text, unsigned age)
{
    struct buf out = buf_in(writer->arena);

    while (*text && *text != '{') /* bounds */
        buf_addc(&out, *text++);
    while (*text)
        if (strchr(",{} ", *text)) {
            if (*text != ' ')
                buf_addc(&out, *text);
            text++;
        } else if (strncasecmp(text, "null", 4) == 0 && strchr(",} ", text[4])) {
            buf_adds(&out, "NULL");
            text += 4;
        } else {
            add_element(&out, type_label_now(type, read_element(writer, &text), age));
        }
    return buf_text(&out);
}

/* Labels that were renamed are called as they are now. */
static const char *labels_now(struct writer *writer, const struct expr *constant)
{
    const char *text = constant->u.constant.text;
    const struct type *type = catalog_get_type(writer->catalog, constant->type);
    const struct type *element =
        type && type->elem ? catalog_get_type(writer->catalog, type->elem) : NULL;

    if (type && type->typtype == 'e')
        return type_label_now(type, text, constant->u.constant.label_age);
    if (element && element->typtype == 'e' && element->renamings.n > 0)
        return array_labels_now(writer, element, text, constant->u.constant.label_age);
    return text;
}

/* What is the server's needs no schema. */
static const char *without_catalog(const char *name)
{
    static const char schema[] = "pg_catalog.";

    return strncmp(name, schema, sizeof schema - 1) == 0 ? name + sizeof schema - 1 : name;
}

/* What the output function of the type prints, as far as it is known. */
static const char *output_of(struct writer *writer, const struct expr *constant)
{
    const char *text = constant->u.constant.text;

    if (constant->u.constant.literal == 'b')
        return bits_of(writer, text);
    switch (constant->type) {
    case REGCLASSOID:
    case REGTYPEOID:
    case REGPROCOID:
    case REGPROCEDUREOID:
    case REGOPEROID:
    case REGOPERATOROID:
    case REGNAMESPACEOID:
    case REGCOLLATIONOID:
        return object_literal(writer, constant);
    case REGCONFIGOID:
    case REGDICTIONARYOID:
        return constant->u.constant.object ? object_literal(writer, constant)
                                           : without_catalog(text);
    case BOOLOID:
        return is_true(text) ? "true" : "false";
    case INT2OID:
    case INT4OID:
    case INT8OID:
        return number_integer(writer->arena, text);
    case NUMERICOID:
        return number_numeric(writer->arena, text);
    case FLOAT4OID:
    case FLOAT8OID:
        return number_float(writer->arena, text, constant->type == FLOAT4OID);
    default:
        text = labels_now(writer, constant);
        check_text(writer, constant->type, text);
        return value_output(writer->arena, writer->catalog, constant->type, text);
    }
}

/* --- The text --------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether the text of a number is read as a value of its type without quotes. */
static bool is_plain(oid type, const char *text)
{
    switch (type) {
    case BOOLOID:
        return true;
    case INT4OID:
        return text[0] != '-';
    case NUMERICOID:
        return is_digit(text[0]) && strpbrk(text, "eE.");
    default:
        return false;
    }
}

static bool needs_label(const struct expr *constant, bool is_plain_text)
{
    if (constant->type == UNKNOWNOID)
        return false;
    return !is_plain_text || (constant->type == NUMERICOID && constant->typmod >= 0);
}

static void write_label(struct writer *writer, const struct expr *constant)
{
    write_text(writer, "::");
    write_type(writer, constant->type, constant->typmod);
}

static void write_null(struct writer *writer, const struct expr *constant, enum literal_label label)
{
    write_text(writer, "NULL");
    if (label != LABEL_NEVER)
        write_label(writer, constant);
}

void write_constant(struct writer *writer, const struct expr *constant, enum literal_label label)
{
    const char *text;
    bool plain;

    if (constant->u.constant.is_null) {
        write_null(writer, constant, label);
        return;
    }
    text = output_of(writer, constant);
    plain = is_plain(constant->type, text);
    if (plain)
        write_text(writer, text);
    else
        write_string(writer, text);
    if (label == LABEL_ALWAYS || (label == LABEL_NEEDED && needs_label(constant, plain)))
        write_label(writer, constant);
}
