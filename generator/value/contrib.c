/* Input functions of contrib's types, by name: which checker, and hstore (hstore_io.c), which reads
 * words with one function that is told whether a `=` or a comma ends them.
 */
#include "value/contrib.h"

#include <string.h>

#include "catalog/catalog.h"

/* Types that only indexes hold. */
static void refuse_index_key(const struct literal *literal)
{
    const struct type *type = catalog_get_type(literal->input->catalog, literal->type);
    if (strcmp(type->input, "ghstore_in") == 0)
        literal_fail(literal, "XX000", "Not implemented");
    if (strcmp(type->input, "gtrgm_in") == 0)
        literal_fail(literal, "XX000", "not implemented");
    if (strncmp(type->input, "gbtreekey", 9) == 0)
        literal_fail(literal, "0A000", "<datatype>key_in() not implemented");
    literal_fail(literal, "0A000", "%s() not implemented", type->input);
}

static const struct {
    const char *function;
    literal_checker *check;
} inputs[] = {
    {"hstore_in", literal_check_hstore},    {"ltree_in", literal_check_ltree},
    {"lquery_in", literal_check_lquery},    {"ltxtq_in", literal_check_ltxtquery},
    {"bqarr_in", literal_check_query_int},  {"cube_in", literal_check_cube},
    {"seg_in", literal_check_seg},          {"ean13_in", literal_check_ean13},
    {"isbn_in", literal_check_isbn},        {"isbn13_in", literal_check_isbn},
    {"ismn_in", literal_check_ismn},        {"ismn13_in", literal_check_ismn},
    {"issn_in", literal_check_issn},        {"issn13_in", literal_check_issn},
    {"upc_in", literal_check_upc},          {"ghstore_in", refuse_index_key},
    {"gtrgm_in", refuse_index_key},         {"ltree_gist_in", refuse_index_key},
    {"_intbig_in", refuse_index_key},       {"gbtreekey2_in", refuse_index_key},
    {"gbtreekey4_in", refuse_index_key},    {"gbtreekey8_in", refuse_index_key},
    {"gbtreekey16_in", refuse_index_key},   {"gbtreekey32_in", refuse_index_key},
    {"gbtreekey_var_in", refuse_index_key},
};

literal_checker *literal_contrib_checker(const char *input_function)
{
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        if (strcmp(inputs[i].function, input_function) == 0)
            return inputs[i].check;
    return NULL;
}

bool literal_is_alnum(char c)
{
    return literal_is_alpha(c) || literal_is_digit(c) || (unsigned char)c >= 0x80;
}

size_t literal_char_len(const char *s)
{
    size_t len = 1;
    while (((unsigned char)s[len] & 0xC0) == 0x80)
        len++;
    return len;
}

/* --- hstore -------------------------------------------------------------------------------- */

struct hstore {
    const struct literal *literal;
    const char *at;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static _Noreturn void bad_character(const struct hstore *hstore)
{
    literal_fail(hstore->literal, "XX000", "Syntax error near \"%.*s\" at position %d",
                 (int)literal_char_len(hstore->at), hstore->at,
                 (int)(hstore->at - hstore->literal->text));
}

static _Noreturn void bad_end(const struct hstore *hstore)
{
    literal_fail(hstore->literal, "XX000", "Unexpected end of string");
}

/* After a backslash comes any character. */
static void skip_escaped(struct hstore *hstore)
{
    if (!hstore->at[1])
        bad_end(hstore);
    hstore->at += 2;
}

static void read_quoted_word(struct hstore *hstore)
{
    for (hstore->at++; *hstore->at != '"';) {
        if (!*hstore->at)
            bad_end(hstore);
        if (*hstore->at == '\\')
            skip_escaped(hstore);
        else
            hstore->at++;
    }
    hstore->at++;
}

/* A key ends at `=`, a value at a comma; false at the end of the text. */
static bool read_word(struct hstore *hstore, char end)
{
    while (is_blank(*hstore->at))
        hstore->at++;
    if (!*hstore->at)
        return false;
    if (*hstore->at == '"') {
        read_quoted_word(hstore);
        return true;
    }
    if (*hstore->at == '=' && end == '=')
        bad_character(hstore);
    /* The first character of a value may be a comma. */
    for (bool is_first = true;
         *hstore->at && ((*hstore->at != end && !is_blank(*hstore->at)) || is_first);
         is_first = false) {
        if (*hstore->at == '\\')
            skip_escaped(hstore);
        else
            hstore->at++;
    }
    return true;
}

static void read_arrow(struct hstore *hstore)
{
    while (is_blank(*hstore->at))
        hstore->at++;
    for (const char *arrow = "=>"; *arrow; arrow++, hstore->at++) {
        if (!*hstore->at)
            bad_end(hstore);
        if (*hstore->at != *arrow)
            bad_character(hstore);
    }
}

void literal_check_hstore(const struct literal *literal)
{
    struct hstore hstore = {literal, literal->text};
    while (read_word(&hstore, '=')) {
        read_arrow(&hstore);
        if (!read_word(&hstore, ','))
            bad_end(&hstore);
        while (is_blank(*hstore.at))
            hstore.at++;
        if (*hstore.at && *hstore.at != ',')
            bad_character(&hstore);
        hstore.at += *hstore.at == ',';
    }
}
