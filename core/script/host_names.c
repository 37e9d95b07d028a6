#include "script/host_names.h"

#include <strings.h>

struct host_names host_names_new(void)
{
    return (struct host_names){.list = buf_new(HOST_NAMES)};
}

void host_names_free(struct host_names *h)
{
    buf_free(&h->list);
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static struct bytes without_dot(struct bytes name)
{
    return bytes_slice(name, 0, name.n > 0 && name.p[name.n - 1] == '.' ? name.n - 1 : name.n);
}

static bool is_host(struct bytes name)
{
    unsigned char before = '.';
    size_t last = 0;
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = name.p[i];
        if (!is_letter(c) && !is_digit(c) && c != '-' && c != '.')
            return false;
        if (before == '.' && (c == '.' || c == '-'))
            return false;
        last = c == '.' ? i + 1 : last;
        before = c;
    }
    return name.n > 0 && name.n <= HOST_NAME && last < name.n && is_letter(name.p[last]);
}

bool host_names_have(const struct host_names *h, struct bytes name)
{
    struct bytes list = buf_view(&h->list);
    name = without_dot(name);
    for (size_t at = 0; at < list.n; at += 1 + (size_t)list.p[at])
        if (list.p[at] == name.n &&
            strncasecmp((const char *)list.p + at + 1, (const char *)name.p, name.n) == 0)
            return true;
    return false;
}

bool host_names_add(struct host_names *h, struct bytes name)
{
    name = without_dot(name);
    if (!is_host(name))
        return false;
    if (host_names_have(h, name))
        return true;
    if (h->list.n + 1 + name.n > HOST_NAMES)
        return false;
    return buf_put_byte(&h->list, (unsigned char)name.n) && buf_put(&h->list, name);
}
