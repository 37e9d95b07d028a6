/*
 * mail_reader: a confined process that reads mails, which may be anybody's (mail/incoming.h): bytes in, JSON out. It has two pipes,
 * and no file. One that a mail kills, or keeps too long, is replaced, and the mail is unreadable.
 */
#pragma once

#include "mail/incoming.h"

struct mail_reader;

struct mail_reader *mail_reader_new(struct fail *fail);
void mail_reader_free(struct mail_reader *r);
/* False: ETIMEDOUT, EWORKER, EFORMAT: this mail can't be read; ENOMEM and so on: none can. */
bool mail_reader_read(struct mail_reader *r, struct bytes mail, struct incoming *out,
                      struct fail *fail);
/* Was it this mail that was at fault? */
bool mail_reader_goes_on(const struct fail *fail);
