/* All statements of a package at once, before the first of them is needed: each is parsed and
 * described, and what differs from what was compiled in is gathered into one failure. What has been
 * parsed stays prepared. Nothing is executed. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What differs, a line each. */
struct findings {
    char *text; /* NULL: nothing, or there was no memory */
    size_t length;
    bool lacks_memory;
};

static void add_finding(struct findings *findings, const tenon_error *error)
{
    static const char prefix[] = "query ";
    bool is_named = strncmp(error->message, prefix, sizeof prefix - 1) == 0;
    bool has_state = *error->sqlstate != '\0';
    size_t size = strlen(error->query) + strlen(error->message) + strlen(error->sqlstate) + 32;
    char *text = realloc(findings->text, findings->length + size);

    if (text == NULL) {
        findings->lacks_memory = true;
        return;
    }
    findings->text = text;
    int length = snprintf(text + findings->length, size, "%s%s%s%s%s%s%s%s",
                          findings->length > 0 ? "\n" : "", is_named ? "" : prefix,
                          is_named ? "" : error->query, is_named ? "" : ": ", error->message,
                          has_state ? " [" : "", error->sqlstate, has_state ? "]" : "");
    findings->length += (size_t)length;
}

/* Parses and describes; the description is compared. */
static void look(tenon__call *call)
{
    const tenon__statement *statement = call->statement;
    bool is_copy = statement->key == NULL;

    call->deadline = TENON_DEADLINE_LATER;

    if (!tenon__cancel_starts(call))
        return;
    if (call->db->checks_params && !is_copy && !tenon__check_param_types(call))
        return;
    PGresult *description = is_copy ? tenon__describe(call, "", statement->copy_check)
                                    : tenon__prepare_and_describe(call);
    if (description != NULL && call->status == TENON_OK)
        tenon__check_types(call, description);
    PQclear(description);
}

static tenon_status prepare_one(tenon_db *db, const tenon__statement *statement)
{
    tenon__call call;

    if (tenon__begin(&call, db, statement))
        look(&call);
    return tenon__finish(&call);
}

/* Whether another statement may fare better. */
static bool is_of_statement(const tenon_db *db, tenon_status status)
{
    return !db->lost && status != TENON_TIMEOUT && status != TENON_CANCELED &&
           status != TENON_OUT_OF_MEMORY && status != TENON_INVALID_ARGUMENT;
}

static tenon_status conclude(tenon_db *db, struct findings *findings)
{
    tenon_status status = TENON_OK;

    if (findings->lacks_memory)
        status = tenon__fail(db, NULL, TENON_OUT_OF_MEMORY, "out of memory");
    else if (findings->text != NULL)
        status = tenon__fail(db, NULL, TENON_SCHEMA_MISMATCH, "%s", findings->text);
    free(findings->text);
    return status;
}

tenon_status tenon__prepare_all(tenon_db *db, const tenon__statement *const *const *modules)
{
    struct findings findings = {NULL, 0, false};

    if (db == NULL)
        return TENON_INVALID_ARGUMENT;
    if (db->conn != NULL && (db->depth > 0 || PQtransactionStatus(db->conn) != PQTRANS_IDLE))
        return tenon__fail(db, NULL, TENON_INVALID_ARGUMENT,
                           "statements are prepared outside of a transaction, which the first one "
                           "that the server refuses would fail");
    for (; *modules != NULL; modules++)
        for (const tenon__statement *const *statement = *modules; *statement != NULL; statement++) {
            tenon_status status = prepare_one(db, *statement);

            if (status != TENON_OK && !is_of_statement(db, status)) {
                free(findings.text);
                return status;
            }
            if (status != TENON_OK)
                add_finding(&findings, &db->error);
        }
    return conclude(db, &findings);
}
