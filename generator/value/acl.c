/* aclitem input (acl.c): grantee=privileges/grantor. Which roles there are is for the server to
 * say, so that only names which no role can have are refused.
 */
#include <string.h>

#include "catalog/catalog.h"
#include "support/buf.h"
#include "value/literal.h"

enum { MAX_NAME = 63 };

static _Noreturn void bad_acl(const struct literal *literal, const char *message)
{
    literal_fail(literal, "22P02", "%s", message);
}

static bool is_name_char(char c)
{
    return literal_is_alpha(c) || literal_is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* A name, parts of which may be in quotes; it is not folded, and may be empty. */
static const char *read_name(const struct literal *literal, const char **s)
{
    struct buf name = buf_in(literal->input->arena);
    bool in_quotes = false;
    const char *at = literal_skip_spaces(*s);
    for (; *at && (in_quotes || *at == '"' || is_name_char(*at)); at++) {
        if (*at == '"' && !(in_quotes && at[1] == '"')) {
            in_quotes = !in_quotes;
            continue;
        }
        at += *at == '"';
        if (name.len == MAX_NAME)
            literal_fail(literal, "42622", "identifier too long");
        buf_addc(&name, *at);
    }
    *s = literal_skip_spaces(at);
    return buf_text(&name);
}

static const char *read_grantee(const struct literal *literal, const char **s)
{
    const char *name = read_name(literal, s);
    if (**s != '=') {
        if (strcmp(name, "group") != 0 && strcmp(name, "user") != 0)
            literal_fail(literal, "22P02", "unrecognized key word: \"%s\"", name);
        name = read_name(literal, s);
        if (!*name)
            bad_acl(literal, "missing name");
    }
    if (**s != '=')
        bad_acl(literal, "missing \"=\" sign");
    return name;
}

static void check_role(const struct literal *literal, const char *name)
{
    if (!catalog_may_have_role(name))
        literal_fail(literal, "42704", "role \"%s\" does not exist", name);
}

void literal_check_aclitem(const struct literal *literal)
{
    const char *s = literal->text, *grantee = read_grantee(literal, &s);
    for (s++; literal_is_alpha(*s) || *s == '*'; s++)
        if (!strchr("*arwdDxtXUCTcsAR", *s))
            bad_acl(literal, "invalid mode character: must be one of \"arwdDxtXUCTcsA\"");
    if (*grantee)
        check_role(literal, grantee);
    if (*s == '/') {
        s++;
        const char *grantor = read_name(literal, &s);
        if (!*grantor)
            bad_acl(literal, "a name must follow the \"/\" sign");
        check_role(literal, grantor);
    }
    if (*literal_skip_spaces(s))
        bad_acl(literal, "extra garbage at the end of the ACL specification");
}
