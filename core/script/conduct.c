#include "script/conduct.h"

struct conduct conduct_new(void)
{
    return (struct conduct){.said = host_names_new(), .led = host_names_new()};
}

void conduct_free(struct conduct *c)
{
    host_names_free(&c->said);
    host_names_free(&c->led);
}

bool conduct_learn(struct conduct *c, struct bytes name)
{
    return host_names_add(&c->said, name);
}

bool conduct_knows(const struct conduct *c, struct bytes name)
{
    return host_names_have(&c->said, name);
}

void conduct_led(struct conduct *c, struct bytes name)
{
    host_names_add(&c->led, name);
}

bool conduct_leads(const struct conduct *c, struct bytes name)
{
    return host_names_have(&c->led, name);
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
