#include "run/pulse.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int pulse_open(struct fail *fail)
{
    int fd = memfd_create("ajar-pulse", MFD_CLOEXEC);
    if (fd >= 0 && ftruncate(fd, sizeof(struct pulse)) == 0)
        return fd;
    fail_errno(fail, errno, "no shared page for a worker");
    if (fd >= 0)
        close(fd);
    return -1;
}

struct pulse *pulse_map(int fd, struct fail *fail)
{
    void *p = mmap(NULL, sizeof(struct pulse), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (p != MAP_FAILED)
        return p;
    fail_errno(fail, errno, "a worker's shared page can't be mapped");
    return NULL;
}

struct window_work pulse_work(const struct pulse *pulse)
{
    return (struct window_work){
        .rounds = atomic_load_explicit(&pulse->rounds, memory_order_relaxed),
        .wakes = atomic_load_explicit(&pulse->wakes, memory_order_relaxed),
    };
}

void pulse_say(struct pulse *pulse, const char *why)
{
    snprintf(pulse->words, sizeof pulse->words, "%s", why);
}

void pulse_words(const struct pulse *pulse, char out[PULSE_WORDS + 2])
{
    out[0] = '\0';
    if (!pulse || !pulse->words[0])
        return;
    snprintf(out, PULSE_WORDS + 2, ": %.*s", PULSE_WORDS - 1, pulse->words);
    text_make_printable(out);
}

void pulse_unmap(struct pulse *pulse)
{
    if (pulse)
        munmap(pulse, sizeof *pulse);
}
