/* A line of `ajar sim list --json` that may be anything: what is taken has an id, an address of loopback, and few expectations. */
#include "claim.h"
#include "cli/served.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct served s;
    if (!served_read(bytes_at(data, size), &s))
        return 0;
    require(s.id[0] && strnlen(s.id, sizeof s.id) < sizeof s.id);
    require(strnlen(s.name, sizeof s.name) < sizeof s.name);
    require(addr_is_loopback(&s.at) && s.at.port > 0);
    require(s.expect_count <= SCENARIO_EXPECTS);
    return 0;
}
