#include "cli/host_limits.h"

#include <jansson.h>

/* What a relay's probe was told of this; -1: nothing. */
static double told(const struct scripts *s, size_t i, const char *name)
{
    double value = -1;
    if (!s->infos[i].relay || s->args[i].n == 0)
        return value;
    json_t *args = json_loadb((const char *)s->args[i].p, s->args[i].n, 0, NULL);
    const json_t *given = json_object_get(args, name);
    if (json_is_number(given))
        value = json_number_value(given);
    json_decref(args);
    return value;
}

static unsigned messages_told(const struct scripts *s)
{
    unsigned most = HOST_MESSAGES;
    for (size_t i = 0; i < s->count; i++) {
        double given = told(s, i, "messages");
        if (given > most)
            most = given < HOST_MESSAGES_MOST ? (unsigned)given : HOST_MESSAGES_MOST;
    }
    return most;
}

static span gap_told(const struct scripts *s)
{
    double least = -1;
    for (size_t i = 0; i < s->count; i++) {
        double given = told(s, i, "gap");
        if (given >= 0 && (least < 0 || given < least))
            least = given;
    }
    return least < 0 ? -1 : (span)(least * SPAN_SECOND);
}

struct host_limits host_limits_of(long messages, span gap, const struct scripts *s)
{
    struct host_limits limits = {.messages = messages >= 0 ? (unsigned)messages : messages_told(s)};
    span said = gap >= 0 ? gap : gap_told(s);
    limits.gap = said >= 0 ? said : HOST_GAP;
    limits.gap_on_loopback = said >= 0;
    return limits;
}
