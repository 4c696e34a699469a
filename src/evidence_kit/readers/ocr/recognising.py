"""The second reading of a pack: pages whose text must be recognised in their picture, a page a task.

It runs after all files are read, so that only the pages that need it are rendered, and a page that takes too long or
kills its process costs nobody else's text.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast, get_args

from evidence_kit.errors import UsageError
from evidence_kit.readers import base
from evidence_kit.readers.base import ReadError, unread_page
from evidence_kit.readers.keeping import Keeping
from evidence_kit.readers.ocr import engines
from evidence_kit.readers.ocr.engines import Mode, Picture
from evidence_kit.readers.ocr.page import read_picture
from evidence_kit.readers.tasks import Opened
from evidence_kit.readers.walk import FoundFile
from evidence_kit.records.document import Media, Page, PageState
from evidence_kit.workers import Guard, Limits, Outcome

PICTURES: Mapping[Media, str] = {
    Media.PDF: "evidence_kit.readers.pdf.picture",
    Media.IMAGE: "evidence_kit.readers.image",
}
"""Module that makes a picture of a page, for each format whose pages can be seen."""
UNSEEN = frozenset(base.UNREAD_REASONS[code][0] for code in (base.NO_TEXT, base.GARBLED))
"""Reasons why a page is unread although a person could read it."""


class Depicting(Protocol):
    """The shape of a module that makes pictures."""

    def picture(self, path: Path, index: int, limits: Limits) -> Picture:
        """Return the picture of a page (index from 0).

        Raises:
            ReadError: The file or the page cannot be opened.
        """


@dataclass(frozen=True, slots=True)
class _Task:
    """Recognise page ``index`` of a file; ``number`` is the file's place among all, ``page`` what is known of it."""

    number: int
    path: str
    module: str
    index: int
    page: Page
    limits: Limits


def usable_mode(mode: str) -> Mode:
    """Return the mode that can be had: without an engine, *auto* reads what can be read.

    Raises:
        UsageError: There is no such mode.
        DependencyMissing: *force* was asked for, and there is no engine.
    """
    if mode not in get_args(Mode):
        raise UsageError(
            f"Unknown way of text recognition: {mode!r}.",
            next_step=f"Known are: {', '.join(get_args(Mode))}.",
        )
    if mode == "force":
        engines.require()
    return cast(Mode, mode) if engines.is_installed() else "off"


def recognise(
    found: Sequence[FoundFile],
    opened: Sequence[Opened],
    pages: Sequence[list[Page]],
    *,
    mode: Mode,
    guard: Guard,
    limits: Limits,
    keeping: Keeping,
    progress: Callable[[str, int, int], None] | None = None,
) -> None:
    """Put recognised pages in the place of those that had no usable text, or (*force*) of every page with ink.

    Args:
        pages: Of each file; changed in place. A page of which recognition makes nothing stays as it was if it was
            read, else it says why it is unread.
        progress: Called with a file's name, how many of its pages are recognised, and how many are to be.
    """
    reader = f"ocr {engines.engine_name()}"
    tasks = [
        _Task(number, str(file.path), PICTURES[facts.media], index, _bare(page), limits)
        for number, (file, facts) in enumerate(zip(found, opened, strict=True))
        if facts.media in PICTURES and facts.error is None
        for index, page in enumerate(pages[number])
        if _is_wanted(page, mode)
    ]
    totals: dict[int, int] = {}
    for task in tasks:
        totals[task.number] = totals.get(task.number, 0) + 1
    done = dict.fromkeys(totals, 0)

    def tell(task: _Task) -> None:
        done[task.number] += 1
        if progress:
            progress(found[task.number].name, done[task.number], totals[task.number])

    def ended(outcome: Outcome[_Task, Page]) -> None:
        task, page = outcome.task, outcome.result
        if page is not None:
            keeping.keep_pages(
                Path(task.path), opened[task.number].sha256, reader, task.index, task.index + 1, (page,)
            )
        tell(task)

    missing = []
    for task in tasks:
        kept = keeping.pages(opened[task.number].sha256, reader, task.index, task.index + 1)
        if kept is None:
            missing.append(task)
        else:
            _put(pages[task.number], task.index, kept[0])
            tell(task)
    for outcome in guard.run(_recognised, missing, progress=ended):
        page = outcome.result or _unread(outcome.task.page, outcome.failure)
        _put(pages[outcome.task.number], outcome.task.index, page)


def _is_wanted(page: Page, mode: Mode) -> bool:
    if page.state is PageState.UNREAD:
        return page.reason in UNSEEN
    return mode == "force" and page.state is PageState.READ


def _bare(page: Page) -> Page:
    """Return what a worker needs to know of a page."""
    return Page(number=page.number, label=page.label, width=page.width, height=page.height)


def _put(pages: list[Page], index: int, page: Page) -> None:
    if page.state is PageState.READ or pages[index].state is PageState.UNREAD:
        pages[index] = page


def _recognised(task: _Task) -> Page:
    """Recognise a page; runs in a worker."""
    module = cast(Depicting, importlib.import_module(task.module))
    try:
        picture = module.picture(Path(task.path), task.index, task.limits)
    except ReadError as error:
        return _unread(task.page, error.code)
    return read_picture(engines.engine(), picture, task.page) or _unread(task.page, base.NO_WORDS)


def _unread(page: Page, code: str) -> Page:
    known = code if code in base.UNREAD_REASONS else base.PAGE_DAMAGED
    return unread_page(page.number, known, width=page.width, height=page.height)
