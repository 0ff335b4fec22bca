/* What two runs are compared by: one number made of all that was read. */
#include "digest.h"

#include <string.h>

#include "support.h"

static void digest_bytes(uint64_t *digest, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;

    for (size_t i = 0; i < length; i++)
        *digest = (*digest ^ byte[i]) * UINT64_C(0x100000001b3) + 1;
}

void digest_number(uint64_t *digest, uint64_t number)
{
    digest_bytes(digest, &number, sizeof number);
}

void digest_text(uint64_t *digest, const char *text)
{
    digest_bytes(digest, text, strlen(text) + 1);
}

void digest_entry(uint64_t *digest, int64_t mark, int32_t item, const char *note)
{
    digest_number(digest, (uint64_t)mark);
    digest_number(digest, (uint64_t)item);
    digest_text(digest, note);
}

static void digest_times(uint64_t *digest, const app_every_row *row)
{
    digest_number(digest, (uint64_t)row->a_date.days);
    digest_number(digest, (uint64_t)row->a_time.microseconds);
    digest_number(digest, (uint64_t)row->a_timetz.seconds_west);
    digest_number(digest, (uint64_t)row->a_timestamp.microseconds);
    digest_number(digest, (uint64_t)row->a_timestamptz.microseconds);
    digest_number(digest, (uint64_t)row->a_interval.microseconds);
}

static void digest_nested(uint64_t *digest, const app_every_row *row)
{
    digest_number(digest, (uint64_t)row->a_range.upper);
    digest_number(digest, row->a_multirange.count);
    digest_number(digest, (uint64_t)row->a_mood);
    digest_text(digest, row->a_place.street.or_null);
    digest_number(digest, (uint64_t)row->a_place.floor.value);
    for (size_t i = 0; i < row->some_int8.count; i++)
        digest_number(digest, (uint64_t)row->some_int8.items[i]);
    for (size_t i = 0; i < row->some_text.count; i++)
        digest_text(digest,
                    row->some_text.items[i].or_null != NULL ? row->some_text.items[i].or_null : "");
    for (size_t i = 0; i < row->some_moods.count; i++)
        digest_number(digest, (uint64_t)row->some_moods.items[i]);
    digest_number(digest,
                  row->no_int4.present || row->no_text.or_null != NULL || row->no_array.present);
}

void digest_every(uint64_t *digest, const app_every_row *row)
{
    digest_number(digest, (uint64_t)row->id);
    digest_number(digest, (uint64_t)(row->a_bool + row->a_int2 + row->a_int4 + row->a_percent));
    digest_number(digest, (uint64_t)(row->a_float4 * 4) + (uint64_t)(row->a_float8 * -4));
    digest_bytes(digest, row->a_numeric.digits.here, 2u * row->a_numeric.n_digits);
    digest_number(digest, (uint64_t)row->a_money);
    digest_text(digest, row->a_text);
    digest_text(digest, row->a_varchar);
    digest_text(digest, row->a_bpchar);
    digest_text(digest, row->a_name);
    digest_text(digest, row->a_json);
    digest_text(digest, row->a_jsonb);
    digest_text(digest, row->a_jsonpath);
    digest_text(digest, row->a_xml);
    digest_bytes(digest, row->a_bytea.data, row->a_bytea.length);
    digest_bytes(digest, row->a_uuid.bytes, sizeof row->a_uuid.bytes);
    digest_times(digest, row);
    digest_bytes(digest, row->a_inet.address, 4);
    digest_bytes(digest, row->a_macaddr.bytes, sizeof row->a_macaddr.bytes);
    digest_bytes(digest, row->a_bit.data, (row->a_bit.n_bits + 7) / 8);
    digest_number(digest, row->a_oid + row->a_xid + row->a_regclass + row->a_xid8 + row->a_lsn);
    digest_number(digest, row->a_path.count + row->a_polygon.count);
    digest_number(digest, (uint64_t)(row->a_circle.radius + row->a_point.x));
    digest_nested(digest, row);
}

app_add_every_params every_params(int64_t mark)
{
    static app_every_row row;
    static tenon_arena *mem; /* holds what row points to, for the life of the program */
    app_add_every_params params;

    if (mem == NULL) {
        tenon_db *db = must_open(server_conninfo, 10000);
        mem = tenon_arena_create();
        ck_status(db, TENON_OK, app_get_every(db, mem, 1, &row));
        tenon_db_close(db);
    }
#define COLUMN(name) params.name = row.name;
#include "columns.def"
#undef COLUMN
    params.id = mark;
    params.mark = mark;
    return params;
}
