#include "base/bytes.h"

#include <string.h>

struct bytes bytes_slice(struct bytes b, size_t from, size_t to)
{
    if (to > b.n)
        to = b.n;
    if (from > to)
        from = to;
    return from == to ? bytes_at(b.p, 0) : bytes_at(b.p + from, to - from);
}

bool bytes_equal(struct bytes a, struct bytes b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool bytes_equal_text(struct bytes a, const char *text)
{
    return bytes_equal(a, bytes_of(text));
}

bool bytes_equal_nocase(struct bytes a, const char *text)
{
    return a.n == strlen(text) && bytes_starts_nocase(a, text);
}

/* strncasecmp would follow the locale: in some, 'I' is no capital of 'i'. */
static unsigned char lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + ('a' - 'A')) : c;
}

bool bytes_starts_nocase(struct bytes b, const char *prefix)
{
    for (size_t i = 0; prefix[i] != '\0'; i++) {
        unsigned char wanted = (unsigned char)prefix[i];
        if (i == b.n || (b.p[i] != wanted && lower(b.p[i]) != lower(wanted)))
            return false;
    }
    return true;
}

bool bytes_ends(struct bytes b, const char *ending)
{
    size_t n = strlen(ending);
    return b.n > n && bytes_equal_text(bytes_slice(b, b.n - n, b.n), ending);
}

size_t bytes_index(struct bytes b, unsigned char byte, size_t from)
{
    if (from >= b.n)
        return BYTES_NOT_FOUND;
    const unsigned char *hit = memchr(b.p + from, byte, b.n - from);
    return hit ? (size_t)(hit - b.p) : BYTES_NOT_FOUND;
}

size_t bytes_find(struct bytes b, struct bytes needle)
{
    if (needle.n == 0)
        return 0;
    if (needle.n > b.n)
        return BYTES_NOT_FOUND;
    const unsigned char *hit = memmem(b.p, b.n, needle.p, needle.n);
    return hit ? (size_t)(hit - b.p) : BYTES_NOT_FOUND;
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct bytes bytes_trim(struct bytes b)
{
    while (b.n > 0 && is_blank(b.p[b.n - 1]))
        b.n--;
    while (b.n > 0 && is_blank(b.p[0])) {
        b.p++;
        b.n--;
    }
    return b;
}

bool bytes_number(struct bytes b, unsigned long max, unsigned long *out)
{
    unsigned long value = 0;
    if (b.n == 0)
        return false;
    for (size_t i = 0; i < b.n; i++) {
        if (b.p[i] < '0' || b.p[i] > '9')
            return false;
        unsigned long digit = b.p[i] - '0';
        if (digit > max || value > (max - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}
