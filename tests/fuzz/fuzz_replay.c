/*
 * A tape that an enemy wrote, replayed with the probe that it names: it is the same or it differs, and the
 * difference is said; no probe waits, none ends the process.
 */
#include "builtin.h"
#include "claim.h"
#include "run/rederive.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rederived what;
    rederive(builtin_probes(), &(struct case_files){.tape = bytes_at(data, size)}, &what);
    require(what.outcome != REDERIVED_DIFFERS ||
            (what.difference.line > 0 && what.difference.expected[0]));
    require(what.outcome != REDERIVED_UNABLE || (what.fail.code && what.fail.text[0] != '\0'));
    return 0;
}
