/*
 * security_txt: what a host says of itself at /.well-known/security.txt (RFC 9116).
 */
#pragma once

#include "contact/answer.h"

enum { SECURITY_TXT_LIMIT = 32 * 1024 };

/* The mail addresses of its Contact fields, in its order, and its Preferred-Languages. One that is signed in clear text (RFC
 * 9580) is read without its signature. Fails: EFORMAT: it has not exactly one Expires field, or no field at all;
 * EEXPIRED: that is before `now`. Fuzzed. */
bool security_txt_read(struct bytes text, instant now, struct contact_answer *out,
                       struct fail *fail);
