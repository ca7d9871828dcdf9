/* What the HTTP library can do at most on this machine: it answers every request with the same
 * 4,096 bytes, under the settings that verbatim-serve gives it.
 *
 *     verbatim-fixed-reply THREADS        prints the port, and answers until its input ends */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPLY_BYTES = 4096, CONNECTIONS = 1000, IDLE_S = 10, CONNECTION_MEMORY = 32 * 1024 };

/* As in the server: the first call of a request only allocates its state, the second replies. */
static enum MHD_Result reply(void *context, struct MHD_Connection *connection, const char *url,
                             const char *method, const char *version, const char *upload,
                             size_t *upload_size, void **state)
{
    (void)url, (void)method, (void)version, (void)upload, (void)upload_size;
    if (!*state) {
        *state = context;
        return MHD_YES;
    }
    struct MHD_Response *response =
        MHD_create_response_from_buffer(REPLY_BYTES, context, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(response, "Content-Type", "application/json");
    enum MHD_Result queued = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return queued;
}

int main(int argc, char **argv)
{
    static char body[REPLY_BYTES];
    unsigned threads = argc == 2 ? (unsigned)atoi(argv[1]) : 0;
    if (threads == 0) {
        fprintf(stderr, "verbatim-fixed-reply: usage: verbatim-fixed-reply THREADS\n");
        return 2;
    }
    memset(body, 'x', sizeof body);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0, NULL, NULL, reply, body,
        MHD_OPTION_SOCK_ADDR, &here, MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_END);
    if (!daemon) {
        fprintf(stderr, "verbatim-fixed-reply: cannot start the HTTP library\n");
        return 1;
    }
    printf("%u\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    while (getchar() != EOF)
        continue;
    MHD_stop_daemon(daemon);
    return 0;
}
