/* What the schema declares: types, tables and views, constraints. */
#include "ir/json_parts.h"
#include "ir/used_types.h"

static const char *const kinds[] = {
    [IR_BASE] = "base",
    [IR_ENUM] = "enum",
    [IR_COMPOSITE] = "composite",
    [IR_ARRAY] = "array",
    [IR_DOMAIN] = "domain",
    [IR_RANGE] = "range",
    [IR_MULTIRANGE] = "multirange",
    [IR_PSEUDO] = "pseudo",
};

static void write_field(struct json *json, const struct ir_field *field)
{
    json_begin_object(json, NULL);
    json_string(json, "name", field->name);
    json_string(json, "type", field->type->sql_name);
    json_string(json, "comment", field->comment);
    json_end_object(json);
}

static void write_labels(struct json *json, const struct ir_type *type)
{
    json_begin_array(json, "labels");
    for (size_t i = 0; i < type->n_labels; i++)
        json_string(json, NULL, type->labels[i].name);
    json_end_array(json);
}

static void write_type(struct json *json, const struct ir_type *type)
{
    json_begin_object(json, NULL);
    json_string(json, "type", type->sql_name);
    json_string(json, "schema", type->schema);
    json_string(json, "name", type->name);
    json_int(json, "oid", type->oid);
    json_string(json, "kind", kinds[type->kind]);
    json_string(json, "element", type->elem ? type->elem->sql_name : NULL);
    json_int(json, "typmod", type->typmod);
    json_bool(json, "not_null", type->not_null);
    write_labels(json, type);
    json_begin_array(json, "fields");
    for (size_t i = 0; i < type->n_fields; i++)
        write_field(json, &type->fields[i]);
    json_end_array(json);
    json_string(json, "comment", type->comment);
    json_end_object(json);
}

void json_write_types(struct json *json, const struct ir_package *package)
{
    const ir_type_list types = ir_used_types(json->out->arena, package);

    json_begin_array(json, "types");
    for (size_t i = 0; i < types.n; i++)
        write_type(json, types.items[i]);
    json_end_array(json);
}

static const char *relation_kind(char relkind)
{
    switch (relkind) {
    case 'p':
        return "partitioned table";
    case 'v':
        return "view";
    case 'm':
        return "materialized view";
    case 'f':
        return "foreign table";
    default:
        return "table";
    }
}

static const char *identity_kind(char identity)
{
    return identity == 'a' ? "always" : identity == 'd' ? "by default" : NULL;
}

static void write_table_column(struct json *json, const struct ir_column *column,
                               const struct ir_attribute *attribute)
{
    json_begin_object(json, NULL);
    json_string(json, "name", column->name);
    json_string(json, "type", column->type->sql_name);
    json_int(json, "typmod", column->typmod);
    json_bool(json, "nullable", column->nullable);
    json_string(json, "domain", column->domain ? column->domain->sql_name : NULL);
    json_bool(json, "has_default", attribute->has_default);
    json_string(json, "identity", identity_kind(attribute->identity));
    json_bool(json, "is_generated", attribute->is_generated);
    json_string(json, "comment", column->comment);
    json_end_object(json);
}

static void write_table(struct json *json, const struct ir_table *table)
{
    json_begin_object(json, NULL);
    json_string(json, "table", table->path);
    json_string(json, "schema", table->schema);
    json_string(json, "name", table->name);
    json_string(json, "kind", relation_kind(table->relkind));
    json_string(json, "comment", table->comment);
    json_begin_array(json, "columns");
    for (size_t i = 0; i < table->n_columns; i++)
        write_table_column(json, &table->columns[i], &table->attributes[i]);
    json_end_array(json);
    json_end_object(json);
}

void json_write_tables(struct json *json, const struct ir_package *package)
{
    json_begin_array(json, "tables");
    for (size_t i = 0; i < package->n_tables; i++)
        write_table(json, package->tables[i]);
    json_end_array(json);
}

static const char *constraint_kind(char kind)
{
    switch (kind) {
    case 'p':
        return "primary key";
    case 'u':
        return "unique";
    case 'f':
        return "foreign key";
    case 'x':
        return "exclusion";
    default:
        return "check";
    }
}

static void write_names(struct json *json, const char *key, const char *const *names, size_t n)
{
    json_begin_array(json, key);
    for (size_t i = 0; i < n; i++)
        json_string(json, NULL, names[i]);
    json_end_array(json);
}

static void write_constraint(struct json *json, const struct ir_constraint *constraint)
{
    json_begin_object(json, NULL);
    json_string(json, "name", constraint->name);
    json_string(json, "table", constraint->table);
    json_string(json, "domain", constraint->domain);
    json_string(json, "kind", constraint_kind(constraint->kind));
    write_names(json, "columns", constraint->columns, constraint->n_columns);
    json_string(json, "ref_table", constraint->ref_table);
    write_names(json, "ref_columns", constraint->ref_columns, constraint->n_ref_columns);
    json_bool(json, "is_index", constraint->is_index);
    json_bool(json, "is_partial", constraint->is_partial);
    json_bool(json, "is_deferrable", constraint->is_deferrable);
    json_bool(json, "nulls_not_distinct", constraint->nulls_not_distinct);
    json_end_object(json);
}

void json_write_constraints(struct json *json, const struct ir_package *package)
{
    json_begin_array(json, "constraints");
    for (size_t i = 0; i < package->n_constraints; i++)
        write_constraint(json, &package->constraints[i]);
    json_end_array(json);
}
