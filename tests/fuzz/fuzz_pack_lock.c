/* A packs.json that may be anything: what is read is written as what is read again. */
#include "claim.h"
#include "pack/lock.h"

static void claim_version(const struct lock_version *v)
{
    struct public_key key;
    struct fail fail = {0};
    require(strlen(v->sha256) == SHA256_HEX - 1);
    require(strspn(v->sha256, "0123456789abcdef") == SHA256_HEX - 1); /* it becomes a file's name */
    require(v->signer[0] == '\0' || public_key_parse(bytes_of(v->signer), &key, &fail));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct lock lock;
    static struct lock again;
    struct fail fail = {0};
    struct buf text = buf_new(4 * 1024 * 1024);
    if (!lock_parse(bytes_at(data, size), &lock, &fail)) {
        require(fail.code && fail.text[0]);
        return 0;
    }
    for (unsigned i = 0; i < lock.count; i++) {
        require(manifest_is_name(bytes_of(lock.entries[i].name)));
        require(lock_find(&lock, lock.entries[i].name) == &lock.entries[i]);
        claim_version(&lock.entries[i].now);
        for (unsigned b = 0; b < lock.entries[i].before_count; b++)
            claim_version(&lock.entries[i].before[b]);
    }
    require(lock_put(&text, &lock));
    require(lock_parse(buf_view(&text), &again, &fail));
    require(again.count == lock.count);
    buf_free(&text);
    return 0;
}
