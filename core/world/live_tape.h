/*
 * live_tape: the tape of a live world; one function for each thing that crosses its border.
 *
 * What the target says may fill the tape up to a limit; then it is heard no more, so that what the probe knew stands on
 * its tape to the last byte. Room is left for what the probe does about it. A tape without any room ends: what comes
 * after is lost, and a note says so. The head, line 1, is not written here (see live.h).
 */
#pragma once

#include "net/stream.h"
#include "proto/dns.h"
#include "proto/receipt.h"
#include "tape/record.h"
#include "world/world.h"

/* Sees each record as it is put onto the tape, with its line. */
typedef void (*live_watch)(void *arg, unsigned line, const struct record *r);

/* A piece of a tape: it grows by pieces, so that nothing that stands on it is ever copied to a larger one. */
struct live_tape_piece;

struct live_tape {
    struct live_tape_piece *first, *last; /* see tape/packed.h; NULL: it is empty */
    size_t length;                        /* of the lines that it becomes: at most, or */
    bool exact;                           /* exactly */
    struct loop *loop;                    /* whose clock it is */
    instant began;                        /* by loop_moment */
    span ended;                           /* the verdict's time */
    unsigned lines;
    bool on;
    bool full;
    bool deaf;        /* the target has said all that it may */
    live_watch watch; /* NULL: nobody looks */
    void *watcher;
};

void live_tape_start(struct live_tape *tape, struct loop *loop, bool on);
void live_tape_free(struct live_tape *tape);
/* Appends all its lines but the head. */
bool live_tape_lines(const struct live_tape *tape, struct buf *out);
void live_tape_open(struct live_tape *tape, unsigned conn, const struct addr *to, const char *way);
void live_tape_opened(struct live_tape *tape, unsigned conn, const struct stream *stream,
                      const struct world_messages *messages);
void live_tape_send(struct live_tape *tape, unsigned conn, struct bytes what);
/* This and the two others that give a bool: false, and nothing is on the tape, when the target has said too much. */
bool live_tape_recv(struct live_tape *tape, unsigned conn, struct bytes what);
void live_tape_end(struct live_tape *tape, unsigned conn);
void live_tape_fail(struct live_tape *tape, unsigned conn, const struct fail *fail);
void live_tape_secure(struct live_tape *tape, unsigned conn, struct bytes name);
bool live_tape_secured(struct live_tape *tape, unsigned conn, const struct stream *stream);
void live_tape_close(struct live_tape *tape, unsigned conn);
void live_tape_paused(struct live_tape *tape);
void live_tape_receipt(struct live_tape *tape, const struct receipt *receipt);
void live_tape_token(struct live_tape *tape, const struct token *token);
void live_tape_now(struct live_tape *tape, instant now);
void live_tape_ask(struct live_tape *tape, struct bytes name, enum dns_type type);
bool live_tape_answer(struct live_tape *tape, const struct addr *from, struct bytes message);
void live_tape_note(struct live_tape *tape, struct bytes text);
void live_tape_verdict(struct live_tape *tape, struct bytes verdict, struct bytes reason,
                       struct bytes steps);
