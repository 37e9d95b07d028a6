/*
 * A tape that an enemy wrote, replayed with the probe that it names: it is the same or it differs, and the
 * difference is said; no probe waits, none ends the process.
 */
#include "builtin.h"
#include "claim.h"
#include "run/rederive.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail = {0};
    if (!rederive(builtin_probes(), bytes_at(data, size), &fail))
        require(fail.code && fail.text[0] != '\0');
    return 0;
}
