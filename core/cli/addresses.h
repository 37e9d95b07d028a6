/*
 * addresses: the addresses of operands and lists, each once, in memory.
 */
#pragma once

#include "base/addr.h"

enum { ADDRESSES_MOST = 1000000 };

struct addresses {
    struct addr *all; /* ascending, without ports */
    size_t count;
};

/* Operands and lists as targets.h has them; names are refused. on_bad: a line that is no address. False: no
 * memory, or more than ADDRESSES_MOST. */
bool addresses_read(struct addresses *out, char *const *operands, const char *const *lists,
                    void (*on_bad)(void *arg, const struct fail *why), void *arg,
                    struct fail *fail);
void addresses_free(struct addresses *a);
