#include "cli/line_range.h"

#include "base/bytes.h"

#include <stdint.h>

bool line_range_parse(const char *value, struct line_range *out)
{
    struct bytes text = bytes_of(value);
    size_t dash = bytes_index(text, '-', 0);
    *out = (struct line_range){0};
    bool ok = bytes_number(bytes_slice(text, 0, dash), INT32_MAX, &out->from) && out->from > 0;
    if (dash == BYTES_NOT_FOUND)
        out->to = out->from;
    else if (dash + 1 < text.n)
        ok = ok && bytes_number(bytes_slice(text, dash + 1, text.n), INT32_MAX, &out->to) &&
             out->to >= out->from;
    return ok;
}
