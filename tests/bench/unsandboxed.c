/*
 * unsandboxed: loaded before a program's libraries (LD_PRELOAD), takes away what the sandbox costs while probes run: the
 * filter that each system call goes through, and the count of a script's instructions. For comparison l alone.
 */
#include <errno.h>
#include <signal.h>
#include <time.h>

struct lua_State;

int seccomp_load(void *filter);
int lua_sethook(struct lua_State *L, void *hook, int mask, int count);

int seccomp_load(void *filter)
{
    (void)filter;
    return 0;
}

int lua_sethook(struct lua_State *L, void *hook, int mask, int count)
{
    (void)L;
    (void)hook;
    (void)mask;
    (void)count;
    return 1;
}

/* Without the timer by which a script is found at work. */
int timer_create(clockid_t clock, struct sigevent *restrict event, timer_t *restrict timer)
{
    (void)clock;
    (void)event;
    (void)timer;
    errno = EAGAIN;
    return -1;
}
