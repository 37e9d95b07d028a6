/*
 * letter_spool: letters in a Maildir or a mailbox file, taken over into a folder from which they can be delivered one by one:
 * PATH.delivery, beside it. Each is taken once, by its Message-ID; nothing is changed in the source.
 */
#pragma once

#include "base/fail.h"

#include <limits.h>

/* The folder for this source; false: it is neither, but such a folder itself (or nothing). */
bool letter_spool_of(const char *source, char folder[PATH_MAX]);
/* Takes over what is not there yet, *taken letters. Each is NAME.eml by its X-Ajar-Case, "NAME-2" and so on where another letter has
 * that name, with CRLF line ends. What is no letter is named on stderr. GMime is needed: message_begin comes before. */
bool letter_spool_take(const char *source, const char *folder, unsigned long *taken,
                       struct fail *fail);
