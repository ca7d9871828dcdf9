#include "http/server.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "http/batch_job.h"
#include "http/daemon.h"
#include "http/listen.h"
#include "http/sandbox.h"
#include "http/server_state.h"
#include "http/watchdog.h"

enum {
    LOOK_MILLISECONDS = 500,
    DRAIN_MICROSECONDS = 3500000,
    LEAVE_MICROSECONDS = 500000,
};

static void catch_signals(sigset_t *awaited)
{
    sigemptyset(awaited);
    sigaddset(awaited, SIGTERM);
    sigaddset(awaited, SIGINT);
    sigaddset(awaited, SIGHUP);
    sigprocmask(SIG_BLOCK, awaited, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* The index files are mapped: where somebody cuts one short instead of replacing it, reading it
 * ends the process. There is nothing sound to go on with, but it can say why. */
static void say_truncated(int signal_number)
{
    (void)signal_number;
    static const char text[] =
        "verbatim-serve: an index file was changed in place while it was in use "
        "(it must be replaced by renaming); stopping\n";
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written;
    _exit(1);
}

static void catch_truncation(void)
{
    struct sigaction action = {.sa_handler = say_truncated};
    sigaction(SIGBUS, &action, NULL);
}

static void say_listening(const struct http_settings *settings, uint16_t port)
{
    const char *address = settings->address;
    if (settings->socket_path)
        log_info("listening on unix:%s", settings->socket_path);
    else if (strchr(address, ':'))
        log_info("listening on http://[%s]:%u/", address, port);
    else
        log_info("listening on http://%s:%u/", address, port);
}

/* Until it is told to stop; meanwhile takes new indexes in. */
static void serve(struct server *server, const sigset_t *awaited)
{
    for (;;) {
        const struct timespec while_waiting = {.tv_nsec = LOOK_MILLISECONDS * 1000000};
        int got = sigtimedwait(awaited, NULL, &while_waiting);
        if (got == SIGTERM || got == SIGINT)
            return;
        library_reload(server->library, got == SIGHUP);
    }
}

static enum status start(struct server *server, int *listener, uint16_t *port, struct error *error)
{
    server->library = library_open(server->settings, &server->metrics, error);
    if (!server->library)
        return error->status;
    *listener = listen_open(server->settings, port, error);
    if (*listener < 0)
        return error->status;
    if (hosts_init(&server->hosts, server->settings, *port))
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    sandbox_close(server->settings);
    library_verify(server->library);
    server->watchdog = watchdog_open(server->settings->connections, &server->metrics);
    server->batches = batch_room_open(server->settings->threads, &server->metrics);
    if (!server->watchdog || !server->batches)
        return error_set(error, STATUS_NO_MEMORY, "out of memory or threads");
    return STATUS_OK;
}

static void release(struct server *server)
{
    batch_room_close(server->batches);
    watchdog_close(server->watchdog);
    library_close(server->library);
    hosts_release(&server->hosts);
}

static void stop(struct server *server, struct MHD_Daemon *daemon)
{
    atomic_store(&server->draining, true); /* before it is said: who reads it may ask at once */
    log_info("stopping");
    daemon_drain(daemon, server, DRAIN_MICROSECONDS);
    if (atomic_load(&server->metrics.in_flight) > 0)
        log_warning("some replies took too long and are cut");
    batch_room_stop(server->batches);
    /* The library follows a null pointer where it refuses a request by itself while it is stopped:
     * it is stopped when there is nobody left whom it could refuse. */
    watchdog_cut_all(server->watchdog, LEAVE_MICROSECONDS);
    daemon_stop(daemon);
}

enum status server_run(const struct http_settings *given, struct error *error)
{
    struct http_settings settings = *given;
    struct server server = {.settings = &settings};
    struct MHD_Daemon *daemon = NULL;
    sigset_t awaited;
    int listener = -1;
    uint16_t port = 0;
    catch_signals(&awaited);
    catch_truncation();
    settings.connections = daemon_connections(settings.connections);
    if (start(&server, &listener, &port, error) == STATUS_OK)
        daemon = daemon_start(&server, listener, error);
    else if (listener >= 0)
        close(listener);
    if (daemon) {
        say_listening(&settings, port);
        serve(&server, &awaited);
        stop(&server, daemon);
    }
    if (listener >= 0)
        listen_forget(&settings);
    release(&server);
    return error->status;
}
