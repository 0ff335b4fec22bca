/* SET search_path in its spellings. */
#include <ctype.h>
#include <string.h>

#include "session/session.h"

static const char *const default_names[] = {"$user", "public"};

const struct path default_path = {default_names, sizeof default_names / sizeof *default_names};

void session_set_path(struct session *session, struct path path)
{
    session->path = path;
    catalog_set_search_path(session->catalog, path.names, path.n);
}

void session_change_path(struct session *session, struct path path, bool is_local)
{
    if (is_local && !session->in_transaction)
        return;
    if (is_local && !session->path_is_local)
        session->path_after = session->path;
    session->path_is_local = is_local;
    session_set_path(session, path);
}

static const char *quoted_name(struct buf *name, const char *text)
{
    for (text++; *text && !(*text == '"' && text[1] != '"'); text++) {
        text += *text == '"';
        buf_addc(name, *text);
    }
    return *text ? text + 1 : text;
}

static const char *plain_name(struct buf *name, const char *text)
{
    for (; *text && *text != ',' && !isspace((unsigned char)*text); text++)
        buf_addc(name, (char)tolower((unsigned char)*text));
    return text;
}

/* A string such as `a, "B c"`: identifiers are folded unless quoted. */
struct path path_of_text(struct arena *arena, const char *text)
{
    VEC(const char *) names = {0};

    for (;;) {
        struct buf name = buf_in(arena);
        while (*text == ',' || isspace((unsigned char)*text))
            text++;
        if (!*text)
            return (struct path){names.items, names.n};
        text = *text == '"' ? quoted_name(&name, text) : plain_name(&name, text);
        vec_push(arena, &names, buf_text(&name));
    }
}

bool path_of_setting(struct arena *arena, const PgQuery__VariableSetStmt *setting,
                     struct path *path)
{
    VEC(const char *) names = {0};

    if (!setting->name || strcmp(setting->name, "search_path") != 0)
        return false;
    *path = default_path;
    if (setting->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET ||
        setting->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT)
        return true;
    if (setting->kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE)
        return false;
    for (size_t i = 0; i < setting->n_args; i++) {
        const char *name = raw_constant_text(arena, setting->args[i]);
        if (name)
            vec_push(arena, &names, name);
    }
    *path = (struct path){names.items, names.n};
    return true;
}
