/*
 * repl_terminal: the process at the terminal of `ajar repl`. It reads what is typed until it is a whole piece of Lua, and
 * hands that to the command. While that is at work nothing is read.
 *
 * Frames (net/channel.h), a byte for what it is, then text:
 */
#pragma once

#include "base/fail.h"

#include <sys/types.h>

enum repl_frame {
    REPL_NEXT = 'n',  /* to it: the next one, please; the number of its first line in the script */
    REPL_NAMES = 'a', /* to it: names, a line each, the answer to REPL_COMPLETE */
    REPL_PIECE =
        'p', /* from it: what was typed, whole: statements, or `return` and an expression */
    REPL_COMPLETE = 'c', /* from it: how could this go on? */
    REPL_END = 'e',      /* from it: no more is typed */
};

enum { REPL_PIECE_MOST = 64 * 1024 };

/* Starts it; *fd is our end. It ends when that is closed. */
pid_t repl_terminal_start(int *fd, struct fail *fail);
