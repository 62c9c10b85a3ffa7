"""Moderation without a chat: verdicts on files, replays of exports, training, cases as CSV."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import fail, load_settings, open_database, run_async

if TYPE_CHECKING:
    from moderation.verdict import Say

cases = typer.Typer(help="Moderation cases.", no_args_is_help=True)
spam = typer.Typer(help="The spam model.", no_args_is_help=True)
STDIN = Path("-")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(moderate)
    app.add_typer(cases, name="cases")
    app.add_typer(spam, name="spam")


def moderate(
    file: Annotated[Path, typer.Argument(help="JSON lines; - is standard input")] = STDIN,
    *,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help="one message object or {text} a line, one verdict a line"),
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option("--export", help="result.json of Telegram Desktop, replayed in order"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="where verdicts go instead of standard output")
    ] = None,
    language: Annotated[str, typer.Option(help="language of the evidence")] = "ru",
) -> None:
    """Judge messages by the rules, with no effect on anybody."""
    if export is None and not jsonl:
        fail(
            "Say --jsonl for lines of JSON, or --export result.json for a chat of Telegram Desktop.",
            2,
        )
    for given in (export, None if export is not None or file == STDIN else file):
        if given is not None and not given.is_file():
            fail(f"There is no file {given}.", 2)
    if export is not None:
        _replay(export, out, _say_in(language))
        return
    wrong = _judge_lines(file, out, _say_in(language))
    if wrong:
        typer.echo(f"{wrong} lines were no messages; their verdicts say why.", err=True)


def _judge_lines(file: Path, out: Path | None, say: Say) -> int:
    """Judge line by line, so that a pipe gets each verdict at once; tell how many lines were no messages."""
    import sys

    import orjson

    from moderation.policy import Policy
    from moderation.verdict import of_line

    policy, wrong = Policy(), 0
    with ExitStack() as opened:
        source: IO[bytes] = sys.stdin.buffer
        if file != STDIN:
            source = opened.enter_context(file.open("rb"))
        target: IO[bytes] = sys.stdout.buffer
        if out is not None:
            target = opened.enter_context(out.open("wb"))
        for line in source:
            if not line.strip():
                continue
            verdict = of_line(line, policy, say)
            wrong += "error" in verdict
            target.write(orjson.dumps(verdict) + b"\n")
            target.flush()
    return wrong


def _say_in(language: str) -> Say:
    """Write evidence in words of a language."""
    from zoneinfo import ZoneInfo

    from bot.reading import all_texts
    from delivery.render import Audience, Renderer

    renderer = Renderer(all_texts())
    audience = Audience(language, ZoneInfo("UTC"))

    def say(finding: Any) -> str:
        from texts.markup import visible

        return visible(renderer.fact({"text": finding.evidence, **finding.facts}, audience))

    return say


def _replay(export: Path, out: Path | None, say: Say) -> None:
    """Replay a whole chat: authors are who they became by writing in it."""
    import orjson
    from rich.console import Console
    from rich.progress import track

    from moderation.desktop import NotAnExport, messages

    try:
        found = list(messages(orjson.loads(export.read_bytes())))
    except (orjson.JSONDecodeError, NotAnExport, AttributeError, TypeError):
        fail(
            f"{export} is not an export of Telegram Desktop (result.json, made as machine-readable JSON).",
            2,
        )
    console = Console(stderr=True)
    shown = track(found, "Replaying", console=console, update_period=0.2)
    summary = _judged(shown, out, say)
    _show(summary, len(found))


def _judged(found: Iterable[dict[str, Any]], out: Path | None, say: Say) -> dict[str, Any]:
    from collections import Counter

    import orjson

    from moderation.content import Content
    from moderation.facts import AuthorFacts
    from moderation.policy import Policy
    from moderation.raw import incoming_from_json
    from moderation.replay import Replay
    from moderation.rules.spam_model import spam_score
    from moderation.verdict import as_json

    replay = Replay(Policy())
    actions: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    target = out.open("wb") if out is not None else None
    for raw in found:
        message = incoming_from_json(raw)
        decision = replay.judge(message, AuthorFacts(joined_at=message.at))
        actions[decision.action.word] += 1
        rules.update({finding.rule for finding in decision.findings})
        if target is not None:
            verdict = as_json(decision, spam_score(Content(message)), say)
            target.write(orjson.dumps({"id": message.message_id, **verdict}) + b"\n")
    if target is not None:
        target.close()
    return {"actions": actions, "rules": rules, "authors": len(replay.authors)}


def _show(summary: dict[str, Any], count: int) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(f"{count} messages by {summary['authors']} authors")
    for title in ("actions", "rules"):
        table = Table(title, "messages", "share")
        for name, number in summary[title].most_common():
            table.add_row(name, str(number), f"{number / max(count, 1):.2%}")
        console.print(table)


@cases.command("export")
def export_cases(
    file: Annotated[Path, typer.Argument(help="where the CSV goes")],
    *,
    days: Annotated[int, typer.Option(help="of how many past days", min=1)] = 365,
) -> None:
    """Write cases with every step of their audit as CSV: ids, codes and times, no words of anybody."""
    count = run_async(_export(file, days))
    typer.echo(f"Wrote {count} cases to {file}.")


async def _export(file: Path, days: int) -> int:
    from datetime import timedelta

    from moderation.casebook import write_csv

    async with open_database(load_settings()) as database, database.reading() as unit:
        now = database.clock.now()
        found = await unit.cases.between(now - timedelta(days=days), now + timedelta(seconds=1))
        steps = {case.id: await unit.cases.steps(case.id) for case in found}
    with file.open("w", encoding="utf-8", newline="") as target:
        return write_csv(target, found, steps)


@spam.command()
def train(
    files: Annotated[
        list[Path], typer.Argument(help="labelled CSV or JSON lines: label, message or text")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", help="where the model goes")] = Path(
        "spam_model.bin"
    ),
    seed: Annotated[int, typer.Option(help="the same seed gives the same model")] = 2026,
) -> None:
    """Train the spam model from labelled files and print what it reached on texts it had not seen."""
    for path in files:
        if not path.is_file():
            fail(f"There is no file {path}.", 2)
    from rich.console import Console

    try:
        from moderation.spam.train import train as run
    except ImportError:
        fail("Training needs the analysis extra: pip install opora[analysis].", 2)
    console = Console(stderr=True)
    with console.status("reading") as status:
        try:
            result = run(files, out, seed=seed, progress=status.update)
        except ValueError as reason:
            fail(f"Cannot train: {reason}.", 2)
    typer.echo(f"{result.examples} texts, {result.spam} of them spam, in {result.groups} groups.")
    for name, share in result.recall.items():
        typer.echo(f"recall at {name}: {share:.3f}")
    typer.echo(f"Wrote {result.size} bytes to {out}.")
