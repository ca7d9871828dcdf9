#!/usr/bin/env python3
"""verbatim-search --quote: from files and standard input, over collections, and what it refuses."""
import json
import os
import subprocess
import tempfile
import unittest

from programs import BIN

INDEX, SEARCH = os.path.join(BIN, 'verbatim-index'), os.path.join(BIN, 'verbatim-search')

LINE = 'The harbour master said that no ship would leave before the storm had passed the outer islands.'
PASTED = 'the harbour-master said “that no boat would leave before the storm passed the out-\ner islands'


class Quote(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='verbatim-cli-')
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.build('old', {'a': LINE, 'b': 'Nobody spoke of it.', 'c': 'It was said that no ship would leave at all.'})
        self.build('new', {'c': 'Replaced: before the storm had passed all was well.'})

    def build(self, name, articles):
        with open(os.path.join(self.folder, name + '.jsonl'), 'w', encoding='utf-8') as file:
            file.writelines(json.dumps({'id': i, 'title': 'T ' + i, 'body': b}) + '\n' for i, b in articles.items())
        subprocess.run([INDEX, 'build', '--quiet', '-o', name + '.vbt', name + '.jsonl'], cwd=self.folder, check=True)

    def quote(self, text, *options, index='old.vbt', status=0):
        done = subprocess.run([SEARCH, index, '--quote=-', *options], cwd=self.folder, input=text.encode(),
                              capture_output=True, timeout=120)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout.decode() if status == 0 else done.stderr.decode()

    def as_json(self, text, *options, index='old.vbt'):
        return json.loads(self.quote(text, '--format=json', *options, index=index))

    def test_what_was_written(self):
        answer = self.as_json(PASTED)
        self.assertEqual((answer['words'], answer['joined']), (16, 1))
        best = answer['articles'][0]
        self.assertEqual((best['id'], best['covered']), ('a', 15))
        self.assertEqual([(d['pasted'], d['written']['text']) for d in best['differs']], [('boat', 'ship'), ('', 'had')])
        for difference in best['differs']:
            self.assertEqual(LINE[difference['written']['start']:difference['written']['end']],
                             difference['written']['text'])

    def test_text_is_narrow_and_marked(self):
        said = self.quote(PASTED)
        self.assertLessEqual(max(len(line) for line in said.split('\n')), 80)
        self.assertTrue(said.startswith('16 words · '), said)
        self.assertIn('pasted   … said “that no «boat» would leave before …', said)
        self.assertIn('written  … said that no «ship» would leave before …', said)
        self.assertIn('written  … before the storm «had» passed the outer …', said)
        self.assertIn('\033[1mship\033[0m', self.quote(PASTED, '--color=always'))

    def test_a_file_is_read_as_standard_input_is(self):
        with open(os.path.join(self.folder, 'p.txt'), 'w', encoding='utf-8') as file:
            file.write(PASTED)
        done = subprocess.run([SEARCH, 'old.vbt', '--quote', 'p.txt', '--format', 'json'], cwd=self.folder,
                              capture_output=True, text=True, check=True)
        one, other = json.loads(done.stdout), self.as_json(PASTED)
        del one['took_us'], other['took_us']
        self.assertEqual(one, other)

    def test_later_files_hide_and_deleted_articles_are_gone(self):
        text = 'that no ship would leave, before the storm had passed'
        self.assertEqual([a['id'] for a in self.as_json(text)['articles']], ['a', 'c'])
        both = self.as_json(text, index='old.vbt,new.vbt')
        self.assertEqual([(a['id'], a['covered']) for a in both['articles']], [('a', 10), ('c', 5)])
        subprocess.run([INDEX, 'delete', '--quiet', 'old.vbt', 'a'], cwd=self.folder, check=True)
        self.assertEqual([(a['id'], a['covered']) for a in self.as_json(text)['articles']], [('c', 5)])

    def test_without_text_there_are_runs_and_no_offsets(self):
        subprocess.run([INDEX, 'build', '--quiet', '--no-text', '-o', 'bare.vbt', 'old.jsonl'], cwd=self.folder, check=True)
        best = self.as_json(PASTED, index='bare.vbt')['articles'][0]
        self.assertEqual((best['id'], best['covered'], best['differs']), ('a', 15, []))
        self.assertEqual([run['written'] for run in best['runs']], [None] * len(best['runs']))

    def test_options(self):
        answer = self.as_json(PASTED, '--limit=1', '--runs=1', '--min=3')
        self.assertEqual((len(answer['articles']), len(answer['runs']), answer['min']), (1, 1, 3))

    def test_refusals(self):
        for options, status, cause in ((['--min=2'], 2, '3 to 50'), (['--runs=x'], 2, '0 to 1000'),
                                       (['--limit=101'], 2, '0 to 100'), (['--format=csv'], 2, 'text or json'),
                                       (['a query'], 2, 'a query are given'), (['--batch=x'], 2, '--batch and --quote')):
            self.assertIn(cause, self.quote(PASTED, *options, status=status))
        self.assertIn('it has 2 words', self.quote('two words', status=1))
        self.assertIn('it has 5001 words, and at most 5000 are compared', self.quote('a ' * 5001, status=1))
        self.assertIn('262144 bytes', self.quote('a' * 300000, status=1))
        done = subprocess.run([SEARCH, 'old.vbt', '--quote=none.txt'], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot read 'none.txt'", done.stderr)


if __name__ == '__main__':
    unittest.main()
