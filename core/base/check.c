#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>

void check_failed(const char *condition, const char *file, int line, const char *func)
{
    fprintf(stderr, "ajar: broken invariant: %s (%s:%d, %s)\n", condition, file, line, func);
    abort();
}
