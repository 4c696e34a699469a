"""A link leads into the folder of papers and nowhere else, whatever a file is called."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.records.document import Media
from evidence_kit.reports.sources import link_of


@pytest.mark.parametrize(
    ("sources", "path", "media", "page", "link"),
    [
        ("../papers", "board pack.pdf", Media.PDF, 12, "../papers/board%20pack.pdf#page=12"),
        (".", "minutes.docx", Media.WORD, None, "./minutes.docx"),
        ("papers", "a/b.pdf", Media.PDF, 1, "./papers/a/b.pdf#page=1"),
        ("../papers", "pack.zip/folder/minutes.pdf", Media.PDF, 3, "../papers/pack.zip"),
        ("file:///C:/papers", "x.pdf", Media.PDF, 2, "file:///C:/papers/x.pdf#page=2"),
        ("", "x.pdf", Media.PDF, 2, ""),
        ("..", "javascript:alert(1).html", Media.HTML, None, "../javascript%3Aalert%281%29.html"),
    ],
)
def test_links(sources: str, path: str, media: Media, page: int | None, link: str) -> None:
    assert link_of(sources, path, media, page) == link


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_no_name_makes_another_address(name: str) -> None:
    if name in {".", ".."}:
        return
    link = link_of("../papers", name, Media.PDF, 4)
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("", "", "page=4")
    assert unquote(parts.path) == f"../papers/{name}"
