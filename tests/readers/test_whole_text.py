"""Half characters, whatever format they come from, are U+FFFD in what is read; everything keeps its place."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.readers.base import Draft, Inspection, Whole, make_page, whole_text
from evidence_kit.readers.pack import READERS, read_file
from evidence_kit.records.document import Media, Metadata, OutlineItem, Page
from evidence_kit.workers import Limits

HALF = "\ud83d"


def broken(name: str) -> ModuleType:
    """A reader whose texts hold halves of characters."""

    def inspect(path: Path, limits: Limits) -> Inspection:
        return Inspection(
            page_count=1,
            outline=(OutlineItem(f"Part {HALF}", 0),),
            metadata=Metadata(title=f"{HALF}title", author=f"a{HALF}"),
        )

    def read(path: Path, first: int, last: int, limits: Limits) -> tuple[Page, ...]:
        page = make_page([Draft(text=f"one {HALF} two"), Draft(text="three \U0001f600")], label=f"{HALF}1")
        return (page,)

    module = ModuleType(name)

    def read_whole(path: Path, limits: Limits) -> Whole:
        return inspect(path, limits), read(path, 0, 1, limits)

    module.__dict__.update(inspect=inspect, read=read, read_whole=read_whole)
    return module


@pytest.mark.parametrize("media", [Media.TEXT, Media.PDF])  # read whole, and read by ranges of pages
def test_no_reader_lets_half_characters_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, media: Media
) -> None:
    monkeypatch.setitem(sys.modules, "broken_reader", broken("broken_reader"))
    path = tmp_path / "a.bin"
    path.write_bytes(b"%PDF-1.7\n" if media is Media.PDF else b"Some text.\n")
    document = read_file(path, limits=Limits(), readers={**READERS, media: "broken_reader"})
    (page,) = document.pages
    assert page.text == "one \ufffd two\n\nthree \U0001f600"
    assert [page.text[block.start : block.end] for block in page.blocks] == [
        "one \ufffd two",
        "three \U0001f600",
    ]
    assert (document.metadata.title, document.metadata.author) == ("\ufffdtitle", "a\ufffd")
    assert [item.title for item in document.outline] == ["Part \ufffd"]


@given(st.text(alphabet=st.one_of(st.characters(), st.characters(categories=["Cs"]))))
def test_one_for_one(text: str) -> None:
    whole = whole_text(text)
    assert len(whole) == len(text)
    whole.encode()
    assert all(
        mine == theirs or "\ud800" <= theirs <= "\udfff" for mine, theirs in zip(whole, text, strict=True)
    )
