/*
 * sent_whole: has a test message gone out whole, as the tape tells? Only then can it come back.
 */
#pragma once

#include "base/bytes.h"
#include "base/time.h"

/* Does one `send` of the tape hold this token and end with the dot that ends a mail, or go to a connection on which a form is
 * posted? (What names the token in MAIL or RCPT alone is no message.) *when is then its time on the tape. A record that can't be read
 * counts for nothing. */
bool sent_whole(struct bytes tape, const char *token, span *when);
