"""What an applicant claims: each claim with the criterion that it is about, read from whatever form it came in.

A claim says; it never shows. What cannot be matched is listed with what comes nearest, and is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from types import MappingProxyType

from evidence_kit.errors import UsageError
from evidence_kit.readers.workbook.forms import Form, Value, cell_name
from evidence_kit.records.criterion import Criterion, Framework
from evidence_kit.records.decision import Verdict, comparable
from evidence_kit.reports import workbook_layout as layout
from evidence_kit.reports.words import VERDICT_WORDS, listed, one_line

CLAIMS = "Claims"
NAMES = "Own names"
CLAIMED = "Claimed status"
TEXT = "What it shows"
NAME, MEANS = "Name", "What it is"


class Claimed(StrEnum):
    """What an applicant says of a criterion."""

    IN_PLACE = "in_place"
    PLANNED = "planned"
    """Planned, or a development area: nothing that documents could contradict by a plan."""


CLAIMED_WORDS = {
    Claimed.IN_PLACE: VERDICT_WORDS[Verdict.IN_PLACE],
    Claimed.PLANNED: VERDICT_WORDS[Verdict.DEVELOPMENT_AREA],
}
_SAID = {
    **dict.fromkeys(
        ("in place", "yes", "y", "met", "done", "complete", "achieved", "claimed"), Claimed.IN_PLACE
    ),
    **dict.fromkeys(
        ("development area", "planned", "no", "n", "not yet", "in progress", "partly", "not in place"),
        Claimed.PLANNED,
    ),
}

HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "criterion": (
            *(layout.CRITERION, "criterion id", "criteria", "deliverable", "direct deliverable"),
            *("ref", "reference", "requirement"),
        ),
        "status": (CLAIMED, layout.IN_PLACE, "status", "self-assessment", "in place?"),
        "in_place": ("in place",),
        "development": ("development area",),
        "document": (layout.DOCUMENT, "file", "file name", "evidence", "evidence document", "source"),
        "page": (layout.PAGE, "pages", "page(s)", "page number", "page no", "page numbers"),
        "text": (
            *(TEXT, layout.WHY, "claim", "our claim", "what we say", "what it shows", "statement"),
            *("narrative", "comment", "comments", "description", "details", "summary", "free text", "text"),
        ),
    }
)
"""Headings under which a column is known, whatever its case; a column map names others."""

_ID_FIRST = re.compile(r"([A-Za-z]+\d*(?:\.[A-Za-z]+\d+)?)(?=$|[\s:–—.)-])")
NEAREST = 3
MOST_HEADINGS = 20
"""Headings told of a form in which a named one was not found."""
_LIKENESS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim.

    Attributes:
        id: ``C`` and its number in the form's order.
        cell: Where it stands ("Claims!A5").
        document, page, text: As written; the page may be several, by the file's number or the printed one.
    """

    id: str
    cell: str
    criterion: str
    claimed: Claimed = Claimed.IN_PLACE
    document: str = ""
    page: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """Something in the form that fits nothing, and what comes nearest."""

    cell: str
    said: str
    why: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsForm:
    """What stands in an applicant's form: claims, and what fits no criterion."""

    claims: tuple[Claim, ...]
    unmatched: tuple[Unmatched, ...] = ()


def read_claims(
    forms: Sequence[Form], framework: Framework, columns: Mapping[str, str] = MappingProxyType({})
) -> ClaimsForm:
    """Read an applicant's claims.

    Args:
        forms: The tables of the file.
        framework: Its criteria.
        columns: Headings by what they hold (a key of :data:`HEADINGS`), where they are called otherwise.

    Raises:
        UsageError: No table has a column of criteria, a column is mapped that is none of ours, or one to a heading
            that stands nowhere.
    """
    unknown = sorted(set(columns) - set(HEADINGS))
    if unknown:
        raise UsageError(
            f"Unknown column: {', '.join(unknown)}.", next_step=f"Columns are: {', '.join(HEADINGS)}."
        )
    names = {form.name for form in forms}
    if {layout.SELF_ASSESSMENT, layout.ADDED} <= names:
        forms = [form for form in forms if form.name in (layout.SELF_ASSESSMENT, layout.ADDED)]
    _check_headings(forms, columns)
    tables = [table for form in forms if (table := _table(form, columns))]
    if not tables:
        raise UsageError(
            "No table of claims was found: none has a column that names criteria.",
            next_step=f"Call the column ‘{layout.CRITERION}’, or say with --column which one it is: "
            "--column criterion=HEADING. `evidence-kit screen template` writes a form.",
        )
    finder = _Finder(framework)
    found: list[Claim] = []
    unmatched: list[Unmatched] = []
    for table in tables:
        for one in table.rows():
            criterion = finder.find(one["criterion"])
            if criterion:
                found.append(_claim(one, criterion, len(found) + 1))
            else:
                unmatched.append(finder.unmatched(one))
    return ClaimsForm(
        claims=tuple(_without_bare(found)),
        unmatched=tuple(unmatched),
    )


def names_in(forms: Sequence[Form]) -> tuple[tuple[str, str], ...]:
    """Return the applicant's own names with what each is said to be; they take effect only when accepted."""
    return tuple(pair for form in forms if form.name == NAMES for pair in _names(form))


def parse_columns(said: Iterable[str]) -> dict[str, str]:
    """Return a column map of its parts ("document=File name").

    Raises:
        UsageError: A part has no equals sign.
    """
    found = {}
    for part in said:
        key, sign, heading = part.partition("=")
        if not sign or not heading.strip():
            raise UsageError(
                f"--column {part!r} names no heading.", next_step="Write it as document=HEADING."
            )
        found[key.strip()] = heading.strip()
    return found


