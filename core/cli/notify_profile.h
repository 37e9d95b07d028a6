/*
 * notify_profile: what a profile says of the envelope of its letters, and the names that a letter is known by.
 */
#pragma once

#include "base/fail.h"
#include "mail/ticket.h"
#include "notice/message.h"

#include <jansson.h>

/* Views into the profile; empty where it does not say. */
struct notify_profile {
    struct bytes bounces;          /* an address */
    struct bytes unsubscribe_url;  /* https, "{case}" in it stands for the case */
    struct bytes unsubscribe_mail; /* an address */
};

/* A profile may be a stranger's: EFORMAT where one of them is not what it should be. */
bool notify_profile_read(const json_t *profile, struct notify_profile *out, struct fail *fail);

enum { NOTIFY_NAME = 128, NOTIFY_URL = 512 };

/* The texts to which an envelope points. */
struct notify_names {
    char id[NOTIFY_NAME];
    char follows[NOTIFY_NAME];
    char return_path[NOTIFY_URL];
    char unsubscribe[TICKET_ADDRESS];
    char url[NOTIFY_URL];
};

/* A letter that another one follows: of which case and bundle it was, and in which tone. */
struct notify_before {
    const char *tone;
    const char *id;
    const char *digest;
};

/* What a case's letter is called: its name before the @ of the Message-ID is made of case, bundle and tone alone, so that the
 * same letter has the same one, and a later one can name it (`follows`, or NULL). To each case belongs a
 * return path of its own (VERP): a bounce tells by its address what it is about. With `tickets` (or NULL) that address, and the
 * one to unsubscribe at, has a mark that nobody else can make. */
bool notify_names_take(const struct notify_profile *p, const char *id, const char *digest,
                       const char *tone, const struct notify_before *follows,
                       const struct ticket_key *tickets, struct notify_names *names,
                       struct message_envelope *envelope, struct fail *fail);

/* Tells the letter, in `facts`, the addresses at which its reader asks for a new test, objects, and stops tests or letters, each with
 * a mark for this letter alone: what comes there is from somebody who has had it. Of the profile's own those that are no plain
 * addresses (pages of the Web, or with a "+") stay as they are. */
bool notify_marks_put(const json_t *profile, const struct ticket_key *tickets, const char *id,
                      json_t *facts, struct fail *fail);
