/* Runs the rules of type conversion and resolution that need no server to be known. */
#include "analyze_resolve/rules.h"

#include <stdlib.h>

struct given given;

void rules_setup(void)
{
    given_init(&given);
}

void rules_teardown(void)
{
    given_finish(&given);
}

void attempt_call(void *context)
{
    struct attempt *attempt = context;
    attempt->call = resolve_call(&given.parse, &attempt->site);
    if (attempt->call.kind == CALL_NOT_FOUND)
        resolve_function_failed(&given.parse, &attempt->site);
}

int main(void)
{
    Suite *suite = suite_create("analyze_resolve");
    suite_add_tcase(suite, conversion_rules());
    suite_add_tcase(suite, call_rules());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
