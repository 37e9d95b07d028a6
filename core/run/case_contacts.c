#include "run/case_contacts.h"

#include "base/hash.h"
#include "run/case_differs.h"

bool case_contacts_agree(json_t *said, const struct case_files *files, struct difference *out)
{
    static const char what[] = "exchanges_sha256 in contacts";
    unsigned char raw[SHA256_SIZE];
    char hex[SHA256_HEX] = "";
    bool is_there = files->contacts.name.n > 0;
    struct bytes digest = object_text(json_object_get(said, "contacts"), "exchanges_sha256");
    if (case_hides(said, "contacts") || (files->contacts.hidden && digest.n > 0))
        return true;
    sha256_of(files->contacts.content, raw);
    if (is_there)
        hash_hex(raw, sizeof raw, hex);
    return bytes_equal_text(digest, hex) || case_differs(out, 0, what, digest, bytes_of(hex));
}
