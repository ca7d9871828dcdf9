#include "http/daemon.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/handler.h"
#include "http/server_state.h"
#include "http/settings.h"

enum {
    CONNECTION_MEMORY = 32 * 1024,
    HEADROOM = 256,    /* connections over our own limit: those are told 503, more wait unheard */
    OTHER_FILES = 128, /* indexes, epoll, pipes */
    DRAIN_STEP_NS = 5000000,
};

__attribute__((format(printf, 2, 0))) static void library_says(void *context, const char *format,
                                                               va_list list)
{
    const struct server *server = context;
    if (!server->settings->verbose)
        return;
    char line[500];
    vsnprintf(line, sizeof line, format, list);
    size_t size = strcspn(line, "\n");
    log_info("http library: %.*s", (int)size, line);
}

/* epoll, a few threads, suspending for batches; neither TURBO nor UPGRADE. STRICT_FOR_CLIENT stays
 * 0: what it refuses (blanks in the target, no Host) we refuse ourselves, in our own words. */
struct MHD_Daemon *daemon_start(struct server *server, int listener, struct error *error)
{
    const struct http_settings *settings = server->settings;
    unsigned flags =
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME;
    unsigned timeout_s = (unsigned)((settings->timeout_us + 999999) / 1000000);
    bool one_machine = settings->socket_path || settings->allowed_host_count == 0;
    struct MHD_Daemon *daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, handler_request, server, MHD_OPTION_EXTERNAL_LOGGER, library_says,
        server, MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_THREAD_POOL_SIZE,
        (unsigned)settings->threads, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)(settings->connections + HEADROOM), MHD_OPTION_CONNECTION_TIMEOUT, timeout_s,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, one_machine ? 0u : 64u, MHD_OPTION_STRICT_FOR_CLIENT, 0,
        MHD_OPTION_URI_LOG_CALLBACK, handler_first_line, server, MHD_OPTION_NOTIFY_COMPLETED,
        handler_completed, server, MHD_OPTION_NOTIFY_CONNECTION, handler_connection, server,
        MHD_OPTION_END);
    if (!daemon) {
        error_set(error, STATUS_IO, "cannot start the HTTP library");
        close(listener);
    }
    return daemon;
}

/* MHD_quiesce_daemon aborts now and then with threads of epoll; to shut the socket down does not.
 */
void daemon_drain(struct MHD_Daemon *daemon, struct server *server, uint64_t microseconds)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_LISTEN_FD);
    uint64_t end = clock_microseconds() + microseconds;
    if (info)
        shutdown(info->listen_fd, SHUT_RDWR);
    while (atomic_load(&server->metrics.in_flight) > 0 && clock_microseconds() < end)
        nanosleep(&(struct timespec){.tv_nsec = DRAIN_STEP_NS}, NULL);
}

void daemon_stop(struct MHD_Daemon *daemon)
{
    if (daemon)
        MHD_stop_daemon(daemon);
}

size_t daemon_connections(size_t wanted)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return wanted;
    rlim_t needed = (rlim_t)wanted + HEADROOM + OTHER_FILES;
    if (limit.rlim_cur < needed) {
        limit.rlim_cur =
            limit.rlim_max == RLIM_INFINITY || limit.rlim_max > needed ? needed : limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= needed)
        return wanted;
    size_t possible = limit.rlim_cur > HEADROOM + OTHER_FILES
                          ? (size_t)limit.rlim_cur - HEADROOM - OTHER_FILES
                          : 1;
    log_warning("at most %zu of %zu connections: the system allows %llu open files", possible,
                wanted, (unsigned long long)limit.rlim_cur);
    return possible;
}
