/* The first field of the input names what is looked for in the rest. */
#include "claim.h"
#include "proto/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes message = bytes_at(data, size);
    struct bytes first = next_field(&message);
    struct bytes value;
    struct bytes before = {0};
    char name[32] = "";
    if (first.n >= sizeof name || bytes_index(first, 0, 0) != BYTES_NOT_FOUND)
        return 0;
    if (first.n > 0)
        memcpy(name, first.p, first.n);
    unsigned nth = 0;
    for (; mail_header(message, name, nth, &value); nth++) {
        claim_within(value, message);
        require(value.n == bytes_trim(value).n);
        require(value.n == 0 || before.n == 0 || value.p > before.p);
        before = value.n > 0 ? value : before;
    }
    require(!mail_header(message, name, nth + 1, &value));
    return 0;
}
