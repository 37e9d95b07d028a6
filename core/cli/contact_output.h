/*
 * contact_output: whom to write to, and which source says so, as JSON or for a person.
 */
#pragma once

#include "cli/contact_lookup.h"

/* One JSON object, without its line end. */
void contact_put_json(struct buf *out, const struct contact_result *r);
void contact_print(const struct contact_result *r);
/* The services that are asked, for a person or as one JSON object a line. */
void contact_print_services(const struct contact_services *s, const struct bootstrap *b, bool json);
