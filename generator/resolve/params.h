/* Parameters: their types, and what is remembered for their names. */
#ifndef TENON_RESOLVE_PARAMS_H
#define TENON_RESOLVE_PARAMS_H

#include "resolve/state.h"

struct expr *param_of_node(struct parse *parse, const PgQuery__ParamRef *param);
struct expr *param_of_number(struct parse *parse, int number, int location);

/* Remembers that a parameter met a column, for its name. */
void param_note_comparison(struct parse *parse, struct expr *left, struct expr *right);
void param_note_assignment(struct parse *parse, struct expr *value, int attno);
void param_note_role(struct parse *parse, struct expr *value, const char *role);
/* The same of what says less: the other operand of any operator, the arguments of a function. */
void param_note_operand(struct parse *parse, struct expr *left, struct expr *right);
void param_note_arguments(struct parse *parse, const struct function *function,
                          struct expr *const *args, size_t n);
void check_params(struct parse *parse, struct query *query);

#endif
