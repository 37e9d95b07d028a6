/* json_read_quick on any text: what it takes is what the JSON library would have read. */
#include "tape/json_read.h"

#include "base/check.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    json_error_t error;
    struct bytes text = bytes_at(data, size);
    json_t *quick = json_read_quick(text);
    json_t *any = quick ? json_read_any(text, &error) : NULL;
    require(!quick || (any && json_equal(quick, any)));
    json_decref(quick);
    json_decref(any);
    return 0;
}
