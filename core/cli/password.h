/*
 * password: asking for one.
 */
#pragma once

#include "evidence/key.h"

/* From the file that AJAR_KEY_PASSWORD_FILE names (its first line), else from the terminal, without
 * echo; `twice` asks again and compares. `what` says for which key. An empty one is refused. To be
 * freed by key_password_free; NULL with a fail. */
char *password_get(const char *what, bool twice, struct fail *fail);
