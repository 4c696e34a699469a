"""The evidence register: what a trust itself says of the files in its pack, read and merged into the profiles.

A file ``evidence-register.csv`` or ``.xlsx`` at the top of the pack. It is no evidence: what it says is shown as
stated by the trust. What a paper says of itself stands where the two differ; the difference is told. Its dates of
publication are shown and date no paper: the trust's word must turn no verdict.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from evidence_kit.language.dates import find_dates
from evidence_kit.records.document import BlockKind, Document, DocumentState, Problem
from evidence_kit.records.passage import STATED_BY_TRUST, Paper, Profile
from evidence_kit.records.reading import DatePrecision

REGISTER_MISSING = "register_missing"
REGISTER_UNLISTED = "register_unlisted"
REGISTER_UNCLEAR = "register_unclear"
REGISTER_DIFFERS = "register_differs"
LISTED = 20
"""Names told of files that the register does not name."""
_NAME = re.compile(r"evidence[ _-]?register\.(?:csv|tsv|xlsx|xlsm|xls|ods)", re.IGNORECASE)
WEAK_TITLES = frozenset({"the file's name", "file properties", "first line"})
"""Reasons of titles (:mod:`evidence_kit.passages.titles`) that the register's may replace where a title is
shown. What the paper's passages mean is told by its own (:attr:`evidence_kit.records.passage.Profile.own_title`)."""
_HEADER_ROWS = 15
"""Within which the header stands."""

_COLUMNS = (
    ("published", r"\bdate\b|\bwhen\b|\bpublished on\b"),
    ("address", r"\bwhere\b|\baddress\b|\burls?\b|\b(?:hyper)?links?\b|\bweb\b|\bwebsite\b|\bpublished at\b"),
    (
        "access",
        r"\bpublic\b|\binternal\b|\bconfidential(?:ity)?\b|\baccess\b|\bclassification\b|\bsensitivity\b|\bmarking\b"
        r"|\bpublished\b|\bvisibility\b",
    ),
    ("owner", r"\bowners?\b|\blead\b|\bresponsible\b|\bauthors?\b|\bcontact\b"),
    ("file", r"\bfile ?names?\b|\bfiles?\b|\bpath\b|\battachments?\b|^documents?(?: name)?$|^evidence file$"),
    ("title", r"\btitle\b|\bname\b|\bdescription\b|^evidence$"),
)
"""What a column is called, in plain lower-case words; the first that fits."""
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _COLUMNS)
_NOT_PUBLIC = re.compile(
    r"\b(?:not|un|non|no|internal(?:ly)?|intranet|private|restricted|confidential|sensitive|staff only)\b"
)
_PUBLIC = re.compile(r"\b(?:public|published|yes|y|open|website|internet)\b")
_CONFIDENTIAL = re.compile(r"\bofficial sensitive\b|\bconfidential\b|\brestricted\b|\bsensitive\b")


