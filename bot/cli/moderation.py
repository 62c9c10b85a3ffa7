"""Moderation without a chat: judge files, train the spam model."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import fail

spam = typer.Typer(help="The spam model.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(moderate)
    app.add_typer(spam, name="spam")


def moderate(
    file: Annotated[Path | None, typer.Argument(help="a file; none = standard input")] = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="a message object a line, a verdict a line")
    ] = False,
    export: Annotated[
        Path | None, typer.Option(help="result.json of a Telegram Desktop export")
    ] = None,
) -> None:
    """Replay the rules over messages in a file, with no effect on anybody."""
    if jsonl == (export is not None):
        fail("Say either --jsonl [FILE] or --export result.json.", 2)
    if export is not None:
        _replay(export)
        return
    from bot.offline import judged_lines
    from bot.reading import all_texts
    from moderation.policy import Policy

    lines = file.open("rb") if file is not None else sys.stdin.buffer
    for verdict in judged_lines(iter(lines), all_texts(), Policy()):
        sys.stdout.buffer.write(verdict + b"\n")
    sys.stdout.buffer.flush()


def _replay(export: Path) -> None:
    import orjson
    from rich.console import Console
    from rich.progress import track

    from bot.offline import exported, verdict_of
    from bot.reading import all_texts
    from moderation.policy import Policy

    try:
        messages = list(exported(orjson.loads(export.read_bytes())))
    except (OSError, orjson.JSONDecodeError):
        fail(f"{export} is no Telegram Desktop export (JSON).", 2)
    actions: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for message in track(messages, "Judging", console=Console(stderr=True)):
        verdict = verdict_of(message, all_texts(), Policy())
        actions[verdict["action"]] += 1
        rules.update(finding["rule"] for finding in verdict["findings"])
    typer.echo(f"{len(messages)} messages")
    for title, counted in (("action", actions), ("rule", rules)):
        for name, count in counted.most_common():
            typer.echo(f"  {title} {name}: {count}")


@spam.command()
def train(
    files: Annotated[
        list[Path], typer.Argument(help="labelled files: CSV with text and label, or JSON lines")
    ],
    out: Annotated[Path, typer.Option(help="where the model goes")] = Path("spam_model.bin"),
) -> None:
    """Train the model from labelled files (needs the extra `analysis`)."""
    from moderation.spam.train import train as work

    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        fail(f"There is no file {', '.join(missing)}.", 2)
    try:
        made = work(files, out, progress=lambda said: typer.echo(str(said), err=True))
    except (ValueError, ImportError) as reason:
        fail(str(reason))
    typer.echo(f"{out}: {made}")
