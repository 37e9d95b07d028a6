/* A bundle's cases, derived again in a confined child. */
#include "run/rederive.h"

#include "base/hash.h"
#include "evidence/bundle.h"
#include "run/confine.h"
#include "run/ipc.h"
#include "tape/tape_reader.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SCRIPTS_MOST = 500,
    FRAME_LIMIT = 4 * 1024 * 1024,
    ANSWER_MS = 20000, /* for one case */
    VM_MEMORY = 128 * 1024 * 1024,
};

/* The scripts of a bundle, copied. */
struct held_scripts {
    struct script_source api[PROBES_API];
    struct script_source sources[SCRIPTS_MOST];
    size_t count;
};

struct child {
    pid_t pid;
    int to;
    int from;
    struct buf frame;
    rederive_case fn;
    void *arg;
};

static bool write_all(int fd, const void *from, size_t n)
{
    const char *p = from;
    while (n > 0) {
        ssize_t written = write(fd, p, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        p += written;
        n -= (size_t)written;
    }
    return true;
}

static bool read_all(int fd, void *to, size_t n)
{
    char *p = to;
    while (n > 0) {
        ssize_t got = read(fd, p, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        p += got;
        n -= (size_t)got;
    }
    return true;
}

static bool send_frame(int fd, struct bytes frame)
{
    uint32_t size = (uint32_t)frame.n;
    return write_all(fd, &size, sizeof size) && write_all(fd, frame.p, frame.n);
}

static bool receive_frame(int fd, struct buf *into)
{
    uint32_t size = 0;
    buf_clear(into);
    if (!read_all(fd, &size, sizeof size) || size > FRAME_LIMIT)
        return false;
    unsigned char *to = buf_reserve(into, size ? size : 1);
    if (!to || !read_all(fd, to, size))
        return false;
    buf_commit(into, size);
    return true;
}

/* The child: a tape in, a fail out (code "EOTHER" and no text when all was well). */
_Noreturn static void serve(const struct held_scripts *scripts, int in, int out)
{
    struct fail fail;
    char missing[64];
    struct vm_limits limits = vm_limits_default();
    struct buf frame = buf_new(FRAME_LIMIT);
    struct buf answer = buf_new(4096);
    limits.memory = VM_MEMORY;
    hash_start();
    tape_reader_start();
    if (!confine(CONFINE_WORKER, missing, &fail))
        _exit(1);
    struct probes *probes =
        probes_new_with(scripts->api, scripts->sources, scripts->count, &limits, &fail);
    while (receive_frame(in, &frame)) {
        bool same = probes && rederive(probes, buf_view(&frame), &fail);
        ipc_begin(&answer, IPC_DONE);
        ipc_put_u8(&answer, same);
        if (!same)
            ipc_put_fail(&answer, &fail);
        if (!send_frame(out, buf_view(&answer)))
            break;
    }
    _exit(0);
}

static bool child_start(struct child *c, const struct held_scripts *scripts, struct fail *fail)
{
    int down[2];
    int up[2];
    if (pipe(down) != 0 || pipe(up) != 0)
        return fail_errno(fail, errno, "no pipe to a child");
    c->pid = fork();
    if (c->pid == 0) {
        close(down[1]);
        close(up[0]);
        serve(scripts, down[0], up[1]);
    }
    close(down[0]);
    close(up[1]);
    c->to = down[1];
    c->from = up[0];
    return c->pid > 0 || fail_errno(fail, errno, "no child process");
}

static void child_end(struct child *c)
{
    close(c->to);
    close(c->from);
    kill(c->pid, SIGKILL);
    waitpid(c->pid, NULL, 0);
}

static bool await_answer(struct child *c, struct fail *fail)
{
    struct pollfd ready = {.fd = c->from, .events = POLLIN};
    int n;
    do
        n = poll(&ready, 1, ANSWER_MS);
    while (n < 0 && errno == EINTR);
    if (n == 0)
        return fail_set(fail, "ETIMEDOUT", "the script ran over %d seconds", ANSWER_MS / 1000);
    return receive_frame(c->from, &c->frame) ||
           fail_set(fail, "EWORKER", "the confined process that ran the script died");
}

static bool on_case(void *arg, const struct bundle_case *bundled, struct fail *fail)
{
    struct child *c = arg;
    enum ipc_type type;
    struct fail why;
    if (!send_frame(c->to, bundled->tape) || !await_answer(c, fail)) {
        if (!fail->code)
            fail_set(fail, "EWORKER", "the confined process that ran the scripts died");
        return fail_prefix(fail, "%s", bundled->id);
    }
    struct ipc_reader r = ipc_read(buf_view(&c->frame), &type);
    bool same = ipc_u8(&r) == 1;
    if (!same)
        why = ipc_fail(&r);
    if (type != IPC_DONE || !ipc_end(&r))
        return fail_set(fail, "EPROTO", "%s: the confined process gave a broken answer",
                        bundled->id);
    c->fn(c->arg, bundled->id, same ? NULL : &why);
    return true;
}

static bool copy(struct script_source *to, const char *name, struct bytes content)
{
    unsigned char *text = malloc(content.n + 1);
    char *kept = strdup(name);
    if (!text || !kept) {
        free(text);
        free(kept);
        return false;
    }
    memcpy(text, content.p, content.n);
    *to = (struct script_source){.name = kept, .pack = "", .text = bytes_at(text, content.n)};
    return true;
}

static void free_copy(struct script_source *s)
{
    free((void *)(uintptr_t)s->name);
    free((void *)(uintptr_t)s->text.p);
}

/* Which part of the API this file is, or -1. */
static int api_index(const char *name)
{
    struct script_source api[PROBES_API];
    struct fail ignored;
    if (!probes_api(api, &ignored))
        return -1;
    for (int i = 0; i < PROBES_API; i++)
        if (strcmp(api[i].name, name) == 0)
            return i;
    return -1;
}

/* "data/packs/PACK/scripts/relay/x.lua" → "scripts/relay/x.lua", so that messages read as they did. */
static bool on_file(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct held_scripts *held = arg;
    static const char packs[] = "data/packs/";
    if (strncmp(name, packs, sizeof packs - 1) != 0)
        return true;
    const char *slash = strchr(name + sizeof packs - 1, '/');
    if (!slash)
        return true;
    int part = api_index(slash + 1);
    if (part >= 0 && held->api[part].name)
        return fail_set(fail, "EFORMAT", "%s is there twice", slash + 1);
    if (part < 0 && held->count == SCRIPTS_MOST)
        return fail_set(fail, "ELIMIT", "over %d scripts", SCRIPTS_MOST);
    return copy(part >= 0 ? &held->api[part] : &held->sources[held->count++], slash + 1, content) ||
           fail_set(fail, "ENOMEM", "out of memory for the scripts");
}

static bool complete(const struct held_scripts *held, struct fail *fail)
{
    for (size_t i = 0; i < PROBES_API; i++)
        if (!held->api[i].name)
            return fail_set(fail, "EFORMAT", "the bundle does not hold the API of its scripts");
    return true;
}

bool rederive_bundle(const char *path, const char *only, rederive_case fn, void *arg,
                     struct fail *fail)
{
    struct held_scripts *held = calloc(1, sizeof *held);
    struct child c = {.frame = buf_new(FRAME_LIMIT), .fn = fn, .arg = arg};
    if (!held)
        return fail_set(fail, "ENOMEM", "out of memory");
    signal(SIGPIPE, SIG_IGN);
    fail->code = NULL;
    bool ok = bundle_each(path, on_file, held, fail) && complete(held, fail) &&
              child_start(&c, held, fail);
    if (ok) {
        ok = bundle_cases(path, only, on_case, &c, fail);
        child_end(&c);
    }
    for (size_t i = 0; i < PROBES_API; i++)
        free_copy(&held->api[i]);
    for (size_t i = 0; i < held->count; i++)
        free_copy(&held->sources[i]);
    free(held);
    buf_free(&c.frame);
    return ok;
}
