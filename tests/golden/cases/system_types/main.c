/* Reads and sends values of types whose OIDs differ from server to server. */
#include <inttypes.h>
#include <stdio.h>

#include <shop/system.h>
#include <tenon/tenon.h>

static const tenon_opt_text TAGS[] = {TENON_TEXT("a"), TENON_TEXT("b \"c\"")};

static tenon_status add(tenon_db *db)
{
    const shop_add_thing_params thing = {
        .id = 1,
        .size = 7,
        .tags = {.count = 2, .items = TAGS},
        .flag = TENON_SOME({.name = TENON_TEXT("round"), .is_set = TENON_TEXT("YES")}),
    };
    const shop_add_thing_params bare = {.id = 2};
    tenon_status status = shop_add_thing(db, &thing);

    return status == TENON_OK ? shop_add_thing(db, &bare) : status;
}

static tenon_status show_things(tenon_db *db, tenon_arena *mem)
{
    shop_thing_row_list things;
    shop_tagged_any_of_list ids;
    tenon_status status = shop_list_things(db, mem, &things);

    if (status == TENON_OK)
        status = shop_tagged_any_of(db, mem, (tenon_text_array){.count = 1, .items = TAGS}, &ids);
    if (status != TENON_OK)
        return status;
    for (size_t i = 0; i < things.count; i++) {
        const shop_thing_row *thing = &things.items[i];
        printf("%" PRId32 " size %" PRId32, thing->id, thing->size);
        for (size_t tag = 0; tag < thing->tags.count; tag++)
            printf(" <%s>", thing->tags.items[tag].or_null);
        if (thing->flag.present)
            printf(" %s %s", thing->flag.value.name.or_null, thing->flag.value.is_set.or_null);
        puts("");
    }
    for (size_t i = 0; i < ids.count; i++)
        printf("tagged: %" PRId32 "\n", ids.items[i]);
    return TENON_OK;
}

static tenon_status show_columns(tenon_db *db, tenon_arena *mem)
{
    shop_columns_of_row_list columns;
    tenon_status status = shop_columns_of(db, mem, "thing", &columns);

    for (size_t i = 0; status == TENON_OK && i < columns.count; i++)
        printf("%" PRId32 " %s %s\n", columns.items[i].ordinal_position,
               columns.items[i].column_name, columns.items[i].is_nullable);
    return status;
}

static tenon_status show_tables(tenon_db *db, tenon_arena *mem)
{
    tenon_opt_text_array names;
    shop_tables table;
    shop_opt_pg_indexes_array indexes;
    tenon_status status = shop_table_names(db, mem, &names);

    if (status == TENON_OK)
        status = shop_table_row(db, mem, &table);
    if (status == TENON_OK)
        status = shop_indexes(db, mem, &indexes);
    if (status != TENON_OK)
        return status;
    for (size_t i = 0; i < names.value.count; i++)
        puts(names.value.items[i].or_null);
    printf("%s %s %s\n", table.table_name.or_null, table.table_type.or_null,
           table.is_insertable_into.or_null);
    for (size_t i = 0; i < indexes.value.count; i++)
        puts(indexes.value.items[i].indexname.or_null);
    return TENON_OK;
}

int main(void)
{
    tenon_db *db = NULL;
    tenon_arena *mem = tenon_arena_create();
    tenon_status status = tenon_db_open("", NULL, &db);

    if (status == TENON_OK)
        status = add(db);
    if (status == TENON_OK)
        status = show_things(db, mem);
    if (status == TENON_OK)
        status = show_columns(db, mem);
    if (status == TENON_OK)
        status = show_tables(db, mem);
    if (status != TENON_OK)
        fprintf(stderr, "%s\n", tenon_db_error(db)->message);
    tenon_arena_destroy(mem);
    tenon_db_close(db);
    return status != TENON_OK;
}
