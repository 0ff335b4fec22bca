/* What the files of text search share. */
#ifndef TENON_DDL_TEXT_SEARCH_H
#define TENON_DDL_TEXT_SEARCH_H

#include "ddl/object.h"

struct other_object text_search_draft(struct ddl *ddl, const PgQuery__DefineStmt *statement,
                                      enum other_class class);
span text_search_place(struct ddl *ddl, const PgQuery__DefineStmt *statement);
/* A clause that names another object of text search, which may be the server's. */
struct clause text_search_reference(struct ddl *ddl, const char *clause, enum other_class class,
                                    struct qualified_name name);

void text_search_create_configuration(struct ddl *ddl, const PgQuery__DefineStmt *statement);

#endif
