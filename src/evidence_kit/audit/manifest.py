"""What is to be audited: a manifest (CSV or XLSX), or a folder of folders, as submissions by organisation and year."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidence_kit.audit.sources import anchored, files_of, refuse_web, scheme_of
from evidence_kit.audit.years import Year, year_of
from evidence_kit.errors import UsageError

COLUMNS = ("organisation", "code", "type", "region", "year", "path")
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
    """A row of a manifest, and where it stands."""

    where: str
    cells: dict[str, str]


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
        sheet = book.add_worksheet("Manifest")
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
        sheet.set_column(0, len(COLUMNS) - 1, 24, book.add_format({"num_format": "@"}))
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def _rows_of_csv(path: Path) -> Iterator[tuple[str, Sequence[str]]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # what Excel writes as plain CSV on Windows
    head = text.partition("\n")[0]
    mark = max((",", ";", "\t"), key=head.count)
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1):
        yield f"line {number}", row


def _rows_of_book(path: Path) -> Iterator[tuple[str, Sequence[str]]]:
    from evidence_kit.readers.base import ReadError
    from evidence_kit.readers.workbook.forms import read_forms

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
    if missing:
        raise UsageError(
            f"The manifest {path} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.",
            next_step=f"Its first row must name: {', '.join(COLUMNS)}.",
        )
    for where, cells in every:
        row = {
            name: " ".join(cell.split()) for name, cell in zip(names, cells, strict=False) if name in COLUMNS
        }
        if any(row.values()):
            if row.get("path"):
                row["path"] = anchored(row["path"], path.parent)
            yield _Row(f"{path.name}, {where}", row)


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
    about: dict[str, tuple[str, str, str]] = {}
    years: dict[str, Year] = {}
    codes: dict[str, str] = {}
    paths: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        code, year = _code(row, faults), _year(row, faults)
        if not code or year is None:
            continue
        code = codes.setdefault(code.casefold(), code)
        told = (row.cells["organisation"], row.cells.get("type", ""), row.cells.get("region", ""))
        if about.setdefault(code, told) != told:
            faults.append(f"{row.where}: {code} stands above with another organisation, type or region")
        years[year.label] = year
        given = paths.setdefault((code, year.label), [])
        if path := row.cells.get("path", ""):
            refuse_web(path)
            if path not in given:
                given.append(path)
    if faults:
        more = f"\n  and {len(faults) - FAULTS_SHOWN} more" if len(faults) > FAULTS_SHOWN else ""
        raise UsageError("The source has faults:\n  " + "\n  ".join(faults[:FAULTS_SHOWN]) + more)
    if not about:
        raise UsageError(
            "There is no organisation in the source.", next_step="Fill in a row for every report."
        )
    return tuple(
        Submission(
            organisation=name, code=code, type=kind, region=region, year=year,
            paths=tuple(paths.get((code, year.label), ())),
        )
        for code, (name, kind, region) in sorted(about.items(), key=lambda one: (one[1][0].casefold(), one[0]))
        for year in sorted(years.values())
    )  # fmt: skip


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
    if year is None:
        faults.append(f"{row.where}: {text!r} is no year; write 2023-24 or 2024")
    return year
