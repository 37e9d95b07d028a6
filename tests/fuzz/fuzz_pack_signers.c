/* A file of keys for packs that may be anything: what is read says of each key for which packs and with what. */
#include "claim.h"
#include "pack/signers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct signers s;
    struct fail fail = {0};
    struct buf again = buf_new(256);
    if (!signers_parse(&s, bytes_at(data, size), &fail)) {
        require(fail.code && fail.text[0]);
        return 0;
    }
    for (unsigned i = 0; i < s.trust.count; i++) {
        const struct signer *one = &s.each[i];
        struct grant grant;
        require(signers_are_packs(bytes_of(one->packs)));
        buf_clear(&again);
        signers_put_grant(&again, &one->grant);
        require(signers_read_grant(buf_view(&again), &grant));
        require(grant.capabilities == one->grant.capabilities);
        require(grant.in_worker == one->grant.in_worker);
        require(one->whose[0] == '\0' || strstr(s.trust.keys[i].name, one->whose));
    }
    buf_free(&again);
    return 0;
}
