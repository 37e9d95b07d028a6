#include "script/conduct.h"

#include <string.h>
#include <strings.h>

struct conduct conduct_new(void)
{
    return (struct conduct){.hosts = buf_new(CONDUCT_HOSTS)};
}

void conduct_free(struct conduct *c)
{
    buf_free(&c->hosts);
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
    return name.n > 0 && name.n <= CONDUCT_HOST && last < name.n && is_letter(name.p[last]);
}

bool conduct_knows(const struct conduct *c, struct bytes name)
{
    struct bytes hosts = buf_view(&c->hosts);
    name = without_dot(name);
    for (size_t at = 0; at < hosts.n; at += 1 + (size_t)hosts.p[at])
        if (hosts.p[at] == name.n &&
            strncasecmp((const char *)hosts.p + at + 1, (const char *)name.p, name.n) == 0)
            return true;
    return false;
}

bool conduct_learn(struct conduct *c, struct bytes name)
{
    name = without_dot(name);
    if (!is_host(name))
        return false;
    if (conduct_knows(c, name))
        return true;
    if (c->hosts.n + 1 + name.n > CONDUCT_HOSTS)
        return false;
    return buf_put_byte(&c->hosts, (unsigned char)name.n) && buf_put(&c->hosts, name);
}

void conduct_hold(struct conduct *c, unsigned conn)
{
    if (conn <= WORLD_DIALS)
        c->held[conn / 8] |= (unsigned char)(1U << conn % 8);
}

bool conduct_holds(const struct conduct *c, unsigned conn)
{
    return conn > WORLD_DIALS || (c->held[conn / 8] & (1U << conn % 8)) != 0;
}
