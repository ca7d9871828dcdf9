#include "http/hosts.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"

enum {
    OWN_NAMES = 3,
    FORMS = 2
}; /* the address, localhost and a spare; with the port and without */

static void add(struct hosts *hosts, const char *name, uint16_t port)
{
    if (port)
        snprintf(hosts->names[hosts->count++], HOST_BYTES, "%s:%u", name, port);
    else
        snprintf(hosts->names[hosts->count++], HOST_BYTES, "%s", name);
}

/* A browser leaves the port out of Host where it is HTTP's own. */
static void add_own(struct hosts *hosts, const char *name, uint16_t port)
{
    add(hosts, name, port);
    if (port == 80)
        add(hosts, name, 0);
}

/* Names given with --allow-host: behind a proxy the port is the proxy's, so without one any is
 * none. */
static void add_given(struct hosts *hosts, const char *name, uint16_t port)
{
    bool has_port = name[0] == '[' ? strstr(name, "]:") != NULL : strchr(name, ':') != NULL;
    add(hosts, name, 0);
    if (!has_port && port)
        add(hosts, name, port);
}

static bool is_any(const char *address)
{
    return strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0;
}

enum status hosts_init(struct hosts *hosts, const struct http_settings *settings, uint16_t port)
{
    *hosts = (struct hosts){.cors_origin = settings->cors_origin};
    hosts->names =
        memory_allocate_zeroed(FORMS * (OWN_NAMES + settings->allowed_host_count), HOST_BYTES);
    if (!hosts->names)
        return STATUS_NO_MEMORY;
    char bracketed[HOST_BYTES];
    bool v6 = strchr(settings->address, ':') != NULL;
    snprintf(bracketed, sizeof bracketed, v6 ? "[%s]" : "%s", settings->address);
    if (port && !is_any(settings->address))
        add_own(hosts, bracketed, port);
    add_own(hosts, "localhost", port);
    for (size_t i = 0; i < settings->allowed_host_count; i++)
        add_given(hosts, settings->allowed_hosts[i], port);
    return STATUS_OK;
}

void hosts_release(struct hosts *hosts)
{
    memory_free(hosts->names);
    *hosts = (struct hosts){0};
}

bool hosts_allow(const struct hosts *hosts, struct slice host)
{
    for (size_t i = 0; i < hosts->count; i++)
        if (strlen(hosts->names[i]) == host.size &&
            strncasecmp(hosts->names[i], host.data, host.size) == 0)
            return true;
    return false;
}

bool hosts_own_origin(const struct hosts *hosts, struct slice origin)
{
    if (slice_starts_with(origin, SLICE("http://")))
        return hosts_allow(hosts, slice_from(origin, strlen("http://")));
    if (slice_starts_with(origin, SLICE("https://")))
        return hosts_allow(hosts, slice_from(origin, strlen("https://")));
    return false;
}

bool hosts_cors_origin(const struct hosts *hosts, struct slice origin)
{
    return hosts->cors_origin && slice_equal(origin, slice_of_string(hosts->cors_origin));
}
