"""Every route, its headers and its errors; every answer as openapi.json describes it."""
import gzip
import json
import unittest
import xml.etree.ElementTree as ElementTree

import schema
from fixture import FAKE, Case, need

need(FAKE)

PAGES = {'/': 'text/html', '/style.css': 'text/css', '/script.js': 'text/javascript', '/icon.svg': 'image/svg+xml'}
GETS = [*PAGES, '/search?q=a', '/timeline?q=a', '/articles/folder%2Fa%20b.txt', '/indexes', '/opensearch.xml', '/openapi.json',
        '/healthz', '/readyz', '/metrics']
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
          "base-uri 'none'; form-action 'self'; frame-ancestors 'none'")


class Routes(Case):
    def setUp(self):
        super().setUp()
        self.server = self.start()
        self.document = json.loads(self.server.get('/openapi.json').text())

    def check_described(self, reply, path, method='get'):
        operation = self.document['paths'][path][method]
        response = schema.resolve(self.document, operation['responses'][str(reply.status)])
        kind = reply.header('Content-Type').split(';')[0]
        self.assertIn(kind, response['content'], f'{path} answers in {kind}')
        if kind.endswith('json') and 'ndjson' not in kind:
            found = schema.faults(self.document, response['content'][kind]['schema'], json.loads(reply.text()))
            self.assertEqual(list(found), [])

    def test_every_get_has_the_safe_headers(self):
        for target in [*GETS, '/nothing', '/search']:
            reply = self.server.get(target)
            self.assertEqual(reply.all('Content-Security-Policy'), [POLICY], target)
            self.assertEqual(reply.all('X-Content-Type-Options'), ['nosniff'])
            self.assertEqual(reply.all('Referrer-Policy'), ['no-referrer'])
            self.assertEqual(reply.all('Cross-Origin-Resource-Policy'), ['same-origin'])
            self.assertIn('Accept-Encoding', reply.header('Vary'))
            self.assertEqual(reply.all('Access-Control-Allow-Origin'), [])
            self.assertEqual(len(reply.all('Cache-Control')), 1)
            self.assertEqual(int(reply.header('Content-Length')), len(reply.body))

    def test_head_is_get_without_its_body(self):
        for target in [*GETS, '/nothing']:
            get, head = self.server.get(target), self.server.ask(target, 'HEAD')
            self.assertEqual(head.status, get.status, target)
            self.assertEqual(head.header('Content-Type'), get.header('Content-Type'))
            if target != '/metrics' and 'took_us' not in get.text():  # those tell times
                self.assertEqual(head.header('Content-Length'), get.header('Content-Length'), target)

    def test_head_says_no_more(self):
        with self.server.connect() as connection:
            for _ in range(2):
                connection.send(f'HEAD /search?q=a HTTP/1.1\r\nHost: {self.server.host}\r\n\r\n'.encode())
                self.assertEqual(connection.reply(head=True).status, 200)
                self.assertEqual(connection.buffer, b'')

    def test_options_and_405_name_the_methods(self):
        for target in GETS:
            self.assertEqual(self.server.ask(target, 'OPTIONS').header('Allow'), 'GET, HEAD, OPTIONS', target)
            for method in ('POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'):
                reply = self.server.ask(target, method)
                self.check_problem(reply, 405, 'GET')
                self.assertEqual(reply.header('Allow'), 'GET, HEAD, OPTIONS')
        self.assertEqual(self.server.ask('/search/batch', 'OPTIONS').header('Allow'), 'POST, OPTIONS')
        self.assertEqual(self.server.ask('/search/batch').header('Allow'), 'POST, OPTIONS')
        self.assertEqual(self.server.ask('*', 'OPTIONS').status, 204)
        self.check_problem(self.server.ask('/nothing', 'OPTIONS'), 404)

    def test_every_described_path_answers_as_described(self):
        real = {'/articles/{id}': '/articles/folder%2Fa%20b.txt', '/search': '/search?q=a', '/timeline': '/timeline?q=a',
                '/suggest': '/suggest?q=a'}
        for path, item in self.document['paths'].items():
            if 'get' not in item:
                continue
            reply = self.server.get(real.get(path, path))
            self.assertEqual(reply.status, 200, path)
            self.check_described(reply, path)
            self.assertEqual(self.server.ask(real.get(path, path), 'HEAD').status, 200)

    def test_every_route_is_described(self):
        self.assertEqual({*PAGES, '/search', '/timeline', '/suggest', '/search/batch', '/quote', '/articles/{id}',
                          '/indexes', '/opensearch.xml',
                          '/openapi.json', '/healthz', '/readyz', '/metrics'}, set(self.document['paths']))

    def test_pages(self):
        for target, kind in PAGES.items():
            reply = self.server.get(target)
            self.assertEqual(reply.status, 200)
            self.assertTrue(reply.header('Content-Type').startswith(kind))
            self.assertGreater(len(reply.body), 100)
            self.assertNotIn(b'http://', reply.body.replace(b'http://www.w3.org', b'').replace(b"'http://", b''))

    def test_search(self):
        reply = self.server.get('/search?q=caf%C3%A9+con%20leche&limit=5')
        self.check_described(reply, '/search')
        answer = json.loads(reply.text())
        self.assertEqual(answer['query']['text'], 'café con leche')
        self.assertEqual(answer['index'], {'name': 'news', 'checksum': 'c0ffee', 'articles': 12})
        self.assertEqual(answer['hits'][0]['href'], '/articles/folder%2Fa%20b.txt')

    def test_raw_utf8_in_the_target(self):
        answer = json.loads(self.server.get('/search?q=café').text())
        self.assertEqual(answer['query']['text'], 'café')

    def test_percent_and_plus(self):
        for written, meant in (('a%2Bb', 'a+b'), ('a+b', 'a b'), ('100%', '100%'), ('%zz%4', '%zz%4'),
                               ('%00x', '\0x'), ('a%26b', 'a&b'), ('a=b', 'a=b'), ('%25', '%')):
            answer = json.loads(self.server.get('/search?q=' + written).text())
            self.assertEqual(answer['query']['text'], meant, written)

    def test_invalid_utf8_is_replaced(self):
        for written in ('%ff%fe', 'a%c3', '%ed%a0%80', '%f5%80'):
            reply = self.server.get('/search?q=' + written)
            self.assertEqual(reply.status, 200)
            json.loads(reply.body.decode('utf-8'))

    def test_formats(self):
        for name, kind in (('json', 'application/json'), ('csv', 'text/csv'), ('tsv', 'text/tab-separated-values'),
                           ('trec', 'text/plain'), ('text', 'text/plain')):
            reply = self.server.get('/search?q=hits:2&format=' + name)
            self.assertEqual(reply.header('Content-Type').split(';')[0], kind)
            self.check_described(reply, '/search')
        self.assertTrue(self.server.get('/search?q=hits:2&format=csv').text().startswith('rank,score,id,title'))

    def test_highlight_0_leaves_the_ranges_out(self):
        self.assertNotIn('highlights', self.server.get('/search?q=a&highlight=0').text())
        self.assertIn('highlights', self.server.get('/search?q=a&highlight=1').text())

    def test_bad_parameters_are_named(self):
        for target, parameter in (('/search', 'q'), ('/search?q=a&limit=-1', 'limit'),
                                  ('/search?q=a&limit=1001', 'limit'), ('/search?q=a&limit=', 'limit'),
                                  ('/search?q=a&sort=best', 'sort'), ('/search?q=a&format=xml', 'format'),
                                  ('/search?q=a&from=yesterday', 'from'), ('/search?q=a&strict=yes', 'strict')):
            reply = self.server.get(target)
            self.assertEqual(self.check_problem(reply, 400)['parameter'], parameter, target)
            self.check_described(reply, '/search')
        problem = self.check_problem(self.server.get('/search?q=a&limt=3'), 400, "unknown parameter 'limt'")
        self.assertEqual(problem['parameter'], 'limt')
        problem = self.check_problem(self.server.get('/search?q=a&' + 'x' * 100 + '%FF=3'), 400, 'x' * 100)
        self.assertEqual(problem['parameter'], 'x' * 64)
        problem = self.check_problem(self.server.get('/suggest?q=a&limt=3'), 400, "unknown parameter 'limt'")
        self.assertEqual(problem['parameter'], 'limt')
        self.check_problem(self.server.get('/search?q=a&offset=99999&limit=9'), 400, 'offset')
        self.assertEqual(self.check_problem(self.server.get('/search?q=a&index=other'), 404)['parameter'], 'index')

    def test_a_parameter_is_given_once(self):
        for target, name in (('/search?q=a&q=b', 'q'), ('/search?q=a&source=x&limit=1&source=y', 'source'),
                             ('/search?q=a&%71=a', 'q'), ('/timeline?q=a&by=day&by=day', 'by'),
                             ('/suggest?q=a&q=b', 'q'), ('/articles/folder%2Fa%20b.txt?q=a&q=a', 'q')):
            reply = self.server.get(target)
            problem = self.check_problem(reply, 400, f"parameter '{name}' is given twice")
            self.assertEqual(problem['parameter'], name, target)
        self.check_problem(self.server.get('/search?q=a&%00=1&%00=2'), 400)
        for target in ('/search/batch?limit=1&limit=2', '/quote?min=4&min=5'):
            self.check_problem(self.server.ask(target, 'POST', body=b'to be or not to be'), 400, 'is given twice')

    def test_strict_tells_the_place(self):
        problem = self.check_problem(self.server.get('/search?q=ab(&strict=1'), 400)
        self.assertEqual((problem['parameter'], problem['position']), ('q', 3))

    def test_what_the_searcher_says_becomes_a_status(self):
        self.check_problem(self.server.get('/search?q=corrupt'), 500, 'checksum')
        reply = self.server.get('/search?q=nomemory')
        self.check_problem(reply, 503, 'memory')
        self.assertEqual(reply.header('Retry-After'), '1')
        self.assertEqual(self.server.get('/search?q=a').status, 200)

    def test_memory_that_ends(self):
        seen = set()
        for number in range(1, 80):
            for more in ({}, {'Accept-Encoding': 'gzip'}):
                reply = self.server.ask(f'/search?q=fail:{number}&explain=1', headers=more)
                seen.add(reply and reply.status)
                if reply and reply.status == 503:
                    self.check_problem(reply, 503, 'memory')
                self.server.get('/search?q=fail:0')  # takes the failure where it has not come yet
                self.assertEqual(self.server.get('/search?q=a').status, 200)
        self.assertIn(503, seen)
        self.assertLessEqual(seen, {None, 200, 503})

    def test_article(self):
        article = json.loads(self.server.get('/articles/folder%2Fa%20b.txt?q=body').text())
        self.assertEqual((article['id'], article['body']), ('folder/a b.txt', 'The body.'))
        self.assertEqual(self.server.get('/articles/folder/a%20b.txt').status, 200)
        self.check_problem(self.server.get('/articles/folder%2Fa+b.txt'), 404)
        self.check_problem(self.server.get('/articles/other'), 404, "'other'")
        self.check_problem(self.server.get('/articles/'), 404)
        self.check_problem(self.server.get('/articles/a%00b'), 404)

    def test_opensearch(self):
        reply = self.server.get('/opensearch.xml')
        root = ElementTree.fromstring(reply.text())
        templates = [url.get('template') for url in root.findall('{*}Url')]
        self.assertIn(f'http://{self.server.host}/?q={{searchTerms}}', templates)
        for proto, scheme in (('https', 'https'), ('http', 'http'), ('ftp', 'http'), ('https://x', 'http')):
            text = self.server.get('/opensearch.xml', X_Forwarded_Proto=proto).text()
            self.assertIn(f'{scheme}://{self.server.host}/?q={{searchTerms}}', text)

    def test_etag(self):
        for target in (*PAGES, '/search?q=a', '/articles/folder%2Fa%20b.txt', '/openapi.json', '/opensearch.xml'):
            tag = self.server.get(target).header('ETag')
            self.assertRegex(tag, r'^W/"[^"]+"$')
            for sent in (tag, tag[2:], '*', f'"x", {tag} , "y"'):
                reply = self.server.get(target, If_None_Match=sent)
                self.assertEqual((reply.status, reply.body), (304, b''), target)
                self.assertEqual(reply.header('ETag'), tag)
            self.assertEqual(self.server.get(target, If_None_Match='"other"').status, 200)

    def test_etag_tells_questions_apart(self):
        targets = ['q=a', 'q=b', 'q=a&limit=1', 'q=a&offset=1', 'q=a&snippets=0', 'q=a&sort=date', 'q=a&op=or',
                   'q=a&mode=phrase', 'q=a&highlight=0', 'q=a&format=csv', 'q=a&explain=1', 'q=a&source=x',
                   'q=a&lang=en', 'q=a&from=2015', 'q=a&to=2015']
        tags = {self.server.get('/search?' + target).header('ETag') for target in targets}
        self.assertEqual(len(tags), len(targets))
        self.assertEqual(self.server.get('/search?q=a&limit=10').header('ETag'),
                         self.server.get('/search?limit=10&q=%61').header('ETag'))

    def test_a_partial_answer_has_no_etag(self):
        reply = self.server.get('/search?q=sleep:900')
        self.assertIn('partial', json.loads(reply.text()))
        self.assertIsNone(reply.header('ETag'))
        self.assertEqual(reply.header('Cache-Control'), 'no-store')

    def test_an_article_marked_in_part_has_no_etag(self):
        whole = self.server.get('/articles/folder%2Fa%20b.txt?q=a')
        self.assertIsNotNone(whole.header('ETag'))
        self.assertNotIn('partial', json.loads(whole.text()))
        part = self.server.get('/articles/folder%2Fa%20b.txt?q=sleep:1')
        self.assertIn('partial', json.loads(part.text()))
        self.assertIsNone(part.header('ETag'))

    def test_gzip_when_asked(self):
        plain = self.server.get('/style.css')
        for accepted in ('gzip', 'br, GZIP;q=0.5', '*', 'x-gzip', 'deflate,gzip ; q=1'):
            reply = self.server.get('/style.css', Accept_Encoding=accepted)
            self.assertEqual(reply.header('Content-Encoding'), 'gzip', accepted)
            self.assertEqual(gzip.decompress(reply.body), plain.body)
            self.assertLess(len(reply.body), len(plain.body))
        for accepted in ('br', 'gzip;q=0', 'gzip;q=0.000, *', 'identity', '', '*;q=0', 'gzipped'):
            reply = self.server.get('/style.css', Accept_Encoding=accepted)
            self.assertIsNone(reply.header('Content-Encoding'), accepted)
            self.assertEqual(reply.body, plain.body)
        large = self.server.get('/search?q=large:200000', Accept_Encoding='gzip')
        self.assertIn('x' * 200000, large.text())

    def test_keep_alive(self):
        with self.server.connect() as connection:
            request = f'GET /search?q=a HTTP/1.1\r\nHost: {self.server.host}\r\n\r\n'.encode()
            for _ in range(50):
                connection.send(request)
                self.assertEqual(connection.reply().status, 200)
            connection.send(request * 5)  # without waiting
            for _ in range(5):
                self.assertEqual(connection.reply().status, 200)

    def test_problems_of_a_good_request_keep_the_connection(self):
        with self.server.connect() as connection:
            for target in ('/nothing', '/search', '/search?q=a'):
                connection.send(f'GET {target} HTTP/1.1\r\nHost: {self.server.host}\r\n\r\n'.encode())
                self.assertIn(connection.reply().status, (200, 400, 404))

    def test_indexes_health_and_metrics(self):
        indexes = json.loads(self.server.get('/indexes').text())
        self.assertEqual([(i['name'], i['default'], i['articles']) for i in indexes['indexes']], [('news', True, 12)])
        self.assertEqual(json.loads(self.server.get('/healthz').text()), {'status': 'ok'})
        self.assertEqual(json.loads(self.server.get('/readyz').text()), {'status': 'ready', 'generation': 1})
        for count in (1, 2):
            self.server.get('/search')
            self.server.wait_metric('verbatim_http_requests_total{route="/search",status="400"}', count)
        self.assertEqual(self.server.metric('verbatim_generation'), 1)

    def test_metrics_tell_of_kept_blocks(self):
        lines = self.server.get('/metrics').text().splitlines()
        counts = {line.partition(' ')[0]: int(line.partition(' ')[2]) for line in lines
                  if line.startswith('verbatim_blocks_total{')}
        self.assertEqual(len(counts) % 2, 0)
        self.assertTrue(all(counts[name] == 2 for name in counts if 'kept="no"' in name), counts)
        self.assertTrue(all(counts[name] > 0 for name in counts if 'kept="yes"' in name), counts)

    def test_metrics_are_prometheus_text(self):
        self.server.get('/search?q=a')
        self.server.wait_metric('verbatim_http_request_seconds_count{route="/search"}', 1)
        text = self.server.get('/metrics').text()
        typed = set()
        buckets = {}
        for line in text.splitlines():
            if line.startswith('# TYPE '):
                typed.add(line.split()[2])
                continue
            if line.startswith('#'):
                continue
            self.assertRegex(line, r'^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? \d+(\.\d+)?$')
            name = line.split('{')[0].split(' ')[0]
            self.assertTrue(any(name == t or name.startswith(t + '_') for t in typed), name)
            if name.endswith('_bucket'):
                buckets.setdefault(line.split('"')[1], []).append(int(line.rsplit(' ', 1)[1]))
        for counts in buckets.values():
            self.assertEqual(counts, sorted(counts))
        self.assertGreaterEqual(buckets['/search'][-1], 1)


if __name__ == '__main__':
    unittest.main()
