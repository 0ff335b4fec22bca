/* Splits the body of a comment into words: `name:`, the name, the command. What starts like an
 * annotation and is none is a mistake to report, not a comment to ignore.
 */
#include "sql/annotation.h"

#include <string.h>

#include "support/nearest.h"

enum { LONGEST_QUERY_NAME = 100 };

str comment_body(str comment, size_t *offset)
{
    size_t from = 2, to = comment.len;

    if (str_starts_with(comment, "/*") && str_ends_with(comment, "*/") && to >= 4)
        to -= 2;
    *offset = from;
    return str_slice(comment, from, to);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next blank-separated word of the body at or after *at; empty at the end. */
static str next_word(str body, size_t *at)
{
    size_t from = *at;

    while (from < body.len && is_blank(body.data[from]))
        from++;
    *at = from;
    while (*at < body.len && !is_blank(body.data[*at]))
        ++*at;
    return str_slice(body, from, *at);
}

static bool is_query_name(str word)
{
    return word.len <= LONGEST_QUERY_NAME && lex_is_c_identifier(word);
}

static bool read_command(str word, enum ir_command *command)
{
    return word.len && word.data[0] == ':' &&
           ir_command_find(str_slice(word, 1, word.len), command);
}

/* "the commands are :one :opt …", but for those that are not ours. */
static const char *list_commands(struct arena *arena)
{
    static const char *const names[] = {
#define COMMAND(id, name, takes, gives) " :" name,
#define REFUSED(id, name, takes, gives)
#include "ir/commands.def"
    };
    struct buf out = buf_in(arena);

    buf_adds(&out, "the commands are");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        buf_adds(&out, names[i]);
    return buf_text(&out);
}

static const char *suggest_command(struct arena *arena, str word)
{
    struct nearest nearest = {.wanted = arena_strndup(arena, word.data, word.len)};

    nearest.wanted += *nearest.wanted == ':';
    for (size_t i = 0; i < N_IR_COMMANDS; i++)
        nearest_consider(&nearest, ir_commands[i].name);
    return nearest.name ? arena_printf(arena, "did you mean :%s?", nearest.name)
                        : list_commands(arena);
}

static void set_problem(struct annotation *annotation, str comment, str word, const char *problem,
                        const char *hint)
{
    annotation->problem = problem;
    annotation->hint = hint;
    annotation->problem_offset = (size_t)(word.data - comment.data);
    annotation->problem_len = word.len;
}

/* `name` and `:` at the start of the body, with blanks as they come; *at is after the colon. */
static bool starts_annotation(str body, size_t *at)
{
    size_t i = 0;

    while (i < body.len && (body.data[i] == ' ' || body.data[i] == '\t'))
        i++;
    if (!str_starts_with(str_slice(body, i, body.len), "name"))
        return false;
    i += strlen("name");
    while (i < body.len && (body.data[i] == ' ' || body.data[i] == '\t'))
        i++;
    *at = i + 1;
    return i < body.len && body.data[i] == ':';
}

/* `nmae: X :one`, `name X :one`, `Name: X :one`: a name and a command behind nearly the word. */
static bool is_near_miss(struct arena *arena, str body)
{
    size_t at = 0;
    str word = next_word(body, &at), name = next_word(body, &at), command = next_word(body, &at);
    struct nearest nearest = {0};
    enum ir_command found;
    char *given;

    if (next_word(body, &at).len || !is_query_name(name) || !read_command(command, &found))
        return false;
    given = arena_strndup(arena, word.data,
                          word.len && word.data[word.len - 1] == ':' ? word.len - 1 : word.len);
    for (char *c = given; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    nearest.wanted = given;
    nearest_consider(&nearest, "name");
    return nearest.name != NULL;
}

/* Whether only blanks are between the start of the line and the byte. */
static bool starts_line(str text, size_t at)
{
    while (at > 0 && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t'))
        at--;
    return at <= str_byte_order_mark(text) || text.data[at - 1] == '\n';
}

static bool parse_comment(struct arena *arena, str comment, struct annotation *annotation)
{
    static const char form[] = "write -- name: QueryName :command";
    size_t offset, at;
    str body = comment_body(comment, &offset), name, command, rest;

    *annotation = (struct annotation){0};
    if (!starts_annotation(body, &at)) {
        if (!is_near_miss(arena, body))
            return false;
        set_problem(annotation, comment, str_trim(comment), "this is nearly an annotation", form);
        return true;
    }
    name = next_word(body, &at);
    command = next_word(body, &at);
    rest = next_word(body, &at);
    annotation->name_offset = (size_t)(name.data - comment.data);
    if (name.len)
        annotation->name = arena_strndup(arena, name.data, name.len);
    if (!name.len)
        set_problem(annotation, comment, str_trim(comment), "the annotation has no name", form);
    else if (!is_query_name(name))
        set_problem(annotation, comment, name, "the name of a query must be a C identifier",
                    "use letters, digits and _, at most 100 of them");
    else if (!command.len)
        set_problem(annotation, comment, name, "the annotation has no command", form);
    else if (!read_command(command, &annotation->command))
        set_problem(annotation, comment, command, "unknown command",
                    suggest_command(arena, command));
    else if (rest.len)
        set_problem(annotation, comment, rest, "unexpected text after the command", form);
    return true;
}

bool annotation_read(struct arena *arena, str text, struct token token,
                     struct annotation *annotation)
{
    return token.kind == TOKEN_COMMENT && starts_line(text, token.from) &&
           parse_comment(arena, token_text(text, token), annotation);
}
