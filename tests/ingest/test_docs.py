"""The page for the school's programmer says what the schemas do."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest

from ingest.protocol import Envelope, read
from ingest.schemas import SCHEMAS
from ingest.traits import OPEN
from tests.ingest.test_protocol import NOW

PAGE = (Path(__file__).parent.parent.parent / "docs" / "events.md").read_text(encoding="utf-8")
ROWS = {
    name: row
    for row in PAGE.splitlines()
    if re.match(r"\| `[a-z_]+`.* \| \d \|", row)
    for name in re.findall(r"`([a-z_]+)`", row.split("|")[1])
}


@pytest.mark.parametrize("event", sorted(SCHEMAS))
def test_every_event_is_described_with_all_its_properties(event):
    schema = SCHEMAS[event][max(SCHEMAS[event])]
    missing = [field.name for field in schema.fields if f"`{field.name}`" not in ROWS[event]]
    assert missing == []
    assert ("`amount`" in ROWS[event]) == schema.has_amount
    assert f"| {max(SCHEMAS[event])} |" in ROWS[event]


def test_no_event_is_described_that_does_not_exist():
    assert set(ROWS) == set(SCHEMAS)


def test_every_trait_is_described():
    assert [field.name for field in OPEN if f"`{field.name}`" not in PAGE] == []


def test_the_example_is_accepted():
    body = re.search(r"/v1/track.*?-d '(\{.*?\})'\n", PAGE, re.DOTALL)
    assert body is not None
    arrival = read(orjson.loads(body[1]), Envelope("lms", NOW), "track")
    assert arrival.facts == {"lesson_id": "9912", "title": "Звуки и буквы", "minutes": 18}
    assert arrival.learner == "learner-4"
