/*
 * session_ipc: the messages of a script whose lines a person types: from the supervisor by way of the worker to the cell
 * where it runs, and back.
 */
#pragma once

#include "run/ipc.h"
#include "script/typed.h"

enum session_line {
    SESSION_LINE,     /* the next one: a chunk that returns a function */
    SESSION_OVER,     /* there is none any more */
    SESSION_COMPLETE, /* how could this name go on? */
    SESSION_LINES
};

/* IPC_LINE, and IPC_SAID, of a job. */
struct ipc_line {
    uint64_t job;
    enum session_line what;
    struct bytes text;
};

struct ipc_said {
    uint64_t job;
    enum typed_said what;
    struct bytes text; /* at most TYPED_SAID bytes */
};

/* The whole message. */
void ipc_put_line(struct buf *out, const struct ipc_line *line);
void ipc_put_said(struct buf *out, const struct ipc_said *said);
/* All that stands behind its type; views of the frame. */
struct ipc_line ipc_line(struct ipc_reader *r);
struct ipc_said ipc_said(struct ipc_reader *r);
