/* scope_add_optouts on any text: all or nothing. */
#include "guard/scope.h"

#include "base/check.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct addr host = {.family = ADDR_IPV4, .ip = {127, 0, 0, 1}};
    struct fail fail;
    struct scope *s = scope_loopback();
    bool added = scope_add_optouts(s, bytes_at(data, size), "fuzz", &fail);
    enum scope_answer answer = scope_ask(s, &host);
    require(answer == SCOPE_ALLOWED || (added && answer == SCOPE_OPTED_OUT));
    scope_free(s);
    return 0;
}
