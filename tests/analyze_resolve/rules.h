/* The suites of analyze_resolve, and what their checks share. */
#ifndef TENON_TESTS_RULES_H
#define TENON_TESTS_RULES_H

#include <check.h>

#include "analyze_resolve/given.h"

TCase *conversion_rules(void);
TCase *call_rules(void);

/* Each test runs on a fresh one, which the checked fixture makes. */
extern struct given given;
void rules_setup(void);
void rules_teardown(void);

/* Runs a call and keeps the result; for given_try(). */
struct attempt {
    struct call_site site;
    struct resolved_call call;
};
void attempt_call(void *attempt);

#define assert_fails(error, sqlstate, text)                                                        \
    do {                                                                                           \
        const struct diag *error_ = (error);                                                       \
        ck_assert_ptr_nonnull(error_);                                                             \
        ck_assert_str_eq(error_->code, sqlstate);                                                  \
        ck_assert_str_eq(error_->message, text);                                                   \
    } while (0)
#define assert_works(error) ck_assert_msg((error) == NULL, "refused")

#endif
