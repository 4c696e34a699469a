"""The shopping list for a level: what to gather, where it usually lives, and from when."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evidence_kit.records.criterion import Criterion, CriterionKind, Element, Framework, Level
from evidence_kit.reports.findings import anchor_of, window_words, wordings_of
from evidence_kit.reports.pages import render_page
from evidence_kit.reports.view import levels_for
from evidence_kit.reports.words import (
    BASIS_WORDS,
    DISCLAIMER,
    EFFECT_WORDS,
    KIND_WORDS,
    day,
    listed,
    one_line,
)

_WIDTH = 88
_HOLDERS = (
    (("board", "committee", "minutes", "assurance framework"), "the trust secretary or governance team"),
    (("network",), "the chair of the staff network"),
    (("wres", "workforce", "staff survey", "dashboard", "pay gap", "esr"), "the workforce information team"),
    (
        ("appraisal", "training", "development", "education", "mentoring", "talent"),
        "learning and development",
    ),
    (("policy", "procedure", "disciplinary", "grievance", "role description"), "human resources"),
    (("annual report", "web", "poster", "newsletter", "statement", "campaign"), "communications"),
    (("health inequalit", "service", "public health"), "the lead for health inequalities"),
    (("freedom to speak up",), "the Freedom to Speak Up guardian"),
    (("strategy", "annual plan", "business case"), "strategy and planning"),
    (("edi", "equality", "inclusion", "action plan"), "the equality, diversity and inclusion team"),
)
"""Who usually holds a kind of paper: our own reading, for whoever has to ask round. First match of each row."""

_NO_WINDOW = "the wording sets no time; by our own rule papers over 36 months old count as out of date"


@dataclass(frozen=True, slots=True)
class Ask:
    """The same list twice: plain text for a terminal or an e-mail, and a web page."""

    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What one criterion asks for, in words.

    Attributes:
        when: From which day acts count, or that the wording sets none.
        required, strengthens: Elements with their question and basis.
        near_misses: What looks like it and is not: likeness, reason, effect.
    """

    id: str
    anchor: str
    kind: str
    is_deliverable: bool
    driver: str
    plain: str
    wordings: tuple[tuple[str, str], ...]
    when: str
    required: tuple[tuple[str, str], ...]
    strengthens: tuple[tuple[str, str], ...]
    typical: str
    expected: str
    holders: str
    near_misses: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A level and its items."""

    level: Level
    anchor: str
    items: tuple[Item, ...]


def render_ask(framework: Framework, target: str, as_of: date) -> Ask:
    """Return what to gather for a level and for the levels that it builds on, lowest first.

    Args:
        framework: The standard.
        target: Id of a level; empty for the first.
        as_of: The day that windows are counted back from.

    Raises:
        UsageError: The framework has no such level.
    """
    level, needed = levels_for(framework, target)
    sections = tuple(
        Section(
            level=one,
            anchor=anchor_of(f"level-{one.id}"),
            items=tuple(_item(framework, c, as_of) for c in framework.criteria if c.level == one.id),
        )
        for one in framework.levels
        if one in needed
    )
    page = render_page("ask.html", framework=framework, target=level, as_of=day(as_of), sections=sections)
    return Ask(text="\n".join(_lines(framework, level, as_of, sections)) + "\n", html=page)


def _item(framework: Framework, criterion: Criterion, as_of: date) -> Item:
    return Item(
        id=criterion.id,
        anchor=anchor_of(criterion.id),
        kind=KIND_WORDS[criterion.kind],
        is_deliverable=criterion.kind is CriterionKind.DELIVERABLE,
        driver=next((d.label for d in framework.drivers if d.id == criterion.driver), criterion.driver),
        plain=one_line(criterion.plain),
        wordings=wordings_of(criterion),
        when=window_words(criterion, as_of) or _NO_WINDOW,
        required=_elements(element for element in criterion.elements if element.required),
        strengthens=_elements(element for element in criterion.elements if not element.required),
        typical=listed([one_line(text) for text in criterion.typical_evidence], "or"),
        expected=listed([one_line(text) for text in criterion.expected_in], "or"),
        holders=listed(holders_of(criterion), "or"),
        near_misses=tuple(
            (one_line(miss.looks_like), one_line(miss.because), EFFECT_WORDS[miss.effect])
            for miss in criterion.near_misses
        ),
    )


def holders_of(criterion: Criterion) -> tuple[str, ...]:
    """Return who usually holds the papers in which the evidence lives, in the order of the table."""
    papers = " ; ".join((*criterion.expected_in, *criterion.typical_evidence)).casefold()
    return tuple(
        holder
        for words, holder in _HOLDERS
        if any(re.search(rf"\b{re.escape(word)}", papers) for word in words)
    )


def _elements(elements: Iterator[Element]) -> tuple[tuple[str, str], ...]:
    """Return question and basis; what belongs to one wording alone says so."""
    return tuple(
        (
            one_line(element.asks),
            BASIS_WORDS[element.basis]
            + (f", in the {listed(element.variants)} only" if element.variants else ""),
        )
        for element in elements
    )


def _lines(framework: Framework, level: Level, as_of: date, sections: tuple[Section, ...]) -> Iterator[str]:
    yield from _wrapped(f"What to gather for {level.label}", "")
    yield from _wrapped(f"{framework.title}, {framework.edition}, as at {day(as_of)}", "")
    for section in sections:
        yield from ("", section.level.label.upper(), "=" * len(section.level.label))
        for item in section.items:
            yield ""
            yield from _item_lines(item)
    yield ""
    yield from _wrapped(f"Wordings: {one_line(framework.attribution)}", "")
    yield from _wrapped(DISCLAIMER, "")


def _item_lines(item: Item) -> Iterator[str]:
    yield from _wrapped(f"{item.id}  {item.plain}", "", after="    ")
    yield from _wrapped(f"{item.kind}, {item.driver}", "    ")
    for label, text in item.wordings:
        yield from _wrapped(f"{label}: “{text}”", "    ")
    yield "    Must be shown:"
    for asks, basis in item.required:
        yield from _wrapped(f"[ ] {asks} ({basis})", "      ", after="          ")
    if item.strengthens:
        yield "    Strengthens:"
        for asks, basis in item.strengthens:
            yield from _wrapped(f"[ ] {asks} ({basis})", "      ", after="          ")
    yield from _wrapped(f"When: {item.when}", "    ", after="      ")
    if item.typical:
        yield from _wrapped(f"Typical evidence: {item.typical}", "    ", after="      ")
    if item.expected:
        yield from _wrapped(f"Usually found in: {item.expected}", "    ", after="      ")
    if item.holders:
        yield from _wrapped(f"Whom to ask, as a rule: {item.holders}", "    ", after="      ")
    for looks_like, because, effect in item.near_misses:
        yield from _wrapped(f"Beware: {looks_like}: {because} ({effect})", "    ", after="      ")


def _wrapped(text: str, indent: str, *, after: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if after is None else after,
        break_on_hyphens=False,
    )
