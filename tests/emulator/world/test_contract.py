"""The request contract against the published machine-readable Bot API 10.3, where it lies at hand."""

import json
from functools import cache
from typing import Any

from emulator import schema
from tests.paths import SHARED_DATA


@cache
def published() -> dict[str, dict[str, bool]]:
    """Return parameters of each published method with their required flags; nothing when the file is absent."""
    path = None if SHARED_DATA is None else SHARED_DATA / "bot-api-10.3.json"
    if path is None or not path.exists():
        return {}
    document: dict[str, Any] = json.loads(path.read_text())
    sections = [child for item in document["items"] for child in item["children"]]
    return {
        one["name"]: {part["name"]: part["required"] for part in one["annotations"]}
        for one in sections
        if one["name"][0].islower()
    }


def test_methods_are_those_of_bot_api_10_3():
    assert len(schema.method_names()) == 185
    assert set(published()) <= set(schema.method_names())
    if published():
        assert set(published()) == set(schema.method_names())


def test_every_published_parameter_is_known():
    missing = {
        (name, parameter)
        for name, parameters in published().items()
        for parameter in parameters
        if parameter not in schema.find(name).checks
    }
    assert missing == set()


def test_required_flags_are_the_published_ones():
    different = {
        name
        for name, parameters in published().items()
        if {one for one, required in parameters.items() if required}
        != set(schema.find(name).required)
    }
    assert different == set()
