"""What is written about the server is what it does: its manual, its page in docs and openapi.json."""
import json
import os
import re
import subprocess
import unittest

import schema
from fixture import FAKE, Case, need

need(FAKE)

SOURCE = os.environ.get('VERBATIM_SOURCE', os.path.join(os.path.dirname(__file__), '..', '..'))


def read(*path):
    with open(os.path.join(SOURCE, *path), encoding='utf-8') as file:
        return file.read()


class Documents(Case):
    def setUp(self):
        super().setUp()
        self.document = json.loads(read('server', 'http', 'openapi.json'))
        self.page = read('docs', 'http-api.md')

    def test_the_manual_tells_the_options(self):
        told = subprocess.run([FAKE, '--help'], capture_output=True, text=True, timeout=30).stdout
        options = set(re.findall(r'--[a-z-]+', told))
        manual = set(re.findall(r'--[a-z-]+', read('man', 'verbatim-serve.1').replace('\\-', '-')))
        self.assertGreater(len(options), 10)
        self.assertEqual(options - {'--allow-host'}, manual - {'--allow-host', '--data-binary', '--data-urlencode'})

    def test_the_page_tells_the_paths(self):
        for path in self.document['paths']:
            self.assertIn('`' + path.replace('{id}', 'ID'), self.page)

    def test_the_page_tells_the_parameters(self):
        described = {p['name'] for p in self.document['components']['parameters'].values()} - {'id'}
        table = self.page[self.page.index('### Parameters'):self.page.index('## Batches')]
        told = {name for line in table.splitlines() if line.startswith('| `')
                for name in re.findall(r'`(\w+)`', line.split('|')[1])}
        self.assertEqual(told, described)

    def test_the_server_takes_the_parameters(self):
        server = self.start()
        for parameter in self.document['components']['parameters'].values():
            kind = parameter['schema']
            values = kind.get('enum') or [kind.get('minimum', '2015'), kind.get('maximum', '2015')]
            none = '' if parameter['name'] == 'limit' else '&limit=0'
            for value in values if parameter['name'] not in ('id', 'q', 'index', 'facets') else ():
                reply = server.get(f'/search?q=a{none}&{parameter["name"]}={value}')
                self.assertEqual(reply.status, 200, (parameter['name'], value, reply.body))
            if 'maximum' in kind:
                over = server.get(f'/search?q=a&{parameter["name"]}={kind["maximum"] + 1}')
                self.check_problem(over, 400, parameter['name'])

    def test_the_answers_on_the_page_are_as_described(self):
        schemas = self.document['components']['schemas']
        blocks = re.findall(r'```json\n(.*?)```', self.page, re.S)
        self.assertEqual(len(blocks), 3)
        kinds = [['Answer'], ['BatchAnswer'] * 3 + ['BatchError'], ['Problem']]
        for block, names in zip(blocks, kinds):
            values = [json.loads(block)] if len(names) == 1 else [json.loads(line) for line in block.splitlines()]
            self.assertEqual(len(values), len(names))
            for value, name in zip(values, names):
                self.assertEqual(list(schema.faults(self.document, schemas[name], value)), [], name)

    def test_references_lead_somewhere(self):
        def walk(node):
            if isinstance(node, dict):
                if '$ref' in node:
                    schema.resolve(self.document, node)
                for value in node.values():
                    walk(value)
            if isinstance(node, list):
                for value in node:
                    walk(value)
        walk(self.document)

    def test_statuses_on_the_page(self):
        for status in self.document['components']['responses']:
            if status != '304':
                self.assertIn(f'| {status} |', self.page)


if __name__ == '__main__':
    unittest.main()
