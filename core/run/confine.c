#include "run/confine.h"

#include "run/process.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A sanitizer's own calls (leak check, symbols) are not on the list: there is no filter then. */
#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = true };
#elif defined(__has_feature)
enum { SANITIZED = __has_feature(address_sanitizer) };
#else
enum { SANITIZED = false };
#endif

/* Landlock's later rights, for headers that are older than the kernel. */
enum {
    LANDLOCK_NET_TCP = 3,           /* bind and connect; ABI 4 */
    LANDLOCK_SCOPED = 3,            /* abstract sockets and signals; ABI 6 */
    LANDLOCK_FS_ABI1 = 0x1fff,      /* thirteen rights */
    LANDLOCK_FS_REFER = 1 << 13,    /* ABI 2 */
    LANDLOCK_FS_TRUNCATE = 1 << 14, /* ABI 3 */
    LANDLOCK_FS_IOCTL = 1 << 15,    /* ABI 5 */
};

struct ruleset {
    uint64_t fs;
    uint64_t net;
    uint64_t scoped;
};

static bool set_limit(int what, rlim_t value)
{
    struct rlimit limit = {.rlim_cur = value, .rlim_max = value};
    return setrlimit((__rlimit_resource_t)what, &limit) == 0;
}

/* What root's processes may beyond others: nothing from here on. */
static bool drop_capabilities(void)
{
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
    return syscall(SYS_capset, &head, none) == 0;
}

static bool set_limits(bool threads, struct fail *fail)
{
    if (set_limit(RLIMIT_FSIZE, 0) && (threads || set_limit(RLIMIT_NPROC, 0)) &&
        set_limit(RLIMIT_CORE, 0) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 &&
        drop_capabilities())
        return true;
    return fail_errno(fail, errno, "this process can't give up its rights");
}

/* What a folder and all in it may be used for: reading files, and listing. */
static bool grant_reading(int ruleset, const char *folder)
{
    int fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return true;
    struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE |
                                                                LANDLOCK_ACCESS_FS_READ_DIR,
                                              .parent_fd = fd};
    long added = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
    return added == 0;
}

/* Handles all rights that the running kernel knows, and grants none but reading in these folders. False: no Landlock
 * here. */
static bool landlock(const char *const *folders, size_t n)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1)
        return false;
    struct ruleset rules = {.fs = LANDLOCK_FS_ABI1 | (abi >= 2 ? LANDLOCK_FS_REFER : 0) |
                                  (abi >= 3 ? LANDLOCK_FS_TRUNCATE : 0) |
                                  (abi >= 5 ? LANDLOCK_FS_IOCTL : 0),
                            .net = abi >= 4 ? LANDLOCK_NET_TCP : 0,
                            .scoped = abi >= 6 ? LANDLOCK_SCOPED : 0};
    size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
    long fd = syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    bool ok = fd >= 0;
    for (size_t i = 0; ok && i < n; i++)
        ok = grant_reading((int)fd, folders[i]);
    ok = ok && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
    if (fd >= 0)
        close((int)fd);
    return ok;
}

static bool allow_all(scmp_filter_ctx filter, const int *calls, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
            return false;
    return true;
}

/* Memory, but none that could be executed. */
static bool allow_memory(scmp_filter_ctx filter)
{
    struct scmp_arg_cmp not_executable = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    static const int calls[] = {SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
                                SCMP_SYS(brk)};
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, not_executable) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, not_executable) == 0 &&
           allow_all(filter, calls, sizeof calls / sizeof calls[0]);
}

/* The condition that an argument has this value. */
static struct scmp_arg_cmp is(unsigned argument, uint64_t value)
{
    return (struct scmp_arg_cmp){.arg = argument, .op = SCMP_CMP_EQ, .datum_a = value};
}

/* MSG_FASTOPEN; its header is for net/ alone. */
enum { FLAG_FASTOPEN = 0x20000000 };

/* Sending, but not to an address, nor with this flag: the flag connects a socket whose own connection was refused
 * to anyone, without connect(2) and past Landlock, and a UDP socket sends to any address that it is told. sendmsg
 * has its address in memory, where no filter sees it: it is not allowed at all. The sink answers datagrams on the
 * sockets that it was given for that; so does a simulator, whose sockets lead nowhere but to loopback. */
