/*
 * notify_group: a letter about several findings while they are read, one after the other.
 */
#pragma once

#include "cli/notify_case.h"
#include "cli/notify_groups.h"
#include "cli/notify_word.h"
#include "notice/group.h"
#include "notice/machine.h"

/* Of so many findings the letter carries a part of its own for programs (XARF, ARF); of so many a line (IntelMQ). */
enum { NOTIFY_GROUP_PARTS = 20, NOTIFY_GROUP_EVENTS = 1000 };

struct notify_group;

/* What is the same for all of them; lent. */
struct notify_group_ground {
    const struct notify_where *where;
    enum machine machine;
    struct bytes from_address; /* of the letter */
};

/* NULL: no memory. */
struct notify_group *notify_group_new(const struct notify_group_ground *ground, const char *ticket);
void notify_group_free(struct notify_group *g);

/* The first finding, which stays the caller's for as long as the group lives. */
bool notify_group_begin(struct notify_group *g, struct finding *first, struct fail *fail);
/* Where the next one is to be read; it is the group's from then on. */
struct notify_case *notify_group_place(struct notify_group *g);
/* What was read there is to be told. What it has views of need not stay. */
bool notify_group_take(struct notify_group *g, struct fail *fail);

const char *notify_group_ticket(const struct notify_group *g);
/* What the letter is about. */
struct group *notify_group_about(struct notify_group *g);
/* The parts that follow the letter's text: the table, then those for programs. */
bool notify_group_parts(struct notify_group *g, const struct letter *letter,
                        struct machine_parts *parts, struct message_envelope *envelope,
                        struct fail *fail);
