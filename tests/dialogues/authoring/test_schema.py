"""The JSON Schema fits the files that load, and not those with a slip an editor can see."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from dialogues.authoring.facts import FACTS
from dialogues.authoring.loader import shipped_folder
from dialogues.authoring.schema import DIALECT, json_schema
from dialogues.authoring.tree import read_tree
from dialogues.authoring.upgrades import upgraded

SCHEMA = json_schema()
TYPES = {"string": str, "integer": int, "array": list, "object": dict, "null": type(None), "boolean": bool}


def _fits(schema: dict[str, Any], value: Any) -> bool:
    """A small validator: the part of JSON Schema that the format uses; anything else in a schema is an error."""
    known = {
        "$ref", "anyOf", "oneOf", "type", "enum", "const", "pattern", "minLength", "maxLength", "minimum", "minItems",
        "maxItems", "items", "properties", "required", "additionalProperties", "title", "description", "default",
        "discriminator", "$defs", "$schema", "patternProperties", "propertyNames",
    }  # fmt: skip
    assert set(schema) <= known, set(schema) - known
    if "$ref" in schema:
        return _fits(SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], value)
    if "anyOf" in schema or "oneOf" in schema:
        fitting = sum(_fits(option, value) for option in schema.get("anyOf", schema.get("oneOf")))
        return fitting == 1 if "oneOf" in schema else fitting > 0
    if "const" in schema:
        return value == schema["const"]
    types = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", [])
    right_type = any(isinstance(value, TYPES[name]) and type(value) is not bool for name in types)
    return right_type and value in schema.get("enum", [value]) and _parts_fit(schema, value)


def _parts_fit(schema: dict[str, Any], value: Any) -> bool:
    if isinstance(value, str):
        return bool(re.search(schema.get("pattern", ""), value)) and len(value) <= schema.get("maxLength", len(value))
    if isinstance(value, list):
        few = len(value) < schema.get("minItems", 0) or len(value) > schema.get("maxItems", len(value))
        return not few and all(_fits(schema.get("items", {}), item) for item in value)
    if isinstance(value, dict):
        shapes = {key: _shape_of(schema, key) for key in value}
        complete = set(schema.get("required", [])) <= set(value)
        return complete and all(shape and _fits(shape, value[key]) for key, shape in shapes.items())
    return bool(value >= schema.get("minimum", value))


def _shape_of(schema: dict[str, Any], key: str) -> Any:
    """What stands behind a key, or nothing when the key may not be there."""
    matching = (shape for pattern, shape in schema.get("patternProperties", {}).items() if re.search(pattern, key))
    return schema.get("properties", {}).get(key) or next(matching, schema.get("additionalProperties"))


def _content(name: str, *replaced: tuple[str, str]) -> Any:
    text = (shipped_folder() / name).read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    tree, _ = read_tree(name, text)
    assert tree is not None
    return upgraded(tree).value


@pytest.mark.parametrize("name", sorted(path.name for path in shipped_folder().glob("*.yaml")))
def test_every_shipped_file_fits(name) -> None:
    """What loads is not underlined in an editor."""
    assert _fits(SCHEMA, _content(name))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("trust.yaml", "title:", "titel:"),
        ("trust.yaml", "version: 3", "version: een"),
        ("trust.yaml", "version: 3", "version: 0"),
        ("trust.yaml", "reminder: short", "reminder: kort"),
        ("trust.yaml", '["size:large"]', '["size:larg"]'),
        ("trust.yaml", "id: trust.a1", "id: Trust A1"),
        ("start.yaml", "storage: envelope\n", ""),
        ("start.yaml", "storage: envelope", "storage: ergens"),
        ("start.yaml", "kind: open", "kind: vraag"),
        ("start.yaml", "way: brief", "way: snel"),
        ("trust.yaml", "about: agreement", "about: afspraak"),
        ("trust.yaml", '    source: "§3.4"\n', ""),
        ("start.yaml", "counted: bands", "counted: banden"),
        ("phrases.yaml", "  skip: Sla over\n", ""),
        ("functions.yaml", "audience: practice", "audience: iedereen"),
    ],
)
def test_a_slip_does_not_fit(name, old, new) -> None:
    """A wrong key, a missing one, a wrong kind of value, and a word that is not in the list."""
    assert not _fits(SCHEMA, _content(name, (old, new)))


def test_an_editor_can_offer_facts() -> None:
    """Conditions are chosen from a list, local words that may be missing among them."""
    when = SCHEMA["$defs"]["Variant"]["properties"]["when"]["items"]["enum"]
    assert set(FACTS) < set(when)
    assert "known:vorige_top3" in when


def test_it_is_plain_json_of_a_known_dialect() -> None:
    """What is printed can be read by any program, and every reference in it leads somewhere."""
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$schema"] == DIALECT
    assert set(re.findall(r"#/\$defs/(\w+)", json.dumps(SCHEMA))) == set(SCHEMA["$defs"])
