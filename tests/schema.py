#!/usr/bin/env python3
"""Is a JSON file as a JSON Schema has it? schema.py SCHEMA FILE: says what isn't, and ends with 1. Knows the words that our schema
uses, and stops at one that it doesn't know; where the package python3-jsonschema is, that is asked too."""
import json, re, sys

KNOWN = {"$schema", "$comment", "title", "description", "type", "required", "properties", "additionalProperties", "items", "const",
         "enum", "pattern", "minLength", "maxLength", "minimum", "maximum"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}


def faults(schema, v, at):
    unknown = set(schema) - KNOWN
    if unknown:
        yield "%s: the schema says %s, which this checker doesn't know" % (at, sorted(unknown))
    t = schema.get("type")
    if t and (not isinstance(v, TYPES[t]) or (t == "integer" and isinstance(v, bool))):
        yield "%s isn't of type %s" % (at, t)
        return
    if "const" in schema and v != schema["const"]:
        yield "%s isn't %r" % (at, schema["const"])
    if "enum" in schema and v not in schema["enum"]:
        yield "%s is none of the choices" % at
    if isinstance(v, str):
        if "pattern" in schema and not re.search(schema["pattern"], v):
            yield "%s isn't like %s" % (at, schema["pattern"])
        if not schema.get("minLength", 0) <= len(v) <= schema.get("maxLength", len(v)):
            yield "%s is too long or too short" % at
    if isinstance(v, int) and not schema.get("minimum", v) <= v <= schema.get("maximum", v):
        yield "%s is too great or too small" % at
    if isinstance(v, list):
        for i, x in enumerate(v):
            yield from faults(schema.get("items", {}), x, "%s[%d]" % (at, i))
    if isinstance(v, dict):
        for name in schema.get("required", []):
            if name not in v:
                yield "%s has no %s" % (at, name)
        for name, x in v.items():
            if name in schema.get("properties", {}):
                yield from faults(schema["properties"][name], x, "%s.%s" % (at, name))
            elif schema.get("additionalProperties", True) is False:
                yield "%s: %s isn't in the schema" % (at, name)


schema, value = (json.load(open(p, encoding="utf-8")) for p in sys.argv[1:3])
found = list(faults(schema, value, "it"))
try:
    import jsonschema
    jsonschema.Draft202012Validator.check_schema(schema)
    found += [e.message[:200] for e in jsonschema.Draft202012Validator(schema).iter_errors(value)]
except (ImportError, AttributeError):
    pass
for line in found[:20]:
    print(line)
sys.exit(bool(found))
