/* What a sequence counts: the parameters that are not written follow from its type and direction
 * (manual, CREATE SEQUENCE; init_params() of the server, which this follows check by check).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ddl/sequence.h"
#include "ddl/table.h"

struct values {
    struct ddl *ddl;
    struct sequence *sequence;
    PgQuery__Node **options;
    size_t n;
    bool is_new;
    bool reset_maximum, reset_minimum; /* they were those of the type that it had */
};

static span place(const struct values *values, const char *option)
{
    const PgQuery__DefElem *item = definition_find(values->options, values->n, option);

    return ddl_span(values->ddl, item ? item->location : -1);
}

static const PgQuery__DefElem *find(const struct values *values, const char *option)
{
    return definition_find(values->options, values->n, option);
}

static int64_t least_of(oid type)
{
    return type == INT2OID ? INT16_MIN : type == INT4OID ? INT32_MIN : INT64_MIN;
}

static int64_t most_of(oid type)
{
    return type == INT2OID ? INT16_MAX : type == INT4OID ? INT32_MAX : INT64_MAX;
}

/* False when the option is not written, or as NO …. */
static bool read_number(const struct values *values, const char *option, int64_t *number)
{
    const PgQuery__DefElem *item = find(values, option);
    const char *text = item && item->arg ? definition_string(values->ddl, item) : NULL;

    if (!text)
        return false;
    errno = 0;
    *number = strtoll(text, NULL, 10);
    if (errno == ERANGE)
        ddl_fail(values->ddl, "22003", place(values, option),
                 "value \"%s\" is out of range for type bigint", text);
    return true;
}

static _Noreturn void fail(const struct values *values, const char *option, const char *message)
{
    ddl_fail(values->ddl, "22023", place(values, option), "%s", message);
}

/* --- Each of them ----------------------------------------------------------------------------- */

static void set_type(struct values *values)
{
    struct sequence *sequence = values->sequence;
    const PgQuery__DefElem *as = find(values, "as");
    const oid old = sequence->type;

    if (as && NODE_IS(as->arg, TYPE_NAME))
        sequence->type = type_resolve(values->ddl, as->arg->type_name, NULL);
    else if (values->is_new && !sequence->type)
        sequence->type = INT8OID;
    if (sequence->type != INT2OID && sequence->type != INT4OID && sequence->type != INT8OID)
        fail(values, "as",
             sequence->is_identity ? "identity column type must be smallint, integer, or bigint"
                                   : "sequence type must be smallint, integer, or bigint");
    if (values->is_new || sequence->type == old)
        return;
    values->reset_maximum = sequence->maximum == most_of(old);
    values->reset_minimum = sequence->minimum == least_of(old);
}

static void set_increment(struct values *values)
{
    struct sequence *sequence = values->sequence;

    if (!read_number(values, "increment", &sequence->increment) && values->is_new)
        sequence->increment = 1;
    if (sequence->increment == 0)
        fail(values, "increment", "INCREMENT must not be zero");
}

static void set_limits(struct values *values)
{
    struct sequence *sequence = values->sequence;
    const bool rises = sequence->increment > 0;

    if (!read_number(values, "maxvalue", &sequence->maximum) &&
        (values->is_new || find(values, "maxvalue") || values->reset_maximum))
        sequence->maximum = rises || values->reset_maximum ? most_of(sequence->type) : -1;
    if (!read_number(values, "minvalue", &sequence->minimum) &&
        (values->is_new || find(values, "minvalue") || values->reset_minimum))
        sequence->minimum = !rises || values->reset_minimum ? least_of(sequence->type) : 1;
}

static void check_limits(const struct values *values)
{
    const struct sequence *sequence = values->sequence;

    if (sequence->maximum > most_of(sequence->type) || sequence->maximum < least_of(sequence->type))
        ddl_fail(values->ddl, "22023", place(values, "maxvalue"),
                 "MAXVALUE (%lld) is out of range for sequence data type %s",
                 (long long)sequence->maximum, ddl_type_text(values->ddl, sequence->type));
    if (sequence->minimum > most_of(sequence->type) || sequence->minimum < least_of(sequence->type))
        ddl_fail(values->ddl, "22023", place(values, "minvalue"),
                 "MINVALUE (%lld) is out of range for sequence data type %s",
                 (long long)sequence->minimum, ddl_type_text(values->ddl, sequence->type));
    if (sequence->minimum >= sequence->maximum)
        ddl_fail(values->ddl, "22023", place(values, "minvalue"),
                 "MINVALUE (%lld) must be less than MAXVALUE (%lld)", (long long)sequence->minimum,
                 (long long)sequence->maximum);
}

