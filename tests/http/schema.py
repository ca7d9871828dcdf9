"""Checks a value against as much of JSON Schema as our openapi.json uses; an unknown keyword is an error."""

KNOWN = {'type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', 'minimum', 'maximum',
         'minItems', 'maxItems', 'oneOf', '$ref', 'description', 'default'}
TYPES = {
    'string': lambda v: isinstance(v, str),
    'integer': lambda v: isinstance(v, int) and not isinstance(v, bool),
    'number': lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    'boolean': lambda v: isinstance(v, bool),
    'array': lambda v: isinstance(v, list),
    'object': lambda v: isinstance(v, dict),
    'null': lambda v: v is None,
}


def resolve(document, node):
    while '$ref' in node:
        at = document
        for part in node['$ref'][2:].split('/'):
            at = at[part]
        node = at
    return node


def check_object(document, schema, value, where):
    for name in schema.get('required', []):
        if name not in value:
            yield f'{where}: {name!r} is missing'
    properties = schema.get('properties', {})
    for name, member in value.items():
        if name in properties:
            yield from faults(document, properties[name], member, f'{where}.{name}')
        elif schema.get('additionalProperties') is False:
            yield f'{where}: {name!r} is not described'


def faults(document, schema, value, where='answer'):
    schema = resolve(document, schema)
    unknown = set(schema) - KNOWN
    if unknown:
        yield f'{where}: the schema uses {unknown}'
    types = schema.get('type', [])
    types = [types] if isinstance(types, str) else types
    if types and not any(TYPES[name](value) for name in types):
        yield f'{where}: {value!r} is no {types}'
        return
    if 'enum' in schema and value not in schema['enum'] or 'const' in schema and value != schema['const']:
        yield f'{where}: {value!r} is not allowed'
    if 'oneOf' in schema and sum(not list(faults(document, one, value)) for one in schema['oneOf']) != 1:
        yield f'{where}: {value!r} is not one of the described'
    if 'minimum' in schema and value < schema['minimum'] or 'maximum' in schema and value > schema['maximum']:
        yield f'{where}: {value!r} is out of range'
    if isinstance(value, list):
        if not schema.get('minItems', 0) <= len(value) <= schema.get('maxItems', len(value)):
            yield f'{where}: {len(value)} items'
        for i, item in enumerate(value):
            yield from faults(document, schema.get('items', {}), item, f'{where}[{i}]')
    if isinstance(value, dict):
        yield from check_object(document, schema, value, where)
