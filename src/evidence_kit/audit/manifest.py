"""What is to be audited: a manifest (CSV or XLSX), or a folder of folders, as submissions by organisation and year."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from evidence_kit.audit.sources import anchored, files_of, refuse_web, scheme_of
from evidence_kit.audit.years import Year, year_of
from evidence_kit.errors import UsageError
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.text.lines import read_text
from evidence_kit.readers.workbook.forms import read_forms
from evidence_kit.reports.words import listed, one_line
from evidence_kit.workers import Limits

COLUMNS = {
    "organisation": "Its name. Needed in every row.",
    "code": "Letters, digits, - and _ that stand for it; made of the name if it is empty.",
    "type": "Such as acute or mental health; may be empty.",
    "region": "Such as North West; may be empty, and then counts as where the framework is in use.",
    "year": "2023-24 (financial year) or 2024 (calendar year). Needed in every row.",
    "path": "A file or folder, as seen from where this manifest lies; empty if nothing was handed in. More files of "
    "one organisation and year take more rows.",
}
"""Columns of a manifest, with what they are for."""
ABOUT = ("organisation", "type", "region")
"""What is the same in all rows of a code."""
NEEDED = ("organisation", "year", "path")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
FAULTS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What one organisation handed in, or should have, for one year.

    Attributes:
        code: Stands for the organisation in names of folders and in the dataset.
        paths: Files or folders; empty if nothing was handed in.
    """

    organisation: str
    code: str
    type: str
    region: str
    year: Year
    paths: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Name of its folder: code and year."""
        return f"{self.code}/{self.year.label}"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a manifest, where it stands, the folder from which its path is seen, and what is wrong with it."""

    where: str
    cells: dict[str, str]
    folder: Path = Path()
    fault: str = ""


def read_source(source: str) -> tuple[Submission, ...]:
    """Return a submission for every organisation and every year named anywhere, sorted by organisation and year.

    Args:
        source: A manifest (.csv, .xlsx), or a folder that holds a folder for each organisation.

    Raises:
        UsageError: There is no such source, or it has faults; every fault is listed.
    """
    refuse_web(source)
    path = Path(source)
    if scheme_of(source) or path.is_dir():
        return _submissions(_rows_of_folder(source))
    if not path.is_file():
        raise UsageError(
            f"There is no manifest or folder {source}.",
            next_step="`evidence-kit audit template manifest.xlsx` writes an empty manifest.",
        )
    rows = _rows_of_csv(path) if path.suffix.lower() in (".csv", ".tsv", ".txt") else _rows_of_book(path)
    return _submissions(_checked_columns(path, rows))


def template(path: Path) -> bytes:
    """Return an empty manifest in the format of a file's name.

    Raises:
        UsageError: The name ends in neither ``.csv`` nor ``.xlsx``.
    """
    if path.suffix.lower() == ".csv":
        return (",".join(COLUMNS) + "\r\n").encode("utf-8-sig")
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{path} is neither .csv nor .xlsx.", next_step="Name the template manifest.xlsx.")
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": "Manifest of an audit", "created": datetime(2000, 1, 1)})
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@", "text_wrap": True})
        sheet = book.add_worksheet("Manifest")
        sheet.write_row(0, 0, COLUMNS, bold)
        sheet.set_column(0, len(COLUMNS) - 1, 24, text)
        sheet.freeze_panes(1, 0)
        how = book.add_worksheet("How to fill it in")
        how.set_column(0, 0, 16, bold)
        how.set_column(1, 1, 90, text)
        for number, pair in enumerate(COLUMNS.items()):
            how.write_row(number, 0, pair)
    return buffer.getvalue()


def _rows_of_csv(path: Path) -> Iterator[tuple[str, Sequence[str]]]:
    try:
        text = read_text(path, Limits())
        head = text.partition("\n")[0]
        reader = csv.reader(io.StringIO(text), delimiter=max((",", ";", "\t"), key=head.count))
        for row in reader:
            yield f"line {reader.line_num}", row
    except ReadError as error:
        raise UsageError(f"{path}: {error.message}", next_step=error.next_step) from error
    except csv.Error as error:
        raise UsageError(
            f"{path}, line {reader.line_num}: {error}.",
            next_step="Look for a quotation mark that is not closed.",
        ) from error


def _rows_of_book(path: Path) -> Iterator[tuple[str, Sequence[str]]]:
    try:
        forms = read_forms(path)
    except ReadError as error:
        raise UsageError(f"{path}: {error.message}", next_step=error.next_step) from error
    for form in forms[:1]:
        for number, row in enumerate(form.rows, start=1):
            yield f"row {number}", [_plain(value) for value in row]


