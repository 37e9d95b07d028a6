/*
 * contacts_exchanges: where the exchanges of a tape of `ajar contact` stand in its file, so that those about one address can
 * be read again without holding them all: eight bytes for each.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

#include <stdio.h>

enum { EXCHANGES_MOST = 16000000 };

struct contacts_exchanges;

/* None, of no file. NULL: no memory. */
struct contacts_exchanges *contacts_exchanges_new(void);
void contacts_exchanges_free(struct contacts_exchanges *e);
/* The exchange of this number stands at this place, in bytes. Of two of one number the later one counts. Fails: EFORMAT: no
 * number of an exchange, from 1 to EXCHANGES_MOST; ENOMEM. */
bool contacts_exchanges_note(struct contacts_exchanges *e, int64_t number, uint64_t at,
                             struct fail *fail);
/* The file that they are in, which is closed with them. */
void contacts_exchanges_keep(struct contacts_exchanges *e, FILE *file);
/* Appends the lines of the exchanges that `said` names, a JSON object without its end in which "exchanges" are their numbers,
 * as they stand in the file, each ended by LF. False: one is not there (any more), or there is more than `out` holds. */
bool contacts_exchanges_put(const struct contacts_exchanges *e, const char *said, struct buf *out);
