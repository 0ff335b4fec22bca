/* What cannot be reported as a diagnostic: our own bugs, and memory running out. Both end the
 * process with a sentence on standard error.
 */
#ifndef TENON_SUPPORT_BUG_H
#define TENON_SUPPORT_BUG_H

#define BUG(message) bug_at(__FILE__, __LINE__, (message))

_Noreturn void bug_at(const char *file, int line, const char *message);
_Noreturn void out_of_memory(void);

#endif
