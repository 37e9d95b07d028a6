/*
 * object: lists with a JSON object on each line: IntelMQ's events, what ZGrab and ZMap saw, and what `ajar lists` was told.
 */
#pragma once

#include "intake/entry.h"

enum object_kind { OBJECT_INTELMQ, OBJECT_ZGRAB, OBJECT_ZMAP, OBJECT_LISTING };

/* False: it is no object of theirs. Fuzzed, as the next. */
bool object_kind_of(struct bytes line, enum object_kind *out);
/* An event without an address, a service that gave no answer and an address that is not listed are nothing. */
enum intake_answer object_line(enum object_kind kind, struct bytes line, struct entry *out,
                               struct fail *fail);
