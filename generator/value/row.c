/* Row literals: (a,"b",) with an empty field for NULL (record_in). */
#include "value/literal.h"

#include "support/buf.h"

static _Noreturn void malformed(const struct literal *literal)
{
    literal_malformed(literal, "record");
}

/* The next field; NULL for an empty one. *s stops at the comma or parenthesis after it. */
static const char *read_field(const struct literal *literal, const char **s)
{
    struct buf text = buf_in(literal->input->arena);
    bool in_quotes = false;
    if (**s == ',' || **s == ')')
        return NULL;
    for (; in_quotes || (**s != ',' && **s != ')'); (*s)++) {
        if (**s == '"') {
            bool is_doubled = in_quotes && (*s)[1] == '"';
            in_quotes = is_doubled || !in_quotes;
            if (!is_doubled)
                continue;
            ++*s;
        } else if (**s == '\\') {
            ++*s;
        }
        if (!**s)
            malformed(literal);
        buf_addc(&text, **s);
    }
    return buf_text(&text);
}

void literal_check_row(const struct literal *literal, const struct relation *relation)
{
    const char *s = literal_skip_spaces(literal->text);
    bool is_first = true;
    if (!relation)
        return;
    if (*s++ != '(')
        malformed(literal);
    for (size_t i = 0; i < relation->attributes.n; i++) {
        const struct attribute *attribute = &relation->attributes.items[i];
        if (attribute->is_dropped)
            continue;
        if (!is_first && *s++ != ',')
            malformed(literal);
        is_first = false;
        const char *text = read_field(literal, &s);
        literal_check_part(literal, attribute->type, attribute->typmod, text);
    }
    if (*s++ != ')' || *literal_skip_spaces(s))
        malformed(literal);
}
