#!/usr/bin/env python3
"""Quotations sampled from articles and damaged at random are traced to them: the article comes first, or as much of
the quotation stands in it as in the one that does.

Of the sample articles, of the real reports beside the project and of an encyclopedia, where those are; of that the
first articles alone unless VERBATIM_LONG is set, then a thousand quotations of all 30,539."""
import glob
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'bench'))
import quotations  # noqa: E402

BIN = os.environ['VERBATIM_BIN']
LONG = bool(os.environ.get('VERBATIM_LONG'))
SHARED = os.environ.get('VERBATIM_SHARED', os.path.join(ROOT, '..', 'shared'))
CORPORA = os.environ.get('VERBATIM_CORPORA') or os.path.join(
    os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache'), 'verbatim-corpora')
FIRST_ARTICLES = 800


class Traced(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='verbatim-traced-')
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, 'all.vbt')
        self.part = os.path.join(folder.name, 'part.jsonl')

    def build(self, *articles):
        subprocess.run([os.path.join(BIN, 'verbatim-index'), 'build', '--quiet', '-o', self.path, *articles], check=True)

    def quote(self, text):
        done = subprocess.run([os.path.join(BIN, 'verbatim-search'), self.path, '--quote=-', '--format=json', '--runs=0',
                               '--limit=100'], input=text.encode(), capture_output=True, check=True)
        return json.loads(done.stdout)

    def trace(self, articles, count, seed):
        """articles: of each its id and its text."""
        rnd, first = random.Random(seed), 0
        for number in range(count):
            name, text = rnd.choice(articles)
            words = text.split()
            length = rnd.randrange(20, min(121, len(words)))
            start = rnd.randrange(len(words) - length)
            damaged = quotations.damage(words[start:start + length], 1 + length // 14, rnd)
            answer = self.quote(' '.join(damaged))
            found = [(a['id'], a['covered']) for a in answer['articles']]
            best = [i for i, covered in found if covered == found[0][1]]
            self.assertIn(name, best, (number, ' '.join(damaged), found[:3]))
            self.assertNotIn('partial', answer)
            first += found[0][0] == name
        print(f'{count} quotations of {len(articles)} articles: {first} came first, the others as good', flush=True)
        self.assertGreater(first, count * 0.9)

    def trace_folder(self, folder):
        articles = []
        for path in sorted(glob.glob(os.path.join(folder, '*.txt'))):
            with open(path, 'rb') as file:
                text = file.read()
            try:
                text = text.decode()
            except UnicodeDecodeError:  # one of them is in another encoding
                continue
            if len(text.split()) > 60:
                articles.append((os.path.basename(path), text))
        self.build(folder)
        self.trace(articles, 400 if LONG else 30, 3)

    def test_sample_articles(self):
        self.trace_folder(os.path.join(ROOT, 'data', 'articles'))

    def test_real_reports(self):
        folder = os.path.join(SHARED, 'articles')
        if not os.path.isdir(folder):
            self.skipTest(f'there is no {folder!r}')
        self.trace_folder(folder)

    def test_encyclopedia(self):
        corpus = os.path.join(CORPORA, 'enwiki2015.jsonl')
        if not os.path.exists(corpus):
            self.skipTest(f'there is no {corpus!r}')
        articles = []
        with open(corpus, 'rb') as lines, open(self.part, 'wb') as part:
            for _, line in zip(range(10 ** 6 if LONG else FIRST_ARTICLES), lines):
                part.write(line)
                if len(line) > 12000 and len(articles) < 4000:
                    article = json.loads(line)
                    articles.append((article['id'], article['body']))
        self.build(self.part)
        self.trace(articles, 1000 if LONG else 40, 4)


if __name__ == '__main__':
    unittest.main()
