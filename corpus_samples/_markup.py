"""The small dialect of Markdown in which the sample pack is written.

One parser serves the PDF, Word and HTML builders, so that a passage has the same words in whatever file it ends up.
A source begins with TOML between two `+++` lines. Its body knows headings, paragraphs, bulleted and numbered lists,
tables, `**bold**`, fenced `chart` blocks, and `%cross`, which asks a paginated builder to let the next paragraph run
over a page break.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

BOLD = re.compile(r"\*\*(.+?)\*\*")
NUMBERED = re.compile(r"\d+\. ")


@dataclass(frozen=True)
class Block:
    """One piece of a body: its kind decides which of the other fields are filled."""

    kind: str
    text: str = ""
    level: int = 0
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A source file: what it says of itself, and its blocks."""

    meta: dict[str, Any]
    blocks: tuple[Block, ...]


def read_source(path: Path) -> Source:
    """Read one source file; one without TOML in front has empty meta."""
    text = path.read_text(encoding="utf-8")
    meta: dict[str, Any] = {}
    if text.startswith("+++\n"):
        front, text = text[4:].split("\n+++\n", 1)
        meta = tomllib.loads(front)
    return Source(meta, tuple(_blocks(text)))


def with_bold(text: str, tag: str = "b") -> str:
    """Escape text for mark-up and turn `**bold**` into a tag."""
    return BOLD.sub(rf"<{tag}>\1</{tag}>", escape(text, quote=False))


def plain(text: str) -> str:
    """Text without its bold marks."""
    return BOLD.sub(r"\1", text)


def bold_parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in runs, each with whether it is bold."""
    for number, part in enumerate(BOLD.split(text)):
        if part:
            yield part, number % 2 == 1


def _blocks(text: str) -> Iterator[Block]:
    """Split a body at blank lines, keeping fenced blocks whole, and tell what each piece is."""
    for chunk in re.split(r"\n\s*\n", text.strip()):
        lines = chunk.split("\n")
        yield next(make for test, make in _KINDS if test(lines))(lines)


def _chart(lines: list[str]) -> Block:
    """A fenced chart: a title, its labels and its values."""
    data: dict[str, Any] = {}
    for line in lines[1:-1]:
        key, value = line.split(": ", 1)
        data[key] = value.strip("[]").split(", ") if value.startswith("[") else value
    return Block("chart", data=data)


def _heading(lines: list[str]) -> Block:
    """A heading, its level being the number of marks."""
    marks, text = lines[0].split(" ", 1)
    return Block("heading", text=text, level=len(marks))


def _table(lines: list[str]) -> Block:
    """A table; the first row is its header and the ruling line under it is dropped."""
    rows = [tuple(cell.strip() for cell in line.strip()[1:-1].split("|")) for line in lines]
    return Block("table", rows=(rows[0], *rows[2:]))


def _list(kind: str, mark: re.Pattern[str]) -> Callable[[list[str]], Block]:
    """A maker of lists whose items begin with the mark."""
    return lambda lines: Block(kind, items=tuple(mark.sub("", line, count=1) for line in lines))


_KINDS: tuple[tuple[Callable[[list[str]], bool], Callable[[list[str]], Block]], ...] = (
    (lambda lines: lines[0].startswith("```chart"), _chart),
    (lambda lines: lines[0] == "%cross", lambda _: Block("cross")),
    (lambda lines: lines[0].startswith("#"), _heading),
    (lambda lines: lines[0].startswith("|"), _table),
    (lambda lines: lines[0].startswith("- "), _list("bullets", re.compile(r"- "))),
    (lambda lines: bool(NUMBERED.match(lines[0])), _list("numbers", NUMBERED)),
    (lambda _: True, lambda lines: Block("paragraph", text=" ".join(lines))),
)
