/* What a confined process still can, and what ends it. Each try is made in a child of its own. */
#include "given.h"

#include "run/confine.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = true };
#elif defined(__has_feature)
enum { SANITIZED = __has_feature(address_sanitizer) };
#else
enum { SANITIZED = false };
#endif

enum { ALLOWED = 42, NOT_CONFINED = 43, REFUSED = 44 };

/* Returns whether the kernel let it pass. */
typedef bool (*attempt)(void);

static int pipe_ends[2];

/* The status of a child that is confined and then tries. */
static int status_of(enum confine_role role, attempt try)
{
    int status = 0;
    assert_int_equal(pipe(pipe_ends), 0);
    pid_t child = fork();
    if (child == 0) {
        struct fail fail;
        char missing[64];
        if (!confine(role, missing, &fail))
            _exit(NOT_CONFINED);
        _exit(try() ? ALLOWED : REFUSED);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    return status;
}

static void passes(enum confine_role role, const char *what, attempt try)
{
    int status = status_of(role, try);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != ALLOWED)
        fail_msg("%s: status %x", what, (unsigned)status);
}

static void ends_it(enum confine_role role, const char *what, attempt try)
{
    int status = status_of(role, try);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
        fail_msg("%s: status %x", what, (unsigned)status);
}

static bool writes_and_reads(void)
{
    char byte = 'x';
    return write(pipe_ends[1], &byte, 1) == 1 && read(pipe_ends[0], &byte, 1) == 1;
}

static bool takes_memory(void)
{
    size_t n = (size_t)8 * 1024 * 1024;
    char *p = malloc(n);
    if (!p)
        return false;
    memset(p, 1, n);
    free(p);
    return true;
}

static bool opens_a_file(void)
{
    return syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY) >= 0;
}

static bool opens_a_file_the_old_way(void)
{
    return syscall(SYS_open, "/etc/passwd", O_RDONLY) >= 0;
}

static bool makes_a_socket(void)
{
    return syscall(SYS_socket, 2, 1, 0) >= 0;
}

static bool makes_a_pair_of_sockets(void)
{
    int fds[2];
    return syscall(SYS_socketpair, 1, 1, 0, fds) == 0;
}

static bool connects(void)
{
    return syscall(SYS_connect, pipe_ends[0], "", 0) == 0;
}

static bool binds(void)
{
    return syscall(SYS_bind, pipe_ends[0], "", 0) == 0;
}

static bool listens(void)
{
    return syscall(SYS_listen, pipe_ends[0], 1) == 0;
}

static bool accepts(void)
{
    return syscall(SYS_accept4, pipe_ends[0], NULL, NULL, 0) == 0;
}

/* Past connect(2): to an address, or with MSG_FASTOPEN. */
static bool sends_to_an_address(void)
{
    char address[16] = {2};
    return syscall(SYS_sendto, pipe_ends[1], "x", 1, 0, address, sizeof address) == 1;
}

static bool sends_fast(void)
{
    return syscall(SYS_sendto, pipe_ends[1], "x", 1, 0x20000000, NULL, 0) == 1;
}

/* Whose address no filter sees. */
static bool sends_a_message(void)
{
    return syscall(SYS_sendmsg, pipe_ends[1], NULL, 0) == 0;
}

static bool runs_a_program(void)
{
    char name[] = "true";
    char *argv[] = {name, NULL};
    return execv("/bin/true", argv) == 0;
}

static bool forks(void)
{
    return syscall(SYS_fork) >= 0;
}

static bool clones(void)
{
    return syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL) >= 0;
}

static bool makes_memory_executable(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return mprotect(p, 4096, PROT_READ | PROT_EXEC) == 0;
}

