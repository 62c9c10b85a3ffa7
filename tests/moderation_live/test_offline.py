"""Files instead of chats: exports replayed, cases as CSV, the week in figures."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from bot.__main__ import main_app
from moderation.casebook import COLUMNS, write_csv
from moderation.cases import Case, CaseState, Step
from moderation.desktop import NotAnExport, messages
from moderation.records import Appeal, AppealState
from moderation.stats import week
from moderation.weekly import drawn
from tests.moderation_live.street import ADVERT

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def entry(number: int, text: object, **more: object) -> dict[str, object]:
    return {"id": number, "type": "message", "date_unixtime": str(1_767_600_000 + number * 60), "from": "А",
            "from_id": "user7", "text": text, **more}  # fmt: skip


def test_an_export_is_read_with_its_links_media_and_forwards():
    """M9 M12 M19: addresses of hidden links, offsets in UTF-16, origins of forwards."""
    export = {
        "id": 5,
        "type": "private_supergroup",
        "messages": [
            entry(1, "", text_entities=[{"type": "plain", "text": "🎁 жми "}, {"type": "text_link", "text": "сюда", "href": "https://casino.example"}]),
            entry(2, ["привет ", {"type": "link", "text": "https://a.example"}]),
            entry(3, "", photo="photos/1.jpg", forwarded_from="Канал"),
            {"id": 4, "type": "service", "action": "invite_members"},
        ],
    }  # fmt: skip
    one, two, three = messages(export)
    assert one["entities"] == [
        {"type": "text_link", "offset": 7, "length": 4, "url": "https://casino.example"}
    ]
    assert two["entities"][0]["type"] == "url"
    assert three["photo"]
    assert three["forward_origin"]["sender_user_name"] == "Канал"


def test_what_is_no_export_is_refused():
    with pytest.raises(NotAnExport):
        list(messages({"nothing": 1}))


def test_a_chat_is_replayed_with_what_its_authors_wrote_before(tmp_path):
    """The second half of a message told apart is seen with the first."""
    export, out = tmp_path / "result.json", tmp_path / "verdicts.jsonl"
    said = [
        "Моего сына зовут Тимофей Ковалёв",
        "Сын учится в 1Б классе школы № 45, ему 7 лет",
        ADVERT,
    ]
    chat = {
        "id": 5,
        "type": "private_supergroup",
        "messages": [entry(n, text) for n, text in enumerate(said, 1)],
    }
    export.write_text(json.dumps(chat, ensure_ascii=False), encoding="utf-8")
    result = CliRunner().invoke(
        main_app(), ["moderate", "--export", str(export), "--out", str(out)]
    )
    assert result.exit_code == 0, result.output
    verdicts = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in verdicts] == [1, 2, 3]
    assert "child_data" in [f["rule"] for f in verdicts[1]["findings"]]
    assert verdicts[2]["action"] in {"hide", "ban", "mute"}
    assert "3 messages by 1 authors" in result.output


def case(number: int, **facts: object) -> Case:
    given = {
        "id": number, "key": str(number), "chat_id": -1, "message_id": number, "message_ids": (number,), "author_id": 7,
        "author_kind": "user", "rule": "flood", "action": "hide", "reason": "done", "opened_at": NOW,
    }  # fmt: skip
    return Case(**(given | facts))  # type: ignore[arg-type]


def test_cases_become_a_table_without_anybodys_words():
    """Every step is in it; what people wrote is not."""
    target = io.StringIO()
    one = case(1, findings=[{"rule": "flood", "score": 0.8}], body=b'{"text": "secret words"}')
    assert write_csv(target, [one], {1: [Step(NOW, "opened"), Step(NOW, "warn", 1002)]}) == 1
    head, row = csv.reader(io.StringIO(target.getvalue()))
    assert tuple(head) == COLUMNS
    assert "warn 1002" in row[-1]
    assert "secret" not in target.getvalue()


def test_a_week_counts_load_speed_reversals_and_the_use_of_rules():
    at = NOW + timedelta(minutes=10)
    cases = [
        case(1, verdict="confirmed", state=CaseState.DECIDED, decided_by=1, decided_at=at),
        case(
            2,
            verdict="undone",
            state=CaseState.UNDONE,
            decided_by=2,
            decided_at=at + timedelta(minutes=20),
        ),
        case(3, rule="toxicity", due_at=NOW),
        case(
            4, rule="manual", verdict="warn", state=CaseState.DECIDED, decided_by=1, decided_at=NOW
        ),
    ]
    appeal = Appeal(1, 1, -1, 7, AppealState.UPHELD, NOW, NOW)
    found = week(cases, [appeal])
    assert (found.cases, found.decided, found.undone, found.waiting) == (4, 3, 1, 1)
    assert (found.median_minutes, found.slowest_minutes) == (20, 30)
    assert found.load == ((1, 2), (2, 1))
    assert [(r.rule, r.precision) for r in found.rules] == [("flood", 0.5), ("toxicity", None)]
    assert (found.appeals, found.upheld) == (1, 1)


def test_the_week_is_drawn():
    found = week([case(1), case(2, rule="toxicity", verdict="undone")], [])
    assert drawn(found.rules, ["поток", "грубость"]).startswith(b"\x89PNG")
