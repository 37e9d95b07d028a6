/*
 * host_table: how many jobs each host has in hand. Its memory follows the hosts that are held: it
 * grows with them and shrinks when they go.
 */
#pragma once

#include "base/addr.h"

struct host_table;

/* NULL when no memory is left. */
struct host_table *host_table_new(void);
void host_table_free(struct host_table *t);
/* Counts one more for the host, up to `most`. False: it has that many, or no memory is left. */
bool host_table_take(struct host_table *t, const struct addr *host, unsigned most);
/* Counts one less. The host must be held. */
void host_table_give(struct host_table *t, const struct addr *host);
/* Hosts held. */
size_t host_table_count(const struct host_table *t);
