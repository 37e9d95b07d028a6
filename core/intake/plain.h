/*
 * plain: lists of one a line: ADDR, ADDR:PORT, CIDR, or a proxy's URL, socks5://ADDR:PORT. What stands behind a '#' is a remark.
 */
#pragma once

#include "intake/entry.h"

/* A name is bad: a list is about addresses, and whose a name is changes. Fuzzed. */
enum intake_answer plain_line(struct bytes line, struct entry *out, struct fail *fail);