def _check_headings(forms: Sequence[Form], columns: Mapping[str, str]) -> None:
    """Refuse headings that stand in no table: their columns would be left out in silence."""
    if not columns:
        return
    cells = {_folded(_text(value)) for form in forms for row in form.rows for value in row}
    strange = [
        f"‘{one_line(named)}’ ({key})" for key, named in columns.items() if _folded(named) not in cells
    ]
    if strange:
        headings = list(dict.fromkeys(f"‘{one_line(each)}’" for form in forms for each in _fullest(form)))
        told = listed(headings[:MOST_HEADINGS]) or "none"
        raise UsageError(
            f"No table of the form has the heading {listed(strange, 'or')}.",
            next_step=f"Headings found: {told}.",
        )


def _fullest(form: Form) -> list[str]:
    """Return the cells of the row with most of them filled, the first of such: a table's headings."""
    rows = ([text for value in row if (text := _text(value))] for row in form.rows)
    return max(rows, key=len, default=[])


@dataclass(frozen=True, slots=True)
class _Table:
    """A form's rows below its headings, and where its columns are."""

    form: Form
    first: int
    columns: Mapping[str, int]

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield rows that claim something: by column, and where they stand."""
        has_status = bool({"status", "in_place", "development"} & set(self.columns))
        for number, row in enumerate(self.form.rows[self.first :], start=self.first):
            said = {key: _text(row[at]) if at < len(row) else "" for key, at in self.columns.items()}
            if not said.get("criterion"):
                continue
            said["cell"] = f"{self.form.name}!{cell_name(number, self.columns['criterion'])}"
            cites = any(said.get(key) for key in ("document", "page", "text"))
            if cites or not has_status or any(said.get(key) for key in ("status", "in_place", "development")):
                yield said


def _table(form: Form, columns: Mapping[str, str]) -> _Table | None:
    """Find the row of headings: the first with a column of criteria and another of ours."""
    known = {
        _folded(name): key
        for key, names in HEADINGS.items()
        for name in ((columns[key],) if key in columns else names)
    }
    for number, row in enumerate(form.rows):
        found: dict[str, int] = {}
        for at, value in enumerate(row):
            key = known.get(_folded(_text(value)))
            if key:
                found.setdefault(key, at)
        if "criterion" in found and len(found) > 1:
            return _Table(form, number + 1, found)
    return None


def _claim(row: Mapping[str, str], criterion: Criterion, number: int) -> Claim:
    return Claim(
        id=f"C{number}",
        cell=row["cell"],
        criterion=criterion.id,
        claimed=_claimed(row),
        document=row.get("document", ""),
        page=row.get("page", ""),
        text=row.get("text", ""),
    )


def _claimed(row: Mapping[str, str]) -> Claimed:
    """Return the claimed status; what says nothing that we know is taken as a claim, the case that must be checked."""
    said = _folded(row.get("status", ""))
    if said in _SAID:
        return _SAID[said]
    return Claimed.PLANNED if row.get("development") and not row.get("in_place") else Claimed.IN_PLACE


def _without_bare(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Leave out what only says "in place" where another row cites a document for the same criterion."""
    cited = {claim.criterion for claim in claims if claim.document}
    for claim in claims:
        if claim.document or claim.page or claim.text or claim.criterion not in cited:
            yield claim


class _Finder:
    """Finds the criterion that a cell names: by its id, alone or first, or by its whole wording."""

    def __init__(self, framework: Framework) -> None:
        self._ids = {criterion.id.casefold(): criterion for criterion in framework.criteria}
        texts: dict[str, Criterion] = {}
        for criterion in framework.criteria:
            for text in (*(wording.text for wording in criterion.wordings), criterion.plain):
                texts.setdefault(_letters(text), criterion)
        self._texts = texts

    def find(self, said: str) -> Criterion | None:
        """Return the criterion; ``None`` if none is named without doubt."""
        first = _ID_FIRST.match(said)
        by_id = self._ids.get(said.casefold()) or (self._ids.get(first[1].casefold()) if first else None)
        return by_id or self._texts.get(_letters(said))

    def unmatched(self, row: Mapping[str, str]) -> Unmatched:
        """Return what fits no criterion, with the nearest."""
        said = row["criterion"]
        near = [
            self._ids[one].id
            for one in get_close_matches(said.casefold(), self._ids, n=NEAREST, cutoff=_LIKENESS)
        ]
        letters = _letters(said)
        like = [
            (SequenceMatcher(None, letters, text, autojunk=False).ratio(), each.id)
            for text, each in self._texts.items()
        ]
        near += [name for likeness, name in sorted(like, reverse=True) if likeness >= _LIKENESS]
        nearest = tuple(dict.fromkeys(near))[:NEAREST]
        hint = f"; the nearest: {listed(nearest, 'or')}" if nearest else ""
        why = f"‘{one_line(said)}’ is no criterion of this framework{hint}"
        return Unmatched(cell=row["cell"], said=one_line(said), why=why, nearest=nearest)


def _names(form: Form) -> Iterator[tuple[str, str]]:
    for row in form.rows:
        cells = [_text(value) for value in (*row, "", "")]
        if cells[0] and cells[1] and (cells[0], cells[1]) != (NAME, MEANS):
            yield cells[0], cells[1]


def _text(value: Value) -> str:
    """Return a cell's value as text; whole numbers without a decimal point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(":")


def _letters(text: str) -> str:
    return re.sub(r"[^\w]", "", comparable(text))
