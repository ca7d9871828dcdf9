"""Requests that no browser of the user's sends in good faith: each refused with its own status, none
crashing the server or keeping it from the next good request."""
import json
import random
import unittest

from fixture import FAKE, Case, need

need(FAKE)


class Requests(Case):
    def setUp(self):
        super().setUp()
        self.server = self.start('--timeout=2')
        self.host = f'Host: {self.server.host}\r\n'.encode()

    def tearDown(self):
        self.assertEqual(self.server.get('/search?q=a').status, 200)
        self.assertIsNone(self.server.process.poll())

    def raw(self, first, *headers, body=b'', host=True):
        lines = [first.encode('latin-1')] + [h.encode('latin-1') for h in headers]
        if host:
            lines.insert(1, self.host[:-2])
        return self.server.raw(b'\r\n'.join(lines) + b'\r\n\r\n' + body)

    # Whose name is asked for

    def test_foreign_hosts(self):
        port = self.server.port
        for host in ('evil.test', f'evil.test:{port}', f'127.0.0.1.evil.test:{port}', f'localhost.:{port}',
                     f'[::1]:{port}', f'127.0.0.1:{port + 1}', '127.0.0.1', 'localhost', f'127.0.0.2:{port}',
                     f'127.0.0.1:{port}@evil.test', f'127.0.0.1:{port}.', f'127.0.0.1:0{port}', '', ':',
                     f'user@127.0.0.1:{port}', f'127.1:{port}', f'0x7f.1:{port}', f'2130706433:{port}', f':{port}'):
            reply = self.raw('GET /search?q=a HTTP/1.1', f'Host: {host}', host=False)
            self.check_problem(reply, 421)
            self.assertEqual(reply.header('Connection'), 'close', host)

    def test_own_hosts(self):
        port = self.server.port
        for host in (f'127.0.0.1:{port}', f'localhost:{port}', f'LocalHost:{port}', f'  localhost:{port}  '):
            self.assertEqual(self.raw('GET / HTTP/1.1', f'Host: {host}', host=False).status, 200, host)

    def test_two_hosts_or_none(self):
        self.check_problem(self.raw('GET / HTTP/1.1', 'Host: evil.test'), 400, 'more than one Host')
        self.check_problem(self.raw('GET / HTTP/1.1', self.host[:-2].decode()), 400, 'more than one Host')
        self.check_problem(self.raw('GET / HTTP/1.1', 'X: y', host=False), 400, 'no Host')
        self.check_problem(self.raw('GET / HTTP/1.0', 'X: y', host=False), 400, 'no Host')

    def test_absolute_targets(self):
        own = f'http://{self.server.host}'
        for target in (own, own + '/', own + '/search?q=a', own + '?x', f'http://localhost:{self.server.port}/'):
            self.assertEqual(self.raw(f'GET {target} HTTP/1.1').status, 200, target)
        for target in ('http://evil.test/', 'http://evil.test', f'http://127.0.0.1.evil.test:{self.server.port}/',
                       f'http://{self.server.host}@evil.test/', f'https://evil.test:{self.server.port}/search?q=a'):
            self.check_problem(self.raw(f'GET {target} HTTP/1.1'), 421)
        for target in ('ftp://evil.test/', 'search', 'evil.test:80', '//'):
            self.assertIn(self.raw(f'GET {target} HTTP/1.1').status, (400, 404), target)

    # Whose page asks

    def test_foreign_origins(self):
        port = self.server.port
        for origin in ('http://evil.test', 'null', 'https://evil.test', f'http://127.0.0.1:{port + 1}',
                       'http://localhost', f'http://localhost.evil.test:{port}', f'http://evil.test/127.0.0.1:{port}',
                       f'ftp://127.0.0.1:{port}', 'file://', f'127.0.0.1:{port}'):
            for target in ('/search?q=a', '/', '/articles/x', '/healthz'):
                self.check_problem(self.server.get(target, Origin=origin), 403)
            self.check_problem(self.server.batch(b'a\n', headers={'Origin': origin}), 403)
            self.check_problem(self.server.ask('/search', 'OPTIONS', {'Origin': origin}), 403)

    def test_own_origin(self):
        for origin in (f'http://{self.server.host}', f'http://localhost:{self.server.port}'):
            reply = self.server.get('/search?q=a', Origin=origin, Sec_Fetch_Site='same-origin')
            self.assertEqual(reply.status, 200)
            self.assertIsNone(reply.header('Access-Control-Allow-Origin'))

    def test_other_sites_may_only_link_here(self):
        for site in ('cross-site', 'same-site', 'strange'):
            for mode, destination in (('no-cors', 'image'), ('no-cors', 'script'), ('cors', 'empty'),
                                      ('navigate', 'iframe'), ('navigate', 'object'), ('navigate', 'embed')):
                reply = self.server.get('/search?q=a', Sec_Fetch_Site=site, Sec_Fetch_Mode=mode,
                                        Sec_Fetch_Dest=destination)
                self.check_problem(reply, 403)
            headers = {'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document'}
            self.assertEqual(self.server.ask('/?q=a', headers=headers).status, 200)
            self.check_problem(self.server.batch(b'a\n', headers=headers), 403)
        for site in ('same-origin', 'none'):
            self.assertEqual(self.server.get('/search?q=a', Sec_Fetch_Site=site).status, 200)

    # Bytes that two readers read two ways

    def test_framing_that_is_not_clear(self):
        post = 'POST /search/batch HTTP/1.1'
        for headers in (('Content-Length: 5', 'Transfer-Encoding: chunked'),
                        ('Transfer-Encoding: chunked', 'Content-Length: 0'),
                        ('Content-Length: 5', 'Content-Length: 5'), ('Content-Length: 5', 'Content-Length: 6'),
                        ('Transfer-Encoding: gzip, chunked',), ('Transfer-Encoding: identity',),
                        ('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'),
                        ('Transfer-Encoding: chunked, chunked',), ('Transfer-Encoding: xchunked',),
                        ('Transfer-Encoding: chunked ',), ('Transfer-Encoding: "chunked"',),
                        ('Content-Length : 5',), ('Transfer-Encoding : chunked',), ('Content-Length\t: 5',)):
            reply = self.raw(post, *headers, body=b'5\r\nhello\r\n0\r\n\r\n')
            self.check_problem(reply, 400)
            self.assertEqual(reply.header('Connection'), 'close', headers)

    def test_lengths_that_are_no_numbers(self):
        for length in ('-1', '+5', '0x5', '5 5', '5,5', '', 'x', '5.0', '99999999999999999999999'):
            reply = self.raw('POST /search/batch HTTP/1.1', f'Content-Length: {length}', body=b'hello')
            self.assertIn(reply.status, (400, 413), length)

    def test_nothing_behind_a_refused_request_is_read(self):
        behind = f'GET /indexes HTTP/1.1\r\nHost: {self.server.host}\r\n\r\n'.encode()
        for request in (b'GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n',
                        b'POST /search/batch HTTP/1.1\r\n' + self.host +
                        b'Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n'):
            with self.server.connect() as connection:
                connection.send(request + behind)
                self.assertGreaterEqual(connection.reply().status, 400)
                self.assertTrue(connection.ended())

    def test_lines_that_end_in_lf_alone(self):
        host = self.host[:-2]
        for data in (b'GET / HTTP/1.1\n' + host + b'\n\n', b'GET / HTTP/1.1\n' + host + b'\r\n\r\n',
                     b'GET / HTTP/1.1\r\n' + host + b'\nX: y\r\n\r\n',
                     b'GET / HTTP/1.1\r\nX: y\n' + host + b'\r\n\r\n'):
            self.check_problem(self.server.raw(data), 400)

    def test_folded_lines(self):
        for data in (b'X: a\r\n b\r\n' + self.host, self.host + b'X: a\r\n\tb\r\n',
                     b'Host:\r\n ' + self.host[6:], b'X: a\r\n Content-Length: 5\r\n' + self.host):
            self.assertEqual(self.server.raw(b'GET / HTTP/1.1\r\n' + data + b'\r\n').status, 400, data)

    def test_nul_and_controls(self):
        for data in (self.host[:-2] + b'\0.evil.test\r\n', self.host + b'X: a\0b\r\n', b'X: a\0b\r\n' + self.host,
                     self.host + b'X: a\x01b\r\n', self.host + b'X: a\x7fb\r\n', self.host + b'X\0: a\r\n',
                     self.host + b'X: a\rb\r\n'):
            reply = self.server.raw(b'GET / HTTP/1.1\r\n' + data + b'\r\n')
            self.assertEqual(reply.status, 400, data)
        for target in (b'/\0', b'/search\0?q=a', b'/search?q=a\0b', b'/search?q=a\x01', b'/search?q=a\x7f',
                       b'/search?q=a\tb'):
            reply = self.server.raw(b'GET ' + target + b' HTTP/1.1\r\n' + self.host + b'\r\n')
            self.assertEqual(reply.status, 400, target)

    def test_names_of_headers(self):
        for line in ('X y: a', ' X: a', 'X(y): a', 'X@: a', ': a', 'X\xe9: a', 'no colon', '"X": a', 'X[]: a'):
            self.assertEqual(self.raw('GET / HTTP/1.1', line).status, 400, line)
        self.assertEqual(self.raw('GET / HTTP/1.1', "!#$%&'*+-.^_`|~09azAZ: a").status, 200)

    def test_request_lines(self):
        for line in ('GET /', 'GET', 'GET  ', 'GET / HTTP/1.1 HTTP/1.1', 'GET /a b HTTP/1.1', '/ HTTP/1.1',
                     'GET / HTTP/x.y', 'GET / http/1.1', 'GET /  HTTP/1.1x', ' GET / HTTP/1.1'):
            reply = self.raw(line)
            self.assertTrue(reply is None or reply.status in (400, 404, 501, 505), line)
        self.assertEqual(self.raw('GET / HTTP/2.0').status, 505)
        self.assertEqual(self.raw('GET / HTTP/0.9').status, 505)

    def test_methods(self):
        for method in ('TRACE', 'PUT', 'DELETE', 'PATCH', 'CONNECT'):
            self.check_problem(self.raw(f'{method} /search?q=a HTTP/1.1'), 405)
        self.assertIn(self.raw(f'CONNECT evil.test:443 HTTP/1.1').status, (400, 404, 405))
        for method in ('get', 'GETS', 'BREW', 'PROPFIND', 'G' * 300):
            self.check_problem(self.raw(f'{method} /search?q=a HTTP/1.1'), 501)
        self.assertNotIn(b'secret', self.raw('TRACE / HTTP/1.1', 'X: secret').body)

    # Paths

    def test_paths_are_matched_whole(self):
        for path in ('/../', '/../../etc/passwd', '/search/', '/Search', '//search', '/search/batch/', '/./search',
                     '/search/../indexes', '/%2e%2e/', '/index.html', '/%00', '/search%00', '/healthz%00x',
                     '/search;x=y', '/page/index.html', '/articles', '/search%2Fbatch', '/~', '/.git/config'):
            self.check_problem(self.raw(f'GET {path} HTTP/1.1'), 404)

    def test_a_fragment_is_not_looked_at(self):
        self.assertEqual(self.raw('GET /search?q=a#/../x HTTP/1.1').status, 200)

    # Too much

    def test_many_parameters(self):
        for count, status in ((64, 400), (65, 414), (500, 414), (3000, 414)):
            target = '/search?' + '&'.join(f'a{i}=b' for i in range(count))
            self.check_problem(self.raw(f'GET {target} HTTP/1.1'), status)
        self.check_problem(self.raw('GET /search?' + '&' * 5000 + ' HTTP/1.1'), 414)

    def test_long_targets(self):
        self.assertEqual(self.raw('GET /search?q=' + 'a' * 16000 + ' HTTP/1.1').status, 200)
        for size in (16400, 20000, 24000):
            self.check_problem(self.raw('GET /search?q=' + 'a' * size + ' HTTP/1.1'), 414)
        for size in (40000, 1000000):  # over the library's own memory: its own words
            self.assertEqual(self.huge('GET /search?q=' + 'a' * size + ' HTTP/1.1\r\n'), 414)

    def huge(self, text):
        """The status, where the server hangs up before all is sent."""
        with self.server.connect() as connection:
            try:
                connection.send(text.encode())
            except OSError:
                pass
            reply = connection.reply()
            return reply and reply.status

    def test_large_headers(self):
        self.assertEqual(self.raw('GET / HTTP/1.1', 'Cookie: ' + 'a' * 10000).status, 200)
        for size in (12300, 20000):
            self.check_problem(self.raw('GET / HTTP/1.1', 'X: ' + 'a' * size), 431)
        self.check_problem(self.raw('GET / HTTP/1.1', *[f'X{i}: y' for i in range(120)]), 431)
        for text in ('GET / HTTP/1.1\r\nX: ' + 'a' * 40000, 'GET / HTTP/1.1\r\n' + 'X: y\r\n' * 20000,
                     'GET / HTTP/1.1\r\n' + 'a' * 1000000):
            self.assertIn(self.huge(text), (431, 414))

    def test_bodies_where_there_should_be_none(self):
        self.check_problem(self.raw('GET /search?q=a HTTP/1.1', 'Content-Length: 5', body=b'hello'), 413)
        self.check_problem(self.raw('GET / HTTP/1.1', 'Transfer-Encoding: chunked', body=b'0\r\n\r\n'), 413)
        self.check_problem(self.raw('POST /search HTTP/1.1', 'Content-Length: 5', body=b'hello'), 405)
        self.check_problem(self.raw('POST /search HTTP/1.1', 'Expect: 100-continue', 'Content-Length: 5'), 405)
        self.assertEqual(self.raw('GET /search?q=a HTTP/1.1', 'Content-Length: 0').status, 200)

    def test_good_requests_a_byte_at_a_time(self):
        data = (b'GET /search?q=a HTTP/1.1\r\n' + self.host + b'Cookie: ' + b'a=b; ' * 20 + b'\r\nEmpty:\r\n'
                b'Accept: */*\r\n\r\n')
        with self.server.connect() as connection:
            for i in range(len(data)):
                connection.send(data[i:i + 1])
            self.assertEqual(connection.reply().status, 200)

    def test_noise(self):
        noise = random.Random(7)
        good = b'POST /search/batch?limit=2 HTTP/1.1\r\n' + self.host + b'Content-Length: 6\r\n\r\nhello\n'
        for _ in range(300):
            data = bytearray(good)
            for _ in range(noise.randint(1, 4)):
                data[noise.randrange(len(data))] = noise.randrange(256)
            with self.server.connect(timeout=0.05) as connection:
                connection.send(bytes(data))
                try:
                    connection.reply()
                except (EOFError, TimeoutError, ValueError, IndexError):
                    pass
        for _ in range(100):
            with self.server.connect(timeout=0.05) as connection:
                connection.send(noise.randbytes(noise.randint(1, 3000)))
                try:
                    connection.reply()
                except (EOFError, TimeoutError, ValueError, IndexError, OSError):
                    pass

    def test_naughty_queries(self):
        noise = random.Random(11)
        for _ in range(200):
            raw = noise.randbytes(noise.randint(0, 60))
            reply = self.server.get('/search?q=' + ''.join(f'%{b:02x}' for b in raw))
            self.assertIn(reply.status, (200, 400))
            json.loads(reply.body.decode('utf-8'))


