/*
 * own_form: the one thing that a test writes into a web form: mail to its own mailbox, please.
 *
 * Scripts that mail what a form holds (FormMail and its kin) take the recipient from a field. All names that such
 * a field is known by are filled with the attempt's own mailbox, the sender's with our own bounce address, and the
 * text is that of the test message (own_message.h): who tests, on whose behalf, and how to object. Nothing else can
 * be put into a form, and the path names one of a web server's own pages.
 */
#pragma once

#include "script/task.h"

enum { OWN_FORM_PATH = 64, OWN_FORM_LIMIT = 16384 };

/* "/cgi-bin/formmail.pl": letters, digits and . _ - / alone, no "..". */
bool own_form_path_is(struct bytes path);
/* Appends a field's value as a form or a query has it: %XX for all but letters, digits and . _ -
 * Where there is no room, out->overflow says so. */
void own_form_put_encoded(struct buf *out, struct bytes value);
/* Appends the fields, application/x-www-form-urlencoded; the time in the text comes from the world. again: the second
 * message of a test, of another shape. */
bool own_form_put(struct task *t, const struct token *token, bool again, struct buf *out,
                  struct fail *fail);
