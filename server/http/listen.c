#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_un path;
};

static socklen_t fill_numeric(const struct http_settings *settings, union address *address)
{
    *address = (union address){0};
    if (inet_pton(AF_INET, settings->address, &address->v4.sin_addr) == 1) {
        address->v4.sin_family = AF_INET;
        address->v4.sin_port = htons(settings->port);
        return sizeof address->v4;
    }
    inet_pton(AF_INET6, settings->address, &address->v6.sin6_addr);
    address->v6.sin6_family = AF_INET6;
    address->v6.sin6_port = htons(settings->port);
    return sizeof address->v6;
}

static int give_up(int fd, struct error *error, const char *what, const char *where)
{
    error_set_errno(error, errno, "cannot %s '%s'", what, where);
    if (fd >= 0)
        close(fd);
    return -1;
}

static int open_numeric(const struct http_settings *settings, uint16_t *port, struct error *error)
{
    union address address;
    char where[100];
    socklen_t size = fill_numeric(settings, &address);
    snprintf(where, sizeof where, "%s port %u", settings->address, settings->port);
    int fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int on = 1;
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(fd, &address.any, size) != 0 || listen(fd, BACKLOG) != 0 ||
        getsockname(fd, &address.any, &size) != 0) {
        if (errno == EADDRINUSE)
            error_set(error, STATUS_IO,
                      "cannot listen on '%s': Address already in use; --port takes another", where);
        return give_up(fd, error, "listen on", where);
    }
    *port = ntohs(address.any.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
    return fd;
}

/* A name left behind by a server that was killed is taken; a living server's is not, nor any other
 * file. */
static bool abandoned(const union address *address, socklen_t size)
{
    struct stat st;
    if (lstat(address->path.sun_path, &st) != 0 || !S_ISSOCK(st.st_mode))
        return false;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool nobody = fd >= 0 && connect(fd, &address->any, size) != 0 && errno == ECONNREFUSED;
    if (fd >= 0)
        close(fd);
    return nobody;
}

static int open_path(const struct http_settings *settings, struct error *error)
{
    union address address = {.path = {.sun_family = AF_UNIX}};
    const char *path = settings->socket_path;
    socklen_t size = sizeof address.path;
    if (strlen(path) >= sizeof address.path.sun_path) {
        error_set(error, STATUS_INVALID, "a path of more than %zu bytes for a socket: '%s'",
                  sizeof address.path.sun_path - 1, path);
        return -1;
    }
    memcpy(address.path.sun_path, path, strlen(path));
    if (abandoned(&address, size))
        unlink(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t old = umask(0177); /* so that there is no moment at which others may connect */
    bool bound = fd >= 0 && bind(fd, &address.any, size) == 0;
    umask(old);
    if (!bound || listen(fd, BACKLOG) != 0)
        return give_up(fd, error, "listen at", path);
    return fd;
}

int listen_open(const struct http_settings *settings, uint16_t *port, struct error *error)
{
    *port = 0;
    return settings->socket_path ? open_path(settings, error) : open_numeric(settings, port, error);
}

void listen_forget(const struct http_settings *settings)
{
    if (settings->socket_path)
        unlink(settings->socket_path);
}
