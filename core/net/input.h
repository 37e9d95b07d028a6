/*
 * input: the lines of a file or a pipe, without keeping the loop waiting.
 *
 * A regular file is read as it is asked for; of a pipe or a terminal only what is there. Memory is bounded,
 * however long a line is.
 */
#pragma once

#include "net/loop.h"

enum { INPUT_LINE_MOST = 65536 };

enum input_state {
    INPUT_LINE,
    INPUT_LATER, /* the loop goes round once more when there is something */
    INPUT_END
};

struct input;

/* `path` "-" is standard input. Without a loop it waits for its lines. */
struct input *input_open(const char *path, struct loop *loop, struct fail *fail);
void input_close(struct input *in);
/* The next line without its line end, lent until the next call. One that is too long comes as its first
 * INPUT_LINE_MOST + 1 bytes. A read that fails ends it: *fail is then set, and else not touched. */
enum input_state input_next(struct input *in, struct bytes *line, struct fail *fail);
