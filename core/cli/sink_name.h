/*
 * sink_name: does a name lead to our sink, and to nobody else?
 *
 * Proxies that are asked for a name look it up themselves: one that led to a stranger as well would make them connect
 * there. So the resolvers are asked before anything is sent, for exactly this name: neither the hosts file nor a search
 * list count, as the proxy has others.
 */
#pragma once

#include "cli/names.h"

/* A name that could be given: of a host, with a dot in it, no address. */
bool sink_name_valid(const char *name);
/* Asks for its addresses of both kinds. Fails: ENAME (it leads elsewhere, or nowhere), ETIMEDOUT, ESERVFAIL, … */
bool sink_name_check(const char *name, const struct addr *sink, const struct resolvers *resolvers,
                     struct fail *fail);
