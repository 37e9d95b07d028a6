/*
 * password: asking for one.
 */
#pragma once

#include "base/fail.h"

/* From the file that AJAR_KEY_PASSWORD_FILE names (its first line), else from the terminal, without
 * echo; `twice` asks again and compares. `what` says for which key. An empty one is refused. The
 * caller wipes `out`. */
bool password_get(const char *what, bool twice, char *out, size_t size, struct fail *fail);
