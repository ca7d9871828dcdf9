"""Facets, timelines and concordances by HTTP, over indexes that the indexer built."""
import collections
import csv
import io
import json
import random
import subprocess
import unittest
import urllib.parse

import schema
from fixture import INDEX, SERVE, Case, need

need(INDEX, SERVE)

FACETS = 'source,author,tag,lang,year,month'


def articles(count, first, seed):
    dice = random.Random(seed)
    for i in range(first, first + count):
        words = ' '.join(dice.choice(['flood', 'wall', 'the', 'town', 'pays']) for _ in range(dice.randrange(1, 30)))
        article = {'id': f'a{i}', 'title': f'Story {i} flood' if i % 7 == 0 else f'Story {i}', 'body': words}
        if i % 3:
            article['date'] = f'20{10 + i % 7:02}-{1 + i % 12:02}-{1 + i % 28:02}'[:[4, 7, 10, 10][i % 4]]
        article['source'] = f'Paper {i % 60}' if i % 11 else []
        article['tags'] = [f'T{i % 5}', f't{i % 5}', f'u{i % 3}']
        yield article


class Counts(Case):
    program = SERVE

    def setUp(self):
        super().setUp()
        self.old, new = list(articles(300, 0, 1)), list(articles(60, 280, 2))
        for name, some in (('old', self.old), ('new', new)):
            with open(self.path(name + '.jsonl'), 'w', encoding='utf-8') as file:
                file.writelines(json.dumps(article) + '\n' for article in some)
            done = subprocess.run([INDEX, 'build', '--quiet', '-o', name + '.vbt', name + '.jsonl'], cwd=self.folder,
                                  capture_output=True, text=True, timeout=120)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.alive = [a for a in self.old if a['id'] not in {b['id'] for b in new}] + new
        self.server = self.start('both=old.vbt,new.vbt')
        self.document = json.loads(self.server.get('/openapi.json').text())

    def ask(self, path, described, **more):
        reply = self.server.get(path + '?' + urllib.parse.urlencode(more))
        self.assertEqual(reply.status, 200, reply.body)
        answer = json.loads(reply.text())
        faults = schema.faults(self.document, self.document['components']['schemas'][described], answer)
        self.assertEqual(list(faults), [])
        return answer

    def matching(self, word):
        return [a for a in self.alive if word in (a['title'] + ' ' + a['body']).split()]

    def test_facets(self):
        answer = self.ask('/search', 'Answer', q='=flood', facets=FACETS, limit=1, op='and')
        found = self.matching('flood')
        self.assertEqual(answer['total']['value'], len(found))
        sources = collections.Counter(a['source'] for a in found if a['source'])
        listed = sorted(sources.items(), key=lambda pair: (-pair[1], pair[0].lower()))
        self.assertEqual([(v['value'], v['articles']) for v in answer['facets']['source']], listed[:50])
        self.assertEqual(answer['facet_rest']['source'],
                         {'values': len(listed) - 50, 'articles': sum(n for _, n in listed[50:]),
                          'without': sum(not a['source'] for a in found)})
        tags = collections.Counter(t for a in found for t in {t.lower() for t in a['tags']})
        self.assertEqual({v['value'].lower(): v['articles'] for v in answer['facets']['tag']}, tags)
        for kind, size in (('year', 4), ('month', 7)):
            dates = collections.Counter(a['date'][:size] for a in found if len(a.get('date', '')) >= size)
            self.assertEqual([(v['value'], v['articles']) for v in answer['facets'][kind]], sorted(dates.items()))
        filtered = self.ask('/search', 'Answer', q='=flood source:"Paper 7"', facets='source', op='and')
        self.assertEqual(filtered['facets']['source'], [{'value': 'Paper 7', 'articles': sources['Paper 7']}])
        self.assertNotIn('facets', self.ask('/search', 'Answer', q='flood'))

    def test_timeline(self):
        found = self.matching('wall')
        for unit, size in (('year', 4), ('month', 7), ('day', 10)):
            answer = self.ask('/timeline', 'TimelineAnswer', q='=wall', by=unit, op='and', limit=3, kwic=1)
            dates = collections.Counter(a['date'][:size] for a in found if len(a.get('date', '')) >= size)
            self.assertEqual({b['date']: b['articles'] for b in answer['buckets'] if b['articles']}, dates)
            self.assertEqual(answer['undated'], sum('date' not in a for a in found))
            self.assertEqual(sum(b['articles'] for b in answer['buckets']) + answer['coarser'] + answer['undated'],
                             answer['total']['value'])
            inside = self.ask('/search', 'Answer', q='=wall', by=unit, op='and')['timeline']
            self.assertEqual(inside, {name: answer[name] for name in inside})
        self.assertEqual(self.ask('/timeline', 'TimelineAnswer', q='wall')['by'], 'month')
        rows = list(csv.reader(io.StringIO(self.server.get('/timeline?q=wall&by=year&format=csv').text())))
        self.assertEqual(rows[0], ['date', 'articles'])
        reply = self.server.get('/timeline?q=wall')
        again = self.server.get('/timeline?q=wall', If_None_Match=reply.header('ETag'))
        self.assertEqual(again.status, 304)
        self.assertNotEqual(reply.header('ETag'), self.server.get('/search?q=wall').header('ETag'))
        for target, name in (('/timeline', 'q'), ('/timeline?q=a&by=week', 'by'), ('/timeline?q=a&format=trec', 'format'),
                             ('/search?q=a&facets=title', 'facets')):
            self.check_problem(self.server.get(target), 400, name)

    def test_lines_page_to_the_last_one(self):
        total = sum((a['title'] + ' ' + a['body']).split().count('flood') for a in self.alive)
        hits = self.ask('/search', 'Answer', q='=flood', op='and', limit=1000, collapse=0)['hits']
        seen, offset = [], 0
        while True:
            page = self.ask('/search', 'Answer', q='=flood', op='and', kwic=1, limit=177, offset=offset)
            self.assertEqual(page['occurrences'], {'value': total, 'relation': 'eq'})
            self.assertEqual(page['hits'], [])
            if not page['lines']:
                break
            seen += page['lines']
            offset += len(page['lines'])
        self.assertEqual(len(seen), total)
        self.assertEqual(len({(line['id'], line['at'], line['in_title']) for line in seen}), total)
        self.assertEqual(list(dict.fromkeys(line['id'] for line in seen)), [hit['id'] for hit in hits])
        lines = collections.Counter(line['id'] for line in seen)
        texts = {a['id']: a for a in self.alive}
        for hit in hits:
            self.assertEqual(lines[hit['id']], hit['phrase_count'])
        for line in seen:
            text = texts[line['id']]['title' if line['in_title'] else 'body']
            self.assertIn(line['left'] + line['match'] + line['right'], text)
            self.assertEqual(text.split()[line['at']], 'flood')
            self.assertEqual(line['match'], 'flood')

    def test_lines_far_behind_and_in_no_format(self):
        self.assertEqual(self.ask('/search', 'Answer', q='flood', kwic=1, offset=999999000)['lines'], [])
        self.assertEqual(self.server.get('/search?q=flood&offset=100001').status, 400)
        self.assertEqual(self.server.get('/search?q=flood&kwic=1&format=trec').status, 400)
        header = self.server.get('/search?q=flood&kwic=1&format=csv').text().splitlines()[0]
        self.assertEqual(header, 'id,title,date,left,match,right,at')

    def test_batches_take_them(self):
        lines = [{'q': '=flood', 'facets': 'year', 'op': 'and'}, {'q': '=wall', 'kwic': True, 'limit': 2},
                 {'q': '=wall', 'by': 'year'}]
        body = '\n'.join(json.dumps(line) for line in lines).encode()
        reply = self.server.batch(body)
        answers = [json.loads(line) for line in reply.text().splitlines()]
        described = self.document['components']['schemas']['BatchAnswer']
        for answer in answers:
            self.assertEqual(list(schema.faults(self.document, described, answer)), [])
        self.assertEqual(answers[0]['facets'],
                         self.ask('/search', 'Answer', q='=flood', facets='year', op='and')['facets'])
        self.assertEqual(len(answers[1]['lines']), 2)
        self.assertEqual(answers[2]['timeline']['by'], 'year')


if __name__ == '__main__':
    unittest.main()
