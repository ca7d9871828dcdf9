"""The quotation checker by HTTP, over an index that the indexer built."""
import json
import subprocess
import time
import unittest

import schema
from fixture import INDEX, SERVE, Case, need

need(INDEX, SERVE)

SPEECH = ('We shall go on to the end. We shall fight in the hills, with growing confidence and growing strength in '
          'the air; we shall defend our island, whatever the cost may be.')
ARTICLES = [
    {'id': 'speech', 'title': 'The speech', 'body': 'He rose. ' + SPEECH, 'date': '1940-06-04', 'source': 'Hansard'},
    {'id': 'copy/é', 'title': 'A “copy”', 'body': 'It was said: “' + SPEECH.upper() + '” Then he sat down.'},
    {'id': 'other', 'title': 'Other', 'body': 'Nobody shall defend our island but we, whatever it takes.'},
]
# Four words changed or dropped, one put in; curly quotes, capitals and line ends do not matter.
PASTED = ('“We shall go on till the end.\nWe SHALL fight in the hills, with growing confi-\ndence and grow-\ning strength '
          'in the very air; we will defend our island’ whatever cost may be”')


class Quote(Case):
    program = SERVE

    def setUp(self):
        super().setUp()
        with open(self.path('a.jsonl'), 'w', encoding='utf-8') as file:
            file.writelines(json.dumps(article) + '\n' for article in ARTICLES)
        done = subprocess.run([INDEX, 'build', '--quiet', '-o', 'a.vbt', 'a.jsonl'], cwd=self.folder,
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.server = self.start('a.vbt')
        self.document = json.loads(self.server.get('/openapi.json').text())

    def post(self, body, parameters='', kind='text/plain'):
        body = body if isinstance(body, bytes) else body.encode()
        return self.server.ask('/quote' + parameters, 'POST', {'Content-Type': kind}, body)

    def quote(self, body, parameters='', kind='text/plain'):
        reply = self.post(body, parameters, kind)
        self.assertEqual(reply.status, 200, reply.body)
        answer = json.loads(reply.text())
        faults = schema.faults(self.document, self.document['components']['schemas']['QuoteAnswer'], answer)
        self.assertEqual(list(faults), [])
        return answer

    def test_what_differs_is_told_in_both(self):
        answer = self.quote(PASTED, '?min=3')
        self.assertEqual(answer['words'], 32)
        self.assertEqual(answer['joined'], 2)
        self.assertEqual([a['id'] for a in answer['articles']], ['speech', 'copy/é', 'other'])
        best = answer['articles'][0]
        self.assertEqual(best['covered'], 4 + 16 + 4 + 3)
        told = [(d['pasted'], d['written']['text']) for d in best['differs']]
        self.assertEqual(told, [('till', 'to'), ('very', ''), ('will', 'shall'), ('', 'the')])
        body = ARTICLES[0]['body']
        for d in best['differs']:
            self.assertEqual(PASTED[d['start']:d['end']], d['pasted'])
            self.assertEqual(body[d['written']['start']:d['written']['end']], d['written']['text'])
        for run in best['runs']:
            stretch = body[run['written']['start']:run['written']['end']]
            self.assertEqual(len(stretch.split()), run['words'])
            self.assertEqual(body[9:].split()[run['at']['word'] - 2], stretch.split()[0])
        self.assertEqual(answer['articles'][1]['href'], '/articles/copy%2F%C3%A9')

    def test_runs_are_longest_first_with_exact_totals(self):
        answer = self.quote(PASTED, '?min=3')
        self.assertEqual(answer['runs'], sorted(answer['runs'], key=lambda r: (-r['words'], r['start'])))
        self.assertEqual(answer['total_runs'], {'value': len(answer['runs']), 'relation': 'eq'})
        first = answer['runs'][0]
        self.assertEqual(first['text'], PASTED[first['start']:first['end']])
        self.assertEqual((first['words'], first['total']), (16, 2))
        self.assertEqual([a['id'] for a in first['articles']], ['speech', 'copy/é'])
        # "defend our island" and "whatever" are one run where nothing comes between: not in "other".
        self.assertEqual([(r['words'], r['total']) for r in answer['runs'] if r['text'].startswith('defend')],
                         [(4, 2), (3, 1)])

    def test_limits_of_what_is_shown(self):
        answer = self.quote(PASTED, '?min=3&limit=1&runs=2')
        self.assertEqual((len(answer['articles']), len(answer['runs'])), (1, 2))
        self.assertEqual(answer['total_articles'], {'value': 3, 'relation': 'eq'})
        self.assertGreater(answer['total_runs']['value'], 2)

    def test_a_json_body_says_the_same(self):
        plain = self.quote(PASTED, '?min=3')
        asked = self.quote(json.dumps({'text': PASTED, 'min': 3}), kind='application/json; charset=utf-8')
        typed = self.quote(json.dumps({'text': PASTED, 'min': '3'}), '?min=9', kind='Application/JSON')
        for answer in (plain, asked, typed):
            del answer['took_us']
        self.assertEqual(plain, asked)
        self.assertEqual(plain, typed)

    def test_text_for_a_terminal(self):
        reply = self.post(PASTED, '?min=3&format=text')
        self.assertEqual(reply.header('Content-Type'), 'text/plain; charset=utf-8')
        text = reply.text()
        self.assertLessEqual(max(len(line) for line in text.split('\n')), 80)
        self.assertIn('pasted   … shall go on «till» the end.', text)
        self.assertIn('written  … shall go on «to» the end.', text)

    def test_bad_requests_are_refused_by_name(self):
        self.check_problem(self.post('', ''), 400, 'no text')
        self.check_problem(self.post('Two words'), 400, 'it has 2 words', 'runs of 4 or more')
        self.check_problem(self.post('.,- ' * 10), 400, 'it has 0 words')
        self.check_problem(self.post('word ' * 5001), 400, 'it has 5001 words', 'at most 5000')
        self.check_problem(self.post('a' * 300000), 400, 'at most 262144 bytes')
        self.check_problem(self.post(b'x ' * 600000), 413, 'a body of more than')
        self.check_problem(self.post('a b c d', '?min=2'), 400, "'min'", '3 to 50')
        self.check_problem(self.post('a b c d', '?limit=101'), 400, "'limit'")
        self.check_problem(self.post('a b c d', '?runs=-1'), 400, "'runs'")
        self.check_problem(self.post('a b c d', '?format=csv'), 400, "'format'")
        self.check_problem(self.post('a b c d', '?q=x'), 400, "'q'")
        self.check_problem(self.post('a b c d', '?index=none'), 404, 'no index')
        for body, cause in (('{"text": 1}', 'no string'), ('{}', 'missing'), ('[1]', 'no JSON object'),
                            ('{"text": "a b c d", "min": []}', "'min'"), ('{"text": "a b c d", "q": 1}', "'q'")):
            self.check_problem(self.post(body, kind='application/json'), 400, cause)
        self.check_problem(self.post('{"text"', kind='application/json'), 400)
        reply = self.server.get('/quote')
        self.check_problem(reply, 405)

    def test_hostile_texts_end_in_time(self):
        words = SPEECH.split()
        for text in ('the ' * 5000, ' '.join('q%dx' % i for i in range(5000)), 'we shall ' * 2500,
                     ' '.join(words * 150)[:20000], 'a-\nb-\n' * 2500, '\xad\n-\n' * 3000 + 'we shall go on'):
            start = time.monotonic()
            self.quote(text)
            self.assertLess(time.monotonic() - start, 10)

    def test_metrics_count_it(self):
        self.quote(PASTED)
        self.server.wait_metric('verbatim_http_requests_total{route="/quote",status="200"}', 1)


if __name__ == '__main__':
    unittest.main()
