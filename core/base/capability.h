/*
 * capability: what a pack says that its probes need. What it has not declared does not exist for them.
 */
#pragma once

#include "base/bytes.h"

enum capability {
    CAPABILITY_SMTP,
    CAPABILITY_HTTP,
    CAPABILITY_SOCKS,
    CAPABILITY_TCP,
    CAPABILITY_UDP,
    CAPABILITY_DNS,
    CAPABILITIES
};

/* "smtp" */
const char *capability_name(enum capability c);
bool capability_parse(struct bytes name, enum capability *out);
/* What a pack that has it may do, for a person: "speak SMTP with a target, and send it mail for our own mailboxes". */
const char *capability_words(enum capability c);
