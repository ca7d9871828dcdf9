"""Checks a value against a schema of our openapi.json with jsonschema, OpenAPI 3.1's dialect: JSON Schema 2020-12.

Stricter than the document in one way: what an answer holds must be described. Without jsonschema
(python3-jsonschema in Debian) the test that asks for it is skipped."""

import sys

try:
    import jsonschema
except ImportError:
    print('skipped: python3-jsonschema is not here', file=sys.stderr)
    sys.exit(77)


def resolve(document, node):
    while '$ref' in node:
        at = document
        for part in node['$ref'][2:].split('/'):
            at = at[part]
        node = at
    return node


def closed(node):
    """The schema with every object that names its members holding no others."""
    if isinstance(node, list):
        return [closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {name: closed(one) for name, one in node.items()}
    if isinstance(node.get('properties'), dict) and 'additionalProperties' not in node:
        made['unevaluatedProperties'] = False
    return made


def faults(document, schema, value):
    whole = {**closed(schema), 'components': closed(document['components'])}
    checker = jsonschema.Draft202012Validator(whole)
    for error in checker.iter_errors(value):
        where = ''.join(f'[{one!r}]' for one in error.absolute_path)
        yield f'answer{where}: {error.message}'
