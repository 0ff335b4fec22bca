/* A table and a query of each kind, for the suites of calls. */
#ifndef TESTS_RUNTIME_ITEMS_H
#define TESTS_RUNTIME_ITEMS_H

#include "server.h"

typedef struct item {
    int32_t id;
    const char *name;
    const char *note;
    tenon_opt_int64 price;
} item;

typedef struct item_list {
    size_t count;
    item *items;
} item_list;

/** Three items, with the ids 1 to 3: server_setup and the table. */
void items_setup(void);
void items_teardown(void);

/** The items from id on, which are expected to be at most one, one, or any number. */
tenon_status find_opt(tenon_db *on, int32_t id, bool *found, item *row);
tenon_status find_one(tenon_db *on, int32_t id, item *row);
tenon_status find_many(tenon_db *on, int32_t id, item_list *list);
tenon_status add(tenon_db *on, const item *row, int64_t *rows_affected);

#endif
