"""Files that are perhaps too personal to be read by a panel, by the check before sharing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from evidence_kit.pipeline.sharing.check import check_documents
from evidence_kit.pipeline.sharing.kinds import MEANINGS
from evidence_kit.records.document import Document
from evidence_kit.records.sharing import Kind
from evidence_kit.reports.words import listed
from evidence_kit.screening.intake import Personal

TOO_PERSONAL = (Kind.NHS_NUMBER, Kind.ACCOUNT, Kind.NAME, Kind.MARKING, Kind.SMALL_NUMBER)
"""Kinds of findings that concern people in the papers; addresses of offices are no matter for a panel."""
MOST_PLACES = 5


def personal_in(documents: Sequence[Document]) -> tuple[Personal, ...]:
    """Return the files in which the check before sharing finds something about people, with the first places."""
    found: defaultdict[str, defaultdict[Kind, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in check_documents(documents):
        if one.kind in TOO_PERSONAL:
            found[one.file][one.kind].append(one.place)
    return tuple(
        Personal(
            file=file,
            why=listed([MEANINGS[kind].title.lower() for kind in TOO_PERSONAL if kind in kinds]),
            places=tuple(dict.fromkeys(place for those in kinds.values() for place in those if place))[
                :MOST_PLACES
            ],
        )
        for file, kinds in sorted(found.items())
    )
