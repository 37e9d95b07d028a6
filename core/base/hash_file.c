#include "base/hash_file.h"

#include <errno.h>
#include <stdio.h>

enum { PIECE = 64 * 1024 };

static bool add_all(FILE *f, struct sha256 *h)
{
    unsigned char piece[PIECE];
    sha256_start(h);
    for (size_t n = 1; n > 0;) {
        n = fread(piece, 1, sizeof piece, f);
        sha256_add(h, bytes_at(piece, n));
    }
    return !ferror(f);
}

bool sha256_file(const char *path, char hex[SHA256_HEX], struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    struct sha256 *h = sha256_new();
    if (!h)
        return fail_set(fail, "ENOMEM", "%s: no memory for a digest", path);
    FILE *f = fopen(path, "rbe");
    bool ok = (f && add_all(f, h)) || fail_errno(fail, errno, path);
    if (ok) {
        sha256_finish(h, digest);
        hash_hex(digest, sizeof digest, hex);
    }
    sha256_free(h);
    if (f)
        fclose(f);
    return ok;
}
