/* ALTER TABLE: how a table and its columns are kept and analysed. None of it types a query; what
 * the relation or the column cannot have is refused.
 */
#include <string.h>
#include <strings.h>

#include "catalog/storage.h"
#include "ddl/alter.h"
#include "ddl/reloption.h"
#include "ddl/sequence.h"
#include "ddl/statements.h"

/* --- Columns ---------------------------------------------------------------------------------- */

enum { MOST_STATISTICS = 10000 };

void statistics_target_set(struct ddl *ddl, int target, bool *has_target, int *kept)
{
    if (target < -1)
        ddl_fail(ddl, "22023", ddl_span(ddl, -1), "statistics target %d is too low", target);
    *has_target = target >= 0;
    *kept = target > MOST_STATISTICS ? MOST_STATISTICS : target;
}

static struct attribute *column_of(const struct alteration *alter)
{
    return attribute_get(alter->ddl, alter->relation, alter->command->name, alter_place(alter));
}

static void set_statistics(struct alteration *alter)
{
    struct attribute *column;
    bool has_target;
    int target;

    if (!alter->command->name || !*alter->command->name)
        ddl_fail(alter->ddl, "0A000", alter_place(alter),
                 "cannot refer to non-index column by number");
    statistics_target_set(alter->ddl, alter->command->def->integer->ival, &has_target, &target);
    column = column_of(alter);
    column->has_statistics_target = has_target;
    column->statistics_target = target;
    alter_children(alter, set_statistics);
}

static void set_options(struct alteration *alter)
{
    const PgQuery__List *list = alter->command->def->list;
    const bool is_reset = alter->command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions;

    options_change(alter->ddl, &column_of(alter)->about.options, OPTIONS_OF_COLUMN,
                   (struct option_list){list->items, list->n_items, is_reset});
}

char storage_letter(const char *name)
{
    static const char *const names[] = {"plain", "external", "main", "extended"};
    static const char letters[] = "pemx";

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(name, names[i]) == 0)
            return letters[i];
    return 0;
}

static void set_storage(struct alteration *alter)
{
    const char *name = raw_string(alter->command->def);
    const char storage = storage_letter(name);
    struct attribute *column;
    char own;

    if (!storage)
        ddl_fail(alter->ddl, "22023", alter_place(alter), "invalid storage type \"%s\"", name);
    column = column_of(alter);
    own = type_storage(alter->ddl->catalog, column->type);
    if (own == 'p' && storage != 'p')
        ddl_fail(alter->ddl, "0A000", alter_place(alter),
                 "column data type %s can only have storage PLAIN",
                 ddl_type_text(alter->ddl, column->type));
    column->storage = storage == own ? 0 : storage;
    alter_children(alter, set_storage);
}

const char *column_compression(struct ddl *ddl, const struct attribute *column, const char *name,
                               span at)
{
    if (strcmp(name, "default") == 0)
        return NULL;
    if (type_storage(ddl->catalog, column->type) == 'p')
        ddl_fail(ddl, "0A000", at, "column data type %s does not support compression",
                 ddl_type_text(ddl, column->type));
    if (strcmp(name, "pglz") != 0 && strcmp(name, "lz4") != 0)
        ddl_fail(ddl, "22023", at, "invalid compression method \"%s\"", name);
    return name;
}

static void set_compression(struct alteration *alter)
{
    struct attribute *column = column_of(alter);

    column->compression =
        column_compression(alter->ddl, column, raw_string(alter->command->def), alter_place(alter));
}

/* --- Indexes that a table is known by --------------------------------------------------------- */

struct index *relation_index_get(struct ddl *ddl, const struct relation *relation, const char *name,
                                 span at)
{
    const struct index_place *place = index_find_in(ddl, relation->namespace_oid, name);

    if (!place)
        ddl_fail(ddl, "42704", at, "index \"%s\" for table \"%s\" does not exist", name,
                 relation->name);
    if (place->relid != relation->oid)
        ddl_fail(ddl, "42809", at, "\"%s\" is not an index for table \"%s\"", name, relation->name);
    return place->index;
}

void index_mark_clustered(struct relation *relation, const struct index *index)
{
    for (size_t i = 0; i < relation->indexes.n; i++)
        relation->indexes.items[i]->is_clustered = index && relation->indexes.items[i] == index;
}

static void set_cluster(const struct alteration *alter)
{
    const bool sets = alter->command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn;
    const struct index *index = sets ? index_clusterable(alter->ddl, alter->relation,
                                                         alter->command->name, alter_place(alter))
                                     : NULL;

    if (alter->relation->relkind == 'p')
        ddl_fail(alter->ddl, "0A000", alter_place(alter),
                 "cannot mark index clustered in partitioned table");
    index_mark_clustered(alter->relation, index);
}

static void check_identity_index(const struct alteration *alter, const struct index *index)
{
    struct ddl *ddl = alter->ddl;
    const struct constraint *constraint = index_constraint(alter->relation, index);
    span at = alter_place(alter);

    if (!index->is_unique)
        ddl_fail(ddl, "42809", at, "cannot use non-unique index \"%s\" as replica identity",
                 index->name);
    if (constraint && constraint->deferrable)
        ddl_fail(ddl, "0A000", at, "cannot use non-immediate index \"%s\" as replica identity",
                 index->name);
    if (index->has_expressions)
        ddl_fail(ddl, "0A000", at, "cannot use expression index \"%s\" as replica identity",
                 index->name);
    if (index->is_partial)
        ddl_fail(ddl, "0A000", at, "cannot use partial index \"%s\" as replica identity",
                 index->name);
    for (size_t i = 0; i < index->n_columns; i++)
        if (!alter->relation->attributes.items[index->columns[i] - 1].not_null)
            ddl_fail(ddl, "42809", at,
                     "index \"%s\" cannot be used as replica identity because column \"%s\" is "
                     "nullable",
                     index->name, alter->relation->attributes.items[index->columns[i] - 1].name);
}

