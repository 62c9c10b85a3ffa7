"""The published schema of Bot API 10.3 finds nothing wrong with requests, answers and updates."""

import pytest

from emulator import schema
from emulator.methods.catalogue import HANDLERS
from tests.emulator.referees.botapi import BotApi
from tests.emulator.world.test_every_method import CASES
from tests.paths import SHARED_DATA


@pytest.fixture(scope="module")
def api():
    return BotApi(SHARED_DATA / "bot-api-10.3.json")


def test_the_emulator_knows_exactly_the_published_methods(api):
    assert (api.version, set(schema.method_names())) == ("10.3", set(api.methods))


def test_every_method_takes_the_published_parameters_and_requires_what_is_required(api):
    differing = {}
    for method in api.methods:
        published, ours = api.parameters(method), schema.find(method)
        missing = published.keys() - ours.checks.keys()
        required = {name for name, needed in published.items() if needed}
        if missing or required != set(ours.required):
            differing[method] = (missing, required ^ set(ours.required))
    assert differing == {}


@pytest.mark.parametrize("method", sorted(HANDLERS))
async def test_the_answer_and_the_updates_are_as_published(api, school, method):
    prepare, extra = CASES[method]
    prepared = prepare(school)
    prepared = await prepared if hasattr(prepared, "__await__") else prepared
    params, files = prepared if isinstance(prepared, tuple) else (prepared, {})
    result = await school.call(method, files, **(params | extra))
    tried = [api.problems(name, result) for name in api.returning(method)]
    assert min(tried, key=len) == []
    for update in school.updates():
        assert api.problems("Update", update, "update") == []


@pytest.mark.parametrize(
    ("wanted", "value", "wrong"),
    [
        ("User", {"id": 1, "is_bot": False, "first_name": "A"}, []),
        ("User", {"id": 1, "is_bot": False}, ["result.first_name: User requires it"]),
        (
            "User",
            {"id": 1, "is_bot": 0, "first_name": "A"},
            ["result.is_bot: Boolean is expected, not 0"],
        ),
        (
            "User",
            {"id": 1, "is_bot": False, "first_name": "A", "age": 3},
            ["result.age: User has no such field"],
        ),
        ("Array of Integer", [1, True], ["result[1]: Integer is expected, not True"]),
        ("Integer or String", 1.5, ["result: Integer is expected, not 1.5"]),
        ("ReactionType", {"type": "emoji", "emoji": "👍"}, []),
        ("ReactionType", {"type": "emojo", "emoji": "👍"}, ["result.type: always 'emoji'"]),
        ("ChatMember", {"status": "left"}, ["result.user: ChatMemberLeft requires it"]),
    ],
)
def test_the_judge_sees_what_is_wrong(api, wanted, value, wrong):
    assert api.problems(wanted, value) == wrong
