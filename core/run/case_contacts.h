/*
 * case_contacts: what case.json says of how it was found out whom to write to, against contacts.jsonl, where that is.
 */
#pragma once

#include "run/case_files.h"
#include "world/difference.h"

/* Is contacts.jsonl there where case.json gives its digest, and nowhere else, and is it that? False: *out says what differs.
 * Where `contacts` of case.json is hidden nothing is asked, and of a file of which lines are hidden only that it is there. */
bool case_contacts_agree(json_t *said, const struct case_files *files, struct difference *out);
