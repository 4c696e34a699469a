"""Reads the figures that a chart keeps of its data: categories down, series across, as a table."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from evidence_kit.readers.base import Draft
from evidence_kit.readers.office.xml import child, local, tidy
from evidence_kit.readers.workbook.formats import GENERAL, show_number
from evidence_kit.records.document import BlockKind

MAX_SERIES = 40
MAX_POINTS = 400


def chart_drafts(root: etree._Element, table: int) -> list[Draft]:
    """Return the chart's title as a caption and its figures as rows of a table; empty where it keeps none."""
    series = list(islice(root.iter("{*}ser"), MAX_SERIES))
    columns = [(_name(one), _points(_first(one, "val", "yVal"))) for one in series]
    columns = [(name, values) for name, values in columns if values]
    if not columns:
        return []
    categories: dict[int, str] = {}
    for one in series:
        categories = _points(_first(one, "cat", "xVal")) | categories
    indexes = sorted({index for _, values in columns for index in values})[:MAX_POINTS]
    rows = [("", *(name for name, _ in columns))] if any(name for name, _ in columns) else []
    headers = len(rows)
    rows += [
        (categories.get(index, ""), *(values.get(index, "") for _, values in columns)) for index in indexes
    ]
    title = _title(root)
    drafts = [Draft(kind=BlockKind.CAPTION, text=title)] if title else []
    return drafts + [
        Draft(kind=BlockKind.TABLE_ROW, cells=cells, table=table, row=number, header=number < headers)
        for number, cells in enumerate(rows)
    ]


def _title(root: etree._Element) -> str:
    title = child(root, "chart", "title")
    if title is None:
        return ""
    return " ".join(tidy("".join(one.text or "" for one in title.iter("{*}t"))).split())


def _name(series: etree._Element) -> str:
    told = child(series, "tx")
    return (
        "" if told is None else " ".join(tidy("".join(one.text or "" for one in told.iter("{*}v"))).split())
    )


def _first(series: etree._Element, *names: str) -> etree._Element | None:
    return next((one for one in series if local(one) in names), None)


def _points(data: etree._Element | None) -> dict[int, str]:
    """Return the points that are kept, by index, shown as their format says."""
    found: dict[int, str] = {}
    code = GENERAL
    for one in () if data is None else data.iter("{*}formatCode", "{*}pt"):
        if local(one) == "formatCode":
            code = one.text or GENERAL
            continue
        index, value = one.get("idx", ""), child(one, "v")
        if not (index.isdecimal() and len(index) < 6) or value is None or not value.text:
            continue
        numeric = any(local(parent) == "numCache" for parent in one.iterancestors())
        text = _figure(value.text, one.get("formatCode", code)) if numeric else tidy(value.text)
        if text:
            found[int(index)] = " ".join(text.split())
    return found


def _figure(value: str, code: str) -> str:
    try:
        return show_number(float(value), code)[0]
    except ValueError:
        return tidy(value)
