/*
 * start: starting one of our own confined processes (run/process.h): this program again, with an address space in which
 * no key ever was, and with the descriptors that it is handed, in their places, and no others.
 */
#pragma once

#include "base/fail.h"
#include "run/process.h"

#include <sys/types.h>

/* What a process finds as its descriptors 4, 5, …; -1: nothing. They stay the caller's. */
enum { HANDED = PROCESS_END - PROCESS_SECOND };
struct handed {
    int fds[HANDED];
};

struct handed handed_nothing(void);
/* From here on this process, and all that it starts, leave the core to whoever works there until that waits or its time is
 * up, in place of taking it at once when a message wakes them: a round of messages costs one turn of each process, not
 * one turn a message. Who chose another policy for us (chrt) keeps it. */
void process_take_turns(void);
/* `role` is PROCESS_WORKER or another of those; `channel` becomes its descriptor 3 (and is the caller's). Its pid; -1
 * with fail. */
pid_t process_start(const char *role, int channel, const struct handed *h, struct fail *fail);
/* Ends it, if it has not ended, and says how it came to its end, in words. */
void process_end(pid_t pid, char *out, size_t size);
