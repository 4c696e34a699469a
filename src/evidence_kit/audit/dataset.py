"""The dataset over all submissions: each table as CSV and Parquet, in one pass; the same rows give the same bytes."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import IO, Any

from evidence_kit.audit import tables
from evidence_kit.audit.tables import TABLES, Column, Row, Value
from evidence_kit.errors import DependencyMissing, OutputUnwritable, UsageError
from evidence_kit.reports.words import cell
from evidence_kit.reports.writing import write_file

ROWS_A_BATCH = 500
"""Rows that are turned into columns at a time, or back; as Python's objects they take ten times the memory."""
ROWS_A_GROUP = 20_000
"""Rows that are in memory at a time as columns, and make a row group of a Parquet file."""
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


def write_tables(folder: Path, names: Iterable[str], parts: Iterable[Mapping[str, Iterable[Row]]]) -> None:
    """Write tables as ``NAME.csv`` and ``NAME.parquet``, each file whole or not at all.

    Args:
        folder: Made if it is missing.
        names: Of :data:`evidence_kit.audit.tables.TABLES`.
        parts: The rows of each table, as they come: one part after another is written and forgotten.

    Raises:
        OutputUnwritable: A file cannot be written.
    """
    with ExitStack() as stack:
        under_way = {name: stack.enter_context(_table(folder, name)) for name in names}
        for part in parts:
            for name, table in under_way.items():
                table.add(part.get(name, ()))
        for table in under_way.values():  # before the first takes its place: if the disk is full, none does
            table.finish()


@contextmanager
def _table(folder: Path, name: str) -> Iterator[_Table]:
    import pyarrow.parquet as pq

    with ExitStack() as stack:
        text = stack.enter_context(_whole(folder / f"{name}.csv"))
        columns = stack.enter_context(_whole(folder / f"{name}.parquet"))
        stream = stack.enter_context(text.open("w", encoding="utf-8-sig", newline="", errors="replace"))
        schema = _schema(TABLES[name])
        writer = stack.enter_context(pq.ParquetWriter(columns, schema, compression="zstd"))
        yield _Table(stream, writer, schema, TABLES[name])


class _Table:
    """Both files of a table while they are written.

    The CSV is UTF-8 with a byte order mark and CRLF, as spreadsheet programs like it; no cell can be taken for a
    formula.
    """

    def __init__(self, stream: IO[str], parquet: Any, schema: Any, columns: tuple[Column, ...]) -> None:
        self._csv = csv.writer(stream, lineterminator="\r\n")
        self._csv.writerow([column.name for column in columns])
        self._parquet = parquet
        self._schema = schema
        self._converted = [_in_parquet(column) for column in columns]
        self._rows: list[Row] = []
        self._batches: list[Any] = []

    def add(self, rows: Iterable[Row]) -> None:
        """Write rows."""
        for row in rows:
            self._csv.writerow([_in_csv(value) for value in row])
            self._rows.append(row)
            if len(self._rows) == ROWS_A_BATCH:
                self._turn()

    def finish(self) -> None:
        """Write what waits."""
        if self._rows:
            self._turn()
        if self._batches:
            self._write()

    def _turn(self) -> None:
        import pyarrow as pa

        values = zip(*self._rows, strict=True)
        arrays = [
            pa.array(map(converted, those), field.type)
            for converted, those, field in zip(self._converted, values, self._schema, strict=True)
        ]
        self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._rows.clear()
        if len(self._batches) * ROWS_A_BATCH >= ROWS_A_GROUP:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa

        self._parquet.write_table(pa.Table.from_batches(self._batches))
        self._batches.clear()


def _quoted(row: Row) -> Iterator[str]:
    return (str(value).replace('"', '""') for value in row)


def _in_csv(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return cell(value) if isinstance(value, str) else str(value)


def _schema(columns: Iterable[Column]) -> Any:
    import pyarrow as pa

    types = {
        tables.TEXT: pa.string(),
        tables.NUMBER: pa.int64(),
        tables.SHARE: pa.float64(),
        tables.YES_NO: pa.bool_(),
        tables.DAY: pa.date32(),
    }
    return pa.schema(
        [pa.field(one.name, types[one.type], metadata={"meaning": one.meaning}) for one in columns],
        metadata={"schema": f"{tables.SCHEMA} {tables.SCHEMA_VERSION}"},
    )


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
        raise OutputUnwritable(
            f"{path} cannot be written: {error.strerror or error}.",
            next_step="Free some space, or close what holds the file open; what is finished is kept for the next run.",
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def read_table(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table that was written, a batch in memory at a time; days are dates.

    Raises:
        UsageError: There is no such table: this is no folder of an audit, or it has not run to its end.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(folder / f"{name}.parquet") as file:
            for batch in file.iter_batches(ROWS_A_BATCH):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowInvalid) as error:
        raise UsageError(
            f"{folder / name}.parquet cannot be read: {error}.",
            next_step="Give the folder that `evidence-kit audit run` wrote, and run it to its end.",
        ) from error