static bool allow_sending(scmp_filter_ctx filter, enum confine_role role)
{
    struct scmp_arg_cmp flags = SCMP_A3(SCMP_CMP_MASKED_EQ, FLAG_FASTOPEN, 0);
    if (role == CONFINE_SIMULATOR)
        return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendto), 1, flags) == 0;
    bool ok = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendto), 2, flags, is(4, 0)) == 0;
    for (int fd = PROCESS_DATAGRAMS; ok && role == CONFINE_SINK && fd < PROCESS_END; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            ok = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendto), 2, flags,
                                  is(0, (uint64_t)fd)) == 0;
    return ok;
}

/* Signals to itself alone (abort), and no descriptor whose owner would be sent one (F_SETOWN). */
static bool allow_own(scmp_filter_ctx filter)
{
    static const int commands[] = {F_GETFD, F_SETFD, F_GETFL, F_SETFL};
    bool ok = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                               is(0, (uint64_t)getpid())) == 0;
    for (size_t i = 0; ok && i < sizeof commands / sizeof commands[0]; i++)
        ok = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                              is(1, (uint64_t)commands[i])) == 0;
    return ok;
}

/* What none can do without. */
static bool allow_common(scmp_filter_ctx filter)
{
    static const int calls[] = {
        SCMP_SYS(read),          SCMP_SYS(write),        SCMP_SYS(writev),
        SCMP_SYS(close),         SCMP_SYS(epoll_wait),   SCMP_SYS(epoll_pwait),
        SCMP_SYS(epoll_pwait2),  SCMP_SYS(epoll_ctl),    SCMP_SYS(timerfd_settime),
        SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(futex),
        SCMP_SYS(getrandom),     SCMP_SYS(poll),         SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigreturn),  SCMP_SYS(rt_sigaction), SCMP_SYS(getpid),
        SCMP_SYS(gettid),        SCMP_SYS(fstat),        SCMP_SYS(newfstatat),
        SCMP_SYS(exit),          SCMP_SYS(exit_group),   SCMP_SYS(restart_syscall),
        SCMP_SYS(sched_yield),   SCMP_SYS(sigaltstack),  SCMP_SYS(shutdown),
    };
    return allow_all(filter, calls, sizeof calls / sizeof calls[0]) && allow_memory(filter) &&
           allow_own(filter);
}

/* What is done with the sockets that workers and the sink are given. */
static bool allow_sockets(scmp_filter_ctx filter, enum confine_role role)
{
    static const int calls[] = {
        SCMP_SYS(recvfrom),   SCMP_SYS(recvmsg),     SCMP_SYS(getsockopt),
        SCMP_SYS(setsockopt), SCMP_SYS(getsockname), SCMP_SYS(getpeername),
    };
    return allow_all(filter, calls, sizeof calls / sizeof calls[0]) &&
           allow_sending(filter, role) &&
           (role == CONFINE_WORKER ||
            seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(accept4), 0) == 0);
}

/* The timer by which a script that runs on is noticed. */
static bool allow_script_timer(scmp_filter_ctx filter)
{
    static const int calls[] = {SCMP_SYS(timer_create), SCMP_SYS(timer_settime),
                                SCMP_SYS(timer_delete)};
    return allow_all(filter, calls, sizeof calls / sizeof calls[0]);
}

/* The channel and nothing else. */
static bool allow_channel(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(recvmsg), 1, is(0, PROCESS_CHANNEL)) ==
               0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendto), 2, is(0, PROCESS_CHANNEL),
                            is(4, 0)) == 0;
}

/* Opening files, to be read alone, and what looks at them. */
static bool allow_files(scmp_filter_ctx filter)
{
    static const int calls[] = {
        SCMP_SYS(lseek),  SCMP_SYS(pread64), SCMP_SYS(getdents64), SCMP_SYS(access),
        SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(readlink),   SCMP_SYS(faccessat),
        SCMP_SYS(stat),   SCMP_SYS(lstat),   SCMP_SYS(readlinkat), SCMP_SYS(fadvise64),
        SCMP_SYS(statx),
    };
    struct scmp_arg_cmp reading =
        SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY);
    return allow_all(filter, calls, sizeof calls / sizeof calls[0]) &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, reading) == 0;
}

