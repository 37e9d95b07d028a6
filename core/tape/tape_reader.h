/*
 * tape_reader: the lines of a tape held in memory, one after the other.
 *
 * Beyond what record_get refuses, a reader refuses a tape over TAPE_LIMIT, a line without its end (the
 * tape was cut off), time that runs backwards, anything behind the verdict, and an end without one.
 * Every fail names the line; EHIDDEN: it stands there for a record that was redacted. Fuzzed.
 */
#pragma once

#include "tape/record.h"
#include "tape/tape_head.h"

/* Makes the JSON library ready, which reads a seed: once, before a process that reads tapes is confined. */
void tape_reader_start(void);

enum tape_step { TAPE_RECORD, TAPE_END, TAPE_BAD };

struct tape_reader {
    struct bytes tape;
    size_t at;     /* where the next line begins */
    unsigned line; /* number of the line read last; 1 is the head */
    span t;        /* its time */
    bool finished; /* it was the verdict */
    struct buf head_hold;
    struct buf hold;
};

/* Begins and reads the head, whose views last until tape_reader_close. The tape is lent until then.
 * Close the reader also when this fails. */
bool tape_reader_open(struct tape_reader *r, struct bytes tape, struct tape_head *head,
                      struct fail *fail);
/* True when what comes next is hidden, which is then passed over. A hidden head fails in tape_reader_open, after which
 * a caller may go on with what follows it. */
bool tape_reader_pass_hidden(struct tape_reader *r);
/* The next record, whose views last until the next call. After TAPE_END or TAPE_BAD don't go on. */
enum tape_step tape_reader_next(struct tape_reader *r, struct record *out, struct fail *fail);
void tape_reader_close(struct tape_reader *r);
