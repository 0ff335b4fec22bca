/* One function for each kind of statement; the table in replay/statements.def names them. Each ends
 * the statement with ddl_stop() after an error.
 */
#ifndef TENON_DDL_STATEMENTS_H
#define TENON_DDL_STATEMENTS_H

#include "ddl/ddl.h"

void ddl_create_schema(struct ddl *ddl, const PgQuery__CreateSchemaStmt *statement);
void ddl_create_extension(struct ddl *ddl, const PgQuery__CreateExtensionStmt *statement);

void ddl_alter_extension(struct ddl *ddl, const PgQuery__AlterExtensionStmt *statement);
void ddl_alter_extension_contents(struct ddl *ddl,
                                  const PgQuery__AlterExtensionContentsStmt *statement);

void ddl_create_table(struct ddl *ddl, const PgQuery__CreateStmt *statement);
void ddl_create_foreign_table(struct ddl *ddl, const PgQuery__CreateForeignTableStmt *statement);
/* A warning: only the other server knows the tables. */
void ddl_import_foreign_schema(struct ddl *ddl, const PgQuery__ImportForeignSchemaStmt *statement);
void ddl_create_table_as(struct ddl *ddl, const PgQuery__CreateTableAsStmt *statement);
void ddl_alter_statistics(struct ddl *ddl, const PgQuery__AlterStatsStmt *statement);
void ddl_create_view(struct ddl *ddl, const PgQuery__ViewStmt *statement);
void ddl_create_index(struct ddl *ddl, const PgQuery__IndexStmt *statement);
void ddl_create_sequence(struct ddl *ddl, const PgQuery__CreateSeqStmt *statement);
void ddl_create_trigger(struct ddl *ddl, const PgQuery__CreateTrigStmt *statement);
void ddl_create_policy(struct ddl *ddl, const PgQuery__CreatePolicyStmt *statement);
void ddl_alter_policy(struct ddl *ddl, const PgQuery__AlterPolicyStmt *statement);
void ddl_create_statistics(struct ddl *ddl, const PgQuery__CreateStatsStmt *statement);
void ddl_create_rule(struct ddl *ddl, const PgQuery__RuleStmt *statement);
/* DROP RULE, TRIGGER or POLICY: the object is a list, the name after its table's. */
void ddl_drop_part(struct ddl *ddl, const PgQuery__DropStmt *statement,
                   const PgQuery__Node *object);
void ddl_drop_statistics(struct ddl *ddl, const PgQuery__DropStmt *statement,
                         const PgQuery__Node *object);
void ddl_rename_statistics(struct ddl *ddl, const PgQuery__RenameStmt *statement);
void ddl_move_statistics(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement);
void ddl_rename_policy(struct ddl *ddl, const PgQuery__RenameStmt *statement);
void ddl_rename_rule(struct ddl *ddl, const PgQuery__RenameStmt *statement, bool is_trigger);

void ddl_create_enum(struct ddl *ddl, const PgQuery__CreateEnumStmt *statement);
void ddl_create_composite(struct ddl *ddl, const PgQuery__CompositeTypeStmt *statement);
void ddl_create_domain(struct ddl *ddl, const PgQuery__CreateDomainStmt *statement);
void ddl_create_range(struct ddl *ddl, const PgQuery__CreateRangeStmt *statement);
void ddl_create_function(struct ddl *ddl, const PgQuery__CreateFunctionStmt *statement);
void ddl_create_cast(struct ddl *ddl, const PgQuery__CreateCastStmt *statement);
void ddl_create_operator_class(struct ddl *ddl, const PgQuery__CreateOpClassStmt *statement);
/* CREATE TYPE (base or shell), AGGREGATE, OPERATOR, COLLATION, TEXT SEARCH …. */
void ddl_define(struct ddl *ddl, const PgQuery__DefineStmt *statement);
void ddl_create_base_type(struct ddl *ddl, const PgQuery__DefineStmt *statement);
void ddl_create_aggregate(struct ddl *ddl, const PgQuery__DefineStmt *statement);
void ddl_create_operator(struct ddl *ddl, const PgQuery__DefineStmt *statement);
void ddl_create_collation(struct ddl *ddl, const PgQuery__DefineStmt *statement);

void ddl_alter_table(struct ddl *ddl, const PgQuery__AlterTableStmt *statement);
void ddl_alter_sequence(struct ddl *ddl, const PgQuery__AlterSeqStmt *statement);
void ddl_alter_enum(struct ddl *ddl, const PgQuery__AlterEnumStmt *statement);
void ddl_alter_domain(struct ddl *ddl, const PgQuery__AlterDomainStmt *statement);
/* ALTER DOMAIN … RENAME CONSTRAINT. */
void domain_rename_constraint(struct ddl *ddl, const PgQuery__RenameStmt *statement);
void ddl_alter_function(struct ddl *ddl, const PgQuery__AlterFunctionStmt *statement);