def _plain(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _checked_columns(path: Path, rows: Iterable[tuple[str, Sequence[str]]]) -> Iterator[_Row]:
    every = iter(rows)
    _, first = next(every, ("", ()))
    names = [" ".join(cell.split()).casefold() for cell in first]
    missing = [name for name in NEEDED if name not in names]
    doubled = [name for name in COLUMNS if names.count(name) > 1]
    if missing or doubled:
        told = f"lacks {listed(missing)}" if missing else f"has {listed(doubled)} more than once"
        raise UsageError(
            f"The first row of {path} {told}.", next_step=f"It must name, each once: {', '.join(COLUMNS)}."
        )
    for where, cells in every:
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name in COLUMNS}
        if any(row.values()):
            beyond = any(cell.strip() for cell in cells[len(names) :])
            fault = "it has more cells than headings: a comma in a cell needs quotation marks round the cell"
            yield _Row(f"{path.name}, {where}", row, path.parent, fault if beyond else "")


def _rows_of_folder(source: str) -> Iterator[_Row]:
    """Yield a row a file: organisation/year/… or organisation/file with the year in its name."""
    root = source.rstrip("/\\")
    base = None if scheme_of(source) else Path(source).resolve()
    start = base.as_posix() if base else root
    for file in files_of(str(base) if base else root):
        inside = file.url.replace("\\", "/").removeprefix(start).strip("/").split("/")
        if len(inside) < 2:
            raise UsageError(
                f"{file.name} lies in no folder of an organisation.",
                next_step="Put each organisation's reports into a folder of its name, or write a manifest.",
            )
        told = [part for part in (*inside[1:-1], PurePosixPath(inside[-1]).stem) if year_of(part)]
        year = year_of(told[0]) if told else None
        yield _Row(
            "/".join(inside),
            {"organisation": inside[0], "year": year.label if year else "", "path": file.url},
        )


def _submissions(rows: Iterable[_Row]) -> tuple[Submission, ...]:
    faults: list[str] = []
    about: dict[str, dict[str, str]] = {}
    places: dict[str, str] = {}
    years: dict[str, Year] = {}
    codes: dict[str, str] = {}
    paths: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        faults += [f"{row.where}: {row.fault}"] if row.fault else []
        code, year, path = _code(row, faults), _year(row, faults), _path(row, faults)
        if not code or year is None:
            continue
        code = codes.setdefault(code.casefold(), code)
        told = {name: one_line(row.cells.get(name, "")) for name in ABOUT}
        for name, before in about.setdefault(code, told).items():
            if told[name] != before:
                faults.append(
                    f"{row.where}: {name} {told[name]!r}, but {places[code]} has {before!r} for the code {code}"
                )
        places.setdefault(code, row.where)
        years[year.label] = year
        given = paths.setdefault((code, year.label), [])
        if path and path not in given:
            given.append(path)
    _refuse(faults)
    if not about:
        raise UsageError(
            "There is no organisation in the source.", next_step="Fill in a row for every report."
        )
    return tuple(
        Submission(**known, code=code, year=year, paths=tuple(paths.get((code, year.label), ())))
        for code, known in sorted(about.items(), key=lambda one: (one[1]["organisation"].casefold(), one[0]))
        for year in sorted(years.values())
    )


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        more = [f"and {len(faults) - FAULTS_SHOWN} more"] if len(faults) > FAULTS_SHOWN else []
        raise UsageError(
            "\n  ".join(["The source has faults:", *faults[:FAULTS_SHOWN], *more]),
            next_step="Nothing was read. Correct these rows, and run this once more.",
        )


def _path(row: _Row, faults: list[str]) -> str:
    path = row.cells.get("path", "")
    try:
        refuse_web(path)
    except UsageError as error:
        faults.append(f"{row.where}: {error}")
    return anchored(path, row.folder) if path else ""


def _code(row: _Row, faults: list[str]) -> str:
    name = row.cells.get("organisation", "")
    if not name:
        faults.append(f"{row.where}: no organisation")
        return ""
    given = row.cells.get("code", "") or re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:64]
    if _CODE.fullmatch(given) is None or _DEVICES.fullmatch(given):
        faults.append(f"{row.where}: the code {given!r} must be letters, digits, - and _")
        return ""
    return given


def _year(row: _Row, faults: list[str]) -> Year | None:
    text = row.cells.get("year", "")
    year = year_of(text)
    if year is None or not _is_alone(text, year):
        faults.append(f"{row.where}: {text!r} is no year; write 2023-24 or 2024")
    return year


def _is_alone(text: str, year: Year) -> bool:
    """Tell whether a text names this year and nothing else: "2023-25" is no calendar year."""
    first, last = year.first.year, year.last.year
    short = f"{last % 100:02}"
    written = (
        (f"{first}{last}", f"{first}{short}", f"{first % 100}{short}") if first != last else (f"{last}",)
    )
    return re.sub(r"\D", "", text) in written
