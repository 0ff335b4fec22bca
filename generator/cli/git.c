/* Words of a command are quoted for the shell, so that a name is never more than a name. */
#include "cli/git.h"

#include <stdlib.h>
#include <string.h>

#include "plugin/process.h"
#include "support/buf.h"

static void add_word(struct buf *command, const char *word)
{
    buf_adds(command, " '");
    for (const char *c = word; *c; c++)
        if (*c == '\'')
            buf_adds(command, "'\\''");
        else
            buf_addc(command, *c);
    buf_addc(command, '\'');
}

/* `words` ends with NULL. What git complains of goes to our standard error. */
static bool run(struct arena *arena, const char *const *words, str *output, struct error *error)
{
    struct buf command = buf_in(arena);
    struct process process = {0};
    struct process_result result;

    buf_adds(&command, "git");
    for (size_t i = 0; words[i]; i++)
        add_word(&command, words[i]);
    process.command = buf_text(&command);
    if (!process_run(arena, &process, &result, error))
        return false;
    *output = result.output;
    if (result.is_too_long || result.status != 0)
        return error_set(error, "%s has failed", process.command);
    return true;
}

bool git_is_object(const char *argument)
{
    const char *colon = strchr(argument, ':');

    return colon && colon != argument && *argument != '-' && *argument != '/';
}

/* git takes no slash at the end of a directory's name. */
static const char *without_slash(struct arena *arena, const char *object)
{
    size_t len = strlen(object);

    while (len > 1 && object[len - 1] == '/' && object[len - 2] != ':')
        len--;
    return arena_strndup(arena, object, len);
}

static int compare_files(const void *a, const void *b)
{
    return file_natural_compare(*(const char *const *)a, *(const char *const *)b);
}

static bool expand_tree(struct arena *arena, const char *object, path_list *files,
                        struct error *error)
{
    /* Of the tree as it is, wherever in the repository we are. */
    const char *words[] = {"ls-tree", "--full-tree", "--name-only", "-z", object, NULL};
    const char *slash = object[strlen(object) - 1] == ':' ? "" : "/";
    path_list found = {0};
    str names;

    if (!run(arena, words, &names, error))
        return false;
    for (size_t at = 0; at < names.len; at += strlen(names.data + at) + 1)
        if (str_ends_with(str_from(names.data + at), ".sql"))
            vec_push(arena, &found, arena_printf(arena, "%s%s%s", object, slash, names.data + at));
    if (!found.n)
        return error_set(error, "no file matches %s/*.sql", object);
    qsort(found.items, found.n, sizeof *found.items, compare_files);
    for (size_t i = 0; i < found.n; i++)
        vec_push(arena, files, found.items[i]);
    return true;
}

bool git_expand(struct arena *arena, const char *object, path_list *files, struct error *error)
{
    const char *plain = without_slash(arena, object);
    const char *words[] = {"cat-file", "-t", plain, NULL};
    str kind;

    if (!run(arena, words, &kind, error))
        return false;
    if (str_is(str_trim(kind), "tree"))
        return expand_tree(arena, plain, files, error);
    vec_push(arena, files, plain);
    return true;
}

bool git_read(struct arena *arena, const char *object, str *text, struct error *error)
{
    const char *words[] = {"cat-file", "blob", object, NULL};

    return run(arena, words, text, error);
}

bool git_list(struct arena *arena, const char *revision, const char *directory, path_list *files,
              struct error *error)
{
    const char *words[] = {"ls-tree", "--name-only", "-z",
                           revision,  "--",          arena_printf(arena, "%s/", directory),
                           NULL};
    str names;

    if (!run(arena, words, &names, error))
        return false;
    for (size_t at = 0; at < names.len; at += strlen(names.data + at) + 1)
        if (str_ends_with(str_from(names.data + at), ".sql"))
            vec_push(arena, files, names.data + at);
    return true;
}

bool git_merge_base(struct arena *arena, const char *revision, const char **base,
                    struct error *error)
{
    const char *words[] = {"merge-base", revision, "HEAD", NULL};
    str output;

    if (*revision == '-')
        return error_set(error, "%s is no revision", revision);
    if (!run(arena, words, &output, error))
        return false;
    output = str_trim(output);
    *base = arena_strndup(arena, output.data, output.len);
    return true;
}

enum { MOST_PARENTS = 16 };

/* git would complain where there is nothing to ask. */
static bool is_working_tree(struct arena *arena)
{
    const char *path = ".git";

    for (int i = 0; i < MOST_PARENTS; i++) {
        if (file_exists(path))
            return true;
        path = arena_printf(arena, "../%s", path);
    }
    return false;
}

const char *git_head(struct arena *arena)
{
    const char *words[] = {"rev-parse", "--quiet", "--verify", "HEAD", NULL};
    struct error error;
    str output;

    if (!is_working_tree(arena) || !run(arena, words, &output, &error))
        return NULL;
    output = str_trim(output);
    return arena_strndup(arena, output.data, output.len);
}
