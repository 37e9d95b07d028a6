/*
 * notify_dkim: who sign the letters, as --dkim names them: SELECTOR[@DOMAIN]:FILE.
 */
#pragma once

#include "notice/dkim.h"

struct notify_dkim {
    struct dkim_signer signers[DKIM_SIGNERS];
    size_t count;
    const char *values[DKIM_SIGNERS]; /* as they were given */
};

/* Loads the keys. A signer without a domain signs for that of the address `from`. */
bool notify_dkim_load(struct notify_dkim *d, struct bytes from, struct fail *fail);
bool notify_dkim_open(const struct notify_dkim *d, struct fail *fail);
void notify_dkim_close(const struct notify_dkim *d);
void notify_dkim_free(struct notify_dkim *d);
