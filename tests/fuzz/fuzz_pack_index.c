/* An index that may be anything: what is read names files beside it alone, and is written as what is read again. */
#include "claim.h"
#include "pack/index.h"

static void claim_pack(const struct pack_index *index, const struct index_pack *p)
{
    require(manifest_is_name(bytes_of(p->name)));
    require(!strchr(p->file, '/') && p->file[0] != '.' && p->file[0]);
    require(strspn(p->sha256, "0123456789abcdef") == SHA256_HEX - 1);
    const struct index_pack *best = index_best(index, p->name, NULL);
    require(!best || (!best->yanked[0] && strcmp(best->name, p->name) == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pack_index index;
    struct pack_index again;
    struct fail fail = {0};
    struct buf text = buf_new(16 * 1024 * 1024);
    if (!index_parse(bytes_at(data, size), &index, &fail)) {
        require(fail.code && fail.text[0]);
        return 0;
    }
    for (size_t i = 0; i < index.count; i++)
        claim_pack(&index, &index.packs[i]);
    require(index_put(&text, &index));
    if (text.n <= INDEX_LIMIT) {
        require(index_parse(buf_view(&text), &again, &fail));
        require(again.count == index.count && again.serial == index.serial);
        index_free(&again);
    }
    index_free(&index);
    buf_free(&text);
    return 0;
}
