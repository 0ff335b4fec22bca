/* What can be done with each kind of object. */
#include "plan/planner.h"

static void keep(struct planner *planner, const struct change *change)
{
    (void)planner;
    (void)change;
}

const struct kind_writer *kind_writer(enum item_kind kind)
{
    static const struct kind_writer writers[] = {
        [ITEM_SCHEMA] = {create_schema, drop_object, keep},
        [ITEM_EXTENSION] = {create_extension, drop_object, alter_extension_of},
        [ITEM_LANGUAGE] = {create_language, drop_object, keep},
        [ITEM_COLLATION] = {create_collation, drop_swapped, keep},
        [ITEM_CONVERSION] = {create_conversion, drop_object, keep},
        [ITEM_ENUM] = {create_type, drop_swapped, alter_enum_of},
        [ITEM_SHELL_TYPE] = {create_simple, drop_object, keep},
        [ITEM_BASE_TYPE] = {create_bridged, drop_bridged, keep},
        [ITEM_COMPOSITE] = {create_type, drop_swapped, keep},
        [ITEM_RANGE] = {create_bridged, drop_bridged, keep},
        [ITEM_DOMAIN] = {create_type, drop_swapped, alter_domain_of},
        [ITEM_DOMAIN_CONSTRAINT] = {create_domain_constraint, drop_constraint_of,
                                    alter_constraint_of},
        [ITEM_FUNCTION] = {create_function, drop_object, keep},
        [ITEM_PROCEDURE] = {create_function, drop_object, keep},
        [ITEM_AGGREGATE] = {create_aggregate, drop_object, keep},
        [ITEM_OPERATOR] = {create_operator, drop_object, keep},
        [ITEM_OPERATOR_FAMILY] = {create_operator_family, drop_object, alter_operator_family_of},
        [ITEM_OPERATOR_CLASS] = {create_operator_class, drop_object, keep},
        [ITEM_CAST] = {create_simple, drop_object, keep},
        [ITEM_TRANSFORM] = {create_transform, drop_object, keep},
        [ITEM_ACCESS_METHOD] = {create_spelled, drop_object, keep},
        [ITEM_TS_PARSER] = {create_clauses, drop_object, keep},
        [ITEM_TS_TEMPLATE] = {create_clauses, drop_swapped, keep},
        [ITEM_TS_DICTIONARY] = {create_ts_dictionary, drop_swapped, alter_ts_dictionary_of},
        [ITEM_TS_CONFIGURATION] = {create_ts_configuration, drop_object, alter_ts_configuration_of},
        [ITEM_WRAPPER] = {create_server_object, drop_object, alter_server_object_of},
        [ITEM_SERVER] = {create_server_object, drop_object, alter_server_object_of},
        [ITEM_USER_MAPPING] = {create_server_object, drop_object, alter_server_object_of},
        [ITEM_SEQUENCE] = {create_sequence, drop_object, alter_sequence_of},
        [ITEM_TABLE] = {create_table, drop_table, alter_table_of},
        [ITEM_FOREIGN_TABLE] = {create_table, drop_table, alter_table_of},
        [ITEM_COLUMN] = {create_column, drop_column_of, alter_column_of},
        [ITEM_DEFAULT] = {create_default, drop_default, alter_default_of},
        [ITEM_VIEW] = {create_view, drop_object, alter_view_of},
        [ITEM_MATERIALIZED_VIEW] = {create_view, drop_object, alter_view_of},
        [ITEM_CONSTRAINT] = {create_constraint, drop_constraint_of, alter_constraint_of},
        [ITEM_INDEX] = {create_index, drop_index_of, alter_index_of},
        [ITEM_STATISTICS] = {create_statistics, drop_object, alter_statistics_of},
        [ITEM_RULE] = {create_trigger, drop_object, alter_enabled_of},
        [ITEM_TRIGGER] = {create_trigger, drop_object, alter_enabled_of},
        [ITEM_POLICY] = {create_policy, drop_object, alter_policy_of},
        [ITEM_EVENT_TRIGGER] = {create_event_trigger, drop_object, alter_event_trigger_of},
        [ITEM_PUBLICATION] = {create_publication, drop_object, alter_publication_of},
        [ITEM_SUBSCRIPTION] = {create_subscription, drop_object, keep},
        [ITEM_DEFAULT_PRIVILEGE] = {create_default_privilege, drop_default_privilege,
                                    alter_default_privilege_of},
    };
    return &writers[kind];
}
