/* What is set by name in parentheses: WITH (fillfactor = 70), OPTIONS (host 'x'). Names and values
 * are checked where the server does so (reloptions.c); a method that is no built-in one knows its
 * own.
 */
#ifndef TENON_DDL_RELOPTION_H
#define TENON_DDL_RELOPTION_H

#include "ddl/ddl.h"

enum option_owner {
    OPTIONS_OF_HEAP = 1 << 0,
    OPTIONS_OF_TOAST = 1 << 1,
    OPTIONS_OF_VIEW = 1 << 2,
    OPTIONS_OF_COLUMN = 1 << 3,
    OPTIONS_OF_BTREE = 1 << 4,
    OPTIONS_OF_HASH = 1 << 5,
    OPTIONS_OF_GIST = 1 << 6,
    OPTIONS_OF_SPGIST = 1 << 7,
    OPTIONS_OF_GIN = 1 << 8,
    OPTIONS_OF_BRIN = 1 << 9,
    OPTIONS_OF_NOTHING = 1 << 10, /* a partitioned table has none */
    OPTIONS_OF_UNKNOWN = 1 << 11, /* any may be there */
    OPTIONS_OF_BLOOM = 1 << 12,   /* of operator classes */
    OPTIONS_OF_MINMAX_MULTI = 1 << 13,
    OPTIONS_OF_TSVECTOR = 1 << 14,
};

struct option_list {
    PgQuery__Node **items;
    size_t n;
    bool is_reset;
};

enum option_owner option_owner_of(const struct relation *relation);
enum option_owner option_owner_of_method(const char *method);

/* SET and RESET of the options without a namespace; 22023 for what the server refuses. */
void options_change(struct ddl *ddl, struct setting_list *settings, enum option_owner owner,
                    struct option_list list);
/* Those of an operator class in an index; NULL: it is not known. */
void class_options_check(struct ddl *ddl, const struct operator_class *class,
                         struct option_list list);
/* Those of a table: its own and those of its TOAST table. */
void relation_options_change(struct ddl *ddl, struct relation *relation, struct option_list list);
/* ADD, SET and DROP of the OPTIONS of something foreign. */
void foreign_options_change(struct ddl *ddl, struct setting_list *settings, PgQuery__Node **items,
                            size_t n);

/* NULL when it is not there. */
const char *setting_find(const struct setting_list *settings, const char *name);
void setting_put(struct arena *arena, struct setting_list *settings, const char *name,
                 const char *value);
void setting_remove(struct setting_list *settings, const char *name);
/* A copy that can be changed by itself. */
struct setting_list setting_list_copy(struct arena *arena, const struct setting_list *settings);

#endif
