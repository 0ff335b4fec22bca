/* Advanced regular expressions (manual, 9.7.3), as far as one can be wrong. */
#ifndef TENON_VALUE_REGEX_H
#define TENON_VALUE_REGEX_H

/* What the server says of the pattern, "parentheses () not balanced"; NULL for a good one. In doubt
 * it is good. */
const char *regex_error(const char *pattern);

#endif
