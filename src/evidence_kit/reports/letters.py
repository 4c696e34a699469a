"""Letters about gaps, one for each person or team who answers for the papers, in plain English and plain text."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from evidence_kit.reports.ask import holders_of
from evidence_kit.reports.findings import FindingView
from evidence_kit.reports.view import MapView
from evidence_kit.reports.words import count, listed, one_line

_WIDTH = 88
NOBODY = "whoever holds these papers"


def letters(view: MapView) -> Mapping[str, str]:
    """Return a letter for every owner, by who they are, for the gaps of the target's levels.

    An owner is the one whom the evidence register names for a paper that the criterion quotes; where it names none, the
    team that usually holds such papers (:func:`evidence_kit.reports.ask.holders_of`).
    """
    owners = {paper.id: one_line(paper.profile.owner) for paper in view.map.papers if paper.profile.owner}
    by_owner: defaultdict[str, list[FindingView]] = defaultdict(list)
    for gap in view.gaps:
        for owner in _owners(gap, owners):
            by_owner[owner].append(gap)
    return {
        owner: "\n".join(_letter(view, owner, gaps, owners)) + "\n"
        for owner, gaps in sorted(by_owner.items())
    }


def letter_files(view: MapView) -> Mapping[str, str]:
    """Return the letters by the names of their files; two owners whose names look alike do not share one."""
    files: dict[str, str] = {}
    for owner, text in letters(view).items():
        name, number = file_name(owner), 2
        while name in files:
            name, number = file_name(f"{owner} {number}"), number + 1
        files[name] = text
    return files


def file_name(owner: str) -> str:
    """Return a file name for an owner's letter."""
    return f"letter-{re.sub(r'[^a-z0-9]+', '-', owner.casefold()).strip('-')[:60] or 'owner'}.txt"


def _owners(gap: FindingView, owners: Mapping[str, str]) -> Sequence[str]:
    stated = dict.fromkeys(owners[q.quote.paper] for q in gap.quotes if q.quote.paper in owners)
    return tuple(stated) or holders_of(gap.criterion)[:1] or (NOBODY,)


def _letter(
    view: MapView, owner: str, gaps: Sequence[FindingView], owners: Mapping[str, str]
) -> Iterator[str]:
    organisation = one_line(view.map.organisation)
    yield from _wrapped(f"To: {owner}")
    yield from _wrapped(f"About: evidence for the {view.map.framework.title}, {view.target.label}")
    yield ""
    yield from _wrapped(
        f"We have read {view.searched.amount}{f' of {organisation}' if organisation else ''} as at {view.as_of} and "
        f"looked for what the framework asks. For {count(len(gaps), 'criterion', 'criteria')} the papers that we have "
        "do not show everything yet. That says something about these papers, not about your work: if it has been done, "
        "we only need the paper."
    )
    for gap in gaps:
        yield ""
        yield from _gap(gap, owner, owners)
    yield ""
    yield from _wrapped(
        "Could you send us the papers, or tell us where they are published? If something has not been done yet, please "
        "say so: it then becomes an action in our plan."
    )
    yield ""
    yield from _wrapped("Thank you")


def _gap(gap: FindingView, owner: str, owners: Mapping[str, str]) -> Iterator[str]:
    yield from _wrapped(f"{gap.criterion.id}  {one_line(gap.criterion.plain)}")
    yield from _wrapped(f"In these papers: {gap.status_words}.", "    ")
    for element in gap.missing:
        yield from _wrapped(f"- {element.asks} ({element.outcome_words})", "    ", "      ")
    mine = [quote for quote in gap.quotes if owners.get(quote.quote.paper) == owner and quote.refound]
    for quote in mine[:2]:
        yield from _wrapped(f"Your paper says: “{quote.text}” ({quote.place})", "    ")
    typical = listed([one_line(text) for text in gap.criterion.typical_evidence], "or")
    if typical:
        yield from _wrapped(f"Good evidence would be: {typical}.", "    ")
    if gap.window:
        yield from _wrapped(f"It has to be recent: {gap.window}.", "    ")


def _wrapped(text: str, indent: str = "", after: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if after is None else after,
        break_long_words=False,
        break_on_hyphens=False,
    )
