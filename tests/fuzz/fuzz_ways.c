/* ways_reach_parse on any text: what it takes names ports of the sink alone, each once, and is written as JSON. */
#include "base/ways.h"

#include "base/check.h"

#include <stdint.h>

static void check(const struct ways_reach *r, const struct ways *w)
{
    struct buf json = buf_new(1000);
    require(r->count > 0 && r->count <= w->port_count);
    for (unsigned i = 0; i < r->count; i++) {
        bool known = false;
        for (unsigned k = 0; k < w->port_count; k++)
            known |= w->ports[k] == r->ports[i];
        require(known);
        for (unsigned k = 0; k < i; k++)
            require(r->ports[k] != r->ports[i]);
    }
    ways_reach_put(&json, r);
    require(!json.overflow);
    buf_free(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct ways ways = {.ports = {25, 80, 443, 587, 1080, 3128, 8025, 65535},
                                     .port_count = WAYS_PORTS};
    struct ways_reach reach;
    if (ways_reach_parse(bytes_at(data, size), &ways, &reach))
        check(&reach, &ways);
    return 0;
}