static void set_start(struct values *values)
{
    struct sequence *sequence = values->sequence;

    if (!read_number(values, "start", &sequence->start) && values->is_new)
        sequence->start = sequence->increment > 0 ? sequence->minimum : sequence->maximum;
    if (sequence->start < sequence->minimum)
        ddl_fail(values->ddl, "22023", place(values, "start"),
                 "START value (%lld) cannot be less than MINVALUE (%lld)",
                 (long long)sequence->start, (long long)sequence->minimum);
    if (sequence->start > sequence->maximum)
        ddl_fail(values->ddl, "22023", place(values, "start"),
                 "START value (%lld) cannot be greater than MAXVALUE (%lld)",
                 (long long)sequence->start, (long long)sequence->maximum);
}

static void check_restart(const struct values *values)
{
    const struct sequence *sequence = values->sequence;
    int64_t number;

    if (!read_number(values, "restart", &number))
        return;
    if (number < sequence->minimum)
        ddl_fail(values->ddl, "22023", place(values, "restart"),
                 "RESTART value (%lld) cannot be less than MINVALUE (%lld)", (long long)number,
                 (long long)sequence->minimum);
    if (number > sequence->maximum)
        ddl_fail(values->ddl, "22023", place(values, "restart"),
                 "RESTART value (%lld) cannot be greater than MAXVALUE (%lld)", (long long)number,
                 (long long)sequence->maximum);
}

static void set_cache(struct values *values)
{
    struct sequence *sequence = values->sequence;
    const PgQuery__DefElem *cycle = find(values, "cycle");

    if (!read_number(values, "cache", &sequence->cache) && values->is_new)
        sequence->cache = 1;
    if (sequence->cache <= 0)
        ddl_fail(values->ddl, "22023", place(values, "cache"),
                 "CACHE (%lld) must be greater than zero", (long long)sequence->cache);
    if (cycle)
        sequence->cycles = definition_bool(values->ddl, cycle);
}

/* --- All of them ------------------------------------------------------------------------------ */

/* The server reads the words of the grammar, in which each option may stand once. */
static void check_once(struct ddl *ddl, PgQuery__Node **options, size_t n)
{
    for (size_t i = 0; i < n; i++)
        definition_check_once(ddl, options, n, options[i]->def_elem);
}

static void set_values(struct values *values)
{
    check_once(values->ddl, values->options, values->n);
    set_type(values);
    set_increment(values);
    set_limits(values);
    check_limits(values);
    set_start(values);
    check_restart(values);
    set_cache(values);
}

void sequence_set_new(struct ddl *ddl, struct sequence *sequence, PgQuery__Node **options, size_t n)
{
    struct values values = {ddl, sequence, options, n, true, false, false};

    set_values(&values);
}

void sequence_set(struct ddl *ddl, struct relation *relation, PgQuery__Node **options, size_t n)
{
    struct sequence *sequence = arena_new(ddl->arena, struct sequence);
    struct values values = {ddl, sequence, options, n, relation->sequence == NULL, false, false};

    if (relation->sequence)
        *sequence = *relation->sequence;
    set_values(&values);
    relation->sequence = sequence;
}

void sequence_set_type(struct ddl *ddl, struct relation *relation, oid type)
{
    struct sequence *sequence = relation->sequence;
    struct values values = {ddl, sequence, NULL, 0, false, false, false};

    if (!sequence || sequence->type == type)
        return;
    values.reset_maximum = sequence->maximum == most_of(sequence->type);
    values.reset_minimum = sequence->minimum == least_of(sequence->type);
    sequence->type = type;
    set_limits(&values);
    check_limits(&values);
}
