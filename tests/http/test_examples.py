"""What README.md and docs show of the sample articles is what the programs answer, to the letter: times aside, and a
checksum, which is another whenever the file's format is."""
import json
import os
import re
import subprocess

import unittest

from fixture import INDEX, SEARCH, SERVE, Case, need

need(INDEX, SEARCH, SERVE)

SOURCE = os.environ.get('VERBATIM_SOURCE', os.path.join(os.path.dirname(__file__), '..', '..'))
PAGES = ['README.md'] + sorted('docs/' + name for name in os.listdir(os.path.join(SOURCE, 'docs')) if name.endswith('.md'))
RUN = 'verbatim-search ', 'curl ', 'printf '
CHANGING = 'took_us', 'checksum'


def blocks(text):
    """(kind, text) of each block of code, and ('heading', '') between sections."""
    kind, lines = None, []
    for line in text.splitlines() + ['']:
        if line.startswith('```'):
            if kind not in (None, 'indented'):
                yield kind, '\n'.join(lines)
                kind, lines = None, []
                continue
            if kind:
                yield kind, '\n'.join(lines).rstrip()
            kind, lines = line[3:] or 'plain', []
        elif kind not in (None, 'indented'):
            lines.append(line)
        elif line.startswith('    ') or (kind and not line):
            kind = 'indented'
            lines.append(line[4:])
        else:
            if kind:
                yield kind, '\n'.join(lines).rstrip()
            kind, lines = None, []
            if line.startswith('#'):
                yield 'heading', ''
    if kind:
        yield kind, '\n'.join(lines).rstrip()


def spoken(text):
    """[command, what it prints] of each `$ command` of a block."""
    parts = re.split(r'^\$ ', text, flags=re.M)[1:]
    return [part.partition('\n')[::2] for part in parts]


def without_times(text):
    return [re.sub(r'[\d.]+ (µs|ms|s)\b', 'T', line).rstrip() for line in text.strip().splitlines()]


def holds(whole, part):
    """Whether all that is in `part` is so in `whole`; a list may end earlier."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and (key in CHANGING or holds(whole[key], value)) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) <= len(whole) and all(holds(a, b) for a, b in zip(whole, part))
    return whole == part


class Examples(Case):
    program = SERVE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.checked = 0

    def setUp(self):
        super().setUp()
        done = subprocess.run([INDEX, 'build', '-q', '-o', 'news.vbt', os.path.join(SOURCE, 'data', 'articles')],
                              cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.address = 'http://127.0.0.1:%d' % self.start('news.vbt').port

    def said(self, command):
        """What a command says in a terminal's text."""
        command = command.replace('http://127.0.0.1:8080', self.address)
        if 'curl ' in command:
            command = command.replace('curl ', 'curl -s --noproxy "*" ')
        path = os.path.dirname(os.path.abspath(SEARCH)) + ':' + os.environ['PATH']
        done = subprocess.run(['sh', '-c', command], cwd=self.folder, env={'PATH': path, 'LC_ALL': 'C.UTF-8'},
                              capture_output=True, text=True, timeout=60)
        self.assertIn(done.returncode, (0, 1), (command, done.stderr))
        return done.stdout

    def check_spoken(self, page, command, shown):
        type(self).checked += 1
        if command.startswith('cat '):
            with open(self.path(command.split()[1]), 'w', encoding='utf-8') as file:
                file.write(shown.strip() + '\n')
        else:
            self.assertTrue(command.startswith(RUN), (page, command))
            self.assertEqual(without_times(shown), without_times(self.said(command)), (page, command))

    def check_json(self, page, command, shown):
        type(self).checked += 1
        said = self.said(command)
        if '\n{' in shown and shown[0] == '{':
            values, answers = shown.splitlines(), said.splitlines()
        else:
            values, answers = [shown if shown[0] == '{' else '{' + shown + '}'], [said]
        self.assertEqual(len(values), len(answers), (page, command))
        for value, answer in zip(values, answers):
            self.assertTrue(holds(json.loads(answer), json.loads(value)), (page, command, value, answer))

    def check_page(self, page):
        with open(os.path.join(SOURCE, page), encoding='utf-8') as file:
            text = file.read()
        asked = None
        for kind, block in blocks(text):
            if kind == 'json' and asked:
                self.check_json(page, asked, block.strip())
            asked = block if 'curl ' in block and '$ ' not in block and block.startswith(RUN) else None
            for command, shown in spoken(block):
                self.check_spoken(page, command, shown)

    def test_every_page(self):
        for page in PAGES:
            with self.subTest(page):
                self.check_page(page)
        self.assertGreater(self.checked, 12)


if __name__ == '__main__':
    unittest.main()
