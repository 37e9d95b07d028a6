/*
 * wire: what went over a case's connections, record by record, for the forms that show traffic.
 */
#pragma once

#include "tape/tape_reader.h"

/* Called for each record of the tape, with the number of its line. Return false to stop, with the fail set. */
typedef bool (*wire_fn)(void *arg, const struct tape_head *head, const struct record *record,
                        unsigned line, struct fail *fail);
/* Refused is a tape in which something is hidden: what is shown of a stream must be all of it; and one with a record
 * more than WIRE_DAYS_MOST days behind its beginning, so that `started` and `t` of any record can be added. */
enum { WIRE_DAYS_MOST = 366 };
bool wire_each(struct bytes tape, wire_fn fn, void *arg, struct fail *fail);

enum { WIRE_CONNECTIONS = 4096 };

/* Something for each connection of a case. */
struct wire_table {
    unsigned char *rows;
    size_t row; /* bytes of one */
    size_t count;
};
/* The row of the connection `number`, counted from 1; zeros the first time. Rows move when there are more. NULL with a
 * fail: too many. */
void *wire_row(struct wire_table *t, unsigned number, struct fail *fail);
void wire_table_free(struct wire_table *t);

/* Where an open record leads: its address; *udp says how. False: to nobody whom we reach ourselves ("sink …"), or to no
 * address. */
bool wire_peer(const struct record *open, struct addr *peer, bool *udp);
