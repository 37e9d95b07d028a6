/*
 * inbox_campaign: what came back is put into the campaign whose letters it is about.
 *
 * Only what is certain (mail/sorting.h) changes anything: who asks for a new test gets one, who objects is tested and written to no
 * more, a letter that bounced is noted as such. Each mail is an event of its target and counts once, however often the
 * mailbox is read: it is known by its Message-ID, else by its bytes.
 */
#pragma once

#include "mail/sorting.h"
#include "store/store.h"

struct inbox_campaign;

struct inbox_campaign_counts {
    unsigned long retests;
    unsigned long objections;
    unsigned long bounces;
    unsigned long answers; /* for a person to read */
    unsigned long before;  /* were taken by an earlier run */
    unsigned long others;  /* are about no letter of the campaign */
};

/* `place` as in store.h. NULL: see fail. */
struct inbox_campaign *inbox_campaign_open(const char *place, struct fail *fail);
void inbox_campaign_close(struct inbox_campaign *c);
/* One mail, and what it was found to be. */
bool inbox_campaign_take(struct inbox_campaign *c, const struct sorted *s, const struct incoming *m,
                         struct bytes mail, struct fail *fail);
struct inbox_campaign_counts inbox_campaign_counts(const struct inbox_campaign *c);
