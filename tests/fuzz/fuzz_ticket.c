/* A ticket in an address: what was not made with the key is never true. */
#include "claim.h"
#include "mail/ticket.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct ticket_key key = {.bytes = {7}};
    struct bytes address = bytes_at(data, size);
    struct bytes name;
    char made[TICKET_ADDRESS];
    char text[TICKET_LOCAL + 1];
    struct fail fail;
    enum ticket_state state = ticket_in(&key, TICKET_BOUNCE, "b@example.org", address, &name);
    if (state == TICKET_NONE)
        return 0;
    claim_within(name, address);
    snprintf(text, sizeof text, "%.*s", (int)name.n, (const char *)name.p);
    if (!ticket_address(&key, TICKET_BOUNCE, "b@example.org", text, made, &fail))
        return 0;
    require((state == TICKET_TRUE) == bytes_equal_nocase(address, made));
    require(ticket_in(&key, TICKET_BOUNCE, "b@example.org", bytes_of(made), &name) == TICKET_TRUE);
    return 0;
}
