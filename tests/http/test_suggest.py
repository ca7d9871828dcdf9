"""Suggestions over real indexes, compared with a model that reads plain text; and whatever is typed."""
import json
import os
import random
import re
import subprocess
import unicodedata
import unittest
import urllib.parse

import schema
from fixture import INDEX, SERVE, Case, need

need(INDEX, SERVE)
TOOLS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(INDEX))), 'tests')
LIMIT, TRIED = 10, 12


def words_of(text):
    """Good for texts of letters, spaces and punctuation that parts words."""
    plain = ''.join(c for c in unicodedata.normalize('NFKD', text.lower()) if not unicodedata.combining(c))
    return re.findall('[a-z]+', plain)


class File:
    """One index file as lists of texts."""

    def __init__(self, articles, hidden=()):
        self.texts = [(words_of(a.get('title', '')), words_of(a['body'])) for a in articles]
        everything = [w for title, body in self.texts for w in title + body]
        counts, self.df, self.shown = {}, {}, {}
        for w in everything:
            counts[w] = counts.get(w, 0) + 1
        for article, (title, body) in zip(articles, self.texts):
            found = set(title + body)
            for n in range(2, 9):
                for part in (title, body):
                    found.update(' '.join(part[i:i + n]) for i in range(len(part) - n + 1))
            for text in found:
                self.df[text] = self.df.get(text, 0) + 1
                self.shown[text] = self.shown.get(text, 0) + (article['id'] not in hidden)
        self.kept = {text: df for text, df in self.df.items() if ' ' not in text or (
            df >= 2 and len(text) <= 255 and counts[text.split()[-1]] * 500 < len(everything))}
        self.titles = self.find_titles(articles, hidden)

    def find_titles(self, articles, hidden):
        by_whole = {}
        for i, article in enumerate(articles):
            if words_of(article.get('title', '')):
                by_whole.setdefault(' '.join(words_of(article['title'])), []).append(i)
        entries = []
        for whole, docs in by_whole.items():
            if len(docs) == 1 and articles[docs[0]]['id'] in hidden:
                continue
            parts = whole.split()
            for start in range(min(8, len(parts))):
                entries.append((' '.join(parts[start:]), len(docs), start == 0, articles[docs[0]]['title']))
        return entries


