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
        unsigned bits = 0;
        require(signers_are_packs(bytes_of(one->packs)));
        buf_clear(&again);
        signers_put_capabilities(&again, one->capabilities);
        require(signers_read_capabilities(buf_view(&again), &bits) && bits == one->capabilities);
        require(one->whose[0] == '\0' || strstr(s.trust.keys[i].name, one->whose));
    }
    buf_free(&again);
    return 0;
}
