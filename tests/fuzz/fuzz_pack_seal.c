/* A pack's signature that may be anything, for one small pack: the one among the seeds, made for just that, holds; no other
 * does that says the same. */
#include "claim.h"
#include "pack/seal.h"

#include <string.h>

static const char archive[] = "not a real archive: what is signed are bytes";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pack p;
    static const char key_line[] = "RWStWsPkcCVek840tH9PIBQ3svAZT6PfEtjA+x4DC32KGSVmXfZ8NGJz";
    struct fail fail = {0};
    struct public_key key;
    struct seal seal;
    unsigned char id[8];
    p.archive = bytes_of(archive);
    memset(p.digest, 'a', sizeof p.digest - 1);
    strcpy(p.manifest.name, "acme/envelopes");
    p.manifest.version = (struct version){.major = 1};
    struct bytes text = bytes_at(data, size);
    require(public_key_parse(bytes_of(key_line), &key, &fail));
    if (!seal_check(text, &p, &key, &seal, &fail)) {
        require(fail.code && fail.text[0]);
        return 0;
    }
    require(seal_key_id(text, id, &fail) && memcmp(id, key.id, sizeof id) == 0);
    p.manifest.version.minor = 1;
    require(!seal_check(text, &p, &key, &seal, &fail));
    p.manifest.version.minor = 0;
    strcpy(p.manifest.name, "acme/envelope");
    require(!seal_check(text, &p, &key, &seal, &fail));
    return 0;
}
