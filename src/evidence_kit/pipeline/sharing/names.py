"""Which papers are open, under which names their files are shared, and which names must not leave."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from evidence_kit.passages.duplicates import venue_of
from evidence_kit.passages.markings import is_private_part
from evidence_kit.passages.register import REGISTER_DIFFERS
from evidence_kit.pipeline.sharing.fields import known
from evidence_kit.records.document import Media
from evidence_kit.records.evidence_map import DocumentSummary, EvidenceMap
from evidence_kit.records.finding import Quote
from evidence_kit.records.passage import Profile

NOT_SHARED = "not shared"


def is_open(profile: Profile) -> bool:
    """Tell whether a paper's words may leave: nothing marks it, and nothing says that it is not for the public."""
    return not profile.marking and profile.public is not False


def is_open_quote(quote: Quote, papers: Container[str]) -> bool:
    """Tell whether a quote stands in an open paper, and under no heading of a part that is not for everybody."""
    return quote.paper in papers and not any(map(is_private_part, quote.headings))


@dataclass(frozen=True, slots=True)
class Names:
    """Documents under the names that they are shared with, which papers are open, and words that must not leave.

    Attributes:
        open: Ids of papers.
        words: Folded (:func:`folded`).
        venues: Of papers that are not open, as :func:`venue_of` words them.
        files: The name to share a file with, by its path in the pack.
    """

    documents: list[DocumentSummary]
    open: frozenset[str]
    words: tuple[str, ...]
    venues: frozenset[str]
    files: Mapping[str, str]

    def tells(self, text: str, *, case: bool = True) -> bool:
        """Tell whether a text names what is not shared, whatever its white space; or its capitals, too."""
        said = folded(text)
        if case:
            return any(word in said for word in self.words)
        return any(word.casefold() in said.casefold() for word in self.words)


def names_of(evidence_map: EvidenceMap, *, file_names: bool) -> Names:
    """Give every document a name without its folder; one that is not open, or was not read, has none."""
    doubtful = {one.file for one in evidence_map.problems if one.code == REGISTER_DIFFERS}
    in_doubt = {one.id for one in evidence_map.documents if one.path in doubtful}
    open_papers = {
        paper.id for paper in evidence_map.papers if is_open(paper.profile) and paper.document not in in_doubt
    }
    open_documents = {paper.document for paper in evidence_map.papers if paper.id in open_papers}
    open_paths = {one.path for one in evidence_map.documents if one.id in open_documents}
    documents, files, taken = [], {}, set()
    for number, one in enumerate(evidence_map.documents, start=1):
        is_shown = one.id in open_documents or (
            one.media is Media.ARCHIVE and any(path.startswith(f"{one.path}/") for path in open_paths)
        )
        name = PurePosixPath(one.path.replace("\\", "/")).name
        if not is_shown:
            name = f"document {number} ({NOT_SHARED})"
        elif not file_names:
            name = f"document {number}{PurePosixPath(name).suffix}"
        while name in taken:
            name = f"{number}-{name}"
        taken.add(name)
        files[one.path] = name
        document = replace(known(one), path=name)
        documents.append(document if is_shown else replace(document, id=f"d{number}", sha256=""))
    return Names(
        documents=documents,
        open=frozenset(open_papers),
        words=_words(evidence_map, open_papers, files, file_names=file_names),
        venues=frozenset(venue_of(paper) for paper in evidence_map.papers if paper.id not in open_papers),
        files=files,
    )


def _words(
    evidence_map: EvidenceMap, open_papers: Container[str], files: Mapping[str, str], *, file_names: bool
) -> tuple[str, ...]:
    """Return titles of papers that are not open, names of files that are not shared, and names of folders."""
    told = _told(evidence_map, open_papers)
    profiles = [paper.profile for paper in evidence_map.papers if paper.id not in open_papers]
    titles = {folded(title) for one in profiles for title in (one.title, one.weak_title)}
    hidden = {
        PurePosixPath(path).name for path, name in files.items() if not file_names or NOT_SHARED in name
    }
    folders = {f"{part}/" for path in files for part in PurePosixPath(path).parts[:-1]}
    kept = {title for title in titles if title not in told} | set(map(folded, hidden | folders))
    return tuple(sorted(kept - {""}))


def _told(evidence_map: EvidenceMap, open_papers: Container[str]) -> str:
    """Return titles and quotes of open papers: what these say themselves, such as a network's name, is no secret."""
    quotes = (
        quote for one in evidence_map.findings for quote in one.quotes if is_open_quote(quote, open_papers)
    )
    titles = (paper.profile.title for paper in evidence_map.papers if paper.id in open_papers)
    return "\n".join(map(folded, (*titles, *(quote.text for quote in quotes))))


def folded(text: str) -> str:
    """Return a text with one blank for every run of white space."""
    return " ".join(text.split())