class Row(NamedTuple):
    """A row of the register; empty texts and ``None`` where it says nothing.

    Attributes:
        access: As written, for people.
        public: What ``access`` means.
    """

    file: str
    title: str = ""
    owner: str = ""
    address: str = ""
    published: date | None = None
    access: str = ""
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """All rows of the registers of a pack, and what is wrong with them."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class _Merged:
    papers: dict[str, Paper] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def is_register(path: str) -> bool:
    """Tell whether a file of the pack, by its path in it, is an evidence register."""
    return _NAME.fullmatch(path) is not None


def read_register(documents: Iterable[Document]) -> Register:
    """Read the registers among documents; a table without a column for the file is a problem."""
    rows: list[Row] = []
    problems: list[Problem] = []
    names = []
    for document in documents:
        if not is_register(document.path):
            continue
        names.append(document.path)
        problems.extend(document.problems)
        found = _rows(document)
        if found is None and document.state is not DocumentState.NOT_READ:
            problems.append(_no_header(document.path))
        rows.extend(found or ())
    return Register(tuple(rows), tuple(problems), tuple(names))


def _no_header(path: str) -> Problem:
    return Problem(
        code=REGISTER_UNCLEAR,
        file=path,
        message="The evidence register has no row of headings with a column for the file, so it was not used.",
        next_step="Head its columns: file, title, owner, address where published, date published, "
        "public/internal/confidential.",
    )


def _rows(document: Document) -> list[Row] | None:
    """Return the rows below the first row that can be headings; ``None`` if there is none."""
    columns: dict[str, int] = {}
    found: list[Row] = []
    for number, cells in enumerate(_cells(document)):
        if not columns:
            if number < _HEADER_ROWS:
                columns = _columns(cells)
            continue
        said = {name: cells[index] for name, index in columns.items() if index < len(cells)}
        if said.get("file"):
            found.append(_row(said))
    return found if columns else None


def _cells(document: Document) -> Iterator[list[str]]:
    for page in document.pages:
        for block in page.blocks:
            if block.kind is BlockKind.TABLE_ROW:
                yield [" ".join(page.text[start:end].split()) for start, end in block.cells]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Return the places of the columns by name; empty unless one is for the file and another is known."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(cells):
        words = _plain(cell)
        name = next(
            (name for name, pattern in _PATTERNS if name not in columns and pattern.search(words)), ""
        )
        if words and name:
            columns[name] = index
    return columns if "file" in columns and len(columns) > 1 else {}


def _row(said: dict[str, str]) -> Row:
    access = said.get("access", "")
    dates = find_dates(said.get("published", ""))
    exact = [each.first for each in dates if each.precision is DatePrecision.DAY]
    return Row(
        file=said["file"],
        title=said.get("title", ""),
        owner=said.get("owner", ""),
        address=said.get("address", ""),
        published=exact[0] if exact else None,
        access=access,
        public=_is_public(access),
    )


def _is_public(access: str) -> bool | None:
    words = _plain(access)
    if _NOT_PUBLIC.search(words):
        return False
    return True if _PUBLIC.search(words) else None


# Merging --------------------------------------------------------------------------------------------------------------


def merge_register(
    register: Register, documents: Sequence[Document], papers: Sequence[Paper]
) -> tuple[tuple[Paper, ...], tuple[Problem, ...]]:
    """Add what the register says to the profiles of the papers that it names.

    Args:
        register: Its rows.
        documents: Of the pack, without the register.
        papers: Of these documents.

    Returns:
        The papers in the same order, and the problems: rows that name no file, or more than one; files that no row
        names; rows that say otherwise than the paper does.
    """
    if not register.names:
        return tuple(papers), ()
    by_document: dict[str, list[Paper]] = {}
    for paper in papers:
        by_document.setdefault(paper.document, []).append(paper)
    merged = _Merged()
    named: set[str] = set()
    file = register.names[0]
    for row in register.rows:
        targets = _targets(row.file, documents)
        if targets is None:
            merged.problems.append(_unclear(file, row.file))
        elif not targets:
            merged.problems.append(_missing(file, row.file))
        for document in targets or ():
            if document.id not in named:  # the first row counts
                named.add(document.id)
                _merge(row, document, by_document.get(document.id, []), merged)
    unlisted = [document.path for document in documents if document.id not in named]
    if unlisted and register.rows:
        merged.problems.append(_unlisted(file, unlisted))
    return tuple(merged.papers.get(paper.id, paper) for paper in papers), tuple(merged.problems)


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).replace("\\", "/").strip("/ ").removeprefix("./").casefold()


def _last(path: str, with_suffix: bool) -> str:
    name = path.rpartition("/")[2]
    return name if with_suffix else name.rpartition(".")[0]


def _targets(name: str, documents: Sequence[Document]) -> tuple[Document, ...] | None:
    """Return the documents that a row names; ``None`` if it may mean several.

    The path in the pack; of an archive, a message or a folder all that is in it; else the name alone, with or without
    its suffix.
    """
    wanted = _key(name)
    within = tuple(each for each in documents if (_key(each.path) + "/").startswith(wanted + "/"))
    if within:
        return within
    for with_suffix in (True, False):
        found = tuple(each for each in documents if _last(_key(each.path), with_suffix) == wanted)
        if found:
            return found if len(found) == 1 else None
    return ()


def _merge(row: Row, document: Document, papers: Sequence[Paper], merged: _Merged) -> None:
    for paper in papers:
        alone = len(papers) == 1
        profile = _with_row(paper.profile, row, alone=alone)
        merged.papers[paper.id] = replace(paper, profile=profile)
        own = paper.profile.public
        if own is not None and row.public is not None and own is not row.public:
            merged.problems.append(
                _differs(document.path, row, dict(paper.profile.reasons).get("public", ""))
            )
            break


def _with_row(profile: Profile, row: Row, *, alone: bool) -> Profile:
    """Return a profile with what a row states; the title only for the only paper of a file."""
    reasons = dict(profile.reasons)
    changes: dict[str, object] = {}
    if row.title and alone and (not profile.title or reasons.get("title") in WEAK_TITLES):
        changes["title"] = row.title
    if row.public is not None and profile.public is None:
        changes["public"] = row.public
    if _CONFIDENTIAL.search(_plain(row.access)) and not profile.marking:
        changes["marking"] = row.access
    for name in ("owner", "address", "published"):
        if getattr(row, name):
            changes[name] = getattr(row, name)
    reasons |= dict.fromkeys(changes, STATED_BY_TRUST)
    if "title" in changes:
        changes["weak_title"] = profile.title
    return replace(profile, **changes, reasons=tuple(reasons.items()))  # type: ignore[arg-type]


def _missing(file: str, name: str) -> Problem:
    return Problem(
        code=REGISTER_MISSING,
        file=file,
        message=f"The evidence register names ‘{name}’, and there is no such file in the pack.",
        next_step="Add the file, or correct its name in the register.",
    )


def _unclear(file: str, name: str) -> Problem:
    return Problem(
        code=REGISTER_UNCLEAR,
        file=file,
        message=f"The evidence register names ‘{name}’, and several files of the pack are called so.",
        next_step="Write the path in the pack, folders included.",
    )


def _unlisted(file: str, names: Sequence[str]) -> Problem:
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return Problem(
        code=REGISTER_UNLISTED,
        file=file,
        message=f"The evidence register does not name: {', '.join(f'‘{one}’' for one in names[:LISTED])}{more}.",
        next_step="They were read all the same. Add them to the register.",
    )


def _differs(path: str, row: Row, reason: str) -> Problem:
    says = "it is public" if row.public else "it is not public"
    return Problem(
        code=REGISTER_DIFFERS,
        file=path,
        message=f"The evidence register states that {says}; the paper itself does not agree ({reason}).",
        next_step="The paper’s own word was taken. Correct the register, or send the version that was published.",
    )
