/* scope_parse on any text; whatever it says, a host that it denies is not allowed. */
#include "guard/scope.h"

#include "base/check.h"
#include "base/text.h"

#include <stdint.h>

static void check_scope(const struct scope *s)
{
    struct addr host = {.family = ADDR_IPV4, .ip = {192, 0, 2, 7}};
    struct addr mapped = {.family = ADDR_IPV6, .ip = {[10] = 0xff, [11] = 0xff, 192, 0, 2, 7}};
    struct addr nobody = {.family = ADDR_IPV4};
    enum scope_answer answer = scope_ask(s, &host);
    require(scope_is_own(s, &host) == scope_is_own(s, &mapped));
    require(scope_ask(s, &mapped) == SCOPE_DENIED || scope_ask(s, &mapped) == answer);
    require(scope_ask(s, &nobody) != SCOPE_ALLOWED);
    require(answer != SCOPE_ALLOWED || *scope_authority(s));
    require(text_is_printable(bytes_of(scope_authority(s))));
    require(text_is_printable(bytes_of(scope_contact(s))) && *scope_contact(s));
    require(text_is_printable(bytes_of(scope_info(s))) && *scope_info(s));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail;
    struct scope *s = scope_parse(bytes_at(data, size), "fuzz", &fail);
    if (s)
        check_scope(s);
    scope_free(s);
    return 0;
}
