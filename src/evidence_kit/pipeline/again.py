"""Reports again from a map's folder: where its papers are now, and what is no longer there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidence_kit import outputs
from evidence_kit.errors import UsageError
from evidence_kit.pipeline.reporting import seen_from
from evidence_kit.pipeline.written import read_written
from evidence_kit.records.evidence_map import DocumentSummary, EvidenceMap
from evidence_kit.rendering.sources import path_of
from evidence_kit.reports.words import count, listed, one_line

NAMED = 5
"""Papers that are named one by one; more are counted."""


def papers_of(home: Path, stated: Path | None) -> Path | None:
    """Return the folder of papers: as stated, else where the map says that it was; ``None`` if that is not there.

    Raises:
        UsageError: The stated folder is not there.
    """
    if stated is not None:
        if not stated.is_dir():
            raise UsageError(
                f"There is no folder {stated}.", next_step="Say with --papers where the papers lie now."
            )
        return stated
    known = read_written(home).papers
    return home / known if known and (home / known).is_dir() else None


def lacking(home: Path, evidence_map: EvidenceMap, papers: Path | None) -> tuple[str, ...]:
    """Say what a map was made with and is not there any more, and what the reports lack for it."""
    return tuple(_lacking(home, evidence_map, papers))


def refuse_papers(target: Path, home: Path, papers: Path | None, *, own: bool) -> None:
    """Refuse to write where the next ``map`` would read a report as a paper.

    Args:
        target: Where the reports go.
        home: The map's folder, whose own reports are never read as papers.
        papers: The folder of papers.
        own: Whether a file whose name is the user's is written too.

    Raises:
        UsageError: The folder lies among the papers.
    """
    if papers is None or (target.resolve() == home.resolve() and not own):
        return
    if target.resolve().is_relative_to(papers.resolve()):
        raise UsageError(
            f"{target} lies in the folder of papers, where the next map would read the report as a paper.",
            next_step="Name a folder outside it with --out.",
        )


def _lacking(home: Path, evidence_map: EvidenceMap, papers: Path | None) -> Iterator[str]:
    if not (home / outputs.DATA / outputs.TEXTS).is_file():
        yield (
            f"The text of the papers ({outputs.DATA}/{outputs.TEXTS}) is not beside the map. The reports need the map "
            "alone; `check` cannot look up pages without it."
        )
    if papers is None:
        known = read_written(home).papers
        where = f"not at {(home / known).resolve()} any more" if known else "not known to be anywhere"
        yield (
            f"The papers are {where}: quotes carry no links, and no cited page can be shown. Say where they are with "
            "--papers."
        )
        return
    gone = [document for document in evidence_map.documents if not _is_there(document, papers)]
    changed = [document for document in evidence_map.documents if _has_changed(document, papers)]
    if gone:
        yield f"{_named(gone)} not in {papers}."
    if changed:
        yield f"{_named(changed)} changed since the map was made: quotes may stand elsewhere. Make the map again."


def _is_there(document: DocumentSummary, papers: Path) -> bool:
    """Tell whether a document's file is there, or the archive or message that holds it."""
    path = path_of(document, papers)
    if path is None:
        return False
    around = (parent for parent in path.parents if parent.is_relative_to(papers))
    return path.exists() or any(parent.is_file() for parent in around)


def _has_changed(document: DocumentSummary, papers: Path) -> bool:
    path = path_of(document, papers)
    return path is not None and path.is_file() and path.stat().st_size != document.size


def _named(documents: list[DocumentSummary]) -> str:
    names = [one_line(document.path) for document in documents[:NAMED]]
    if len(documents) > NAMED:
        names.append(count(len(documents) - NAMED, "other paper"))
    return f"{listed(names)} {'is' if len(documents) == 1 else 'are'}"


def seen_papers(target: Path, papers: Path | None) -> str:
    """Return the folder of papers as seen from where the reports go; empty if it is not there."""
    return seen_from(target, papers) if papers else ""
