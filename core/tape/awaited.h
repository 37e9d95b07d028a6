/*
 * awaited: the tokens that a finished probe has made and not seen again.
 */
#pragma once

#include "base/bytes.h"

/* Does the tape say that the script got this token, and of no receipt for it but of mail that others have made (reports,
 * answers)? The whole tape as it is written: within strings every quote is escaped there, so that the text of a member
 * stands nowhere but in its place, and is found without reading what a stranger has sent. `token`: its 32 letters. */
bool awaited_token(struct bytes tape, const char *token);
/* The same of the mail of a relay's test. Where one has come back already and the probe did not say `open`, it doubts: a trap
 * passes on what looks like a first test message. Then only the second message, of another shape, could still tell
 * otherwise. */
bool awaited_mail(struct bytes tape, const char *token);
