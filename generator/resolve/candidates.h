/* Candidate selection, common to operators and functions (manual, 10.2 and 10.3).
 *
 * resolve_lookup.c and resolve_operator.c make the list for a name; here the list is reduced to
 * those that accept the arguments, then to the one that fits best.
 */
#ifndef TENON_RESOLVE_CANDIDATES_H
#define TENON_RESOLVE_CANDIDATES_H

#include "resolve/resolve.h"

enum { MAX_FUNCTION_ARGS = 100 }; /* FUNC_MAX_ARGS */

struct candidate {
    const struct function *function; /* NULL for operators */
    const struct operator* op;       /* NULL for functions */
    bool is_ambiguous;               /* stands for several equally good functions */
    size_t path_position;
    size_t n_args; /* after expansion of VARIADIC and with defaults */
    const oid *args;
    size_t n_variadic;       /* how many of args the VARIADIC parameter became */
    size_t n_defaults;       /* trailing args that the call leaves out */
    const size_t *positions; /* named notation: args[i] is parameter positions[i] */
};

/* Reordered and cut in place by the functions below. */
struct candidates {
    struct candidate *items;
    size_t n, cap;
};

/* How a search ended. */
enum match { MATCH_NONE, MATCH_ONE, MATCH_MANY };

/* Keeps the candidates whose first n args the types can be coerced to (func_match_argtypes). */
void candidates_match(const struct catalog *catalog, struct candidates *list, const oid *types,
                      size_t n);

/* The best of several matching candidates, or NULL when it is ambiguous (func_select_candidate). */
const struct candidate *candidates_select(const struct catalog *catalog, struct candidates *list,
                                          const oid *types, size_t n);

/* Both of the above. */
enum match candidates_choose(const struct catalog *catalog, struct candidates *list,
                             const oid *types, size_t n, const struct candidate **best);

/* FuncnameGetCandidates(): the functions that a call could mean, by number and names of arguments.
 * `names` are those of the last n_names arguments. */
struct lookup {
    struct qualified_name name;
    size_t n_args;
    const char *const *names;
    size_t n_names;
    bool expand_variadic;
    bool include_out; /* CALL: OUT parameters count */
    int location;
};
struct candidates resolve_lookup(struct parse *parse, const struct lookup *lookup);

/* "schema"."name" as the server prints it in errors: schema.name. */
const char *qualified_name_text(struct parse *parse, struct qualified_name name);
/* 3F000 when a schema was written that does not exist. */
void qualified_name_check(struct parse *parse, struct qualified_name name, int location);

/* args[i], of type actual[i], as declared[i] (make_fn_arguments). */
void resolve_coerce_args(struct parse *parse, struct expr **args, const oid *actual,
                         const oid *declared, size_t n);

/* "f(integer, b => text)" (func_signature_string). */
const char *resolve_signature(struct parse *parse, const struct call_site *site);

/* The checks of ParseFuncOrColumn() that the kind of the found routine calls for; each ends in an
 * error. kind is 'f', 'p', 'a', 'w', or 'c' for a coercion. */
void resolve_check_kind(struct parse *parse, const struct call_site *site, char kind);
void resolve_check_aggregate(struct parse *parse, const struct call_site *site,
                             const struct candidate *chosen);
void resolve_check_finished(struct parse *parse, const struct call_site *site,
                            const struct function *function);

/* The column `name` of the row that the expression is: ParseComplexProjection(). False when there
 * is none, or the row's columns are not known. */
struct field {
    int attno;
    oid type;
};
bool resolve_field(struct parse *parse, const struct expr *row, const char *name,
                   struct field *field);

#endif
