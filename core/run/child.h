/*
 * child: a confined process for what may be an enemy's: it gets a question, gives an answer, and is ended
 * when it takes too long; it has at most 1 GiB of memory. It is forked from a command that holds no secret yet.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"
#include "base/time.h"

#include <sys/types.h>

enum { CHILD_FRAME = 24 * 1024 * 1024 };
enum { CHILD_IN = 3, CHILD_OUT = 4 };

struct child {
    pid_t pid;
    int to;
    int from;
    span processor; /* that it may take for an answer; 0: what the seconds hold */
};

/* What the child does, confined: reads questions from `in` with child_receive, answers on `out` with
 * child_send. It ends when it returns. */
typedef void (*child_work)(const void *arg, int in, int out);

bool child_start(struct child *c, child_work work, const void *arg, struct fail *fail);
/* A child that is a program of its own; it finds its ends in CHILD_IN and CHILD_OUT, and confines itself. */
bool child_start_program(struct child *c, const char *path, struct fail *fail);

/* What a child may be given besides. */
struct child_gift {
    /* Run in it before it is confined, with the descriptors that it will have: what it needs of files is read here.
     * What goes wrong is for its first answer. */
    void (*prepare)(void *arg);
    int socket; /* its one connection, CHILD_SOCKET in it; -1: none. Stays the caller's */
    bool reads; /* libraries in it may ask for files, and are told that there are none */
};
enum { CHILD_SOCKET = 5 };
/* As child_work; `arg` is the child's own to change: nobody else sees it. */
typedef void (*child_task)(void *arg, int in, int out);
bool child_start_with(struct child *c, child_task task, void *arg, const struct child_gift *gift,
                      struct fail *fail);
/* Sends the question (at most CHILD_FRAME bytes) and waits for the answer for `seconds` at most. */
bool child_ask(struct child *c, struct bytes question, struct buf *answer, int seconds,
               struct fail *fail);
/* The same in two steps, where there are several answers to one question: sends it; and waits for the next answer. Nothing is
 * sent while there are answers to come. */
bool child_tell(struct child *c, struct bytes question, int seconds, struct fail *fail);
bool child_hear(struct child *c, struct buf *answer, int seconds, struct fail *fail);
/* Ends it, whatever it does. */
void child_end(struct child *c);

bool child_send(int fd, struct bytes frame);
/* False at the end, or when the frame is over CHILD_FRAME. */
bool child_receive(int fd, struct buf *into);
