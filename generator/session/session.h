/* What a psql session would remember while it runs a script, and indexes over the catalog that are
 * made when they are first needed: what the statements of a script share.
 */
#ifndef TENON_SESSION_SESSION_H
#define TENON_SESSION_SESSION_H

#include "catalog/catalog.h"
#include "sql/raw.h"
#include "support/diag.h"
#include "support/map.h"

struct path {
    const char *const *names;
    size_t n;
};

/* Inheritance and partitioning: the children of a parent are looked up in this list. */
struct inheritance {
    oid parent, child;
};

/* An operator that names a commutator or negator that does not exist yet. */
struct awaited_operator {
    struct operator* op;
    const char *name;
    oid left, right;
    bool is_negator;
};

/* PREPARE name AS query; */
struct prepared {
    const char *name;
    const PgQuery__Node *query; /* in the text of the session */
    bool has_parameters;
};

struct ddl;
struct dependencies; /* ddl/depend.h */

/* A schema that uses an object of an extension was written for a database that has it: loads the
 * extension with a warning at the place. NULL stands for no extension. False when there is nothing
 * to load. A script's affair (replay/extension.c), that a statement asks for. */
typedef bool extension_loader(struct ddl *ddl, const char *extension, span at, const char *object);

struct session {
    struct arena *arena;
    struct catalog *catalog;
    struct diags *diags;
    struct path path;       /* search_path as set */
    struct path path_after; /* SET LOCAL: what the end of the transaction restores */
    bool path_is_local;
    bool bodies_unchecked; /* check_function_bodies is off */
    bool in_transaction;
    bool undone_in_transaction;  /* a statement that ROLLBACK undoes was left out */
    bool has_names;              /* index_names and constraint_names are filled */
    struct map index_names;      /* "namespace.name" → struct index_place */
    struct map constraint_names; /* "namespace.name" → struct constraint */
    /* Whether a table has a column of a composite type: looked up once, then kept up to date. */
    enum { ROWS_UNKNOWN, ROWS_NOT_STORED, ROWS_STORED } stored_rows;
    VEC(struct inheritance) inheritance;
    VEC(oid) views;
    VEC(struct awaited_operator) awaited_operators;
    VEC(oid) dropped_at_commit; /* temporary tables */
    VEC(struct prepared) prepared;
    struct dependencies *dependencies; /* as of the last DROP; NULL before the first */
    VEC(oid) weakened;                 /* relations of which a nullability fact changed */
    bool all_weakened;
    int depth; /* of extensions inside extensions */
    extension_loader *load_extension;
};

/* --- search_path.c ---------------------------------------------------------------------------- */

extern const struct path default_path; /* "$user", public */

void session_set_path(struct session *session, struct path path);
/* SET and SET LOCAL, which is nothing outside of a transaction. */
void session_change_path(struct session *session, struct path path, bool is_local);

/* The path that SET search_path gives, also as an option of a function; false for any other. */
bool path_of_setting(struct arena *arena, const PgQuery__VariableSetStmt *setting,
                     struct path *path);
/* The path in a string such as `a, "B c"`. */
struct path path_of_text(struct arena *arena, const char *text);

/* --- prepared.c ------------------------------------------------------------------------------- */

/* NULL when there is none of the name. */
const struct prepared *prepared_find(const struct session *session, const char *name);

/* What the source of an extension's SQL is called; objects of the extension are known by it. */
const char *extension_source_name(struct arena *arena, const char *extension);

#endif
