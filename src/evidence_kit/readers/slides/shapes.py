"""Reads the shapes of a slide: titles, text with its lists, tables, charts by their stored figures, diagrams."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from evidence_kit.readers.base import Draft
from evidence_kit.readers.office.package import Part, Target
from evidence_kit.readers.office.tables import Cell, Piece, Row, lay_table
from evidence_kit.readers.office.xml import alternative, child, local, tidy
from evidence_kit.readers.slides.charts import chart_drafts
from evidence_kit.records.document import BlockKind

_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"dt", "ftr", "hdr", "sldNum"})
_BULLETED = frozenset({"body", "obj", "half", "tbl", ""})
_DEEPEST = 32
_PICTURE_SHARE = 0.03
"""A smaller picture, by its share of the slide, is a logo or an ornament."""
_EMU = 12_700


class Look:
    """Knows which paragraphs of a placeholder have bullets, by layout and master."""

    def __init__(self, layout: etree._Element | None = None, master: etree._Element | None = None) -> None:
        self._own = [_placeholders(root) for root in (layout, master) if root is not None]
        styles = None if master is None else child(master, "txStyles", "bodyStyle")
        self._body = styles

    def has_bullet(self, kind: str, index: str, level: int) -> bool:
        """Say whether a paragraph of a body placeholder has a bullet unless it says otherwise."""
        for shapes in self._own:
            shape = shapes.get((kind, index), shapes.get((kind or "body", "")))
            told = (
                _bullet(child(shape, "txBody", "lstStyle", f"lvl{level + 1}pPr"))
                if shape is not None
                else None
            )
            if told is not None:
                return told
        told = _bullet(child(self._body, f"lvl{level + 1}pPr"))
        return True if told is None else told


def _placeholders(root: etree._Element) -> dict[tuple[str, str], etree._Element]:
    found: dict[tuple[str, str], etree._Element] = {}
    for shape in root.iter("{*}sp"):
        told = child(shape, "nvSpPr", "nvPr", "ph")
        if told is not None:
            found.setdefault((told.get("type", ""), told.get("idx", "")), shape)
            found.setdefault((told.get("type", ""), ""), shape)
    return found


def _bullet(properties: etree._Element | None) -> bool | None:
    for one in () if properties is None else properties:
        name = local(one)
        if name == "buNone":
            return False
        if name in ("buChar", "buAutoNum", "buBlip"):
            return True
    return None


class Shapes:
    """Walks the shapes of one slide.

    Args:
        part: Gives a part by name, ``None`` where it cannot be had.
        targets: What the slide refers to.
        look: Its layout.
        area: Of the slide, in square points.
        tables: Tables of the slides before it; afterwards those of this one too.
    """

    def __init__(
        self,
        part: Callable[[str], Part | None],
        targets: Mapping[str, Target],
        look: Look,
        *,
        area: float,
        tables: int,
    ) -> None:
        self._part = part
        self._targets = targets
        self._look = look
        self._area = area
        self.tables = tables
        self.pictures = 0
        self.embedded = 0

    def drafts(self, root: etree._Element) -> list[Draft]:
        """Return the slide's blocks, its title first."""
        titles: list[Draft] = []
        others: list[Draft] = []
        for shape in _shapes(child(root, "cSld", "spTree")):
            found = self._shape(shape)
            if any(draft.kind is BlockKind.HEADING for draft in found):
                titles += found
            else:
                others += found
        return [*titles, *others]

    def notes(self, root: etree._Element) -> list[Draft]:
        """Return the text of a page of notes; the slide's picture, date and number on it are left out."""
        drafts: list[Draft] = []
        for shape in _shapes(child(root, "cSld", "spTree")):
            told = child(shape, "nvSpPr", "nvPr", "ph")
            if told is not None and told.get("type") == "body":
                drafts += [
                    draft
                    for paragraph in _paragraphs(shape)
                    if (draft := _draft(paragraph, bulleted=False)) is not None
                ]
        return drafts

    def _shape(self, shape: etree._Element) -> list[Draft]:
        name = local(shape)
        if name == "sp":
            found = self._text(shape)
        elif name == "graphicFrame":
            found = self._frame(shape)
        else:
            self.pictures += self._is_large(shape)
            found = []
        facts = next(shape.iter("{*}cNvPr"), None)
        if facts is not None and facts.get("hidden", "0").lower() in ("1", "true"):
            return [_furniture(draft) for draft in found]
        return found

    def _text(self, shape: etree._Element) -> list[Draft]:
        told = child(shape, "nvSpPr", "nvPr", "ph")
        kind = None if told is None else told.get("type", "")
        if kind in _TITLES:
            text = " ".join(text for one in _paragraphs(shape) if (text := " ".join(_text_of(one).split())))
            return [Draft(kind=BlockKind.HEADING, text=text, level=1)] if text else []
        drafts: list[Draft] = []
        for paragraph in _paragraphs(shape):
            level = _level(paragraph)
            own = _bullet(child(paragraph, "pPr"))
            if own is None:
                own = _bullet(child(shape, "txBody", "lstStyle", f"lvl{level + 1}pPr"))
            if own is None and told is not None and kind in _BULLETED:
                own = self._look.has_bullet(kind or "", told.get("idx", ""), level)
            draft = _draft(paragraph, bulleted=bool(own))
            if draft is not None:
                drafts.append(draft)
        return [_furniture(draft) for draft in drafts] if kind in _FURNITURE else drafts

    def _frame(self, frame: etree._Element) -> list[Draft]:
        data = child(frame, "graphic", "graphicData")
        kind = "" if data is None else data.get("uri", "").rstrip("/").rpartition("/")[2]
        if data is None:
            return []
        if kind == "table":
            return [draft for table in data if local(table) == "tbl" for draft in self._table(table)]
        if kind == "chart":
            return self._chart(data)
        if kind == "diagram":
            return self._diagram(data)
        self.embedded += 1
        return []

    def _table(self, table: etree._Element) -> list[Draft]:
        properties = child(table, "tblPr")
        first = properties is not None and properties.get("firstRow", "0").lower() in ("1", "true", "on")
        rows = [_row(row) for row in table if local(row) == "tr"]
        laid = [piece.draft for piece in lay_table(rows, self.tables, first_row_apart=first)]
        self.tables += any(draft.table is not None for draft in laid)
        return laid

    def _chart(self, data: etree._Element) -> list[Draft]:
        part = self._referred(data, "id")
        drafts = chart_drafts(part.root, self.tables) if part else []
        if drafts:
            self.tables += 1
        else:
            self.pictures += 1
        return drafts

    def _diagram(self, data: etree._Element) -> list[Draft]:
        part = self._referred(data, "dm")
        texts = [tidy(_joined(one.iter("{*}t"))) for one in (part.root.iter("{*}p") if part else ())]
        return [Draft(text=text) for text in texts if text]

    def _referred(self, data: etree._Element, name: str) -> Part | None:
        for one in data:
            for key, value in one.attrib.items():
                target = self._targets.get(str(value)) if str(key).endswith(f"}}{name}") else None
                if target and not target.external:
                    return self._part(target.name)
        return None

    def _is_large(self, picture: etree._Element) -> bool:
        size = child(picture, "spPr", "xfrm", "ext")
        if size is None or not self._area:
            return True
        wide, high = size.get("cx", ""), size.get("cy", "")
        if not (wide.isdecimal() and high.isdecimal() and len(wide) < 12 and len(high) < 12):
            return True
        return int(wide) * int(high) / _EMU**2 >= _PICTURE_SHARE * self._area


