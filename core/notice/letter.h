/*
 * letter: the letter to the owner about one finding, worded and laid out, not yet a message.
 */
#pragma once

#include "base/buf.h"
#include "notice/finding.h"
#include "script/compose.h"

enum { LETTER_LIMIT = 256 * 1024 };

/* Views lie in the letter itself, until letter_free. */
struct letter {
    struct bytes subject;
    struct bytes languages; /* "nb, en": what Content-Language takes */
    struct bytes from_name;
    struct bytes from_address;
    struct bytes reply_to;
    struct buf text; /* UTF-8, LF line ends, see layout.h */

    json_t *words; /* private */
};

/* Words and lays out the letter about `f`, `language` first. On failure there is nothing to free. */
bool letter_write(struct compose *compose, const struct finding *f, const char *language,
                  struct letter *out, struct fail *fail);
void letter_free(struct letter *letter);
