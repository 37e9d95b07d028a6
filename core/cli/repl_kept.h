/*
 * repl_kept: where `ajar repl` keeps a session that no --evidence names a place for: ~/.local/state/ajar/sessions.
 *
 * Each is a bundle of its own, open to its owner alone. The latest REPL_KEPT_MOST are kept. No key of the operator's seals
 * it: it is for `ajar show` and `ajar replay`, and no evidence.
 */
#pragma once

#include "base/fail.h"
#include "base/time.h"

enum { REPL_KEPT_MOST = 50, REPL_KEPT_PATH = 4096 };

/* Makes the folder, removes the oldest sessions in it where there are too many, and gives the path of the next, which is not
 * there yet: "2026-11-28T02-55-39Z-192.0.2.1-25.tar". */
bool repl_kept_place(char out[REPL_KEPT_PATH], const char *target, instant now, struct fail *fail);
