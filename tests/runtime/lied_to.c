#include "lied_to.h"

#include <check.h>
#include <string.h>

struct script script;
struct fake_server server;

void lied_to_setup(void)
{
    memset(&script, 0, sizeof script);
    mem = tenon_arena_create();
    db = NULL;
}

void lied_to_teardown(void)
{
    tenon_db_close(db);
    tenon_arena_destroy(mem);
    fake_server_stop(&server);
}

void lied_to_connect(const tenon_db_options *options)
{
    fake_server_start(&server, &script);
    ck_status(TENON_OK, tenon_db_open(server.conninfo, options, &db));
}
