/* What DDL tells of an object and no query asks for: whose it is, who may do what with it,
 * comments, options, and the clauses of its definition.
 */
#ifndef TENON_CATALOG_ABOUT_H
#define TENON_CATALOG_ABOUT_H

#include <stdbool.h>

#include "catalog/oids.h"
#include "support/vec.h"

/* A privilege that somebody has (aclitem). */
struct privilege {
    const char *grantee; /* NULL: PUBLIC; "": the owner, whoever that is */
    const char *name;    /* "SELECT" */
    bool is_grantable;   /* WITH GRANT OPTION */
};

/* Something that is set by name: a storage parameter, an option of a foreign table. */
struct setting {
    const char *name, *value;
};
struct setting_list {
    struct setting *items; /* as VEC() */
    size_t n, cap;
};

/* What DDL says of an object of the schema and no query asks for. */
struct about {
    const char *owner;   /* a role; NULL: who runs the script */
    bool has_privileges; /* false: those that an object of its kind begins with */
    VEC(struct privilege) privileges;
    const char *comment;
    struct setting_list labels;  /* SECURITY LABEL: by provider */
    struct setting_list options; /* reloptions, attoptions; in lower case */
    struct setting_list foreign_options;
    const char *extension; /* whose script made it; NULL: none */
};

/* What a definition says in the form NAME = value. The value is a text as it is written in SQL, or
 * the name that an object has at the moment. */
struct clause {
    const char *name;
    enum clause_value {
        CLAUSE_IS_TEXT, /* NULL: a name alone */
        CLAUSE_IS_TYPE,
        CLAUSE_IS_FUNCTION,  /* its name */
        CLAUSE_IS_SIGNATURE, /* its name and the types of its arguments */
        CLAUSE_IS_OPERATOR,  /* its name and the types of its operands */
        CLAUSE_IS_OPERATOR_NAME,
        CLAUSE_IS_SCHEMA,
        CLAUSE_IS_OTHER, /* struct other_object */
    } kind;
    const char *text; /* in front of the object's name, when there is one */
    oid object;
    const char *behind; /* the object's name; NULL: nothing */
    bool is_loose;      /* goes with the object, without what it is a clause of */
};
struct clause_list {
    struct clause *items; /* as VEC() */
    size_t n, cap;
};

#endif
