#include "cli/again.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

void again_say(struct again_words *w, const char *word)
{
    if (w->count < AGAIN_WORDS)
        w->list[w->count++] = word;
}

bool again_start(struct again *a, struct again_words *w, FILE *in, struct fail *fail)
{
    int ends[2];
    char *argv[AGAIN_WORDS + 1];
    memcpy(argv, w->list, sizeof argv);
    if (w->count == AGAIN_WORDS)
        return fail_set(fail, "ELIMIT", "too many scenarios and probes at once: name fewer");
    if (pipe(ends) != 0)
        return fail_errno(fail, errno, "pipe");
    pid_t self = getpid();
    a->pid = fork();
    if (a->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != self || dup2(ends[1], STDOUT_FILENO) < 0 ||
            (in && dup2(fileno(in), STDIN_FILENO) < 0))
            _exit(1);
        close(ends[0]);
        close(ends[1]);
        execv("/proc/self/exe", argv);
        _exit(1);
    }
    close(ends[1]);
    a->out = a->pid > 0 ? fdopen(ends[0], "r") : NULL;
    return a->out || fail_errno(fail, errno, "fork");
}

int again_end(struct again *a)
{
    int status = 0;
    if (a->out)
        fclose(a->out);
    if (a->pid <= 0 || waitpid(a->pid, &status, 0) != a->pid)
        return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
