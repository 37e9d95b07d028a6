/*
 * scan_log: what proxy scanners write when they have found one.
 *
 *     [2026-11-24T02:10:16+0100] SCAN -> OPEN PROXY nick!user@host 192.0.2.1:1080 (SOCKS5) [default]      HOPM, BOPM
 *     192.0.2.1 s5:1080 open                                                                            proxycheck
 */
#pragma once

#include "intake/entry.h"

/* Is it a line of HOPM's, whether it has found something or not? */
bool scan_log_is_hopm(struct bytes line);
/* Lines that found nothing are nothing. Fuzzed, as the next. */
enum intake_answer scan_log_hopm(struct bytes line, struct entry *out, struct fail *fail);
/* Is it one of proxycheck's? */
bool scan_log_is_proxycheck(struct bytes line);
enum intake_answer scan_log_proxycheck(struct bytes line, struct entry *out, struct fail *fail);
