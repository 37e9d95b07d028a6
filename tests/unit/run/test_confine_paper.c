/* What the process that prints letters still can, and what not. Each try is made in a child of its own. */
#include "given.h"

#include "run/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
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

enum { ALLOWED = 42, NOT_CONFINED = 43, REFUSED = 44, NO_LANDLOCK = 45 };

/* Returns whether the kernel let it pass. */
typedef bool (*attempt)(void);

static const char *const folders[] = {"/usr/share", "/no/such/folder"};

static int status_of(attempt try)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        struct fail fail;
        char missing[64];
        char none[64];
        if (!confine_files(folders, 2, missing, &fail) || !confine(CONFINE_PAPER, none, &fail))
            _exit(NOT_CONFINED);
        if (missing[0])
            _exit(NO_LANDLOCK);
        _exit(try() ? ALLOWED : REFUSED);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void assert_exits(attempt try, int expected)
{
    int status = status_of(try);
    if (WIFEXITED(status) && WEXITSTATUS(status) == NO_LANDLOCK)
        skip();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != expected)
        fail_msg("status %x", (unsigned)status);
}

static void assert_ends(attempt try)
{
    if (SANITIZED)
        skip();
    int status = status_of(try);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
        fail_msg("status %x", (unsigned)status);
}

static bool opens(const char *path, int flags)
{
    int fd = open(path, flags, 0600);
    return fd >= 0;
}

static bool opens_what_it_was_left(void)
{
    return opens("/usr/share/common-licenses/GPL-3", O_RDONLY);
}

static bool opens_another(void)
{
    return opens("/etc/passwd", O_RDONLY);
}

static bool writes_there(void)
{
    return opens("/usr/share/common-licenses/GPL-3", O_WRONLY);
}

static bool makes_a_file(void)
{
    return opens("/tmp/ajar-test-confine-paper", O_RDONLY | O_CREAT);
}

static bool makes_a_socket(void)
{
    return syscall(SYS_socket, 1, 1, 0) >= 0;
}

static bool makes_a_process(void)
{
    return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) >= 0;
}

static void *nothing(void *arg)
{
    return arg;
}

static bool makes_a_thread(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0;
}

static void reads_the_folders_that_it_was_left(void **state)
{
    (void)state;
    assert_exits(opens_what_it_was_left, ALLOWED);
}

static void reads_no_other(void **state)
{
    (void)state;
    assert_exits(opens_another, REFUSED);
}

static void writes_nowhere(void **state)
{
    (void)state;
    assert_ends(writes_there);
    assert_ends(makes_a_file);
}

static void has_no_socket(void **state)
{
    (void)state;
    assert_ends(makes_a_socket);
}

static void makes_threads_and_no_process(void **state)
{
    (void)state;
    assert_exits(makes_a_thread, ALLOWED);
    assert_ends(makes_a_process);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_folders_that_it_was_left),
        cmocka_unit_test(reads_no_other),
        cmocka_unit_test(writes_nowhere),
        cmocka_unit_test(has_no_socket),
        cmocka_unit_test(makes_threads_and_no_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
