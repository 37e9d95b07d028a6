/*
 * delivery: the letters of a folder handed to the operator's smarthost, each once.
 */
#pragma once

#include "cli/smarthost.h"
#include "mail/queue.h"
#include "mail/ticket.h"
#include "mail/turns.h"

struct delivery_order {
    struct queue *queue; /* that writes */
    const struct smarthost *smarthost;
    const char *
        bounces; /* the envelope's sender, with each letter's ticket in it; NULL: the letter's From */
    const struct ticket_key *tickets; /* for bounces */
    struct turns_rates rates;
    struct entry_patience patience;
    bool until_done; /* waits for what was put off, too */
    bool json;
};

/* What has become of them when it ended. */
struct delivery_counts {
    unsigned long sent, failed, uncertain; /* by this run */
    unsigned long waiting;                 /* put off, or not come to */
    unsigned long kept;                    /* can't be sent as they are */
    instant next;                          /* when the first of those waiting is due; 0: now */
};

/* False: it was broken off, or stopped by a signal; what was not sent is waiting. */
bool delivery_run(const struct delivery_order *order, struct delivery_counts *counts,
                  struct fail *fail);
/* The sender and recipient that a letter would have. */
bool delivery_sender(const struct delivery_order *order, const struct entry *e,
                     char out[TICKET_ADDRESS], struct fail *fail);
