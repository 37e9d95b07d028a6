/*
 * contacts_file: what `ajar contact` found out, read back: its JSON lines, or a tape of it, so that letters go to whom it has
 * named and in their language, and cases hold it.
 */
#pragma once

#include "contact/answer.h"
#include "run/run.h"

struct contacts_file;

enum { CONTACTS_TO = 5 };
enum { CONTACTS_LANGUAGES = ANSWER_LANGUAGES * (ANSWER_LANGUAGE + 2) };

struct known_contact {
    struct addr address;
    char to[MAILBOX_TEXT];              /* the first of those it names; or empty: nobody is known */
    char *all;                          /* the first CONTACTS_TO of them, "a, b"; NULL: it is one */
    bool opted_out;                     /* nobody is to be written to */
    char languages[CONTACTS_LANGUAGES]; /* "nb, en", the preferred one first; or empty */
    char *said;                         /* private: all that a case is to hold of it */
    size_t number;                      /* private: of its line */
};

/* At most 1,000,000 addresses; of several lines about one the last counts. NULL with fail: EFORMAT names the line. */
struct contacts_file *contacts_file_load(const char *path, struct fail *fail);
void contacts_file_free(struct contacts_file *c);
/* NULL: nothing was found out about it. */
const struct known_contact *contacts_file_find(const struct contacts_file *c,
                                               const struct addr *address);
/* All that it names, each once, of equal rank and by one source (`to_from` and `asked` of what a case holds): how many. */
size_t contacts_file_to(const struct known_contact *k, char out[ANSWER_CONTACTS][MAILBOX_TEXT]);
/* For a case: {"to": [...], "to_from": SOURCE, "service": WHO, "asked": TIME, "exchanges": [N...], "languages": [...],
 * "opted_out": true, "exchanges_sha256": the digest of *exchanges, "file_sha256": the digest of the file}, as far as it is
 * there. To be freed; NULL: nothing was found out about it, or there is no memory. *exchanges: the lines of a tape by which
 * that was found out, to be freed; NULL: the file is no tape, the source was asked nothing, or it is more than RUN_EXCHANGES
 * ("exchanges_left_out": true). */
char *contacts_file_said(const struct contacts_file *c, const struct addr *address,
                         char **exchanges);
/* Takes one line, without its line end, that stands at this place of the file. Fuzzed. */
bool contacts_file_line(struct contacts_file *c, struct bytes line, uint64_t at, struct fail *fail);
/* After the last line, before the first question. */
void contacts_file_ready(struct contacts_file *c);
/* Without a line. NULL: no memory. */
struct contacts_file *contacts_file_new(void);
