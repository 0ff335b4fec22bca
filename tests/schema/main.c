#include "given.h"

int main(void)
{
    SRunner *runner = srunner_create(places_suite());
    int failed;

    srunner_add_suite(runner, views_suite());
    srunner_add_suite(runner, sessions_suite());
    srunner_add_suite(runner, objects_suite());
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
