/*
 * form_list: what a probe tries, form by form, for a person or a program.
 */
#pragma once

#include "base/buf.h"

/* `forms`: a JSON array as script/forms.h has it. It comes from another process: what is no such array counts as [], and
 * all text is escaped. */

/* Appends the array again, for a line of JSON. */
void form_list_put_json(struct buf *out, struct bytes forms);
/* Prints the forms, and then what closes each of the misconfigurations that they show. Nothing when there are none. */
void form_list_print(struct bytes forms);
