/*
 * delivery_list: what has become of the letters in a folder, for a person or a program; and what a person decides about
 * those that the program can't decide about.
 */
#pragma once

#include "cli/delivery.h"

/* A state that --state may name: those of entry.h but "sending", and "unaddressed". */
bool delivery_list_knows(const char *state);
/* Prints those in this state (NULL: all), as a table or a JSON object a line. */
bool delivery_list(struct queue *q, const char *state, bool json, struct fail *fail);
/* What would be sent now, from whom to whom. */
bool delivery_list_plan(const struct delivery_order *order, struct fail *fail);
/* One that failed or is uncertain is to be sent again, or one that is uncertain was sent. "EUSAGE" where it is in no such
 * state, or there is none. */
bool delivery_list_settle(struct queue *q, const char *name, bool sent, struct fail *fail);
