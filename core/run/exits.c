#include "run/exits.h"

#include "net/dial.h"
#include "run/judge.h"

static bool is_usual_loopback(const struct addr *a)
{
    static const struct addr v4 = {.family = ADDR_IPV4, .ip = {127, 0, 0, 1}};
    static const struct addr v6 = {.family = ADDR_IPV6, .ip = {[15] = 1}};
    return addr_equal_ip(a, &v4) || addr_equal_ip(a, &v6);
}

struct addr exits_own(const struct addr *target, const struct addr *from)
{
    struct addr own = {0};
    if (from->family == target->family)
        return *from;
    if (!dial_own_address(target, &own) || is_usual_loopback(&own))
        return (struct addr){0};
    return own;
}

/* Every receipt of the proof came from there, and there is one. */
static bool came_from(const struct run_result *result, const struct addr *own)
{
    bool any = false;
    for (unsigned i = 0; i < result->receipt_count; i++) {
        const struct receipt *r = &result->receipts[i].receipt;
        if (!judge_is_proof(result, r))
            continue;
        if (!addr_equal_ip(&r->peer, own))
            return false;
        any = true;
    }
    return any;
}

void exits_judge(struct run_result *result, const struct addr *own)
{
    if (result->verdict != VERDICT_OPEN || own->family == ADDR_NONE ||
        addr_equal_ip(own, &result->item->target) || !came_from(result, own))
        return;
    judge_overrule(result, VERDICT_INCONCLUSIVE, EXITS_OWN);
}
