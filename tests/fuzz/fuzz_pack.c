/* A pack's file that may be anything: what is read holds all that its manifest names, within the bytes that were read,
 * and building knows no other form of it. */
#include "base/text.h"
#include "claim.h"
#include "pack/pack.h"

static void claim_file(const struct pack *p, const struct pack_file *file)
{
    claim_within(file->content, p->archive);
    require(file->content.n <= PACK_FILE_LIMIT);
    require(pack_find(p, file->name) == file);
}

static void claim_manifest(const struct pack *p)
{
    const struct manifest *m = &p->manifest;
    require(manifest_is_name(bytes_of(m->name)));
    require(text_is_printable(bytes_of(m->summary)));
    require(m->maintainer_count > 0 && m->probe_count + m->letter_count > 0);
    for (unsigned i = 0; i < m->probe_count; i++)
        require(pack_find(p, m->probes[i]));
    for (unsigned i = 0; i < m->letter_count; i++)
        require(pack_find(p, m->letters[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail = {0};
    struct pack *p = pack_parse(bytes_at(data, size), &fail);
    if (!p) {
        require(fail.code && fail.text[0]);
        return 0;
    }
    require(bytes_equal(p->archive, bytes_at(data, size)));
    for (size_t i = 0; i < p->count; i++)
        claim_file(p, &p->files[i]);
    claim_manifest(p);
    pack_free(p);
    return 0;
}