static void set_replica_identity(struct alteration *alter)
{
    const PgQuery__ReplicaIdentityStmt *identity = alter->command->def->replica_identity_stmt;
    const char type = identity->identity_type[0];
    struct index *index = NULL;

    if (type == 'i') {
        index = relation_index_get(alter->ddl, alter->relation, identity->name, alter_place(alter));
        check_identity_index(alter, index);
    }
    alter->relation->replica_identity = type == 'f' || type == 'n' ? type : 0;
    for (size_t i = 0; i < alter->relation->indexes.n; i++)
        alter->relation->indexes.items[i]->is_replica_identity =
            index && alter->relation->indexes.items[i] == index;
}

/* --- The table -------------------------------------------------------------------------------- */

static void set_relation_options(struct alteration *alter)
{
    const PgQuery__List *list = alter->command->def->list;
    const bool is_reset = alter->command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions;

    relation_options_change(alter->ddl, alter->relation,
                            (struct option_list){list->items, list->n_items, is_reset});
}

static bool references(const struct relation *referencing, const struct relation *referenced)
{
    for (size_t i = 0; i < referencing->constraints.n; i++) {
        const struct constraint *key = referencing->constraints.items[i];
        if (key->kind != CONSTRAINT_FOREIGN)
            continue;
        if (key->ref_relid == referenced->oid)
            return true;
        for (size_t k = 0; k < key->parts.n; k++)
            if (key->parts.items[k]->ref_relid == referenced->oid)
                return true;
    }
    return false;
}

/* What a crash empties cannot be referenced by what it does not. */
static void check_references(const struct alteration *alter, bool is_logged)
{
    const struct relation *relation = alter->relation;
    size_t n;
    struct relation *const *relations = catalog_relations(alter->ddl->catalog, &n);

    for (size_t i = 0; i < n; i++) {
        const struct relation *other = relations[i];
        if (!other || other == relation || other->is_unlogged != is_logged)
            continue;
        if (is_logged ? references(relation, other) : references(other, relation))
            ddl_fail(alter->ddl, "42P16", alter_place(alter),
                     "could not change table \"%s\" to %s because %s table \"%s\"", relation->name,
                     is_logged ? "logged" : "unlogged",
                     is_logged ? "it references unlogged" : "it is referenced by logged",
                     other->name);
    }
}

static void check_unpublished(const struct alteration *alter)
{
    size_t at = 0;

    for (struct other_object *other; (other = catalog_next_other(alter->ddl->catalog, &at));)
        for (size_t i = 0; i < other->published.n; i++)
            if (other->published.items[i].relid == alter->relation->oid)
                ddl_fail(alter->ddl, "55000", alter_place(alter),
                         "cannot change table \"%s\" to unlogged because it is part of a "
                         "publication",
                         alter->relation->name);
}

/* The sequences that its columns own follow. */
static void set_logged(struct alteration *alter, bool is_logged)
{
    struct ddl *ddl = alter->ddl;
    const struct relation *sequence;
    size_t at = 0;

    if (alter->relation->is_temporary)
        ddl_fail(ddl, "42P16", alter_place(alter),
                 "cannot change logged status of table \"%s\" because it is temporary",
                 alter->relation->name);
    if (alter->relation->is_unlogged != is_logged)
        return;
    if (!is_logged)
        check_unpublished(alter);
    check_references(alter, is_logged);
    alter->relation->is_unlogged = !is_logged;
    while ((sequence = owned_sequence_next(ddl, alter->relation, &at)))
        catalog_edit_relation(ddl->catalog, sequence->oid)->is_unlogged = !is_logged;
}

static void set_access_method(const struct alteration *alter)
{
    if (alter->relation->relkind == 'p')
        ddl_fail(alter->ddl, "42809", alter_place(alter),
                 "cannot change access method of a partitioned table");
    table_method_check(alter->ddl, alter->command->name, alter_place(alter));
    relation_set_storage(alter->ddl, alter->relation, NULL, alter->command->name);
}

static void set_foreign_options(struct alteration *alter)
{
    const PgQuery__List *list = alter->command->def->list;
    const bool is_column =
        alter->command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions;
    struct about *about = is_column ? &column_of(alter)->about : &alter->relation->about;

    foreign_options_change(alter->ddl, &about->foreign_options, list->items, list->n_items);
}

bool alter_storage(struct alteration *alter)
{
    switch (alter->command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
        set_statistics(alter);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
        set_options(alter);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
        set_storage(alter);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
        set_compression(alter);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
        set_cluster(alter);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
        set_logged(alter, alter->command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
        set_access_method(alter);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
        relation_set_storage(alter->ddl, alter->relation, alter->command->name, NULL);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
        set_relation_options(alter);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
        set_replica_identity(alter);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions:
        set_foreign_options(alter);
        return true;
    default:
        return false;
    }
}

void alter_check_tablespaces(struct ddl *ddl, const PgQuery__AlterTableStmt *statement)
{
    size_t n = 0;

    for (size_t i = 0; i < statement->n_cmds; i++)
        n += statement->cmds[i]->alter_table_cmd->subtype ==
             PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace;
    if (n > 1)
        ddl_fail(ddl, "42601", range_var_span(ddl, statement->relation),
                 "cannot have multiple SET TABLESPACE subcommands");
}
