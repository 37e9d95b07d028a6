#include "guard/scope.h"

#include "base/check.h"
#include "guard/scope_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scope *scope_new(struct bytes text, struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    struct scope *s = calloc(1, sizeof *s);
    if (s) {
        s->allowed = prefix_set_new();
        s->denied = prefix_set_new();
        s->opted_out = prefix_set_new();
        s->own = prefix_set_new();
        s->near = prefix_set_new();
        s->stranger = prefix_set_new();
    }
    if (!s || !s->allowed || !s->denied || !s->opted_out || !s->own || !s->near || !s->stranger) {
        scope_free(s);
        fail_set(fail, "ENOMEM", "no memory is left for the scope");
        return NULL;
    }
    sha256_of(text, digest);
    hash_hex(digest, sizeof digest, s->digest);
    return s;
}

void scope_free(struct scope *s)
{
    if (!s)
        return;
    prefix_set_free(s->allowed);
    prefix_set_free(s->denied);
    prefix_set_free(s->opted_out);
    prefix_set_free(s->own);
    prefix_set_free(s->near);
    prefix_set_free(s->stranger);
    free(s);
}

void scope_fill(struct scope *s)
{
    static const char *const ours[WORDS] = {"none (loopback only)", "mailto:postmaster@localhost",
                                            "http://localhost/"};
    for (unsigned i = 0; i < WORDS; i++)
        if (!s->said[i][0])
            snprintf(s->said[i], sizeof s->said[i], "%s", ours[i]);
}

static bool allow(struct scope *s, const char *text, struct fail *fail)
{
    struct prefix p;
    require(prefix_parse(bytes_of(text), &p));
    return prefix_set_add(s->allowed, &p) || fail_set(fail, "ENOMEM", "no memory is left");
}

struct scope *scope_loopback(void)
{
    struct fail fail;
    struct scope *s = scope_new(bytes_of(""), &fail);
    if (!s || !allow(s, "127.0.0.0/8", &fail) || !allow(s, "::1", &fail)) {
        scope_free(s);
        return NULL;
    }
    prefix_set_sort(s->allowed);
    scope_fill(s);
    return s;
}

/* The IPv4 address to which an IPv6 one leads (mapped, NAT64, 6to4). */
static bool leads_to(const struct addr *a, struct addr *out)
{
    static const unsigned char nat64[12] = {0x00, 0x64, 0xff, 0x9b};
    bool six_to_four = a->ip[0] == 0x20 && a->ip[1] == 0x02;
    *out = addr_unmapped(*a);
    if (a->family != ADDR_IPV6 || out->family == ADDR_IPV4)
        return a->family == ADDR_IPV6;
    if (!six_to_four && memcmp(a->ip, nat64, sizeof nat64) != 0)
        return false;
    *out = (struct addr){.family = ADDR_IPV4};
    memcpy(out->ip, a->ip + (six_to_four ? 2 : 12), 4);
    return true;
}

static bool is_host(const struct addr *a)
{
    static const struct addr none;
    static const unsigned char all[4] = {255, 255, 255, 255};
    if (a->family == ADDR_IPV4)
        return a->ip[0] != 0 && a->ip[0] >> 4 != 14 && memcmp(a->ip, all, 4) != 0;
    return a->family == ADDR_IPV6 && a->ip[0] != 0xff && memcmp(a->ip, none.ip, 16) != 0;
}

static bool either(const struct prefix_set *set, const struct addr *a, const struct addr *inner)
{
    return prefix_set_has(set, a) || (inner && prefix_set_has(set, inner));
}

enum scope_answer scope_ask(const struct scope *s, const struct addr *a)
{
    struct addr inner;
    struct addr plain = addr_unmapped(*a);
    const struct addr *also = leads_to(a, &inner) ? &inner : NULL;
    if (either(s->opted_out, a, also))
        return SCOPE_OPTED_OUT;
    if (either(s->denied, a, also))
        return SCOPE_DENIED;
    return is_host(&plain) && prefix_set_has(s->allowed, &plain) ? SCOPE_ALLOWED : SCOPE_OUTSIDE;
}

bool scope_add_near(struct scope *s, const struct prefix *network)
{
    bool ok = prefix_set_add(s->near, network);
    prefix_set_sort(s->near);
    return ok;
}

bool scope_is_own(const struct scope *s, const struct addr *a)
{
    struct addr plain = addr_unmapped(*a);
    return prefix_set_has(s->own, &plain) ||
           (prefix_set_has(s->near, &plain) && !prefix_set_has(s->stranger, &plain));
}

const char *scope_answer_text(enum scope_answer answer)
{
    static const char *const texts[] = {
        [SCOPE_ALLOWED] = "is allowed by the scope",
        [SCOPE_OUTSIDE] = "is outside the scope",
        [SCOPE_DENIED] = "is denied by the scope file",
        [SCOPE_OPTED_OUT] = "has opted out of being probed",
    };
    return texts[answer];
}

const char *scope_authority(const struct scope *s)
{
    return s->said[AUTHORITY];
}

const char *scope_contact(const struct scope *s)
{
    return s->said[CONTACT];
}

const char *scope_info(const struct scope *s)
{
    return s->said[INFO];
}

bool scope_is_beyond_loopback(const struct scope *s)
{
    return s->beyond_loopback;
}

const char *scope_digest(const struct scope *s)
{
    return s->digest;
}
