"""What changed between two maps: statuses with reasons; evidence new, lost, expired or repeated word for word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from evidence_kit.errors import UsageError
from evidence_kit.records.decision import comparable
from evidence_kit.records.finding import Finding, Quote, Role, Status
from evidence_kit.reports.findings import ElementView, FindingView
from evidence_kit.reports.pages import render_page
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.view import MapView
from evidence_kit.reports.words import ROLE_WORDS, count, listed

CHANGES_SCHEMA = "evidence-kit/changes"
CHANGES_SCHEMA_VERSION = 1
_SPEAKS = frozenset({Role.SUPPORT, Role.PLAN, Role.AGAINST})
_ORDER = (
    Status.NOT_FOUND,
    Status.CONTRADICTED,
    Status.PLANNED,
    Status.STALE,
    Status.PARTLY,
    Status.NEEDS_PERSON,
    Status.EVIDENCED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteChange:
    """A quote that is new, lost, expired or used again: its words, what it does, where it stands, and why."""

    criterion: str
    text: str
    role: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """A criterion whose status is another one now. ``better`` is ``None`` where neither is better."""

    criterion: str
    plain: str
    before: Status
    after: Status
    before_words: str
    after_words: str
    better: bool | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed from one map to another.

    Attributes:
        before, after: When each was made for, in words.
        gone, added: Criteria that only the older or only the newer map judges.
        reused: The same words now stand in a later paper: a year-on-year repeat, not a new act.
    """

    organisation: str
    before: str
    after: str
    statuses: tuple[StatusChange, ...]
    new: tuple[QuoteChange, ...]
    lost: tuple[QuoteChange, ...]
    expired: tuple[QuoteChange, ...]
    reused: tuple[QuoteChange, ...]
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(
            self.statuses or self.new or self.lost or self.expired or self.reused or self.gone or self.added
        )

    @property
    def summary(self) -> str:
        """What changed in a sentence."""
        parts = [
            count(len(self.statuses), "status", "statuses") + " changed",
            count(len(self.new), "new quote"),
            f"{len(self.lost)} lost",
            f"{len(self.expired)} out of the window",
            f"{len(self.reused)} used again word for word",
        ]
        return f"{listed(parts)}." if self.any else "Nothing changed."


def compare(old: MapView, new: MapView) -> Changes:
    """Return what changed from one map to another, in the newer map's order.

    Raises:
        UsageError: The maps are of different frameworks.
    """
    if old.map.framework.id != new.map.framework.id:
        raise UsageError(
            f"The maps are of different frameworks: {old.map.framework.title} and {new.map.framework.title}.",
            next_step="Compare maps that were made with the same framework.",
        )
    before = {view.criterion.id: view for view in old.findings}
    after = {view.criterion.id: view for view in new.findings}
    both = [(before[name], view) for name, view in after.items() if name in before]
    gathered = [_quotes(was, now, old, new) for was, now in both]
    return Changes(
        organisation=new.map.organisation,
        before=old.as_of,
        after=new.as_of,
        statuses=tuple(_status(was, now) for was, now in both if was.status is not now.status),
        new=tuple(one for each in gathered for one in each["new"]),
        lost=tuple(one for each in gathered for one in each["lost"]),
        expired=tuple(one for each in gathered for one in each["expired"]),
        reused=tuple(one for each in gathered for one in each["reused"]),
        gone=tuple(name for name in before if name not in after),
        added=tuple(name for name in after if name not in before),
    )


def to_json(changes: Changes) -> bytes:
    """Return the changes as JSON."""
    fields = {
        "schema": CHANGES_SCHEMA,
        "schema_version": CHANGES_SCHEMA_VERSION,
        **msgspec.to_builtins(changes),
    }
    return msgspec.json.format(msgspec.json.encode(fields), indent=2) + b"\n"


def render(changes: Changes) -> str:
    """Return the changes as a web page."""
    return render_page("changes.html", changes=changes)


def _status(was: FindingView, now: FindingView) -> StatusChange:
    rank = _ORDER.index(now.status) - _ORDER.index(was.status)
    return StatusChange(
        criterion=now.criterion.id,
        plain=now.criterion.plain,
        before=was.status,
        after=now.status,
        before_words=was.status_words,
        after_words=now.status_words,
        better=None if Status.CONTRADICTED in (was.status, now.status) and rank < 0 else rank > 0,
        reasons=tuple(_reasons(was, now)),
    )


def _reasons(was: FindingView, now: FindingView) -> Iterator[str]:
    """Say which elements are shown otherwise than before; with none, the conclusion's own reason."""
    elements = {element.id: element for element in was.main.elements}
    changed = [
        _element(elements.get(element.id), element)
        for element in now.main.elements
        if element.id not in elements or elements[element.id].outcome is not element.outcome
    ]
    yield from changed or [now.main.reason]


def _element(was: ElementView | None, now: ElementView) -> str:
    before = was.outcome_words if was else "not asked"
    return f"{now.asks} {before[:1].upper()}{before[1:]} before, {now.outcome_words} now: {now.reason}"


def _quotes(
    was: FindingView, now: FindingView, old: MapView, new: MapView
) -> Mapping[str, Sequence[QuoteChange]]:
    earlier, later = _speaking(was), _speaking(now)
    found: dict[str, list[QuoteChange]] = {"new": [], "lost": [], "expired": [], "reused": []}
    for words, view in later.items():
        same = earlier.get(words)
        if same is None:
            found["new"].append(_change(now, view, view.paper))
        elif same.quote.in_window and not view.quote.in_window:
            found["expired"].append(_change(now, view, f"It was inside the window as at {old.as_of}."))
        elif _later_paper(same.quote, view.quote, old, new):
            found["reused"].append(_change(now, view, f"The same words stood in {same.place}."))
    for words, view in earlier.items():
        if words not in later:
            found["lost"].append(_change(was, view, _why_lost(words, view, now.finding, new)))
    return found


def _speaking(view: FindingView) -> dict[str, QuoteView]:
    """Return the quotes that say something of the criterion by their words, the strongest of each first."""
    found: dict[str, QuoteView] = {}
    for quote in view.quotes:
        if quote.quote.role in _SPEAKS and quote.refound:
            found.setdefault(comparable(quote.quote.text), quote)
    return found


def _later_paper(was: Quote, now: Quote, old: MapView, new: MapView) -> bool:
    before = next((paper for paper in old.map.papers if paper.id == was.paper), None)
    after = next((paper for paper in new.map.papers if paper.id == now.paper), None)
    if before is None or after is None or before.text_digest == after.text_digest:
        return False
    first, second = before.profile.date, after.profile.date
    return first is not None and second is not None and second > first


def _why_lost(words: str, view: QuoteView, now: Finding, new: MapView) -> str:
    if any(words == comparable(quote.text) for quote in now.quotes):
        return "It is a near-miss now."
    if any(words in comparable(page.text) for page in new.map.cited_pages):
        return "Its words stand in the papers, but are no evidence for this criterion any more."
    known = {document.sha256 for document in new.map.documents}
    if any(one.id == view.quote.document and one.sha256 in known for one in new.map.documents):
        return "Its document is there, and it is quoted no more."
    return "Its document is not among these papers, or its words have changed."


def _change(finding: FindingView, view: QuoteView, reason: str) -> QuoteChange:
    return QuoteChange(
        criterion=finding.criterion.id,
        text=view.text,
        role=ROLE_WORDS[view.quote.role],
        place=view.place,
        reason=reason,
    )
