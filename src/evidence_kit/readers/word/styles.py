"""What a Word file's styles and lists mean: heading levels, bold, hidden, and the numbers that Word would print."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from evidence_kit.readers.office.xml import child, local

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_OFF = frozenset({"0", "false", "off", "none"})
_HEADING = re.compile(r"heading (\d)")
_PLACEHOLDER = re.compile(r"%([1-9])")
_MAX_LEVEL = 8
_MAX_CHAIN = 32
_MAX_NUMBER = 1_000_000
_ROMAN = (
    ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10),
    ("ix", 9), ("v", 5), ("iv", 4), ("i", 1),
)  # fmt: skip
# Word writes "multiple of the alphabet" as repeated letters; nobody needs more of them than this.
_MAX_REPEAT = 8


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """Return an attribute in Word's namespace, or in none."""
    if element is None:
        return None
    for namespace in WORD:
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return value
    return element.get(name)


def number(element: etree._Element | None, name: str = "val") -> int | None:
    """Return an attribute as a whole number, ``None`` where it is none or absurd."""
    value = attribute(element, name)
    if value is None or not re.fullmatch(r"-?\d{1,7}", value.strip()):
        return None
    return int(value)


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """Return an on-off property of a run or paragraph; ``None`` where it is not told."""
    element = child(parent, name)
    return None if element is None else (attribute(element) or "1").lower() not in _OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a style says, its ancestors included.

    Attributes:
        name: The style's name, lower-cased.
        heading: Level from 1; 0 for text.
        size: In points, 0 where not told.
        list_id, list_level: Of its numbering; ``list_id`` 0 for none.
        header_row: A table style that sets its first row apart.
    """

    name: str = ""
    heading: int = 0
    bold: bool = False
    hidden: bool = False
    size: float = 0.0
    list_id: int = 0
    list_level: int | None = None
    header_row: bool = False


class Styles:
    """The styles of a document, resolved when asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._looks: dict[str, Look] = {}
        self._defaults: dict[str, str] = {}
        for style in root if root is not None else ():
            style_id = attribute(style, "styleId")
            if local(style) != "style" or style_id is None:
                continue
            self._styles.setdefault(style_id, style)
            if (attribute(style, "default") or "0").lower() not in _OFF:
                self._defaults.setdefault(attribute(style, "type") or "", style_id)

    def look(self, style_id: str | None, kind: str = "paragraph") -> Look:
        """Return what the style means, or the default style of the kind where none is named."""
        key = style_id if style_id is not None else self._defaults.get(kind, "")
        if key not in self._looks:
            self._looks[key] = self._resolve(key)
        return self._looks[key]

    def _resolve(self, style_id: str) -> Look:
        chain: list[etree._Element] = []
        seen: set[str] = set()
        current: str | None = style_id
        while current in self._styles and current not in seen and len(chain) < _MAX_CHAIN:
            seen.add(current)
            chain.append(self._styles[current])
            current = attribute(child(chain[-1], "basedOn"))
        look = Look()
        for style in reversed(chain):
            look = _over(look, style)
        return look


def _over(look: Look, style: etree._Element) -> Look:
    """Return what the style makes of what it is based on."""
    name = (attribute(child(style, "name")) or "").strip().lower()
    paragraph, run = child(style, "pPr"), child(style, "rPr")
    bold, hidden, half_points = switch(run, "b"), switch(run, "vanish"), number(child(run, "sz"))
    numbering = child(paragraph, "numPr")
    list_id, list_level = number(child(numbering, "numId")), number(child(numbering, "ilvl"))
    return replace(
        look,
        name=name,
        heading=_style_heading(name, number(child(paragraph, "outlineLvl")), look.heading),
        bold=look.bold if bold is None else bold,
        hidden=look.hidden if hidden is None else hidden,
        size=look.size if half_points is None else half_points / 2,
        list_id=look.list_id if list_id is None else list_id,
        list_level=look.list_level if list_level is None else list_level,
        header_row=look.header_row or _sets_first_row_apart(style),
    )


def _style_heading(name: str, outline: int | None, inherited: int) -> int:
    if match := _HEADING.fullmatch(name):
        return max(1, int(match[1]))
    if name in ("title", "subtitle"):
        return 1 if name == "title" else 2
    if outline is not None:
        return outline + 1 if 0 <= outline <= _MAX_LEVEL else 0
    return inherited


