/*
 * about: what the forms that are JSON say of the bundle they were made from.
 */
#pragma once

#include "export/format.h"

/* Appends the member "bundle": its name, the digests of its file and of its seal, when it was sealed and by whom, how
 * many cases it has; of an extract also which one that is. */
bool about_put_bundle(struct buf *out, const struct exporting *e);
/* Appends the text of a JSON object or array that stood in the bundle, without its line end and with what is not printable in it
 * escaped; refuses anything else, naming it `what`. */
bool about_put_json(struct buf *out, struct bytes text, const char *what, struct fail *fail);