void ddl_drop(struct ddl *ddl, const PgQuery__DropStmt *statement);
void ddl_rename(struct ddl *ddl, const PgQuery__RenameStmt *statement);
void ddl_set_schema(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement);
void ddl_create_text_search(struct ddl *ddl, const PgQuery__DefineStmt *statement);
void ddl_create_wrapper(struct ddl *ddl, const PgQuery__CreateFdwStmt *statement);
void ddl_alter_wrapper(struct ddl *ddl, const PgQuery__AlterFdwStmt *statement);
void ddl_create_server(struct ddl *ddl, const PgQuery__CreateForeignServerStmt *statement);
void ddl_alter_server(struct ddl *ddl, const PgQuery__AlterForeignServerStmt *statement);
void ddl_create_user_mapping(struct ddl *ddl, const PgQuery__CreateUserMappingStmt *statement);
void ddl_alter_user_mapping(struct ddl *ddl, const PgQuery__AlterUserMappingStmt *statement);
void ddl_drop_user_mapping(struct ddl *ddl, const PgQuery__DropUserMappingStmt *statement);
void ddl_create_language(struct ddl *ddl, const PgQuery__CreatePLangStmt *statement);
void ddl_create_access_method(struct ddl *ddl, const PgQuery__CreateAmStmt *statement);
void ddl_create_event_trigger(struct ddl *ddl, const PgQuery__CreateEventTrigStmt *statement);
void ddl_alter_event_trigger(struct ddl *ddl, const PgQuery__AlterEventTrigStmt *statement);
void ddl_create_transform(struct ddl *ddl, const PgQuery__CreateTransformStmt *statement);
void ddl_create_conversion(struct ddl *ddl, const PgQuery__CreateConversionStmt *statement);
void ddl_alter_ts_dictionary(struct ddl *ddl, const PgQuery__AlterTSDictionaryStmt *statement);
void ddl_alter_ts_configuration(struct ddl *ddl,
                                const PgQuery__AlterTSConfigurationStmt *statement);
void ddl_create_publication(struct ddl *ddl, const PgQuery__CreatePublicationStmt *statement);
void ddl_alter_publication(struct ddl *ddl, const PgQuery__AlterPublicationStmt *statement);
void ddl_create_subscription(struct ddl *ddl, const PgQuery__CreateSubscriptionStmt *statement);
void ddl_alter_subscription(struct ddl *ddl, const PgQuery__AlterSubscriptionStmt *statement);
void ddl_drop_subscription(struct ddl *ddl, const PgQuery__DropSubscriptionStmt *statement);
void ddl_create_operator_family(struct ddl *ddl, const PgQuery__CreateOpFamilyStmt *statement);
void ddl_alter_operator_family(struct ddl *ddl, const PgQuery__AlterOpFamilyStmt *statement);
void ddl_alter_operator(struct ddl *ddl, const PgQuery__AlterOperatorStmt *statement);
void ddl_alter_type(struct ddl *ddl, const PgQuery__AlterTypeStmt *statement);

void ddl_drop_other(struct ddl *ddl, const PgQuery__DropStmt *statement, const PgQuery__Node *node);
void ddl_drop_operator_class(struct ddl *ddl, const PgQuery__DropStmt *statement,
                             const PgQuery__Node *node);
void ddl_rename_other(struct ddl *ddl, const PgQuery__RenameStmt *statement);
void ddl_rename_operator_class(struct ddl *ddl, const PgQuery__RenameStmt *statement);
void ddl_move_other(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement);
void ddl_move_operator_class(struct ddl *ddl, const PgQuery__AlterObjectSchemaStmt *statement);
void ddl_comment(struct ddl *ddl, const PgQuery__CommentStmt *statement);
void ddl_security_label(struct ddl *ddl, const PgQuery__SecLabelStmt *statement);

/* ALTER … DEPENDS ON EXTENSION, of which nothing is kept. */
void ddl_depend_on_extension(struct ddl *ddl, const PgQuery__AlterObjectDependsStmt *statement);
void ddl_alter_owner(struct ddl *ddl, const PgQuery__AlterOwnerStmt *statement);
void relation_set_owner(struct ddl *ddl, struct relation *relation, const PgQuery__RoleSpec *role);
/* SET ROLE and SET SESSION AUTHORIZATION. */
void session_set_role(struct ddl *ddl, const PgQuery__VariableSetStmt *statement);
void ddl_grant(struct ddl *ddl, const PgQuery__GrantStmt *statement);
void ddl_grant_role(struct ddl *ddl, const PgQuery__GrantRoleStmt *statement);
void ddl_alter_default_privileges(struct ddl *ddl,
                                  const PgQuery__AlterDefaultPrivilegesStmt *statement);
void ddl_reassign_owned(struct ddl *ddl, const PgQuery__ReassignOwnedStmt *statement);
void ddl_drop_owned(struct ddl *ddl, const PgQuery__DropOwnedStmt *statement);

void ddl_reindex(struct ddl *ddl, const PgQuery__ReindexStmt *statement);
void ddl_cluster(struct ddl *ddl, const PgQuery__ClusterStmt *statement);
void ddl_refresh(struct ddl *ddl, const PgQuery__RefreshMatViewStmt *statement);

void ddl_set_variable(struct ddl *ddl, const PgQuery__VariableSetStmt *statement);
void ddl_transaction(struct ddl *ddl, const PgQuery__TransactionStmt *statement);
void ddl_discard(struct ddl *ddl, const PgQuery__DiscardStmt *statement);
void ddl_prepare(struct ddl *ddl, const PgQuery__PrepareStmt *statement);
void ddl_deallocate(struct ddl *ddl, const PgQuery__DeallocateStmt *statement);
/* SELECT … INTO and SELECT set_config('search_path', …); any other changes nothing. */
void ddl_select(struct ddl *ddl, const PgQuery__SelectStmt *statement);
void ddl_call(struct ddl *ddl, const PgQuery__CallStmt *statement);
void ddl_do(struct ddl *ddl, const PgQuery__DoStmt *statement);

#endif
