"""Writes the reports of a map into its folder, and never over what a person has written there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from evidence_kit import outputs
from evidence_kit.errors import OutputUnwritable, UsageError
from evidence_kit.pipeline.written import Written, digests_of, read_written
from evidence_kit.records.document import Document, Problem
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports import data, dates_ahead, letters, marked_pdf, own_template, webpage, word, workbook
from evidence_kit.reports.changes import Changes, compare
from evidence_kit.reports.material import Material
from evidence_kit.reports.view import MapView, build
from evidence_kit.reports.writing import write_file
from evidence_kit.store.decisions import read_decisions
from evidence_kit.workers import Limits

RENDERINGS: Mapping[str, Callable[[Material], str | bytes]] = {
    outputs.PAGE: webpage.render_all,
    outputs.WORKBOOK: lambda material: workbook.render(material.view),
    outputs.PACK: lambda material: word.render(material.view, material.template),
    outputs.CITED: marked_pdf.render,
}
"""The reports, by the names of their files, in the order in which they are written."""
READ_ONLY = frozenset({outputs.PAGE, outputs.CITED, outputs.CALENDAR})
"""Reports that nobody writes in; each other one is set aside before it would be written over."""

Extra = Callable[[Material], Mapping[str, str | bytes]]
"""Gives files beside the reports: contents by name, with ``/`` for a file in a folder."""


def letters_of(material: Material) -> Mapping[str, str | bytes]:
    """Return the letters about gaps."""
    return {f"{outputs.LETTERS}/{name}": text for name, text in letters.letter_files(material.view).items()}


def calendar_of(material: Material) -> Mapping[str, str | bytes]:
    """Return the calendar of what lies ahead."""
    return {outputs.CALENDAR: dates_ahead.render(material.view)}


def copies_of(material: Material) -> Mapping[str, str | bytes]:
    """Return whole copies of the cited PDFs, with the quotes marked."""
    return {f"{outputs.COPIES}/{name}": copy for name, copy in marked_pdf.whole_copies(material).items()}


def from_template(template: Path) -> Extra:
    """Return what fills a user's own Jinja2 template."""
    return lambda material: {
        own_template.written_name(template): own_template.render_own(template, material.view)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What was written.

    Attributes:
        view: What they say.
        folder: The map's folder.
        files: The reports, in order.
        kept: Where reports went that a person had filled in and that stood in the way.
        problems: With people's decisions.
        unchanged: Nothing was written: all stands there as an earlier run wrote it from the same.
    """

    view: MapView
    folder: Path
    files: tuple[Path, ...]
    kept: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    unchanged: bool = False


def write_map(
    evidence_map: EvidenceMap,
    documents: Sequence[Document],
    folder: Path,
    *,
    papers: Path,
    limits: Limits = Limits(),
    workers: int = 0,
    source: str = "",
) -> Reported:
    """Write a map's data and all its reports; ``limits`` and ``workers`` as for :func:`write_reports`.

    Args:
        source: What the map was made from (:func:`evidence_kit.pipeline.written.made_from`); empty to tell nothing.

    Raises:
        OutputUnwritable: A file cannot be written.
    """
    _keep_previous(evidence_map, folder / outputs.DATA)
    data.write_data(evidence_map, documents, folder / outputs.DATA)
    seen = seen_from(folder, papers)
    reported = write_reports(evidence_map, folder, papers=seen, limits=limits, workers=workers)
    if source:
        _write_written(folder, replace(read_written(folder), made_from=source, made=digests_of(folder)))
    return reported


def reported_before(folder: Path) -> Reported:
    """Return what stands in a map's folder as if it had just been written.

    Raises:
        UsageError: No map stands there.
    """
    evidence_map = data.from_json((folder / outputs.DATA / outputs.MAP).read_bytes())
    known = read_decisions(folder / outputs.DECISIONS)
    view = build(evidence_map, known.decisions, sources=read_written(folder).papers)
    files = tuple(folder / name for name in RENDERINGS)
    return Reported(view=view, folder=folder, files=files, problems=known.problems, unchanged=True)


def write_reports(
    evidence_map: EvidenceMap,
    folder: Path,
    *,
    papers: str,
    names: Sequence[str] = tuple(RENDERINGS),
    more: Sequence[Extra] = (),
    into: Path | None = None,
    template: Path | None = None,
    limits: Limits = Limits(),
    workers: int = 0,
) -> Reported:
    """Write reports of a map, with the decisions that stand beside it.

    Args:
        evidence_map: The map.
        folder: The map's folder, in which people's decisions stand.
        papers: The folder of papers as seen from where the reports go, for links and to show pages of them; empty for
            none.
        names: Which reports, of :data:`RENDERINGS`.
        more: What else to write.
        into: Where the reports go; ``None`` for the map's folder.
        template: A user's Word document whose styles the pack uses.
        limits: Of the guard around every opening of a paper.
        workers: Worker processes that open papers; 0 opens them in this process.

    Raises:
        OutputUnwritable: A file cannot be written.
    """
    known = read_decisions(folder / outputs.DECISIONS)
    view = build(evidence_map, known.decisions, sources=papers)
    home = into or folder
    material = Material(
        view=view,
        papers=(home / papers).resolve() if papers else None,
        changes=_changes(view, folder / outputs.DATA),
        template=template,
        limits=limits,
        workers=workers,
    )
    before = read_written(folder) if into is None else Written()
    digests = dict(before.files)
    files, kept = [], []
    contents = {name: RENDERINGS[name](material) for name in names}
    for extra in more:
        contents |= extra(material)
    for name, content in contents.items():
        path = home / name
        if name not in READ_ONLY:
            digest = hashlib.sha256(_bytes(content)).hexdigest()
            kept += _set_aside(path, home / outputs.KEPT, {digest, digests.get(name, "")})
            digests[name] = digest
        write_file(path, content)
        files.append(path)
    if into is None:
        _write_written(folder, Written(papers=papers or before.papers, files=dict(sorted(digests.items()))))
    return Reported(view=view, folder=folder, files=tuple(files), kept=tuple(kept), problems=known.problems)


def _write_written(folder: Path, written: Written) -> None:
    content = msgspec.json.format(msgspec.json.encode(written)) + b"\n"
    write_file(folder / outputs.DATA / outputs.WRITTEN, content)


def _keep_previous(evidence_map: EvidenceMap, folder: Path) -> None:
    """Put the map that stands in the folder by, if the new one is another."""
    try:
        before = (folder / outputs.MAP).read_bytes()
    except OSError:
        return
    if before != data.to_json(evidence_map):
        write_file(folder / outputs.PREVIOUS, before)


def _changes(view: MapView, folder: Path) -> Changes | None:
    """Say what changed since the previous map; one of another framework or version is compared with nothing."""
    try:
        previous = data.from_json((folder / outputs.PREVIOUS).read_bytes())
        return compare(build(previous), view)
    except (OSError, UsageError):
        return None


def seen_from(folder: Path, papers: Path) -> str:
    """Return the folder of papers as seen from the map's folder; empty where no relative path leads there."""
    whole = papers.resolve()
    try:
        return Path(os.path.relpath(whole if whole.is_dir() else whole.parent, folder.resolve())).as_posix()
    except ValueError:  # Windows: another drive
        return ""


def _set_aside(path: Path, shelf: Path, ours: Collection[str]) -> list[Path]:
    """Move a report away whose digest is none of ours, since a person has written in it; say where to."""
    try:
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() in ours:
            return []
        shelf.mkdir(exist_ok=True)
        number = 1
        while (aside := shelf / f"{path.stem}-{number}{path.suffix}").exists():
            number += 1
        path.rename(aside)
    except OSError as error:
        raise OutputUnwritable(
            f"{path} was filled in by somebody and cannot be set aside: {error.strerror or error}.",
            next_step="Close it if another program has it open, or move it away, and run again.",
        ) from error
    return [aside]


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")
