#include "cli/shown_name.h"

#include "base/text.h"

#include <stdio.h>

const char *shown_name(const char *name, char out[SHOWN_NAME])
{
    snprintf(out, SHOWN_NAME, "%s", name);
    text_make_printable(out);
    return out;
}
