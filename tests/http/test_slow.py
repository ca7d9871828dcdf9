"""Clients that are slow, silent or too many: they end, and a good client never notices."""
import os
import pathlib
import re
import socket
import threading
import time
import unittest

from fixture import FAKE, Case, need

need(FAKE)

TIMEOUT = 1  # seconds, of the server; its other deadlines are multiples


class Slow(Case):
    def setUp(self):
        super().setUp()
        self.server = self.start(f'--timeout={TIMEOUT}')

    def head(self, first='GET /search?q=a HTTP/1.1'):
        return f'{first}\r\nHost: {self.server.host}\r\n'.encode()

    def ends_within(self, connection, seconds, drip=b''):
        """Seconds until the server ends it, while a byte drips in every quarter of a second."""
        start = time.monotonic()
        connection.socket.settimeout(0.25)
        while time.monotonic() - start < seconds:
            try:
                if not connection.socket.recv(65536):
                    return time.monotonic() - start
            except TimeoutError:
                pass
            except OSError:
                return time.monotonic() - start
            try:
                connection.send(drip)
            except OSError:
                return time.monotonic() - start
        self.fail(f'still open after {seconds} s')

    def test_silence(self):
        for data in (b'', b'GET', self.head(), self.head() + b'\r\n', self.head('POST /search/batch HTTP/1.1') +
                     b'Content-Length: 5\r\n\r\na'):
            with self.server.connect() as connection:
                connection.send(data)
                self.ends_within(connection, 4 * TIMEOUT)

    def test_a_byte_now_and_then(self):
        with self.server.connect() as connection:  # before the first line is whole
            self.ends_within(connection, 4 * TIMEOUT, b'G')
        with self.server.connect() as connection:  # in the header
            connection.send(self.head() + b'X: ')
            self.ends_within(connection, 3 * TIMEOUT, b'a')
        with self.server.connect() as connection:  # in the body
            connection.send(self.head('POST /search/batch HTTP/1.1') + b'Content-Length: 1000\r\n\r\n')
            self.ends_within(connection, 9 * TIMEOUT, b'a')
        self.server.wait_metric('verbatim_http_connections', 1)
        self.assertEqual(self.server.metric('verbatim_http_connections_cut_total'), 3)

    def wakes(self):
        tasks = pathlib.Path(f'/proc/{self.server.process.pid}/task').iterdir()
        return sum(int(re.search(r'^voluntary_ctxt_switches:\s*(\d+)', (task / 'status').read_text(), re.M)[1])
                   for task in tasks)

    @unittest.skipIf(os.environ.get('VERBATIM_SANITIZED'), 'a sanitizer has a thread of its own, which wakes')
    def test_without_clients_it_sleeps(self):
        """It looks twice a second whether a file was replaced, and that is all."""
        time.sleep(0.5)
        before = self.wakes()
        time.sleep(2)
        self.assertLess(self.wakes() - before, 14)

    def test_after_a_good_request(self):
        with self.server.connect() as connection:
            connection.send(self.head() + b'\r\n')
            self.assertEqual(connection.reply().status, 200)
            connection.send(self.head())
            self.ends_within(connection, 3 * TIMEOUT, b'X: y\r\n')

    def test_slow_readers(self):
        with self.server.connect() as connection:
            connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.send(self.head('GET /search?q=large:12000000 HTTP/1.1') + b'\r\n')
            start = time.monotonic()
            self.server.wait_metric('verbatim_http_connections', 2)
            self.server.wait_metric('verbatim_http_connections', 1)
            self.assertLess(time.monotonic() - start, 15 * TIMEOUT)

    def test_slow_readers_of_batches(self):
        with self.server.connect() as connection:
            connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            body = b'large:1000000\n' * 50
            connection.send(self.head('POST /search/batch HTTP/1.1') +
                            b'Content-Length: %d\r\n\r\n' % len(body) + body)
            self.server.wait_metric('verbatim_http_connections', 2)
            self.server.wait_metric('verbatim_http_connections', 1)

    def test_a_batch_that_takes_long_is_not_cut(self):
        line = b'sleep:%d\n' % (4 * TIMEOUT * 1000)
        reply = self.server.batch(line)
        self.assertEqual((reply.status, reply.body.count(b'\n')), (200, 1))

    def test_busy_connections_live_on(self):
        with self.server.connect() as connection:
            end = time.monotonic() + 4 * TIMEOUT
            while time.monotonic() < end:
                connection.send(self.head() + b'\r\n')
                self.assertEqual(connection.reply().status, 200)
                time.sleep(0.4 * TIMEOUT)

    def test_a_good_client_among_slow_ones(self):
        slow = [self.server.connect() for _ in range(400)]
        stop = threading.Event()

        def drip():
            for connection in slow:
                connection.send(self.head())
            while not stop.wait(0.2):
                for i, connection in enumerate(slow):
                    try:
                        connection.send(b'a')
                    except OSError:
                        connection.close()
                        slow[i] = self.server.connect()
                        slow[i].send(self.head())

        thread = threading.Thread(target=drip)
        thread.start()
        took = []
        end = time.monotonic() + 3 * TIMEOUT
        while time.monotonic() < end:
            start = time.monotonic()
            self.assertEqual(self.server.get('/search?q=a').status, 200)
            took.append(time.monotonic() - start)
        stop.set()
        thread.join()
        for connection in slow:
            connection.close()
        took.sort()
        self.assertGreater(len(took), 100)
        self.assertLess(took[len(took) // 2], 0.05)


class Limit(Case):
    def test_over_the_limit_is_told_so(self):
        server = self.start('--connections=20', '--timeout=2')
        first = [server.connect() for _ in range(20)]
        request = f'GET /search?q=a HTTP/1.1\r\nHost: {server.host}\r\n\r\n'.encode()
        for connection in first:
            connection.send(request)
            self.assertEqual(connection.reply().status, 200)
        for _ in range(30):
            with server.connect() as connection:
                connection.send(request)
                reply = connection.reply()
                self.check_problem(reply, 503, 'too many connections')
                self.assertEqual(reply.header('Retry-After'), '1')
                self.assertTrue(connection.ended())
        for connection in first:  # those who were there first go on
            connection.send(request)
            self.assertEqual(connection.reply().status, 200)
            connection.close()
        server.wait_metric('verbatim_http_connections', 1)
        self.assertEqual(server.get('/search?q=a').status, 200)
        self.assertGreaterEqual(server.metric('verbatim_http_connections_refused_total'), 30)

    def test_many_clients_at_once(self):
        server = self.start('--threads=3')
        failed = []

        def ask(number):
            try:
                with server.connect() as connection:
                    for i in range(100):
                        connection.send(f'GET /search?q=c{number}x{i} HTTP/1.1\r\nHost: {server.host}\r\n\r\n'.encode())
                        reply = connection.reply()
                        if reply.status != 200 or f'"c{number}x{i}"' not in reply.text():
                            failed.append(reply.body)
            except OSError as error:
                failed.append(error)

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failed, [])
        server.wait_metric('verbatim_http_requests_total{route="/search",status="200"}', 1600)
        server.wait_metric('verbatim_http_requests_in_flight', 1)


if __name__ == '__main__':
    unittest.main()
