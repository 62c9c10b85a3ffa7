"""Playing a story without a browser: every step is told, the first that is not as told ends it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from bot.demo import first_loop
from bot.demo.first_loop import Chapter
from bot.demo.killing import apart
from bot.demo.stage import NotAsTold, in_process
from emulator.actors import Cannot

STORIES: Mapping[str, Sequence[Chapter]] = {"first-loop": first_loop.CHAPTERS}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a story went. `lines` is the transcript."""

    story: str
    ok: bool
    sentence: str
    lines: Sequence[Mapping[str, Any]] = field(default_factory=list)

    def as_json(self) -> str:
        """Write it as JSON."""
        body = {
            "story": self.story,
            "ok": self.ok,
            "verdict": self.sentence,
            "lines": list(self.lines),
        }
        return orjson.dumps(body, option=orjson.OPT_INDENT_2).decode()


async def play(story: str, tell: Callable[[str], None], *, kill: bool = False) -> Verdict:
    """Play a story; with `kill` the bot is a process of its own, killed between any two steps."""
    with tempfile.TemporaryDirectory(prefix="opora-") as folder:
        theatre = apart if kill else in_process
        async with theatre(Path(folder)) as stage:
            stage.tell = tell
            for chapter in STORIES[story]:
                stage.title(chapter.title)
                try:
                    await chapter.play(stage)
                except (NotAsTold, Cannot) as reason:
                    sentence = f"Not as told in {chapter.title!r}: {reason}"
                    return Verdict(story, ok=False, sentence=sentence, lines=stage.lines)
                await stage.theatre.kill()
            sentence = f"Told as it should be: {len(STORIES[story])} steps."
            return Verdict(story, ok=True, sentence=sentence, lines=stage.lines)
