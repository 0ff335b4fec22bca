/* The smallest program: adds a note and lists them all.   minimal CONNINFO TEXT */
#include <inttypes.h>
#include <stdio.h>

#include <notes/notes.h>
#include <tenon/tenon.h>

int main(int argc, char **argv)
{
    tenon_db *db = NULL;
    tenon_arena *mem = tenon_arena_create();
    notes_notes_row_list notes = {0};
    int64_t id;
    tenon_status status = tenon_db_open(argc > 1 ? argv[1] : "", NULL, &db);

    if (status == TENON_OK)
        status = notes_add_note(db, argc > 2 ? argv[2] : "hello", &id);
    if (status == TENON_OK)
        status = notes_list_notes(db, mem, &notes);
    for (size_t i = 0; i < notes.count; i++)
        printf("%" PRId64 " %s\n", notes.items[i].id, notes.items[i].text);
    if (status != TENON_OK)
        fprintf(stderr, "%s\n", tenon_db_error(db)->message);
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    return status != TENON_OK;
}
