/*
 * ticket_file: --ticket-key, for the commands that put marks into addresses.
 */
#pragma once

#include "mail/ticket.h"

/* The key at `path`; where there is none it is made, and that is said: `ajar inbox` will need it. NULL: see fail. */
struct ticket_key *ticket_file_open(const char *command, const char *path, struct fail *fail);
