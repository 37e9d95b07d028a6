#include "evidence/minisign.h"

#include <sodium.h>
#include <string.h>

struct bytes minisign_line(struct bytes *rest)
{
    size_t end = bytes_index(*rest, '\n', 0);
    struct bytes line = bytes_slice(*rest, 0, end);
    *rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(*rest, end + 1, rest->n);
    return line;
}

bool minisign_comment(struct bytes line, const char *prefix, struct bytes *after)
{
    size_t n = strlen(prefix);
    *after = bytes_slice(line, n, line.n);
    return bytes_equal_text(bytes_slice(line, 0, n), prefix);
}

/* libsodium takes 0xAB for "+" and 0xAF for "/": it looks at the lower bits alone. */
static bool is_ascii(struct bytes text)
{
    unsigned char all = 0;
    for (size_t i = 0; i < text.n; i++)
        all |= text.p[i];
    return all < 0x80;
}

bool minisign_decode(struct bytes line, void *out, size_t size)
{
    size_t n = 0;
    return line.n > 0 && is_ascii(line) &&
           sodium_base642bin(out, size, (const char *)line.p, line.n, NULL, &n, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           n == size;
}

bool minisign_put(struct buf *out, const void *what, size_t size)
{
    size_t room = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL);
    char *to = (char *)buf_reserve(out, room);
    if (!to)
        return false;
    sodium_bin2base64(to, room, what, size, sodium_base64_VARIANT_ORIGINAL);
    to[room - 1] = '\n'; /* where the NUL was */
    buf_commit(out, room);
    return true;
}