def _sets_first_row_apart(style: etree._Element) -> bool:
    return any(
        local(part) == "tblStylePr"
        and attribute(part, "type") == "firstRow"
        and (switch(child(part, "rPr"), "b") or child(part, "tcPr", "shd") is not None)
        for part in style
    )


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: number format, text with placeholders, first number, and the level that restarts it."""

    form: str = "bullet"
    text: str = ""
    start: int = 1
    restart: int | None = None


class Numbering:
    """The lists of a document; counts while the document is walked, so one object a reading."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[int, tuple[int, dict[int, Level]]] = {}
        self._style_levels: dict[tuple[int, str], int] = {}
        self._counts: dict[int, dict[int, int]] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        abstract = {
            key: element
            for element in root
            if local(element) == "abstractNum" and (key := number(element, "abstractNumId")) is not None
        }
        by_style = {
            name: element for element in abstract.values() if (name := attribute(child(element, "styleLink")))
        }
        for element in root:
            list_id = number(element, "numId")
            key = number(child(element, "abstractNumId"))
            if local(element) != "num" or list_id is None or key not in abstract:
                continue
            definition = abstract[key]
            linked = attribute(child(definition, "numStyleLink"))
            definition = by_style.get(linked, definition) if linked else definition
            levels = self._levels(list_id, definition)
            for override in element:
                if local(override) == "lvlOverride":
                    _override(levels, override)
            self._lists[list_id] = (key, levels)

    def _levels(self, list_id: int, definition: etree._Element) -> dict[int, Level]:
        levels: dict[int, Level] = {}
        for element in definition:
            index = number(element, "ilvl")
            if local(element) == "lvl" and index is not None and 0 <= index <= _MAX_LEVEL:
                levels[index] = _level(element)
                if style := attribute(child(element, "pStyle")):
                    self._style_levels[list_id, style] = index
        return levels

    def style_level(self, list_id: int, style_id: str | None) -> int:
        """Return the level that the list keeps for a paragraph style, else 0."""
        return self._style_levels.get((list_id, style_id or ""), 0)

    def label(self, list_id: int, level: int) -> str | None:
        """Count one item and return its number as printed; empty for a bullet, ``None`` for no list at all."""
        if list_id not in self._lists:
            return None if list_id <= 0 else ""
        key, levels = self._lists[list_id]
        level = min(max(level, 0), _MAX_LEVEL)
        definition = levels.get(level, Level())
        counts = self._counts.setdefault(key, {})
        counts[level] = min(counts.get(level, definition.start - 1) + 1, _MAX_NUMBER)
        for deeper in [index for index in counts if index > level]:
            restart = levels.get(deeper, Level()).restart
            if restart is None or level < restart:
                del counts[deeper]
        if definition.form in ("bullet", "none"):
            return ""
        return _PLACEHOLDER.sub(lambda match: _filled(match, levels, counts), definition.text).strip()


def _level(element: etree._Element) -> Level:
    start = number(child(element, "start"))
    return Level(
        form=attribute(child(element, "numFmt")) or "decimal",
        text=(attribute(child(element, "lvlText")) or "")[:40],
        start=1 if start is None else start,
        restart=number(child(element, "lvlRestart")),
    )


def _override(levels: dict[int, Level], override: etree._Element) -> None:
    index = number(override, "ilvl")
    if index is None or not 0 <= index <= _MAX_LEVEL:
        return
    own = child(override, "lvl")
    if own is not None:
        levels[index] = _level(own)
    start = number(child(override, "startOverride"))
    if start is not None:
        levels[index] = replace(levels.get(index, Level()), start=start)


def _filled(match: re.Match[str], levels: dict[int, Level], counts: dict[int, int]) -> str:
    index = int(match[1]) - 1
    level = levels.get(index, Level())
    return _written(counts.get(index, level.start), level.form)


def _written(value: int, form: str) -> str:
    """Return a number in one of Word's number formats; formats of other scripts come out as digits."""
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, _MAX_REPEAT)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        return _roman(value) if form == "lowerRoman" else _roman(value).upper()
    if form == "decimalZero":
        return f"{value:02d}"
    return str(value)


def _roman(value: int) -> str:
    written = ""
    for sign, size in _ROMAN:
        written += sign * (value // size)
        value %= size
    return written
