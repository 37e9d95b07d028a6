/*
 * budget: how many test messages a host may get in a day.
 *
 * Each message that is handed over counts at once, whatever becomes of it, and by the address alone, whichever port and
 * probe it is for. A host that has had none for a day begins anew: so no 24 hours see more than its budget. What an earlier
 * run has sent is not known here. IPv4-mapped addresses count as IPv4.
 *
 * A test whose mail comes back sends a second message to confirm it, later. So who has handed one over keeps one more for
 * himself until he has sent it, or is done: it is not left for others.
 *
 * Memory grows with the hosts that got messages, and those of more than a day ago are forgotten.
 */
#pragma once

#include "base/addr.h"
#include "base/time.h"

struct budget;

/* `most` for each host. NULL when no memory is left. */
struct budget *budget_new(unsigned most);
void budget_free(struct budget *b);
/* How many this host may get still from somebody who has kept so many of them. */
unsigned budget_left(const struct budget *b, const struct addr *host, unsigned kept,
                     instant monotonic);
/* One was handed over. Where there is no memory to note it, hosts that are not known get none any more. */
void budget_take(struct budget *b, const struct addr *host, instant monotonic);
/* Keeps one of a host's that has got some; and gives it back. */
void budget_keep(struct budget *b, const struct addr *host);
void budget_give_back(struct budget *b, const struct addr *host);
