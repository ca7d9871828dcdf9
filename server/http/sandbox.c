#include "http/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/log.h"
#include "http/landlock.h"

/* All that the C library's allocator and threads, the HTTP library and our own reading come to. */
static const int allowed_calls[] = {
    SCMP_SYS(accept4),
    SCMP_SYS(brk),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clone),
    SCMP_SYS(clone3),
    SCMP_SYS(close),
    SCMP_SYS(dup),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(eventfd2),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(fadvise64),
    SCMP_SYS(fcntl),
    SCMP_SYS(flock),
    SCMP_SYS(fstat),
    SCMP_SYS(fstatfs),
    SCMP_SYS(futex),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(getpeername),
    SCMP_SYS(getpid),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(getsockname),
    SCMP_SYS(getsockopt),
    SCMP_SYS(gettid),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(listen),
    SCMP_SYS(lseek),
    SCMP_SYS(lstat),
    SCMP_SYS(madvise),
    SCMP_SYS(membarrier),
    SCMP_SYS(mincore),
    SCMP_SYS(mlock),
    SCMP_SYS(mmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    SCMP_SYS(nanosleep),
    SCMP_SYS(newfstatat),
    SCMP_SYS(pipe2),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(prctl),
    SCMP_SYS(pread64),
    SCMP_SYS(preadv),
    SCMP_SYS(read),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(readv),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigpending),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_yield),
    SCMP_SYS(select),
    SCMP_SYS(sendfile),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(setpriority),
    SCMP_SYS(setsockopt),
    SCMP_SYS(shutdown),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(stat),
    SCMP_SYS(statx),
    SCMP_SYS(sysinfo),
    SCMP_SYS(tgkill),
    SCMP_SYS(uname),
    SCMP_SYS(write),
    SCMP_SYS(writev),
};

static bool sanitized(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#else
    return false;
#endif
}

/* Files are opened to be read alone. */
static int allow_reading(scmp_filter_ctx filter)
{
    const unsigned writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    int refused = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                                   SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0));
    return refused ? refused
                   : seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
                                      SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0));
}

/* What is not allowed fails with EPERM: a library's odd wish should not end the server. */
static void close_calls(bool removes_socket)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int refused = filter ? allow_reading(filter) : -ENOMEM;
    for (size_t i = 0; i < sizeof allowed_calls / sizeof *allowed_calls && !refused; i++)
        refused = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed_calls[i], 0);
    if (!refused && removes_socket)
        refused = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(unlink), 0);
    if (!refused)
        refused = seccomp_load(filter);
    if (refused)
        log_warning("system calls are not restricted: %s", strerror(-refused));
    if (filter)
        seccomp_release(filter);
}

static void folder_of(const char *path, char *folder, size_t size)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        snprintf(folder, size, ".");
    else if (slash == path)
        snprintf(folder, size, "/");
    else
        snprintf(folder, size, "%.*s", (int)(slash - path), path);
}

/* Where the file's name is, and where a symbolic link of that name leads now. */
static int allow_folder(int rules, const char *path)
{
    char folder[PATH_MAX], target[PATH_MAX];
    folder_of(path, folder, sizeof folder);
    if (landlock_allow_reading(rules, folder) != 0)
        return errno;
    if (!realpath(path, target))
        return 0;
    folder_of(target, folder, sizeof folder);
    return landlock_allow_reading(rules, folder) == 0 ? 0 : errno;
}

static int allow_folders(int rules, const struct http_settings *settings)
{
    for (size_t i = 0; i < settings->source_count; i++)
        for (size_t k = 0; k < settings->sources[i].count; k++) {
            int refused = allow_folder(rules, settings->sources[i].paths[k]);
            if (refused)
                return refused;
        }
    if (!settings->socket_path)
        return 0;
    char folder[PATH_MAX];
    folder_of(settings->socket_path, folder, sizeof folder);
    return landlock_allow_removing_sockets(rules, folder) == 0 ? 0 : errno;
}

/* The folders, not the files: a replaced file is another file in the same folder. */
static void close_files(const struct http_settings *settings)
{
    int rules = landlock_begin();
    if (rules < 0) {
        if (errno != ENOSYS && errno != EOPNOTSUPP)
            log_warning("files are not restricted: %s", strerror(errno));
        return;
    }
    int refused = allow_folders(rules, settings);
    if (!refused && landlock_enforce(rules) != 0)
        refused = errno;
    if (refused)
        log_warning("files are not restricted: %s", strerror(refused));
    close(rules);
}

void sandbox_close(const struct http_settings *settings)
{
    if (!settings->sandbox || sanitized())
        return;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        log_warning("cannot give up new privileges: %s", strerror(errno));
        return;
    }
    close_files(settings);
    close_calls(settings->socket_path != NULL);
}