class Cors(Case):
    def setUp(self):
        super().setUp()
        self.server = self.start('--cors=http://reader.test')

    def test_the_named_origin_may_ask(self):
        reply = self.server.get('/search?q=a', Origin='http://reader.test', Sec_Fetch_Site='cross-site',
                                Sec_Fetch_Mode='cors')
        self.assertEqual(reply.status, 200)
        self.assertEqual(reply.header('Access-Control-Allow-Origin'), 'http://reader.test')
        self.assertIn('Origin', reply.header('Vary'))
        reply = self.server.batch(b'a\n', headers={'Origin': 'http://reader.test'})
        self.assertEqual((reply.status, reply.header('Access-Control-Allow-Origin')), (200, 'http://reader.test'))

    def test_it_may_ask_whether_it_may_ask(self):
        reply = self.server.ask('/search/batch', 'OPTIONS',
                                {'Origin': 'http://reader.test', 'Access-Control-Request-Method': 'POST'})
        self.assertEqual(reply.status, 204)
        self.assertIn('POST', reply.header('Access-Control-Allow-Methods'))

    def test_others_may_not(self):
        for origin in ('http://reader.test.evil.test', 'https://reader.test', 'http://READER.test', 'null'):
            reply = self.server.get('/search?q=a', Origin=origin)
            self.check_problem(reply, 403)
            self.assertIsNone(reply.header('Access-Control-Allow-Origin'))
        self.assertIsNone(self.server.get('/search?q=a').header('Access-Control-Allow-Origin'))


if __name__ == '__main__':
    unittest.main()
