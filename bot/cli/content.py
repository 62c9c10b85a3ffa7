"""`opora content`: check what methodists wrote, and show any item as a family gets it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import fail

content = typer.Typer(help="Texts, journeys, ready answers.", no_args_is_help=True)
Folder = Annotated[Path | None, typer.Option(help="another content folder than the program's own")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(content, name="content")


@content.command()
def check(*, folder: Folder = None) -> None:
    """Name every mistake: file:line: what is wrong (what is allowed). Exit status 1 when there is any."""
    from texts import pack_check
    from texts.packs import CONTENT

    problems = pack_check.check(folder or CONTENT)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        fail(f"Problems: {len(problems)}. The texts in force stay as they are until there is none.")
    typer.echo("Nothing wrong.")


@content.command()
def preview(
    item: Annotated[str, typer.Argument(help="id of an item, or id@version")],
    *,
    family: Annotated[
        str, typer.Option(help="a made-up family: an age, nameless, generic")
    ] = "3-5",
    language: Annotated[str, typer.Option(help="ru or en")] = "ru",
    folder: Folder = None,
) -> None:
    """Show an item as Telegram shows it: words with their marks, buttons, length."""
    from texts.pack_sample import FAMILIES, NoSuchItem
    from texts.pack_sample import preview as make
    from texts.packs import PACKS, ContentError, load_packs

    if family not in FAMILIES:
        fail(f"There is no family {family!r}; there is: {', '.join(FAMILIES)}.", 2)
    try:
        library = load_packs(folder / "packs" if folder is not None else PACKS)
        made = make(library, item, FAMILIES[family], language)
    except ContentError as broken:
        fail(str(broken))
    except NoSuchItem as missing:
        hint = f" Perhaps: {', '.join(missing.close)}." if missing.close else ""
        fail(f"There is no item {missing.name!r}.{hint}")
    typer.echo(f"{made.item.ref}  {made.item.message_class.value}  {made.item.lang}  {family}")
    if made.rendered is None:
        typer.echo("This family gets nothing: the text is personal and has no general version.")
        return
    typer.echo(f"\n{shown(made.rendered.html)}\n")
    for button in made.rendered.buttons:
        typer.echo(f"[ {button.label} ]  {button.action}")
    typer.echo(f"{made.units} UTF-16 units")


def shown(html: str) -> str:
    """Write Telegram HTML with marks for a terminal: *bold*, _italic_, words (address)."""
    import re

    from texts.markup import visible

    marked = re.sub(r'<a href="([^"]*)">(.*?)</a>', r"\2 (\1)", html)
    marked = re.sub(r"</?(?:b|strong)>", "*", marked)
    marked = re.sub(r"</?(?:i|em)>", "_", marked)
    return visible(marked)
