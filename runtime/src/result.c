/* A result as rows of cells, and whether it has the shape that was compiled in.
 *
 * The documented way to a value is two function calls, PQgetvalue and PQgetlength, which together
 * cost several times what decoding does. libpq holds a row as an array of {int length; char *value}
 * and has done so in every version since 9.2, so the cells are read in place. That is not part of
 * its interface, hence three locks: it is done for library versions whose layout is known, after a
 * result made by libpq's public functions has been read back right, and for results whose counts
 * agree. Otherwise cells are copied out through the documented functions, and nothing else changes:
 * readers see cells, wherever they lie. */
#include "internal.h"

#include <stdio.h>
#include <string.h>

#define OLDEST_KNOWN_LIBPQ 90200
#define FIRST_UNKNOWN_LIBPQ 190000

/* The head of libpq's PGresult, and its description of a column. */
struct libpq_column {
    char *name;
    Oid table;
    int table_column;
    int format;
    Oid type;
    int type_length;
    int typmod;
};

struct libpq_result {
    int n_rows;
    int n_columns;
    const struct libpq_column *columns;
    const tenon__cell *const *rows;
};

static const struct libpq_result *look_inside(const PGresult *result)
{
    return (const struct libpq_result *)(const void *)result;
}

static bool counts_agree(const PGresult *result)
{
    const struct libpq_result *inside = look_inside(result);

    return inside->n_rows == PQntuples(result) && inside->n_columns == PQnfields(result);
}

static bool cell_agrees(const PGresult *result, int row, int column)
{
    const tenon__cell *cell = &look_inside(result)->rows[row][column];

    if (PQgetisnull(result, row, column))
        return cell->length == -1;
    return cell->length == PQgetlength(result, row, column) &&
           cell->value == PQgetvalue(result, row, column);
}

static bool column_agrees(const PGresult *result, int column)
{
    const struct libpq_column *inside = &look_inside(result)->columns[column];

    return inside->type == PQftype(result, column) && inside->format == PQfformat(result, column);
}

/* Two rows of two columns, no two numbers alike. */
static bool fill_sample(PGresult *result)
{
    char first[] = "a", second[] = "b", three[] = "xyz", five[] = "vwxyz";
    PGresAttDesc columns[] = {
        {first, 11, 12, 1, 20, 8, 13},
        {second, 14, 15, 0, 25, -1, 16},
    };

    return PQsetResultAttrs(result, 2, columns) && PQsetvalue(result, 0, 0, three, 3) &&
           PQsetvalue(result, 0, 1, NULL, -1) && PQsetvalue(result, 1, 0, NULL, -1) &&
           PQsetvalue(result, 1, 1, five, 5);
}

bool tenon__can_borrow(void)
{
    bool agrees;

    if (PQlibVersion() < OLDEST_KNOWN_LIBPQ || PQlibVersion() >= FIRST_UNKNOWN_LIBPQ)
        return false;
    PGresult *sample = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
    agrees = sample != NULL && fill_sample(sample) && counts_agree(sample);
    for (int i = 0; agrees && i < 4; i++)
        agrees = column_agrees(sample, i % 2) && cell_agrees(sample, i / 2, i % 2);
    PQclear(sample);
    return agrees;
}

/* Rows of cells in the call's scratch memory, filled by the documented functions. */
static const tenon__cell *const *copy_rows(tenon__call *call, const PGresult *result)
{
    size_t n_rows = (size_t)PQntuples(result), n_columns = (size_t)PQnfields(result);
    const tenon__cell **rows = NULL;
    tenon__cell *cells = NULL;

    if (n_columns == 0 || n_rows <= SIZE_MAX / sizeof *cells / n_columns) {
        rows = tenon_arena_alloc(call->scratch, (n_rows + 1) * sizeof *rows);
        cells = tenon_arena_alloc(call->scratch, n_rows * n_columns * sizeof *cells);
    }
    if (rows == NULL || cells == NULL)
        return NULL;
    for (size_t row = 0; row < n_rows; row++) {
        rows[row] = cells;
        for (size_t column = 0; column < n_columns; column++, cells++) {
            cells->value = PQgetvalue(result, (int)row, (int)column);
            cells->length = PQgetisnull(result, (int)row, (int)column)
                                ? -1
                                : PQgetlength(result, (int)row, (int)column);
        }
    }
    return rows;
}

