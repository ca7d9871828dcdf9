"""SIGTERM: replies in flight end whole, new ones are refused, the process is gone with status 0 in 5 s."""
import signal
import threading
import time
import unittest

from fixture import FAKE, Case, need

need(FAKE)

RUNS = 10


class Drain(Case):
    def test_a_reply_in_flight_ends_whole(self):
        server = self.start('--budget-ms=2000', '--threads=2')
        request = f'GET /search?q=sleep:1000 HTTP/1.1\r\nHost: {server.host}\r\n\r\n'.encode()
        with server.connect() as connection:
            connection.send(request)
            time.sleep(0.3)  # until it is being answered
            server.signal(signal.SIGTERM)
            reply = connection.reply()
            self.assertEqual(reply.status, 200)
            self.assertEqual(reply.header('Connection'), 'close')
            with self.assertRaises(OSError), server.connect() as refused:
                refused.send(request)
        self.assertEqual(server.stop()[0], 0)

    def test_a_batch_in_flight_ends_whole(self):
        server = self.start()
        with server.connect() as connection:
            body = b'sleep:200\n' * 8
            connection.send(b'POST /search/batch HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n%s' %
                            (server.host.encode(), len(body), body))
            connection.until(b'\r\n\r\n')
            server.signal(signal.SIGTERM)
            self.assertEqual(b''.join(connection.chunks()).count(b'\n'), 8)
        self.assertEqual(server.stop()[0], 0)

    def test_open_connections_are_told(self):
        server = self.start()
        with server.connect() as busy, server.connect() as other:
            ask = f'GET /readyz HTTP/1.1\r\nHost: {server.host}\r\n\r\n'.encode()
            other.send(ask)
            self.assertEqual(other.reply().status, 200)
            busy.send(b'POST /search/batch HTTP/1.1\r\nHost: %s\r\nContent-Length: 30\r\n\r\n' %
                      server.host.encode() + b'sleep:700\n' * 3)
            busy.until(b'\r\n\r\n')
            server.signal(signal.SIGTERM)
            server.wait_for('stopping')
            other.send(ask)
            reply = other.reply()
            self.check_problem(reply, 503, 'stopping')
            self.assertEqual(reply.header('Connection'), 'close')
            self.assertEqual(b''.join(busy.chunks()).count(b'\n'), 3)
        self.assertEqual(server.stop()[0], 0)

    def test_a_batch_without_end_is_cut_and_shows_it(self):
        server = self.start('--threads=1')
        with server.connect() as connection:
            body = b'sleep:300\n' * 100
            connection.send(b'POST /search/batch HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n%s' %
                            (server.host.encode(), len(body), body))
            connection.until(b'\r\n\r\n')
            status, took = server.stop()
            self.assertEqual(status, 0)
            self.assertLess(took, 5)
            with self.assertRaises(EOFError):  # the last chunk never comes
                list(connection.chunks())

    def test_signals(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            server = self.start()
            server.get('/')
            server.signal(number)
            status, took = server.stop()
            self.assertEqual(status, 0)
            self.assertLess(took, 2)

    def test_half_requests_do_not_hold_it_up(self):
        server = self.start()
        connections = [server.connect() for _ in range(10)]
        for connection in connections:
            connection.send(b'GET / HTTP/1.1\r\nHost: ')
        status, took = server.stop()
        self.assertEqual(status, 0)
        self.assertLess(took, 2)
        for connection in connections:
            connection.close()

    def test_under_churn_at_the_limit(self):
        for run in range(RUNS):
            server = self.start('--connections=30', '--threads=2')
            stop, broken = threading.Event(), []

            def churn():
                while not stop.is_set():
                    try:
                        with server.connect() as connection:
                            for _ in range(3):
                                connection.send(f'GET /search?q=hits:20 HTTP/1.1\r\nHost: {server.host}\r\n\r\n'.encode())
                                reply = connection.reply()
                                if reply is None:
                                    break
                    except EOFError as error:  # a reply that ended before its length
                        broken.append(error)
                    except OSError:
                        time.sleep(0.01)

            threads = [threading.Thread(target=churn) for _ in range(40)]
            for thread in threads:
                thread.start()
            time.sleep(0.2)
            status, took = server.stop()
            stop.set()
            for thread in threads:
                thread.join()
            self.assertEqual((run, status), (run, 0))
            self.assertLess(took, 5)
            self.assertEqual(broken, [])


if __name__ == '__main__':
    unittest.main()