class Model:
    def __init__(self, *files):
        self.files = files

    def words(self, prefix):
        found = {t for file in self.files for t in file.kept if t.startswith(prefix)}
        counts = {t: sum(file.kept.get(t, 0) for file in self.files) for t in found}
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def find_titles(self, prefix):
        by_title = {}
        for text, articles, whole, shown in sorted((e for file in self.files for e in file.titles if e[0].startswith(prefix)),
                                                   key=lambda e: (-e[1], not e[2], e[0], e[3])):
            if shown not in by_title:
                by_title[shown] = [text, articles, whole]
            elif by_title[shown][0] == text:
                by_title[shown][1] += articles
        return sorted(((s, *e) for s, e in by_title.items()), key=lambda e: (-e[2], not e[3], e[1], e[0]))

    def occurs(self, text):
        """In articles that are not hidden, as a search counts them."""
        return sum(file.shown.get(text, 0) for file in self.files)

    def complete(self, words, whole, front='', closing='', quoted=False, typed=None):
        prefix = ' '.join(words) + ' ' * whole
        typed = typed or words
        titles = self.find_titles(prefix)[:LIMIT]
        room, out, seen = LIMIT - min(len(titles), LIMIT * 3 // 10), [], set()

        def offer(start, folded, shown, kind, articles):
            key = ' '.join(words[:start] + [folded])
            if key not in seen:
                seen.add(key)
                out.append((front + ' '.join(typed[:start] + [shown]) + closing, kind, articles))

        def offer_words(start):
            for text, articles in self.words(' '.join(words[start:]) + ' ' * whole)[:room]:
                if len(out) < room:
                    offer(start, text, text, 'phrase' if ' ' in text else 'word', articles)

        offer_words(0)
        if len(words) > 1 and not whole:
            for text, _ in self.words(words[-1])[:TRIED]:
                articles = self.occurs(' '.join(words[:-1] + [text]))
                if len(out) < room and articles:
                    offer(len(words) - 1, text, text, 'phrase', articles)
        out.sort(key=lambda o: -o[2])
        for start in range(1, 1 if quoted else len(words)):
            if not any(words[start - 1] in file.df for file in self.files):
                break
            if len(out) < room:
                offer_words(start)
        for shown, text, articles, is_whole in titles:
            if len(out) < LIMIT:
                offer(0, text if is_whole else shown, shown, 'title', articles)
        return out


def make_articles(seed, count, first=0):
    chance = random.Random(seed)
    letters = 'abcde'
    vocabulary = sorted({''.join(chance.choices(letters, k=chance.choice([1, 2, 3, 3, 4, 6]))) for _ in range(400)})
    chance.shuffle(vocabulary)
    draw = lambda: vocabulary[min(int(chance.paretovariate(0.7)) - 1, chance.randrange(20, len(vocabulary)))]
    articles = []
    for i in range(first, first + count):
        article = {'id': 'a%d' % i, 'body': ' '.join(draw() for _ in range(chance.choice([3, 30, 90])))}
        if chance.random() < 0.6:
            words = [draw() for _ in range(chance.randrange(1, 11))]
            article['title'] = ' '.join(words).capitalize() if chance.random() < 0.8 else words[0].capitalize()
        articles.append(article)
    return articles


class Suggest(Case):
    program = SERVE

    def build(self, articles, name='news.vbt', bound=1):
        tool = os.path.join(TOOLS, 'golden_build')
        if not os.path.exists(tool):
            self.skipTest('there is no golden_build')
        with open(self.path(name + '.jsonl'), 'w', encoding='utf-8') as file:
            for article in articles:
                file.write(json.dumps(article, ensure_ascii=False) + '\n')
        done = subprocess.run([tool, name, str(bound), '1', name + '.jsonl'], cwd=self.folder, capture_output=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        checked = subprocess.run([INDEX, 'check', '--quiet', name], cwd=self.folder, capture_output=True, timeout=120)
        self.assertEqual(checked.returncode, 0, checked.stderr)

    def suggest(self, server, text, **more):
        reply = server.get('/suggest?' + urllib.parse.urlencode({'q': text, **more}))
        self.assertEqual(reply.status, 200, reply.body)
        return json.loads(reply.text())

    def found(self, server, text):
        return [(c['text'], c['kind'], c['articles']) for c in self.suggest(server, text)['completions']]

    def compare(self, server, model, texts, seed):
        chance = random.Random(seed)
        for _ in range(400):
            words = chance.choice(texts).split()
            start = chance.randrange(len(words))
            words = words[start:start + chance.choice([1, 1, 1, 2, 2, 3])]
            words[-1] = words[-1][:chance.randrange(1, len(words[-1]) + 1)]
            whole = chance.random() < 0.1
            typed, quoted = ' '.join(words) + ' ' * whole, chance.random() < 0.3
            expected = model.complete(words, whole, '"' * quoted, '"' * quoted, quoted)
            self.assertEqual(self.found(server, '"' * quoted + typed), expected, (typed, quoted))

    def test_against_a_model(self):
        articles = make_articles(1, 300)
        self.build(articles)
        texts = [' '.join(words_of(a.get('title', 'a'))) for a in articles] + [a['body'] for a in articles]
        self.compare(self.start('news.vbt'), Model(File(articles)), texts, 2)

    def test_several_files_and_hidden_articles(self):
        first, second = make_articles(3, 200), make_articles(4, 100, 150)
        self.build(first, 'a.vbt')
        self.build(second, 'b.vbt')
        hidden = {a['id'] for a in first} & {a['id'] for a in second}
        self.assertEqual(len(hidden), 50)
        model = Model(File(first, hidden), File(second))
        texts = [' '.join(words_of(a.get('title', 'a'))) for a in first + second] + [a['body'] for a in first]
        self.compare(self.start('both=a.vbt,b.vbt'), model, texts, 5)

    def test_as_people_write(self):
        articles = [{'id': str(i), 'title': 'Report %s' % 'abcdefgh'[i], 'body':
                     'In the end Vladimir Putin said so. A café for Vladimir Putin, and the café too. CIA men.'}
                    for i in range(8)]
        articles.append({'id': 'long', 'body': 'and so on ' * 3000})
        self.build(articles)
        server = self.start('news.vbt')
        self.assertEqual(self.found(server, 'vladimir p')[0], ('Vladimir Putin', 'phrase', 8))
        self.assertEqual(self.found(server, '“vladimir p')[0], ('“Vladimir Putin”', 'phrase', 8))
        self.assertEqual(self.found(server, 'CAFÉ')[0], ('café', 'word', 8))
        self.assertEqual(self.found(server, '-source:x vlad')[0], ('-source:x Vladimir', 'word', 8))
        self.assertEqual(self.found(server, 'report c')[-1], ('Report c', 'title', 1))
        for nothing in ('', ' ', '"', 'source:vlad', '"vladimir"', 'vladimir )', 'x' * 1025, 'zz', '-'):
            self.assertEqual(self.found(server, nothing), [], nothing)

    def test_corrections(self):
        articles = [{'id': str(i), 'body': 'doomed to failure ' + 'and others ' * (i % 3)} for i in range(30)]
        self.build(articles)
        server = self.start('news.vbt')
        for text, expected in (('"doomd to failure', '"doomed to failure'), ('doomed failrue', 'doomed failure'),
                               ('domed faillure', 'doomed failure'), ('odomed others', None)):
            found = self.suggest(server, text + ' ')['corrections']
            self.assertEqual([c['text'] for c in found][:1], [expected + ' '] if expected else [], text)
            for correction in found:
                self.assertEqual(correction['articles'], 30)
        self.assertEqual(self.suggest(server, 'doom')['corrections'], [])  # goes on to be doomed
        document = json.loads(server.get('/openapi.json').text())
        for query, offered in (('"doomd to failure"', '"doomed to failure"'), ('odomed others', 'doomed others'),
                               ('doomed', None), ('xyzzyx', None)):
            answer = json.loads(server.get('/search?' + urllib.parse.urlencode({'q': query, 'limit': 0})).text())
            faults = schema.faults(document, document['components']['schemas']['Answer'], answer)
            self.assertEqual(list(faults), [])
            found = answer['query'].get('corrections', [])
            self.assertEqual([c['query'] for c in found][:1], [offered] if offered else [], query)
            for correction in found:
                asked = urllib.parse.urlencode({'q': correction['query'], 'limit': 0})
                total = json.loads(server.get('/search?' + asked).text())['total']
                self.assertEqual(total, {'value': correction['articles'], 'relation': 'eq'})
        for query, offered in (('doomd to failure', ['doomed to failure']), ('failure doomd', [])):
            asked = urllib.parse.urlencode({'q': query, 'mode': 'phrase', 'limit': 0})
            found = json.loads(server.get('/search?' + asked).text())['query'].get('corrections', [])
            self.assertEqual([c['query'] for c in found], offered)

    def test_what_is_told(self):
        self.build(make_articles(6, 40))
        server = self.start('news.vbt')
        document = json.loads(server.get('/openapi.json').text())
        answer = self.suggest(server, 'a b', limit=3)
        self.assertEqual(list(schema.faults(document, document['components']['schemas']['Suggestions'], answer)), [])
        self.assertLessEqual(len(answer['completions']), 3)
        reply = server.get('/suggest?q=a&format=opensearch')
        self.assertEqual(reply.header('Content-Type'), 'application/x-suggestions+json')
        typed, texts = json.loads(reply.text())
        self.assertEqual((typed, texts), ('a', [c['text'] for c in self.suggest(server, 'a')['completions']]))
        self.assertIn('/suggest?q={searchTerms}', server.get('/opensearch.xml').text())
        for target in ('/suggest', '/suggest?q=a&limit=51', '/suggest?q=a&limit=x', '/suggest?q=a&format=csv', '/suggest?q=a&x=1'):
            self.check_problem(server.get(target), 400)
        self.check_problem(server.get('/suggest?q=a&index=other'), 404, "no index 'other'")

    def test_any_bytes(self):
        self.build(make_articles(7, 60))
        server = self.start('news.vbt')
        chance = random.Random(8)
        parts = [b'"', b'a', b'b c', b' ', b'\xff', b'\xc3', '東'.encode(), b'(', b')', b'-', b'~1', b'*', b'NEAR/3', b'OR', b'\0',
                 b'title:', '“'.encode(), b"don't", b'U.S.', b'\xf0\x9f\x98\x80', b'abcde' * 60]
        for _ in range(300):
            text = b''.join(chance.choices(parts, k=chance.randrange(1, 9)))
            reply = server.get('/suggest?q=' + urllib.parse.quote_from_bytes(text))
            self.assertEqual(reply.status, 200, text)
            json.loads(reply.text())


if __name__ == '__main__':
    unittest.main()
