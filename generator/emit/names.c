/* Making C names. Conversion is total and says nothing about clashes; whoever puts names into a
 * scope claims them, and a second claim is the error.
 */
#include "emit/names.h"

#include <stdint.h>
#include <string.h>

/* Words of C11, C23 and C++17, and lower-case macros of their headers and of common compilers, with
 * a space around each. */
static const char reserved[] =
    " alignas alignof and and_eq asm assert auto bitand bitor bool break case catch char"
    " char16_t char32_t char8_t class co_await co_return co_yield compl complex concept"
    " const const_cast consteval constexpr constinit continue decltype default delete do"
    " double dynamic_cast else enum errno explicit export extern false float for friend"
    " goto i386 if imaginary inline int int16_t int32_t int64_t int8_t intmax_t intptr_t"
    " isfinite isinf isnan isnormal linux long mutable namespace new noexcept noreturn"
    " not not_eq nullptr offsetof operator or or_eq private protected ptrdiff_t public"
    " register reinterpret_cast requires restrict return setjmp short signbit signed"
    " size_t sizeof static static_assert static_cast stderr stdin stdout struct switch"
    " template this thread_local throw true try typedef typeid typename typeof"
    " typeof_unqual uint16_t uint32_t uint64_t uint8_t uintmax_t uintptr_t union unix"
    " unsigned using va_arg va_copy va_end va_start virtual void volatile wchar_t while"
    " xor xor_eq ";

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_lower(c) || is_upper(c) || is_digit(c);
}

static bool has_word(const char *name)
{
    for (; *name; name++)
        if (is_word(*name) || (unsigned char)*name >= 0x80)
            return true;
    return false;
}

/* Length of the UTF-8 sequence at s, and its code point; a stray byte stands for itself. */
static size_t code_point(const char *s, uint32_t *code)
{
    const unsigned char *u = (const unsigned char *)s;
    size_t n = *u < 0x80 ? 1 : *u < 0xE0 ? 2 : *u < 0xF0 ? 3 : 4;

    if (strnlen(s, n) < n || str_valid_utf8((str){s, n}) < n)
        n = 1;
    *code = n == 1 ? *u : *u & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++)
        *code = *code << 6 | (u[i] & 0x3F);
    return n;
}

/* The s of capitals: GetUsersByIDs, URLsOf. */
static bool is_plural(const char *s, size_t i)
{
    return s[i] == 's' && !is_lower(s[i + 1]);
}

/* Whether a new word starts at s[i]: "findOrder", "HTTPServer", "V2Order". */
static bool starts_word(const char *s, size_t i)
{
    if (i == 0 || !is_upper(s[i]))
        return false;
    return is_lower(s[i - 1]) || is_digit(s[i - 1]) ||
           (is_upper(s[i - 1]) && is_lower(s[i + 1]) && !is_plural(s, i + 1));
}

/* Parts two words; not at the start, and once only. */
static void add_underscore(struct buf *out)
{
    if (out->len > 0 && out->data[out->len - 1] != '_')
        buf_addc(out, '_');
}

/* Spells every character by its code point. */
static const char *spell(struct arena *arena, const char *name)
{
    struct buf out = buf_in(arena);

    while (*name) {
        uint32_t code;
        name += code_point(name, &code);
        buf_addf(&out, "u%04x", (unsigned)code);
    }
    return buf_text(&out);
}

const char *c_name(struct arena *arena, const char *sql_name)
{
    struct buf out = buf_in(arena);

    if (!*sql_name)
        return "empty";
    if (!has_word(sql_name))
        return spell(arena, sql_name);
    for (size_t i = 0; sql_name[i];) {
        char c = sql_name[i];
        uint32_t code;
        size_t len = code_point(sql_name + i, &code);

        if (starts_word(sql_name, i))
            add_underscore(&out);
        if (is_word(c))
            buf_addc(&out, (char)(is_upper(c) ? c - 'A' + 'a' : c));
        else if (code < 0x80)
            add_underscore(&out);
        else
            buf_addf(&out, "u%04x", (unsigned)code);
        i += len;
    }
    if (out.len > 0 && out.data[out.len - 1] == '_')
        out.data[--out.len] = '\0';
    return buf_text(&out);
}

static const char *word_of_sign(char sign)
{
    static const struct {
        char sign;
        const char *word;
    } words[] = {
        {'+', "plus"},    {'-', "minus"}, {'*', "star"},  {'/', "slash"},   {'<', "less"},
        {'>', "greater"}, {'=', "equal"}, {'!', "not"},   {'%', "percent"}, {'&', "and"},
        {'|', "or"},      {'#', "hash"},  {'@', "at"},    {'.', "dot"},     {',', "comma"},
        {'?', "query"},   {'~', "tilde"}, {'^', "caret"}, {'$', "dollar"},  {':', "colon"},
        {'(', "open"},    {')', "close"},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].sign == sign)
            return words[i].word;
    return NULL;
}

const char *c_name_in_words(struct arena *arena, const char *sql_name)
{
    struct buf words = buf_in(arena);

    for (const char *c = sql_name; *c; c++) {
        const char *word = word_of_sign(*c);

        if (word)
            buf_addf(&words, "_%s_", word);
        else
            buf_addc(&words, *c);
    }
    return c_name(arena, buf_text(&words));
}

bool c_is_reserved(const char *name)
{
    size_t len = strlen(name);

    for (const char *p = strstr(reserved, name); p && len > 0; p = strstr(p + 1, name))
        if (p[-1] == ' ' && p[len] == ' ')
            return true;
    return false;
}

const char *c_member(struct arena *arena, const char *sql_name)
{
    size_t len = strlen(sql_name);
    const char *name = c_name(arena, sql_name);

    if (has_word(sql_name) && (sql_name[0] == '_' || sql_name[len - 1] == '_'))
        name = arena_printf(arena, "%s%s%s", sql_name[0] == '_' ? "_" : "", name,
                            sql_name[len - 1] == '_' ? "_" : "");
    if (is_digit(*name))
        return arena_printf(arena, "_%s", name);
    if (c_is_reserved(name) || str_starts_with(str_from(name), "tenon_"))
        return arena_printf(arena, "%s_", name);
    return name;
}

bool c_is_prefix(const char *name)
{
    if (!is_lower(*name) || c_is_reserved(name) || name_eq(name, "tenon") ||
        str_ends_with(str_from(name), "_"))
        return false;
    for (const char *p = name; *p; p++)
        if (!is_lower(*p) && !is_digit(*p) && *p != '_')
            return false;
    return !strstr(name, "__");
}

struct names names_in(struct arena *arena, struct diags *diags)
{
    return (struct names){.arena = arena, .diags = diags, .map = {.arena = arena}};
}

bool names_claim(struct names *names, const char *name, struct claim claim)
{
    struct claim *taken = map_find(&names->map, name);
    struct diag *diag;

    if (!taken) {
        taken = arena_new(names->arena, struct claim);
        *taken = claim;
        map_put(&names->map, name, taken);
        return true;
    }
    diag = diag_error(names->diags, "PL501", claim.at, "%s and %s are both called %s in C",
                      taken->what, claim.what, name);
    if (taken->at.source)
        diag_note(names->diags, diag, taken->at, "%s is here", taken->what);
    diag_hint(names->diags, diag, "%s", claim.hint);
    return false;
}

bool names_has(const struct names *names, const char *name)
{
    return map_find(&names->map, name) != NULL;
}