static const struct {
    uint32_t oid;
    const char *name;
} type_names[] = {
    {16, "boolean"},
    {17, "bytea"},
    {18, "\"char\""},
    {19, "name"},
    {20, "bigint"},
    {21, "smallint"},
    {23, "integer"},
    {25, "text"},
    {26, "oid"},
    {27, "tid"},
    {28, "xid"},
    {29, "cid"},
    {114, "json"},
    {142, "xml"},
    {600, "point"},
    {601, "lseg"},
    {602, "path"},
    {603, "box"},
    {604, "polygon"},
    {628, "line"},
    {650, "cidr"},
    {700, "real"},
    {701, "double precision"},
    {718, "circle"},
    {774, "macaddr8"},
    {790, "money"},
    {829, "macaddr"},
    {869, "inet"},
    {1000, "boolean[]"},
    {1001, "bytea[]"},
    {1005, "smallint[]"},
    {1007, "integer[]"},
    {1009, "text[]"},
    {1015, "character varying[]"},
    {1016, "bigint[]"},
    {1021, "real[]"},
    {1022, "double precision[]"},
    {1042, "character"},
    {1043, "character varying"},
    {1082, "date"},
    {1083, "time without time zone"},
    {1114, "timestamp without time zone"},
    {1115, "timestamp without time zone[]"},
    {1182, "date[]"},
    {1184, "timestamp with time zone"},
    {1185, "timestamp with time zone[]"},
    {1186, "interval"},
    {1231, "numeric[]"},
    {1266, "time with time zone"},
    {1560, "bit"},
    {1562, "bit varying"},
    {1700, "numeric"},
    {2249, "record"},
    {2278, "void"},
    {2950, "uuid"},
    {2951, "uuid[]"},
    {3614, "tsvector"},
    {3615, "tsquery"},
    {3802, "jsonb"},
    {3904, "int4range"},
    {3906, "numrange"},
    {3908, "tsrange"},
    {3910, "tstzrange"},
    {3912, "daterange"},
    {3926, "int8range"},
};

const char *tenon__type_name(uint32_t oid)
{
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
        if (type_names[i].oid == oid)
            return type_names[i].name;
    return NULL;
}

/* text, varchar, bpchar and name: the same bytes, and the same C type. */
static bool is_text(uint32_t oid)
{
    return oid == 25 || oid == 1043 || oid == 1042 || oid == 19;
}

/* citext and domains have OIDs of their own in each database, as all types of schemas have. Where
 * text is expected they are taken: an enum is sent as text, too, and the bytes of others rarely
 * read as one, for text has no NUL. What is stricter belongs to `tenon verify`. */
bool tenon__type_fits(uint32_t expected, uint32_t found)
{
    if (expected == found)
        return true;
    if (found >= TENON_FIRST_UNPINNED_OID)
        return expected == 0 || is_text(expected);
    return is_text(expected) && is_text(found);
}

void tenon__put_type_name(char *text, size_t size, uint32_t oid)
{
    const char *name = tenon__type_name(oid);

    if (name != NULL)
        snprintf(text, size, "%s", name);
    else if (oid == 0)
        snprintf(text, size, "a type of the schema");
    else
        snprintf(text, size, "the type with OID %u", (unsigned)oid);
}

static void mismatch(tenon__call *call, const PGresult *result, int column)
{
    char expected[64], found[64];

    tenon__put_type_name(expected, sizeof expected, call->statement->column_types[column]);
    tenon__put_type_name(found, sizeof found, PQftype(result, column));
    tenon__call_fail(call, TENON_SCHEMA_MISMATCH,
                     "query %s: column %d \"%s\" is %s, but the code was generated for %s",
                     call->statement->query, column + 1, PQfname(result, column), found, expected);
}

static TENON_APART bool refuse_count(tenon__call *call, int n_columns)
{
    tenon__call_fail(call, TENON_SCHEMA_MISMATCH,
                     "query %s: the result has %d columns, but the code was generated for %u",
                     call->statement->query, n_columns, (unsigned)call->statement->n_columns);
    return false;
}

/* What is wrong with a column of which something is. */
static TENON_APART bool refuse_column(tenon__call *call, const PGresult *result, int column)
{
    if (!tenon__type_fits(call->statement->column_types[column], PQftype(result, column)))
        mismatch(call, result, column);
    else
        tenon__call_fail(call, TENON_BAD_VALUE,
                         "query %s: column %d \"%s\" came in text form instead of binary",
                         call->statement->query, column + 1, PQfname(result, column));
    return false;
}

/* What is wrong with some column, or nothing after all: of types without a fixed OID 0 is expected.
 */
static TENON_APART bool check_each_column(tenon__call *call, const PGresult *result)
{
    const struct libpq_column *columns = look_inside(result)->columns;

    for (int i = 0; i < call->statement->n_columns; i++)
        if (!tenon__type_fits(call->statement->column_types[i], columns[i].type))
            return refuse_column(call, result, i);
    return true;
}

/* Whether the types of the columns are just those expected. By four, for few columns are not worth
 * the vectors that compilers make of a loop. */
static bool types_agree(const struct libpq_column *columns, const uint32_t *expected, int n)
{
    for (; n >= 4; n -= 4, columns += 4, expected += 4)
        if (((columns[0].type ^ expected[0]) | (columns[1].type ^ expected[1]) |
             (columns[2].type ^ expected[2]) | (columns[3].type ^ expected[3])) != 0)
            return false;
    for (; n > 0; n--, columns++, expected++)
        if (columns->type != *expected)
            return false;
    return true;
}

/* PQbinaryTuples speaks for all columns at once; of no columns it is false. */
static bool check_columns_in_place(tenon__call *call, const PGresult *result)
{
    int n = call->statement->n_columns;

    if (!types_agree(look_inside(result)->columns, call->statement->column_types, n) &&
        !check_each_column(call, result))
        return false;
    return n == 0 || PQbinaryTuples(result) || tenon__check_shape(call, result);
}

