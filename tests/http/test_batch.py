"""Batches: answers in order, the same bytes every time, streamed, bounded, refused when there are too many."""
import gzip
import json
import socket
import time
import unittest
import zlib

import schema
from fixture import FAKE, Case, need

need(FAKE)

MOST = 16 << 20
SLOTS = 6


class Batch(Case):
    def setUp(self):
        super().setUp()
        self.server = self.start('--timeout=2')

    def lines(self, reply):
        self.assertEqual(reply.status, 200, reply.body)
        return [json.loads(line) for line in reply.text().splitlines()]

    def head(self, size, target='/search/batch', more=''):
        return (f'POST {target} HTTP/1.1\r\nHost: {self.server.host}\r\n{more}'
                f'Content-Length: {size}\r\n\r\n').encode()

    def test_kinds_of_lines(self):
        reply = self.server.batch(b'hello\nid1\tworld\r\n\n{"q":"x","id":"7","limit":0}\n{"q":\n{"limt":1,"q":"a"}\nend')
        self.assertEqual(reply.header('Content-Type'), 'application/x-ndjson')
        lines = self.lines(reply)
        document = json.loads(self.server.get('/openapi.json').text())
        described = document['paths']['/search/batch']['post']['responses']['200']['content']['application/x-ndjson']
        for line in lines:
            self.assertEqual(list(schema.faults(document, described['schema'], line)), [])
        self.assertEqual([line['line'] for line in lines], [1, 2, 4, 5, 6, 7])
        self.assertEqual([line.get('id') for line in lines], [None, 'id1', '7', None, None, None])
        self.assertEqual(['error' in line for line in lines], [False, False, False, True, True, False])
        self.assertEqual(lines[1]['query']['text'], 'world')
        self.assertEqual(lines[2]['hits'], [])

    def test_parameters_of_the_whole(self):
        lines = self.lines(self.server.batch(b'hits:5\n{"q":"hits:5","limit":1}\n', '/search/batch?limit=3'))
        self.assertEqual([len(line['hits']) for line in lines], [3, 1])
        self.check_problem(self.server.batch(b'a\n', '/search/batch?limit=x'), 400, 'limit')
        self.check_problem(self.server.batch(b'a\n', '/search/batch?index=x'), 404)
        self.check_problem(self.server.batch(b'a\n', '/search/batch?nothing=x'), 400, 'nothing')
        for name, kind in (('csv', 'text/csv'), ('trec', 'text/plain'), ('tsv', 'text/tab-separated-values')):
            reply = self.server.batch(b'1\ta\n2\tb\n', '/search/batch?format=' + name)
            self.assertEqual(reply.header('Content-Type').split(';')[0], kind)
            self.assertEqual(reply.text().count('b.txt'), 2, name)

    def test_no_lines(self):
        self.check_problem(self.server.batch(b''), 400, 'no lines')
        self.assertEqual(self.lines(self.server.batch(b'\n\n \r\n')), [])

    def test_the_same_bytes(self):
        body = b''.join(b'q%d\thits:%d\n' % (i, i % 7) for i in range(3000))
        replies = [self.server.batch(body) for _ in range(3)]
        self.assertEqual(len({reply.body for reply in replies}), 1)
        self.assertEqual([line['id'] for line in self.lines(replies[0])], [f'q{i}' for i in range(3000)])
        self.assertNotIn(b'took_us', replies[0].body)
        squeezed = self.server.batch(body, headers={'Accept-Encoding': 'gzip'})
        self.assertEqual(squeezed.header('Content-Encoding'), 'gzip')
        self.assertEqual(gzip.decompress(squeezed.body), replies[0].body)

    def test_chunked_bodies(self):
        with self.server.connect() as connection:
            connection.send(f'POST /search/batch HTTP/1.1\r\nHost: {self.server.host}\r\n'
                            'Transfer-Encoding: chunked\r\n\r\n4\r\nab\nc\r\n3;x=y\r\nd\ne\r\n0\r\n\r\n'.encode())
            lines = self.lines(connection.reply())
            self.assertEqual([line['query']['text'] for line in lines], ['ab', 'cd', 'e'])
            connection.send(f'GET /healthz HTTP/1.1\r\nHost: {self.server.host}\r\n\r\n'.encode())
            self.assertEqual(connection.reply().status, 200)

    def test_chunks_that_are_none(self):
        for body in (b'zz\r\n', b'-1\r\nab\r\n', b'5\r\nabcdefgh\r\n0\r\n\r\n', b'ffffffffffffffffff\r\n'):
            with self.server.connect() as connection:
                connection.send(f'POST /search/batch HTTP/1.1\r\nHost: {self.server.host}\r\n'
                                'Transfer-Encoding: chunked\r\n\r\n'.encode() + body)
                reply = connection.reply()
                self.assertTrue(reply is None or reply.status in (400, 413), body)

    def seconds_behind_the_first(self, accepted):
        """How long after the first answer of two the reply ends; the second takes 1.5 s."""
        with self.server.connect() as connection:
            body = b'first\nsleep:1500\n'
            connection.send(self.head(len(body), more=accepted) + body)
            connection.until(b'\r\n\r\n')
            unzip = zlib.decompressobj(31)
            seen, first = b'', None
            for data in connection.chunks():
                seen += unzip.decompress(data) if accepted else data
                if first is None and seen.count(b'\n') >= 1:
                    first = time.monotonic()
            self.assertEqual(seen.count(b'\n'), 2)
            return time.monotonic() - first

    def test_answers_stream(self):
        for accepted in ('', 'Accept-Encoding: gzip\r\n'):
            # A busy machine may wake us only when all is there: held back, it would be so each time.
            gaps = []
            while len(gaps) < 4 and max(gaps, default=0) <= 0.7:
                gaps.append(self.seconds_behind_the_first(accepted))
            self.assertGreater(max(gaps), 0.7)

    def test_a_query_in_the_address_is_refused(self):
        problem = self.check_problem(self.server.batch(b'a\n', '/search/batch?q=b'), 400, "'q' is a line's")
        self.assertEqual(problem['parameter'], 'q')

    def test_no_time_in_a_batch(self):
        line, = self.lines(self.server.batch(b'sleep:600\n'))  # over the budget of a single question
        self.assertNotIn('partial', line)

    def test_a_body_of_the_most(self):
        reply = self.server.batch(b'a\n' + b'\n' * (MOST - 2))
        self.assertEqual(len(self.lines(reply)), 1)

    def test_a_body_over_the_most(self):
        self.check_problem(self.server.batch(b'\n' * (MOST + 1)), 413, str(MOST))
        reply = self.server.raw(self.head(MOST + 1, more='Expect: 100-continue\r\n'))
        self.check_problem(reply, 413)
        for size in (MOST * 5, 10 ** 18):
            self.check_problem(self.server.raw(self.head(size)), 413)

    def test_expect_100(self):
        with self.server.connect() as connection:
            connection.send(self.head(2, more='Expect: 100-continue\r\n'))
            self.assertIn(b'100 Continue', connection.until(b'\r\n\r\n'))
            connection.send(b'a\n')
            self.assertEqual(len(self.lines(connection.reply())), 1)

    def chunked(self, total):
        """Chunks of so many bytes altogether, and the status of the reply."""
        with self.server.connect() as connection:
            connection.send(f'POST /search/batch HTTP/1.1\r\nHost: {self.server.host}\r\n'
                            'Transfer-Encoding: chunked\r\n\r\n'.encode())
            piece = b'10000\r\n' + b'\n' * 65536 + b'\r\n'
            try:
                for _ in range(total // 65536):
                    connection.send(piece)
                connection.send(b'0\r\n\r\n')
            except OSError:
                pass
            return connection.reply()

    def test_chunks_over_the_most(self):
        self.assertEqual(self.chunked(MOST).status, 200)
        self.check_problem(self.chunked(MOST + 65536), 413)
        reply = self.chunked(MOST * 5)  # so much more that it is cut
        self.assertTrue(reply is None or reply.status == 413)

    def test_long_lines_fail_alone(self):
        lines = self.lines(self.server.batch(b'a\n' + b'x' * 70000 + b'\nb\n'))
        self.assertEqual(['error' in line for line in lines], [False, True, False])

    def test_too_many_batches(self):
        open_ones = []
        for _ in range(SLOTS):
            connection = self.server.connect()
            connection.send(self.head(10, more='Expect: 100-continue\r\n'))
            connection.until(b'\r\n\r\n')  # it has its slot
            open_ones.append(connection)
        reply = self.server.batch(b'a\n')
        self.check_problem(reply, 503, 'batches')
        self.assertEqual(reply.header('Retry-After'), '5')
        self.assertEqual(self.server.get('/search?q=a').status, 200)
        for connection in open_ones:
            connection.send(b'123456789\n')
            self.assertEqual(len(self.lines(connection.reply())), 1)
            connection.close()
        self.server.wait_metric('verbatim_http_connections', 1)
        self.assertEqual(self.server.batch(b'a\n').status, 200)

    def test_batches_keep_nobody_waiting(self):
        busy = []
        for _ in range(SLOTS):
            connection = self.server.connect()
            body = b'sleep:300\n' * 10
            connection.send(self.head(len(body)) + body)
            busy.append(connection)
        took = []
        for _ in range(21):
            start = time.monotonic()
            self.assertEqual(self.server.get('/search?q=a').status, 200)
            took.append(time.monotonic() - start)
        self.assertLess(sorted(took)[10], 0.25)
        for connection in busy:
            connection.close()
        self.server.wait_metric('verbatim_http_connections', 1)

    def test_clients_that_leave(self):
        for _ in range(30):
            with self.server.connect() as connection:
                body = b'large:100000\n' * 200
                connection.send(self.head(len(body)) + body)
                connection.socket.recv(1000)
                connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
        self.server.wait_metric('verbatim_http_connections', 1)
        self.assertEqual(self.server.batch(b'a\n').status, 200)

    def test_memory_that_ends(self):
        for number in range(1, 60):
            try:
                reply = self.server.batch(b'a\nfail:%d\nb\n' % number)
                self.assertTrue(reply is None or reply.status in (200, 503))
            except EOFError:
                pass  # cut, and plain to see
            self.server.get('/search?q=fail:0')
            self.assertEqual(self.server.batch(b'a\n').status, 200)

    def peak(self):
        """Kilobytes of memory the server ever had, and whether a sanitizer keeps what was freed."""
        with open(f'/proc/{self.server.process.pid}/maps') as file:
            sanitized = 'san.so' in file.read()
        with open(f'/proc/{self.server.process.pid}/status') as file:
            return next(int(line.split()[1]) for line in file if line.startswith('VmHWM')), sanitized

    def test_memory_stays_bounded_for_slow_readers(self):
        before, sanitized = self.peak()
        body = b'large:1000000\n' * 300  # 300 MB of answers
        with self.server.connect() as connection:
            connection.send(self.head(len(body)) + body)
            connection.until(b'\r\n\r\n')
            time.sleep(3)
            after, _ = self.peak()
        if not sanitized:
            self.assertLess(after - before, 60 << 10)


if __name__ == '__main__':
    unittest.main()
