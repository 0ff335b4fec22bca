#include "given.h"

int main(void)
{
    SRunner *runner = srunner_create(lexer_suite());
    int failed;

    srunner_add_suite(runner, schema_file_suite());
    srunner_add_suite(runner, query_file_suite());
    srunner_add_suite(runner, lowering_suite());
    srunner_add_suite(runner, places_suite());
    srunner_add_suite(runner, depth_suite());
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