bool tenon__check_types(tenon__call *call, const PGresult *result)
{
    int n_columns = PQnfields(result);

    if (n_columns != call->statement->n_columns)
        return refuse_count(call, n_columns);
    for (int i = 0; i < n_columns; i++)
        if (!tenon__type_fits(call->statement->column_types[i], PQftype(result, i)))
            return refuse_column(call, result, i);
    return true;
}

bool tenon__check_shape(tenon__call *call, const PGresult *result)
{
    if (!tenon__check_types(call, result))
        return false;
    for (int i = 0; i < PQnfields(result); i++)
        if (PQfformat(result, i) != 1)
            return refuse_column(call, result, i);
    return true;
}

bool tenon__accept_command(tenon__call *call, PGresult *result)
{
    if ((PQnfields(result) != 0 || call->statement->n_columns != 0) &&
        !tenon__check_shape(call, result))
        return false;
    return tenon__is_complete(result) || tenon__check_complete(call, result);
}

bool tenon__check_complete(tenon__call *call, PGresult *result)
{
    if (tenon__is_complete(result))
        return true;
    tenon__call_violated(call, "the server did not say that the command is complete");
    return false;
}

/* A row that got lost on the way leaves no other trace than the count in the tag of a SELECT. */
static bool check_tag(tenon__call *call, PGresult *result, size_t n_rows)
{
    static const char select[] = "SELECT ";
    const char *tag = PQcmdStatus(result); /* in an array of 64 bytes */
    size_t count = 0;

    if (memcmp(tag, select, sizeof select - 1) != 0)
        return *tag != '\0' || tenon__check_complete(call, result);
    for (const char *c = tag + sizeof select - 1; *c >= '0' && *c <= '9'; c++)
        count = count * 10 + (size_t)(*c - '0');
    if (count == n_rows)
        return true;
    tenon__call_violated(call, "the server sent another number of rows than it says");
    return false;
}

/* What the rows had on the wire: a header each, and a length word for each value. */
static TENON_APART int64_t wire_size(const PGresult *result)
{
    int n_rows = PQntuples(result), n_columns = PQnfields(result);
    int64_t size = 0;

    for (int row = 0; row < n_rows; row++) {
        size += 7 + 4 * (int64_t)n_columns;
        for (int column = 0; column < n_columns; column++)
            size += PQgetlength(result, row, column);
    }
    return size;
}

/* Bytes have been counted on the way too, but not those that came while others were read. In
 * memory a result is never smaller than on the wire. */
static bool is_within_bytes(const tenon_limits *limits, const PGresult *result)
{
    return limits->max_bytes < 0 || PQresultMemorySize(result) <= (size_t)limits->max_bytes ||
           wire_size(result) <= limits->max_bytes;
}

static TENON_APART bool refuse_size(tenon__call *call, int64_t limit, const char *unit)
{
    tenon__call_fail(call, TENON_TOO_LARGE, "query %s: the answer has more than %lld %s",
                     call->statement->query, (long long)limit, unit);
    return false;
}

static bool check_limits(tenon__call *call, const PGresult *result)
{
    const tenon_limits *limits = &call->db->limits;

    if (limits->max_rows > 0 && call->n_rows > (size_t)limits->max_rows)
        return refuse_size(call, limits->max_rows, "rows");
    return is_within_bytes(limits, result) || refuse_size(call, limits->max_bytes, "bytes");
}

/* Those of a stream are counted through its parts. */
static void set_rows(tenon__call *call, const tenon__cell *const *rows, int n)
{
    call->rows = rows;
    call->rows_end = n == 0 ? rows : rows + n;
    call->n_rows = (call->single_rows ? call->n_rows : 0) + (size_t)n;
}

static TENON_APART bool use_copied_rows(tenon__call *call, const PGresult *result)
{
    if (!tenon__check_shape(call, result))
        return false;
    const tenon__cell *const *rows = copy_rows(call, result);
    if (rows == NULL)
        tenon__call_fail(call, TENON_OUT_OF_MEMORY, "out of memory");
    else
        set_rows(call, rows, PQntuples(result));
    return rows != NULL;
}

/* Makes the rows of a result whose shape is the expected one the call's. */
static bool use_rows(tenon__call *call, const PGresult *result)
{
    const struct libpq_result *inside = look_inside(result);

    if (!call->db->borrows || !counts_agree(result))
        return use_copied_rows(call, result);
    if (inside->n_columns != call->statement->n_columns)
        return refuse_count(call, inside->n_columns);
    if (!call->checked && !check_columns_in_place(call, result))
        return false;
    set_rows(call, inside->rows, inside->n_rows);
    return true;
}

bool tenon__accept(tenon__call *call, PGresult *result)
{
    if (!use_rows(call, result))
        return false;
    call->named = result;
    /* The parts of a stream share one description. */
    call->checked = call->single_rows;
    return check_limits(call, result) &&
           ((call->single_rows && PQresultStatus(result) == PGRES_SINGLE_TUPLE) ||
            check_tag(call, result, call->n_rows));
}
