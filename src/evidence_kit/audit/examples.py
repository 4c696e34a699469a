"""Good examples: of each criterion the quotes that show it best, an organisation once."""

from __future__ import annotations

import heapq
import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from evidence_kit.audit.forms import place_of
from evidence_kit.audit.organisations import INVENTORY, Rows
from evidence_kit.records.document import Media
from evidence_kit.records.finding import Role
from evidence_kit.reports.sources import link_of

MOST = 3
"""Of a criterion."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Example:
    """A quote that shows a criterion well.

    Attributes:
        link: From the audit's folder to the page; empty where a browser could not open it.
    """

    organisation: str
    year: str
    words: str
    place: str
    link: str


Rank = tuple[int, float, str, str]


class Examples:
    """Keeps the best quotes while an audit's organisations go by.

    Args:
        root: The audit's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._best: defaultdict[str, list[tuple[Rank, Example]]] = defaultdict(list)

    def add(self, own: Mapping[str, Rows]) -> None:
        """Look at an organisation: its rows of the findings, the quotes and the documents."""
        shown = {
            (row["year"], row["criterion"]) for row in own["findings"] if row["shown"] and row["applies"]
        }
        organisation = own[INVENTORY][0]["organisation"]
        documents = {(row["year"], row["document"]): row for row in own["documents"]}
        best: dict[str, tuple[Rank, dict[str, Any]]] = {}
        for row in own["quotes"]:
            if row["role"] != Role.SUPPORT or (row["year"], row["criterion"]) not in shown:
                continue
            rank = (
                len(row["elements"].split()),
                row["probability"],
                row["year"],
                f"{row['code']} {row['quote']}",
            )
            if row["criterion"] not in best or rank > best[row["criterion"]][0]:
                best[row["criterion"]] = (rank, row)
        for criterion, (rank, row) in best.items():
            heapq.heappush(self._best[criterion], (rank, self._example(organisation, row, documents)))
            if len(self._best[criterion]) > MOST:
                heapq.heappop(self._best[criterion])

    def of(self, criterion: str) -> tuple[Example, ...]:
        """Return the quotes that show most elements of a criterion; of equals the surest, then the newest."""
        return tuple(example for _, example in sorted(self._best[criterion], reverse=True))

    def _example(
        self,
        organisation: str,
        row: Mapping[str, Any],
        documents: Mapping[tuple[str, str], Mapping[str, Any]],
    ) -> Example:
        document = documents.get((row["year"], row["document"]))
        return Example(
            organisation=organisation,
            year=row["year"],
            words=row["words"],
            place=place_of(row),
            link=self._link(document, row["page"]) if document else "",
        )

    def _link(self, document: Mapping[str, Any], page: int | None) -> str:
        """Return where a browser opens the page; of a file in an archive, the archive; of one in a store, nothing."""
        source = Path(document["source"])
        if not source.is_absolute():
            return ""
        try:
            folder = Path(os.path.relpath(source.parent, self._root)).as_posix()
        except ValueError:  # on another drive
            folder = source.parent.as_uri()
        alone = PurePosixPath(document["path"]).name == source.name
        return link_of(folder, source.name, Media(document["media"]), page if alone else None)
