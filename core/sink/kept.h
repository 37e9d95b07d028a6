/*
 * kept: the bytes of a receipt, as the sink keeps them, looked at again without the key of the run: do they say what was made
 * of them?
 *
 * A mail has the trace on top that the sink writes, of that peer and that time, and is sorted as when it came
 * (sink/findings.h). The bytes of a connection or a datagram are given to a session once more, which must take them, to their
 * last byte, as that kind of question for that token. What can't be told without the key is which tokens of other jobs were
 * true ones.
 */
#pragma once

#include "proto/receipt.h"

/* Of `said` the token, kind, peer and time are looked at. NULL: that is what they are; else what is wrong with them, to stand
 * behind "that is …". Of mail it is told whether it is the test message at its own mailbox (RECEIPT_MAIL) or not: as which
 * of the other kinds it was sorted may differ between builds of ajar. Fuzzed. */
const char *kept_flaw(const struct receipt *said, struct bytes raw);
