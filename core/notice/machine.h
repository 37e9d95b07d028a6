/*
 * machine: a finding for programs, as the last part of a letter.
 *
 * xarf     XARF v4 (https://xarf.org): of an open relay vulnerability/misconfiguration, of an open proxy
 *          vulnerability/open_service. With the lines that the letter quotes and the mail that came back as evidence.
 * arf      a feedback report (RFC 5965) about a relay, with the mail that came back. About all else: XARF, as ARF knows of
 *          mail alone.
 * intelmq  an event of IntelMQ, one JSON object on one line.
 *
 * Each says what the letter says, and no more; of a server that was found closed there is none. The same finding gives the same
 * bytes.
 */
#pragma once

#include "notice/letter.h"
#include "notice/message.h"

#include "notice/finding.h"

enum machine { MACHINE_XARF, MACHINE_ARF, MACHINE_INTELMQ, MACHINE_NONE, MACHINES };

enum {
    MACHINE_LIMIT = 256 * 1024,
    MACHINE_MAIL =
        32 *
        1024, /* of a mail that came back: what is longer is cut in XARF, and its header alone in ARF */
};

/* "xarf"; false for a name of none. */
bool machine_parse(const char *name, enum machine *out);

/* What a message carries for programs; begin with {0}. */
struct machine_parts {
    struct buf text[MESSAGE_PARTS]; /* private */
};

/* The form that this finding has in it: not every form tells of every finding. */
enum machine machine_of(enum machine which, const struct finding *f);

/* Makes the parts, and names them in the envelope, which views `out` then. `facts` are the finding's (notice/facts.h), the
 * letter is the one that they go with: who reports is who writes. False: see fail. */
bool machine_put(enum machine which, const struct finding *f, const json_t *facts,
                 const struct letter *letter, struct machine_parts *out,
                 struct message_envelope *envelope, struct fail *fail);
/* The same behind the parts that the envelope has: for one of several findings of a letter. Two of MESSAGE_PARTS must be free. */
bool machine_add(enum machine which, const struct finding *f, const json_t *facts,
                 const struct letter *letter, struct machine_parts *out,
                 struct message_envelope *envelope, struct fail *fail);
/* Appends IntelMQ's line alone; who reports is known by his address. False: the buffer is full. */
bool machine_event(struct buf *out, const struct finding *f, struct bytes from_address);
void machine_free(struct machine_parts *parts);
