#include "http/watchdog.h"

#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "unit/unit.h"

enum { PATIENCE_MS = 5000 };

/* Whether the other end is told, within so many milliseconds, that this one was shut down. */
static bool ends_within(int fd, int milliseconds)
{
    struct pollfd poller = {.fd = fd, .events = POLLIN};
    char byte;
    return poll(&poller, 1, milliseconds) == 1 && read(fd, &byte, 1) == 0;
}

static void cuts_what_is_late(void **state)
{
    (void)state;
    static struct metrics metrics;
    struct watchdog *watchdog = watchdog_open(2, &metrics);
    assert_non_null(watchdog);
    int pairs[3][2];
    struct client *clients[3];
    for (int i = 0; i < 3; i++) {
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pairs[i]), 0);
        clients[i] = watchdog_enter(watchdog, pairs[i][0], 60 * 1000000);
        assert_non_null(clients[i]);
        assert_int_equal(clients[i]->over_limit, i == 2);
    }
    client_expect(clients[1], 1);
    assert_true(ends_within(pairs[1][1], PATIENCE_MS));
    client_expect(clients[0], 0);
    client_expect(clients[2], 300000);
    assert_true(ends_within(pairs[2][1], PATIENCE_MS));
    assert_false(ends_within(pairs[0][1], 0));
    assert_int_equal(metrics.connections_cut, 2);
    assert_int_equal(metrics.connections, 3);
    assert_int_equal(metrics.connections_refused, 1);
    watchdog_leave(watchdog, clients[1]); /* from the middle, the end, the front */
    watchdog_leave(watchdog, clients[0]);
    watchdog_leave(watchdog, clients[2]);
    watchdog_leave(watchdog, NULL);
    assert_int_equal(metrics.connections, 0);
    watchdog_close(watchdog);
    watchdog_close(NULL);
    for (int i = 0; i < 3; i++) {
        close(pairs[i][0]);
        close(pairs[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cuts_what_is_late)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