/* Threads, which Pango makes for each set of fonts, and no process: clone's flags are looked at, and clone3, which has them
 * in memory, is as in a kernel that does not know it. */
static bool allow_threads(scmp_filter_ctx filter)
{
    static const int calls[] = {SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
                                SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_getattr)};
    struct scmp_arg_cmp thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
    return allow_all(filter, calls, sizeof calls / sizeof calls[0]) &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, thread) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, is(0, PR_SET_NAME)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

/* What a library asks for when it first meets a thing, such as the table of a character set: it goes on without. */
static bool refuse_files(scmp_filter_ctx filter)
{
    static const int calls[] = {SCMP_SYS(openat),     SCMP_SYS(open), SCMP_SYS(access),
                                SCMP_SYS(faccessat2), SCMP_SYS(stat), SCMP_SYS(readlink)};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof calls / sizeof calls[0]; i++)
        ok = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), calls[i], 0) == 0;
    return ok;
}

static bool allow_calls(scmp_filter_ctx filter, enum confine_role role)
{
    if (role == CONFINE_PAPER)
        return allow_common(filter) && allow_files(filter) && allow_threads(filter);
    if (role == CONFINE_READER)
        return allow_common(filter) && refuse_files(filter);
    return allow_common(filter) && (role == CONFINE_SINK || allow_script_timer(filter)) &&
           (role == CONFINE_CELL ? allow_channel(filter) : allow_sockets(filter, role));
}

static bool seccomp(enum confine_role role, struct fail *fail)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool ok = filter != NULL;
    /* A binary tree in place of a list: each system call of the hot path pays for the way down. */
    ok = ok && seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0;
    /* It has threads already, which its libraries made. */
    ok = ok && (role != CONFINE_PAPER || seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0);
    ok = ok && allow_calls(filter, role);
    int error = ok ? seccomp_load(filter) : -EINVAL;
    seccomp_release(filter);
    return error == 0 || fail_errno(fail, -error, "this process can't be confined (seccomp)");
}

bool confine_descriptors(int last, struct fail *fail)
{
    return close_range((unsigned)last + 1, ~0U, 0) == 0 ||
           fail_errno(fail, errno, "descriptors can't be closed");
}

bool confine_streams(struct fail *fail)
{
    int nothing = SANITIZED ? -1 : open("/dev/null", O_RDWR | O_CLOEXEC);
    bool ok = SANITIZED || nothing >= 0;
    for (int fd = 0; ok && !SANITIZED && fd <= STDERR_FILENO; fd++)
        ok = dup2(nothing, fd) == fd;
    if (!ok)
        fail_errno(fail, errno, "/dev/null can't be opened");
    if (nothing > STDERR_FILENO)
        close(nothing);
    return ok;
}

bool confine_memory(size_t most, struct fail *fail)
{
    return SANITIZED || set_limit(RLIMIT_DATA, most) ||
           fail_errno(fail, errno, "this process can't limit its memory");
}

bool confine_files(const char *const *folders, size_t n, char missing[64], struct fail *fail)
{
    missing[0] = '\0';
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fail_errno(fail, errno, "this process can't give up its rights");
    if (!landlock(folders, n))
        snprintf(missing, 64, "Landlock");
    return true;
}

bool confine(enum confine_role role, char missing[64], struct fail *fail)
{
    missing[0] = '\0';
    if (!set_limits(role == CONFINE_PAPER, fail))
        return false;
    bool has_landlock = role == CONFINE_PAPER || landlock(NULL, 0);
    /* From here on no descriptor can come to be, whatever is sent along with a message. */
    if (role == CONFINE_CELL && !set_limit(RLIMIT_NOFILE, 0))
        return fail_errno(fail, errno, "this process can't give up its rights");
    if (!has_landlock)
        snprintf(missing, 64, "Landlock");
    return SANITIZED || seccomp(role, fail);
}
