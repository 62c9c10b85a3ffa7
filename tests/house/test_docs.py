"""The documents say what is there: settings, folders, commands, links, and nothing of the machine they were written on."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from bench.catalogue import KNOWN, Bench
from bot.__main__ import main_app
from bot.demo.tour import page
from bot.demo.tour_camera import LARGEST
from bot.demo.tour_scenes import SCENES
from bot.settings import Settings
from tests.paths import ROOT

TEXTS = {".md", ".py", ".toml", ".yaml", ".yml", ".ftl", ".txt", ".lock", ".sh", ".example", ""}
MACHINE = re.compile(
    r"(?<![\w.])/(?:work|tmp|home/\w+|Users/\w+)/"
    r"|\b(?:pypi\.org|pypi\.python\.org|files\.pythonhosted\.org|pythonhosted|artifactory|nexus\.)"
)
LINK = re.compile(r"(?:\]\(|<img src=\")(?!https?://|mailto:|#)([^)\"\s#]+)(?:#[^)]*)?[)\"]")


@cache
def tracked() -> tuple[str, ...]:
    """Files of the tree: what git knows, or everything where there is no git."""
    found = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = found.stdout.splitlines()
    if not names:
        names = [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file()]
        names = [name for name in names if not name.startswith(".") and "__pycache__" not in name]
    return tuple(name for name in names if (ROOT / name).is_file())


def documents() -> list[str]:
    return [name for name in tracked() if name.endswith(".md") and not name.startswith("content/")]


def described() -> dict[str, str]:
    """Variables of .env.example with the comment above each."""
    found, comment = {}, ""
    for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines():
        if line.startswith("# ---") or not line:
            comment = ""
        elif line.startswith("#"):
            comment += line[1:]
        else:
            found[line.partition("=")[0]] = comment
            comment = ""
    return found


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_is_explained_with_its_limits(name: str):
    comment = described()[name.upper()]
    field = Settings.model_fields[name]
    for limit in field.metadata:
        for bound in ("ge", "le", "max_length"):
            value = getattr(limit, bound, None)
            if value is not None:
                assert f"{value:g}" in comment, (bound, value)
    default = field.get_default(call_default_factory=True)
    if default in ("", None, []) or str(default) == "":
        assert "Empty" in comment


def test_the_example_names_no_variable_that_is_not_read():
    by_compose = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    assert set(described()) - {name.upper() for name in Settings.model_fields} <= by_compose


def test_the_example_holds_the_defaults():
    """Copying the example changes nothing but what one fills in."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=.", line))
    values: dict[str, Any] = {name.lower(): value for name, value in given.items()}
    read, plain = Settings(_env_file=None, **values), Settings(_env_file=None)
    differ = [name for name in given if getattr(read, name.lower()) != getattr(plain, name.lower())]
    assert differ == []


def test_every_folder_is_on_the_map():
    page = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    folders = {str(parent) for name in tracked() for parent in Path(name).parents if parent.name}
    lost = [
        folder
        for folder in sorted(folders)
        if not folder.startswith((".", "tests/", "content/packs/")) and f"`{folder}/`" not in page
    ]
    assert lost == []


def test_places_on_the_map_are_there():
    page = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    places = re.findall(r"`((?:\w+/)+(?:[\w.-]+)?)(?:: \w+)?`", page)
    assert len(places) > 100
    assert [place for place in places if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("name", documents())
def test_links_lead_somewhere(name: str):
    folder = (ROOT / name).parent
    links = LINK.findall((ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if not (folder / link).exists()] == []


def test_the_tour_shows_every_scene_in_small_pictures():
    folder = ROOT / "docs"
    assert (folder / "tour.md").read_text(encoding="utf-8") == page(SCENES)
    sizes = {path.stem: path.stat().st_size for path in (folder / "tour").glob("*.png")}
    assert sizes.keys() == {name for scene in SCENES for name, _, _ in scene.pictures}
    assert max(sizes.values()) <= LARGEST
    assert sum(sizes.values()) <= 2_000_000


@pytest.mark.parametrize("name", documents())
def test_commands_in_documents_exist(name: str):
    page = (ROOT / name).read_text(encoding="utf-8")
    targets = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", page, re.MULTILINE)) - targets == set()
    known = program()
    for first, second in re.findall(
        r"(?:`|^|bin/)opora ([a-z]+)(?: ([a-z][a-z-]+))?", page, re.MULTILINE
    ):
        assert first in known, first
        assert not second or not known[first] or second in known[first], (first, second)


@cache
def program() -> dict[str, tuple[str, ...]]:
    """Commands of `opora` with the subcommands of each."""
    command: Any = typer.main.get_command(main_app())
    return {name: tuple(getattr(one, "commands", ())) for name, one in command.commands.items()}


@pytest.mark.parametrize("bench", KNOWN, ids=lambda bench: bench.name)
def test_a_benchmark_gives_the_figures_its_line_names(bench: Bench):
    source = (ROOT / "bench" / f"{bench.name}.py").read_text(encoding="utf-8")
    named = {key for figure in bench.figures for key in (figure.key, figure.baseline) if key}
    assert [key for key in named if f'"{key}"' not in source] == []


def test_nothing_tells_of_the_machine_it_was_made_on():
    told = {}
    for name in tracked():
        path = ROOT / name
        if path.suffix not in TEXTS or name == "tests/house/test_docs.py":
            continue
        hits = MACHINE.findall(path.read_text(encoding="utf-8", errors="ignore"))
        if hits:
            told[name] = hits[:3]
    assert told == {}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("open('/tmp/x.db')", True),
        ("index-url = https://" + "pypi" + ".org/simple", True),
        ("see docs/work/plan", False),
        ("https://example.org/tmp/page", False),
    ],
)
def test_the_look_for_machines_knows_good_from_bad(line: str, found: bool):
    assert bool(MACHINE.search(line)) is found