def _shapes(tree: etree._Element | None, depth: int = 0) -> Iterator[etree._Element]:
    """Yield shapes, frames and pictures, those of groups in their place."""
    for element in () if tree is None or depth > _DEEPEST else tree:
        name = local(element)
        if name == "grpSp":
            yield from _shapes(element, depth + 1)
        elif name == "AlternateContent":
            for one in alternative(element):
                if local(one) == "grpSp":
                    yield from _shapes(one, depth + 1)
                elif local(one) in ("sp", "graphicFrame", "pic"):
                    yield one
        elif name in ("sp", "graphicFrame", "pic"):
            yield element


def _row(row: etree._Element) -> Row:
    cells = []
    for cell in row:
        if local(cell) != "tc" or cell.get("hMerge", "0").lower() in ("1", "true"):
            continue
        drafts = [draft for one in _paragraphs(cell) if (draft := _draft(one, bulleted=False)) is not None]
        span = cell.get("gridSpan", "1")
        cells.append(
            Cell(
                pieces=tuple(Piece(draft) for draft in drafts),
                span=int(span) if span.isdecimal() and len(span) < 4 else 1,
                merged=cell.get("vMerge", "0").lower() in ("1", "true"),
                shaded=child(cell, "tcPr", "solidFill") is not None,
            )
        )
    return Row(cells=tuple(cells))


def _paragraphs(shape: etree._Element) -> Iterator[etree._Element]:
    body = child(shape, "txBody")
    return (one for one in (() if body is None else body) if local(one) == "p")


def _level(paragraph: etree._Element) -> int:
    properties = child(paragraph, "pPr")
    value = "0" if properties is None else properties.get("lvl", "0")
    return min(int(value), 8) if value.isdecimal() and len(value) < 3 else 0


def _draft(paragraph: etree._Element, *, bulleted: bool) -> Draft | None:
    """Return a paragraph as a block; one that is indented below others is an item of a list."""
    text = _text_of(paragraph)
    if not text:
        return None
    level = _level(paragraph)
    item = bulleted or level > 0
    runs = [run for run in paragraph if local(run) == "r" and _joined(run.iter("{*}t")).strip()]
    looks = [child(run, "rPr") for run in runs]
    sizes = [
        int(size) / 100 for look in looks if look is not None and (size := look.get("sz", "")).isdecimal()
    ]
    return Draft(
        kind=BlockKind.LIST_ITEM if item else BlockKind.PARAGRAPH,
        text=text,
        level=level + 1 if item else 0,
        size=max(sizes, default=0.0),
        bold=bool(runs) and all(look is not None and look.get("b", "0") in ("1", "true") for look in looks),
    )


def _text_of(paragraph: etree._Element) -> str:
    parts = []
    for one in paragraph:
        name = local(one)
        if name == "br":
            parts.append("\n")
        elif name in ("r", "fld"):
            parts += [piece.text or "" for piece in one if local(piece) == "t"]
    return tidy("".join(parts).replace("\x0b", "\n"))


def _joined(elements: Iterable[etree._Element]) -> str:
    return "".join(one.text or "" for one in elements)


def _furniture(draft: Draft) -> Draft:
    text = draft.text or "\t".join(draft.cells)
    return replace(
        draft, kind=BlockKind.FURNITURE, text=text, cells=(), level=0, table=None, row=None, header=False
    )
