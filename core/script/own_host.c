#include "script/own_host.h"

#include "base/check.h"

const char *own_host_text(const struct task_facts *facts, enum own_host_kind kind, uint16_t port,
                          char out[ADDR_TEXT])
{
    struct addr to = {.family = ADDR_IPV4, .ip = {127, 0, 0, 1}};
    require(port > 0);
    if (kind == OWN_HOST_SELF)
        to = facts->target;
    to.port = port;
    return addr_text(&to, out);
}
