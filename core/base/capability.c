#include "base/capability.h"

static const struct {
    const char *name;
    const char *words;
} all[CAPABILITIES] = {
    [CAPABILITY_SMTP] = {"smtp",
                         "speak SMTP with a target, and send it mail for our own mailboxes"},
    [CAPABILITY_HTTP] = {"http", "ask a target for web pages and tunnels to our own sink"},
    [CAPABILITY_SOCKS] = {"socks", "ask a target for SOCKS connections to our own sink"},
    [CAPABILITY_TCP] = {"tcp", "speak line protocols of gateways with a target"},
    [CAPABILITY_UDP] = {"udp", "send a target datagrams"},
    [CAPABILITY_DNS] = {"dns", "put questions to the operator's DNS resolvers"},
};

const char *capability_name(enum capability c)
{
    return all[c].name;
}

bool capability_parse(struct bytes name, enum capability *out)
{
    for (unsigned i = 0; i < CAPABILITIES; i++)
        if (bytes_equal_text(name, all[i].name)) {
            *out = (enum capability)i;
            return true;
        }
    return false;
}

const char *capability_words(enum capability c)
{
    return all[c].words;
}
