/* Any answer of a WHOIS server: what is taken from it are addresses and no more. */
#include "contact/whois.h"
#include "contact_claim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct addr about[] = {{.family = ADDR_IPV4, .ip = {192, 0, 2, 10}},
                                 {.family = ADDR_IPV6, .ip = {0x20, 0x01, 0x0d, 0xb8, [15] = 1}}};
    for (size_t i = 0; i < sizeof about / sizeof about[0]; i++) {
        struct contact_answer answer;
        struct fail fail = {0};
        bool ok = whois_read(bytes_at(data, size), &about[i], &answer, &fail);
        require(ok || fail.code);
        require(!ok || answer.count == 0 || answer.first.family == about[i].family);
        claim_answer(&answer);
    }
    return 0;
}
