"""``compare``: what changed between two maps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_kit.cli.explaining import load_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_kit.reports.changes import Changes, QuoteChange


@click.command("compare", short_help="Say what changed between two maps.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write a web page; `.json` for data."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def compare_command(old: Path, new: Path, out: Path | None, as_json: bool) -> None:
    """Say what changed from OLD to NEW, two folders that `map` wrote.

    Statuses with the elements that changed; evidence that is new, lost, out of the window by now, or used again word
    for word in a later paper.

    \b
    Example:
      evidence-kit compare map-2025 map-2026 --out changes.html
    """
    from evidence_kit.reports.changes import compare, render, to_json
    from evidence_kit.reports.view import build
    from evidence_kit.reports.writing import write_file

    changes = compare(build(load_map(old)), build(load_map(new)))
    if out:
        write_file(out, to_json(changes) if out.suffix == ".json" else render(changes))
    click.echo(to_json(changes).decode() if as_json else "\n".join(_text(changes)))
    if out and not as_json:
        click.echo(f"Written: {out.resolve()}")


def _text(changes: Changes) -> Iterator[str]:
    yield f"From {changes.before} to {changes.after}: {changes.summary}"
    for one in changes.statuses:
        yield f"  {one.criterion}: {one.before_words} before, {one.after_words} now"
        yield from (f"    {reason}" for reason in one.reasons)
    yield from _quotes("New", changes.new)
    yield from _quotes("Lost", changes.lost)
    yield from _quotes("Out of the window", changes.expired)
    yield from _quotes("Used again word for word", changes.reused)


def _quotes(title: str, quotes: tuple[QuoteChange, ...]) -> Iterator[str]:
    if quotes:
        yield f"{title}:"
    for one in quotes:
        yield f"  {one.criterion} ({one.role}) {one.place}: ‘{one.text[:70]}’ {one.reason}"
