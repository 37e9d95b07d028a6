/*
 * contact_reader: what services answer about contacts is read in a confined process (run/child.h), which has no file, no socket
 * and a gigabyte of memory at most. It gets bytes and gives a contact_answer as JSON, of which nothing is believed but that.
 */
#pragma once

#include "contact/answer.h"

enum contact_reading { READING_RDAP, READING_WHOIS, READING_TXT, READING_SECURITY_TXT };

struct contact_reader;

/* NULL with fail. To be called before anything is asked. */
struct contact_reader *contact_reader_new(struct fail *fail);
void contact_reader_free(struct contact_reader *r);
/* Fails as the parsers do (contact/rdap.h, ...; EFORMAT for a DNS message without TXT records); and ETIMEDOUT, EWORKER: the
 * process took too long, or died; the next question gets a new one. */
bool contact_reader_ask(struct contact_reader *r, enum contact_reading what, struct bytes body,
                        const struct addr *about, struct contact_answer *out, struct fail *fail);
/* What the process's answer says. Fuzzed. */
bool contact_reader_take(struct bytes frame, struct contact_answer *out, struct fail *fail);
