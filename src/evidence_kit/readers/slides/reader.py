"""Reads decks of slides (.pptx, .pptm) by a walk over their XML. A slide is a page; what is said to it stands below.

Shapes come in the order of the file, which is the one that screen readers follow, the title first. Hidden slides are
not read. Comments are no content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidence_kit.readers.base import (
    DAMAGED,
    HIDDEN,
    NOT_READ_YET,
    PICTURES,
    TOO_LARGE,
    Draft,
    Inspection,
    Whole,
    make_page,
    unread_page,
)
from evidence_kit.readers.office.package import Package, Target, first_target
from evidence_kit.readers.office.properties import core_properties
from evidence_kit.readers.office.xml import local, relation_id
from evidence_kit.readers.slides.shapes import Look, Shapes
from evidence_kit.records.document import BlockKind, Page, Problem
from evidence_kit.workers import Limits

_MAIN = "ppt/presentation.xml"
_EMU = 12_700
"""English metric units to a point."""
_TITLE_WORDS = 16
NOTES = "Speaker notes"
"""Heading over what is said to a slide."""


def read_whole(path: Path, limits: Limits) -> Whole:
    """Read the deck, a slide a page.

    Raises:
        ReadError: The file is no deck of slides, encrypted, damaged, or unpacks beyond the limit.
    """
    with Package(path, limits) as package:
        slides = list(_Deck.open(package).slides(limits))
        told = Inspection(
            page_count=max(len(slides), 1),
            metadata=core_properties(package),
            problems=tuple(_problems(slides)),
        )
    return told, tuple(slide.page for slide in slides) or (make_page(()),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slide:
    """A slide that was read: its page, and how much on it was not."""

    page: Page
    pictures: int = 0
    embedded: int = 0
    whole: bool = True


@dataclass(slots=True)
class _Deck:
    """A presentation being walked."""

    package: Package
    names: Sequence[str]
    width: float
    height: float
    tables: int = 0
    looks: dict[str, Look] = field(default_factory=dict)

    @classmethod
    def open(cls, package: Package) -> _Deck:
        """Find the slides and their order."""
        part, targets = package.document(_MAIN, "presentation", "The file holds no presentation.")
        names = []
        for element in part.root.iter("{*}sldId"):
            target = targets.get(relation_id(element))
            names.append(target.name if target and not target.external else "")
        size = next(part.root.iter("{*}sldSz"), None)
        wide, high = (_points(size.get(name)) if size is not None else 0.0 for name in ("cx", "cy"))
        return cls(package, names, wide, high)

    def slides(self, limits: Limits) -> Iterator[_Slide]:
        """Yield the slides in their order."""
        for number, name in enumerate(self.names, 1):
            if number > limits.pages:
                yield _Slide(page=unread_page(number, TOO_LARGE))
            else:
                yield self._slide(number, name)

    def _slide(self, number: int, name: str) -> _Slide:
        part = self.package.sound(name)
        size = {"width": self.width, "height": self.height}
        if part is None or local(part.root) != "sld":
            return _Slide(page=unread_page(number, DAMAGED, **size))
        if part.root.get("show", "1").lower() in ("0", "false", "off"):
            return _Slide(page=unread_page(number, HIDDEN, **size))
        targets = self.package.targets(name)
        shapes = Shapes(
            self.package.sound,
            targets,
            self._look(targets),
            area=self.width * self.height,
            tables=self.tables,
        )
        drafts = shapes.drafts(part.root)
        said = self._notes(targets)
        self.tables = shapes.tables
        if not drafts and not said and shapes.pictures:
            return _Slide(page=unread_page(number, PICTURES, **size))
        if drafts or said:
            drafts = [*_titled(drafts, number), *said]
        page = make_page(drafts, number=number, width=self.width, height=self.height)
        return _Slide(page=page, pictures=shapes.pictures, embedded=shapes.embedded, whole=part.whole)

    def _notes(self, targets: dict[str, Target]) -> list[Draft]:
        """Return what is said to the slide, under a heading."""
        name = first_target(targets, "notesSlide")
        part = self.package.sound(name) if name else None
        if part is None:
            return []
        shapes = Shapes(self.package.sound, {}, Look(), area=0.0, tables=0)
        said = [replace(draft, size=0.0) for draft in shapes.notes(part.root)]
        return [Draft(kind=BlockKind.HEADING, text=NOTES, level=2), *said] if said else []

    def _look(self, targets: dict[str, Target]) -> Look:
        """Return how text of the slide's layout looks."""
        name = first_target(targets, "slideLayout")
        if name not in self.looks:
            layout = self.package.sound(name) if name else None
            master_name = first_target(self.package.targets(name), "slideMaster") if layout else ""
            master = self.package.sound(master_name) if master_name else None
            self.looks[name] = Look(layout.root if layout else None, master.root if master else None)
        return self.looks[name]


def _titled(drafts: Sequence[Draft], number: int) -> list[Draft]:
    """Give a slide that has no title one: its largest short line, else its first, else its number."""
    if any(draft.kind is BlockKind.HEADING and draft.level == 1 for draft in drafts):
        return list(drafts)
    lines = [
        index
        for index, draft in enumerate(drafts)
        if draft.kind is BlockKind.PARAGRAPH and len(draft.text.split()) <= _TITLE_WORDS
    ]
    if not lines:
        return [Draft(kind=BlockKind.HEADING, text=f"Slide {number}", level=1), *drafts]
    title = max(lines, key=lambda index: (drafts[index].size, -index))
    heading = replace(
        drafts[title], kind=BlockKind.HEADING, level=1, text=" ".join(drafts[title].text.split())
    )
    return [heading, *drafts[:title], *drafts[title + 1 :]]


def _problems(slides: Sequence[_Slide]) -> Iterator[Problem]:
    """Say what of the slides was not read; hidden ones are unread pages, and told as those."""
    torn = tuple(number for number, slide in enumerate(slides, 1) if not slide.whole)
    if torn:
        yield Problem(
            code=DAMAGED,
            file="",
            message="These slides are damaged; text after the damage may be missing.",
            next_step="Open the file in PowerPoint, save it again and map it once more.",
            pages=torn,
        )
    seen = tuple(number for number, slide in enumerate(slides, 1) if slide.pictures)
    if seen:
        yield Problem(
            code=PICTURES,
            file="",
            message="There are pictures on these slides; what they alone show was not read.",
            next_step="Look at them yourself; put figures that matter into text or a table.",
            pages=seen,
        )
    held = tuple(number for number, slide in enumerate(slides, 1) if slide.embedded)
    if held:
        yield Problem(
            code=NOT_READ_YET,
            file="",
            message="These slides hold embedded documents, not read.",
            next_step="Save what is embedded as files of their own in the pack.",
            pages=held,
        )


def _points(value: str | None) -> float:
    return int(value) / _EMU if value and value.isascii() and value.isdigit() and len(value) < 10 else 0.0
