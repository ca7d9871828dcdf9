"""The server over indexes that the indexer built: answers, articles, reload, damage, collections."""
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest
import urllib.parse

import schema
from fixture import INDEX, SEARCH, SERVE, Case, need

need(INDEX, SEARCH, SERVE)

ARTICLES = [
    {'id': 'one', 'title': 'A <script>alert(1)</script> title', 'body': 'The plan was “doomed to failure”, she said.'},
    {'id': 'two/with slash & more', 'title': 'Second', 'body': 'Doomed, to failure! And again: doomed to failure.'},
    {'id': 'drei-é', 'title': 'Third', 'body': 'To failure doomed.', 'date': '2015-10-01', 'source': 'example.org'},
]


class Real(Case):
    program = SERVE

    def build(self, articles, name='news.vbt'):
        with open(self.path('articles.jsonl'), 'w', encoding='utf-8') as file:
            for article in articles:
                file.write(json.dumps(article) + '\n')
        done = subprocess.run([INDEX, 'build', '--quiet', '-o', name, 'articles.jsonl'], cwd=self.folder,
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)

    def search(self, server, query, **more):
        target = '/search?' + urllib.parse.urlencode({'q': query, **more})
        reply = server.get(target)
        self.assertEqual(reply.status, 200, reply.body)
        return json.loads(reply.text())

    def test_a_phrase_and_its_articles(self):
        self.build(ARTICLES)
        server = self.start('news.vbt')
        document = json.loads(server.get('/openapi.json').text())
        answer = self.search(server, '"doomed to failure"', explain=1, snippets=3)
        faults = schema.faults(document, document['components']['schemas']['Answer'], answer)
        self.assertEqual(list(faults), [])
        self.assertEqual(answer['total'], {'value': 2, 'relation': 'eq'})
        self.assertEqual({hit['id'] for hit in answer['hits']}, {'one', 'two/with slash & more'})
        for hit in answer['hits']:
            for snippet in hit['snippets']:
                marked = [snippet['text'][a:b].lower() for a, b in snippet['highlights']]
                self.assertTrue(any('failure' in part for part in marked), snippet)
            reply = server.get(hit['href'] + '?q=%22doomed+to+failure%22')
            article = json.loads(reply.text())
            described = document['components']['schemas']['Article']
            self.assertEqual(list(schema.faults(document, described, article)), [])
            self.assertEqual(article['id'], hit['id'])
            self.assertEqual(article['body'], next(a['body'] for a in ARTICLES if a['id'] == hit['id']))
            marked = [article['body'][a:b].lower() for a, b in article['highlights']]
            self.assertTrue(marked and all(part.startswith('doomed') for part in marked), article)
        self.assertEqual(server.get('/articles/drei-%C3%A9').status, 200)
        self.check_problem(server.get('/articles/none'), 404)
        self.assertIn('A <script>', answer['hits'][0]['title'] + answer['hits'][1]['title'])

    def test_words_of_one_character_are_marked_once(self):
        self.build([{'id': 'a', 'title': 'Add ½ of ¾', 'body': 'Take ½, ¾ℳ and 1 ½ of it' + ' again' * 9000}])
        server = self.start('news.vbt')
        for query, title, body in (('1 2', [[4, 5]], [[5, 6], [15, 16], [17, 18]]),
                                   ('2 3 (4 OR 4m) a*', [[0, 3], [4, 5], [9, 10]], [[5, 6], [8, 10], [11, 14]])):
            asked = urllib.parse.urlencode({'q': query})
            article = json.loads(server.get('/articles/a?' + asked).text())
            self.assertEqual(article['title_highlights'], title)
            self.assertEqual(article['highlights'][:3], body)
            hit = self.search(server, query)['hits'][0]
            self.assertEqual(hit['title_highlights'], title)
            for snippet in hit['snippets']:
                marks = [end for mark in snippet['highlights'] for end in mark]
                self.assertEqual(marks, sorted(marks))

    def test_nothing_found(self):
        self.build(ARTICLES)
        server = self.start('news.vbt')
        document = json.loads(server.get('/openapi.json').text())
        for query, more in (('"doomed to total failure"', {}), ('scrip', {}), ('doomed', {'from': '2099'}),
                            ('doomed failure', {'mode': 'phrase'}), ('!!', {}), ('"a b" OR zz*', {})):
            answer = self.search(server, query, **more)
            faults = schema.faults(document, document['components']['schemas']['Answer'], answer)
            self.assertEqual(list(faults), [], answer)
            self.assertIn('why', answer)
            for offer in answer['why']['relaxations']:
                kept = {name: value for name, value in more.items() if name not in offer.get('without', [])}
                self.assertEqual(self.search(server, offer['query'], **kept)['total'],
                                 {'value': offer['total'], 'relation': 'eq'})
        reply = server.get('/search?q=scrip')
        self.assertEqual(server.get('/search?q=scrip', **{'If-None-Match': reply.header('ETag')}).status, 304)
        self.assertNotIn('scrip*', server.get('/search?q=scrip&format=tsv').text())

    def test_a_batch_is_the_same_on_the_command_line(self):
        self.build(ARTICLES)
        server = self.start('news.vbt')
        lines = (b'\xef\xbb\xbf"doomed to failure"\r\nq2\tfailure -pentagon\n\n \t\n{"id":"x","q":"doom*","limit":0}\n'
                 b'{"q":\n{"q":"a","limt":1}\n{"q":["a"]}\n\xff\xfe doomed\nwith\0nul\n' + b'y' * 65536 + b'\r\n' +
                 b'z' * 65537 + b'\n{"q":"doomed failure","mode":"phrase","sort":"date","explain":true}\n'
                 b'{"id":7,"q":"+x -","strict":1}\nlast line doomed')
        for form in ('json', 'tsv', 'csv', 'trec', 'text', 'counts'):
            for more in ([], ['snippets=3', 'op=or', 'highlight=0']):
                reply = server.batch(lines, '/search/batch?' + '&'.join(['format=' + form, *more]))
                self.assertEqual(reply.status, 200)
                ran = subprocess.run([SEARCH, 'news.vbt', '--batch=-', '--format=' + form, *('--' + m for m in more)],
                                     input=lines, cwd=self.folder, capture_output=True, timeout=60)
                self.assertEqual(reply.body, ran.stdout, (form, more))
                self.assertEqual(ran.returncode, 1)

    def test_unpacked_blocks_are_kept_within_a_bound(self):
        self.build([{'id': str(i), 'title': 'On',
                     'body': f'plan {i} ' + ' '.join(str(random.random()) for _ in range(900))} for i in range(30)])
        answers = []
        for most in (0, 128, 4):
            server = self.start(f'--cache={most}', 'news.vbt')
            metric = lambda name: server.metric('verbatim_blocks_%s' % name.replace('(', '{index="news",')
                                                .replace(')', '}'))
            self.assertEqual(metric('kept_bytes(bound="yes")'), most << 20)
            for _ in range(2):
                for i in range(30):
                    answer = self.search(server, f'"plan {i}"', limit=1)
                    answers.append((most, i, answer['hits']))
            self.assertEqual(metric('total(kept="yes")') > 0, most > 0)
            self.assertEqual(metric('kept_bytes(bound="no")') > 0, most > 0)
            self.assertLessEqual(metric('kept_bytes(bound="no")'), most << 20)
            server.stop()
        for most, i, hits in answers:
            self.assertEqual(hits, answers[i][2], (most, i))

    def test_queries_that_are_not_clear(self):
        self.build(ARTICLES)
        server = self.start('news.vbt')
        for query in ('', ' ', '"', '"doomed', '(((', '-', 'OR', '- -', 'a OR', '"" ""', ')(', '\0', 'x' * 5000,
                      'date:', 'date:x', 'title:', ':', '*' * 50, '-doomed', 'NEAR/5', '\U0001F600'):
            reply = server.get('/search?' + urllib.parse.urlencode({'q': query}))
            self.assertIn(reply.status, (200, 400), query)
            if reply.status == 400:
                self.check_problem(reply, 400)
        problem = self.check_problem(server.get('/search?strict=1&q=ab+%28cd'), 400)
        self.assertEqual(problem['parameter'], 'q')
        self.check_problem(server.get('/search?q=a&from=2016&to=2015'), 400, 'from')

    def test_batch(self):
        self.build(ARTICLES)
        server = self.start('news.vbt')
        lines = b'"doomed to failure"\nx\tplan\n{"q":"to failure doomed","mode":"phrase","id":"p"}\n{"q":1}}\n'
        replies = [server.batch(lines) for _ in range(3)]
        self.assertEqual(len({reply.body for reply in replies}), 1)
        answers = [json.loads(line) for line in replies[0].text().splitlines()]
        self.assertEqual([a['total']['value'] for a in answers[:3]], [2, 1, 1])
        self.assertIn('error', answers[3])

    def test_reload_under_load(self):
        self.build(ARTICLES)
        server = self.start('news.vbt')
        first = self.search(server, 'doomed')['index']
        self.build(ARTICLES[:1])
        server.wait_for('generation 2:')
        second = self.search(server, 'doomed')['index']
        self.assertNotEqual(first['checksum'], second['checksum'])
        self.assertEqual((first['articles'], second['articles']), (3, 1))
        tag = server.get('/search?q=doomed').header('ETag')
        self.assertIn(second['checksum'], tag)

    def damaged(self, change):
        with open(self.path('news.vbt'), 'rb') as file:
            data = bytearray(file.read())
        data = change(data)
        with open(self.path('bad'), 'wb') as file:
            file.write(data)
        os.rename(self.path('bad'), self.path('news.vbt'))

    def test_bad_files_change_nothing(self):
        self.build(ARTICLES)
        shutil.copy(self.path('news.vbt'), self.path('good'))
        server = self.start('news.vbt')
        checksum = self.search(server, 'doomed')['index']['checksum']
        damages = [lambda d: d[:len(d) // 2], lambda d: d[:10], lambda d: b'', lambda d: b'x' * len(d),
                   lambda d: bytes([d[0] ^ 1]) + d[1:]]
        for number, damage in enumerate(damages, start=1):
            self.damaged(damage)
            server.signal(signal.SIGHUP)
            server.wait_for('keeps answering', number)
            self.assertEqual(self.search(server, 'doomed')['index']['checksum'], checksum)
            shutil.copy(self.path('good'), self.path('copy'))
            os.rename(self.path('copy'), self.path('news.vbt'))
            server.wait_for('generation', number)
        os.remove(self.path('news.vbt'))
        server.wait_for('keeps answering', len(damages) + 1)
        self.assertEqual(self.search(server, 'doomed')['total']['value'], 3)

    def test_damage_is_found_in_the_background(self):
        words = random.Random(3)
        self.build([{'id': str(i), 'body': ' '.join(words.choices('abcdefghijklmnop', k=5)) + ' ' +
                     words.randbytes(600).hex()} for i in range(400)])
        shutil.copy(self.path('news.vbt'), self.path('good'))
        server = self.start_damaged()
        server.wait_for('checksum')
        end = time.monotonic() + 10
        while server.metric('verbatim_index_damaged{index="news"}') != 1 and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual(server.metric('verbatim_index_damaged{index="news"}'), 1)
        self.assertEqual(server.get('/readyz').status, 200)

    def start_damaged(self):
        """A server over a file with one bad byte, in a page that is not read when it is opened."""
        for part in range(1, 20):
            shutil.copy(self.path('good'), self.path('news.vbt'))
            self.damaged(lambda d: d[:len(d) * part // 20] + bytes([d[len(d) * part // 20] ^ 0xFF]) +
                         d[len(d) * part // 20 + 1:])
            try:
                return self.start('news.vbt')
            except AssertionError as error:
                self.assertIn('checksum', str(error))
        self.fail('every damage was found at once')

    def test_collections(self):
        self.build(ARTICLES[:2], 'a.vbt')
        self.build([dict(ARTICLES[0], body='Replaced, no such phrase.'), ARTICLES[2]], 'b.vbt')
        server = self.start('all=a.vbt,b.vbt', 'first=a.vbt')
        answer = self.search(server, '"doomed to failure"')
        self.assertEqual([hit['id'] for hit in answer['hits']], ['two/with slash & more'])
        self.assertEqual(answer['index']['articles'], 3)
        self.assertEqual(self.search(server, '"doomed to failure"', index='first')['total']['value'], 2)
        hit = self.search(server, 'doomed', index='first')['hits'][0]
        self.assertIn('index=first', hit['href'])
        self.assertEqual(server.get(hit['href']).status, 200)

    def test_a_file_cut_short_in_place(self):
        self.build(ARTICLES)
        server = self.start('news.vbt')
        self.search(server, 'doomed')
        os.truncate(self.path('news.vbt'), 0)
        try:
            server.get('/search?q=failure')
        except (EOFError, OSError):
            pass
        self.assertEqual(server.process.wait(10), 1)
        server.wait_for('changed in place')
        self.servers.remove(server)
        server.stop()

    def test_the_sandbox_lets_a_new_file_in(self):
        self.build(ARTICLES)
        os.mkdir(self.path('elsewhere'))
        server = self.start('news.vbt')
        os.symlink('/etc/hostname', self.path('link'))
        os.rename(self.path('link'), self.path('news.vbt'))
        server.wait_for('keeps answering')
        self.build(ARTICLES[:2], 'next.vbt')
        os.rename(self.path('next.vbt'), self.path('news.vbt'))
        server.wait_for('generation 2:')


if __name__ == '__main__':
    unittest.main()
