#include "given.h"

int main(void)
{
    SRunner *runner = srunner_create(names_suite());
    int failed;

    srunner_add_suite(runner, escape_suite());
    srunner_add_suite(runner, template_suite());
    srunner_add_suite(runner, package_suite());
    srunner_add_suite(runner, package_types_suite());
    srunner_add_suite(runner, errors_suite());
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
