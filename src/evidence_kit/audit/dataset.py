"""The dataset over all submissions: each table as CSV and Parquet, row by row; the same rows give the same bytes."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from evidence_kit.audit import tables
from evidence_kit.audit.tables import TABLES, Column, Row, Value
from evidence_kit.errors import DependencyMissing, OutputUnwritable, UsageError
from evidence_kit.reports.words import cell
from evidence_kit.reports.writing import write_file

ROWS_A_GROUP = 20_000
"""Rows that are in memory at a time, and make a row group of a Parquet file."""
CODEBOOK = "codebook.csv"


def check_parquet() -> None:
    """See that Parquet can be written, before the long work.

    Raises:
        DependencyMissing: pyarrow is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise DependencyMissing(
            f"The dataset cannot be written as Parquet: {error}.",
            next_step='Install the extra: pip install "evidence-kit[audit]".',
        ) from error


def write_codebook(folder: Path) -> None:
    """Write what every column means."""
    rows = "".join(",".join(f'"{value}"' for value in _quoted(row)) + "\r\n" for row in tables.codebook())
    write_file(folder / CODEBOOK, rows.encode("utf-8-sig"))


def write_table(folder: Path, name: str, rows: Callable[[], Iterable[Row]]) -> int:
    """Write a table as ``NAME.csv`` and ``NAME.parquet``, each whole or not at all.

    Args:
        folder: Made if it is missing.
        name: Of :data:`evidence_kit.audit.tables.TABLES`.
        rows: Gives the rows from the first, each time that it is called.

    Returns:
        How many rows there are.

    Raises:
        OutputUnwritable: A file cannot be written.
    """
    with _whole(folder / f"{name}.csv") as temporary:
        number = _write_csv(temporary, TABLES[name], rows())
    with _whole(folder / f"{name}.parquet") as temporary:
        _write_parquet(temporary, TABLES[name], rows())
    return number


def _quoted(row: Row) -> Iterator[str]:
    return (str(value).replace('"', '""') for value in row)


def _write_csv(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """UTF-8 with a byte order mark and CRLF, as spreadsheet programs like it; no cell can be taken for a formula."""
    number = 0
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow([column.name for column in columns])
        for row in rows:
            writer.writerow([_in_csv(value) for value in row])
            number += 1
    return number


def _in_csv(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return cell(value) if isinstance(value, str) else str(value)


def _write_parquet(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        tables.TEXT: pa.string(),
        tables.NUMBER: pa.int64(),
        tables.SHARE: pa.float64(),
        tables.YES_NO: pa.bool_(),
        tables.DAY: pa.date32(),
    }
    schema = pa.schema(
        [pa.field(one.name, types[one.type], metadata={"meaning": one.meaning}) for one in columns],
        metadata={"schema": f"{tables.SCHEMA} {tables.SCHEMA_VERSION}"},
    )
    source = iter(rows)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(source, ROWS_A_GROUP)):
            values = zip(*group, strict=True)
            arrays = [
                pa.array(map(_in_parquet(column), those), field.type)
                for column, field, those in zip(columns, schema, values, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _in_parquet(column: Column) -> Callable[[Value], Any]:
    if column.type == tables.DAY:
        return lambda value: date.fromisoformat(str(value)) if value else None
    if column.type == tables.TEXT:
        return lambda value: str(value or "").encode("utf-8", "replace").decode("utf-8")
    return lambda value: value


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a name to write under; the file takes its place when the block ends well.

    Raises:
        OutputUnwritable: It cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OutputUnwritable(
            f"{path} cannot be written: {error.strerror or error}.",
            next_step="Free some space, or close what holds the file open; what is finished is kept for the next run.",
        ) from error


def read_table(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table that was written, a batch in memory at a time; days are dates.

    Raises:
        UsageError: There is no such table: this is no folder of an audit, or it has not run to its end.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(folder / f"{name}.parquet") as file:
            for batch in file.iter_batches(ROWS_A_GROUP):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowInvalid) as error:
        raise UsageError(
            f"{folder / name}.parquet cannot be read: {error}.",
            next_step="Give the folder that `evidence-kit audit run` wrote, and run it to its end.",
        ) from error
