/*
 * choice: of what all sources say of one address: to whom the letter goes, and in which language.
 */
#pragma once

#include "contact/answer.h"

/* In the order in which they are believed, and asked. */
enum contact_source {
    SOURCE_OWN,          /* the operator's own list */
    SOURCE_RDAP,         /* the registry */
    SOURCE_WHOIS,        /* the registry, in its older words */
    SOURCE_TXT,          /* a DNS zone of contacts */
    SOURCE_SECURITY_TXT, /* the host itself */
    SOURCE_GUESS,        /* RFC 2142's names at the confirmed reverse name */
    SOURCE_CERT,         /* the country's CERT */
    SOURCES
};

/* "own-list", "rdap", "whois", "dns-txt", "security-txt", "rfc2142", "cert". */
const char *contact_source_name(enum contact_source source);
bool contact_source_parse(struct bytes name, enum contact_source *out);

enum contact_state {
    CONTACT_NOT_ASKED,
    CONTACT_FOUND,
    CONTACT_NONE,  /* it has answered, and knows nobody */
    CONTACT_FAILED /* it has not answered, or not in order: nobody knows whether it knows somebody */
};

/* "not-asked", "found", "none", "failed". */
const char *contact_state_name(enum contact_state state);

struct contact_said {
    enum contact_state state;
    struct contact_answer answer; /* CONTACT_FOUND and CONTACT_NONE */
};

struct contact_choice {
    enum contact_source source; /* SOURCES: there is nobody */
    char to[ANSWER_CONTACTS][MAILBOX_TEXT];
    size_t count;
    bool opted_out;
    char country[3];
    char languages[ANSWER_LANGUAGES]
                  [ANSWER_LANGUAGE]; /* the preferred one first; empty: nobody says */
    size_t language_count;
    const char *language_from; /* "own-list", "security-txt", "vcard", "country"; NULL */
};

struct languages;

/* {"NO": ["nb"], ...}: the languages of countries (data/contact/languages.json). NULL with fail: EFORMAT. */
struct languages *languages_read(struct bytes json, struct fail *fail);
void languages_free(struct languages *l);

/* By the first source that knows somebody for abuse or security; where none does, the first that knows anybody; of its
 * addresses those with the best role. Guesses and CERTs count as they are. */
void contact_choose(const struct contact_said said[SOURCES], const struct languages *languages,
                    struct contact_choice *out);
/* Is there somebody for abuse or security, or are we not to write? Then nobody else needs to be asked. */
bool contact_is_enough(const struct contact_said *said);