static bool takes_executable_memory(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

static bool kills_its_parent(void)
{
    return syscall(SYS_kill, getppid(), 0) == 0;
}

static bool signals_another(void)
{
    return syscall(SYS_tgkill, 1, 1, 0) == 0;
}

static bool traces_its_parent(void)
{
    return syscall(SYS_ptrace, PTRACE_ATTACH, 1, NULL, NULL) == 0;
}

static bool reads_the_memory_of_another(void)
{
    return syscall(SYS_process_vm_readv, 1, NULL, 0, NULL, 0, 0) == 0;
}

static bool names_an_owner_of_a_descriptor(void)
{
    return syscall(SYS_fcntl, pipe_ends[0], F_SETOWN, 1) == 0;
}

static bool makes_a_ring(void)
{
    char parameters[256] = {0};
    return syscall(SYS_io_uring_setup, 1, parameters) >= 0;
}

static bool loads_a_filter(void)
{
    return syscall(SYS_seccomp, 1, 0, NULL) == 0;
}

/* From somebody who may send a descriptor along. */
static bool hears_on_another_socket(void)
{
    return syscall(SYS_recvmsg, pipe_ends[1], NULL, 0) == 0;
}

static bool says_on_another_socket(void)
{
    return syscall(SYS_sendto, pipe_ends[1], "x", 1, 0, NULL, 0) == 1;
}

static bool looks_at_its_peer(void)
{
    return syscall(SYS_getpeername, pipe_ends[0], NULL, NULL) == 0;
}

static bool copies_a_descriptor(void)
{
    return syscall(SYS_dup, pipe_ends[0]) >= 0;
}

static void it_can_talk_and_remember(void **state)
{
    (void)state;
    passes(CONFINE_WORKER, "a pipe", writes_and_reads);
    passes(CONFINE_WORKER, "memory", takes_memory);
    passes(CONFINE_SINK, "a pipe", writes_and_reads);
    passes(CONFINE_CELL, "a pipe", writes_and_reads);
    passes(CONFINE_CELL, "memory", takes_memory);
}

static void a_forbidden_call_ends_it(void **state)
{
    (void)state;
    if (SANITIZED)
        skip(); /* there is no filter in a sanitized build */
#define TRY(f)                                                                                     \
    {                                                                                              \
#f, f                                                                                      \
    }
    static const struct {
        const char *name;
        attempt try;
    } tries[] = {TRY(opens_a_file),
                 TRY(opens_a_file_the_old_way),
                 TRY(makes_a_socket),
                 TRY(makes_a_pair_of_sockets),
                 TRY(connects),
                 TRY(binds),
                 TRY(listens),
                 TRY(sends_to_an_address),
                 TRY(sends_fast),
                 TRY(sends_a_message),
                 TRY(runs_a_program),
                 TRY(forks),
                 TRY(clones),
                 TRY(makes_memory_executable),
                 TRY(takes_executable_memory),
                 TRY(kills_its_parent),
                 TRY(signals_another),
                 TRY(traces_its_parent),
                 TRY(reads_the_memory_of_another),
                 TRY(names_an_owner_of_a_descriptor),
                 TRY(makes_a_ring),
                 TRY(loads_a_filter)};
    for (unsigned i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        ends_it(CONFINE_WORKER, tries[i].name, tries[i].try);
        ends_it(CONFINE_SINK, tries[i].name, tries[i].try);
        ends_it(CONFINE_CELL, tries[i].name, tries[i].try);
    }
    ends_it(CONFINE_WORKER, "accepts", accepts);
    int status = status_of(CONFINE_SINK, accepts);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == REFUSED); /* a pipe takes no one */
}

static void a_cell_has_its_channel_and_no_other_socket(void **state)
{
    (void)state;
    if (SANITIZED)
        skip();
    ends_it(CONFINE_CELL, "recvmsg", hears_on_another_socket);
    ends_it(CONFINE_CELL, "sendto", says_on_another_socket);
    ends_it(CONFINE_CELL, "getpeername", looks_at_its_peer);
    ends_it(CONFINE_CELL, "dup", copies_a_descriptor);
    ends_it(CONFINE_CELL, "accepts", accepts);
}

static void descriptors_are_closed(void **state)
{
    (void)state;
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        struct fail fail;
        int fd = fcntl(0, F_DUPFD, 20);
        bool ok = fd >= 0 && confine_descriptors(4, &fail) && fcntl(fd, F_GETFD) < 0 &&
                  fcntl(5, F_GETFD) < 0 && fcntl(0, F_GETFD) >= 0;
        _exit(ok ? ALLOWED : REFUSED);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), ALLOWED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_can_talk_and_remember),
        cmocka_unit_test(a_forbidden_call_ends_it),
        cmocka_unit_test(a_cell_has_its_channel_and_no_other_socket),
        cmocka_unit_test(descriptors_are_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
