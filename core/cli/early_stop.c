#include "cli/early_stop.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t asked;

static void on_signal(int signo)
{
    asked = signo;
}

static void handle(void (*with)(int))
{
    struct sigaction act = {.sa_handler = with}; /* without SA_RESTART: what waits goes on to ask */
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
}

void early_stop_begin(void)
{
    handle(on_signal);
}

bool early_stop_asked(void)
{
    return asked != 0;
}

void early_stop_pass_on(void)
{
    if (asked)
        raise(asked);
}

void early_stop_end(void)
{
    handle(SIG_DFL);
}
