"""`opora moderate`: a verdict a line, in order, whatever the lines hold."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from bot.__main__ import main_app

LINES = [
    {"text": "Зарабатывай от 5000 в день, пиши https://t.me/+abcdef"},
    {"text": "Спасибо, занятие понравилось"},
    {"text": "Давайте нурофен по 5 мл каждые 6 часов", "author": {"days": 100, "messages": 50}},
    {"text": "x", "author": {"nonsense": 1}},
    ["no object"],
]


def test_every_line_gets_a_verdict_in_order():
    given = "\n".join([*(json.dumps(line, ensure_ascii=False) for line in LINES), "{", ""])
    result = CliRunner().invoke(main_app(), ["moderate", "--jsonl"], input=given.encode())
    assert result.exit_code == 0, result.output
    said = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["action"] for one in said] == ["ban", "none", "hide", "none", "none", "none"]
    assert [one.get("error") for one in said[3:]] == [
        "author.unknown_field",
        "line.not_an_object",
        "line.not_an_object",
    ]
    assert said[0]["scores"]["spam"] > 0.9
    assert said[1]["scores"]["spam"] < 0.5
    assert said[2]["findings"][0]["rule"] == "medical_advice"
    assert all(
        {"rule", "severity", "score", "evidence"} <= finding.keys()
        for finding in said[0]["findings"]
    )


def test_an_export_is_summed_up(tmp_path):
    export = tmp_path / "result.json"
    message = {"id": 1, "type": "message", "date_unixtime": "1767600000", "from": "A", "from_id": "user7",
               "text": "", "text_entities": [{"type": "plain", "text": LINES[0]["text"]}]}  # fmt: skip
    export.write_text(
        json.dumps({"id": 5, "messages": [message, {"type": "service"}]}), encoding="utf-8"
    )
    result = CliRunner().invoke(main_app(), ["moderate", "--export", str(export)])
    assert result.exit_code == 0, result.output
    assert "1 messages" in result.output
    assert "ban" in result.output
