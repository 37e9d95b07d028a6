/* What a simulator asks for, which may be anything: what is taken for a question is of loopback alone. */
#include "claim.h"
#include "sim/sockets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sockets_question q;
    if (!sockets_read(bytes_at(data, size), &q))
        return 0;
    bool dials = q.what == SOCKETS_DIAL || q.what == SOCKETS_DIAL_DATAGRAMS;
    require(dials || q.what == SOCKETS_LISTENER || q.what == SOCKETS_DATAGRAMS);
    require(dials ? addr_is_loopback(&q.to) : addr_is_loopback(&q.at));
    require(q.at.family == ADDR_NONE || addr_is_loopback(&q.at));
    return 0;
}
