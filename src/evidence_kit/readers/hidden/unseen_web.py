"""Words of a web page that its reader reads and nobody sees: by colour, size, place or a rule of its style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from evidence_kit.readers.hidden.light import SMALLEST, is_light
from evidence_kit.readers.text.lines import read_bytes
from evidence_kit.readers.web.reader import parse_markup
from evidence_kit.workers import Limits

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"\s*([a-z][a-z0-9]*)?([.#][\w-]+)?\s*", re.IGNORECASE)
"""The selectors that are understood: an element's name, a class or an id, alone or together."""
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_NUMBER = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%)?$")
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([\d.]+)\s*)?\)")
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, None: 0.75}
_FAR = -200.0
"""Points left of or above the page."""
_NAMED = {"white": "ffffff", "snow": "fffafa", "ivory": "fffff0", "transparent": "transparent"}
_PAPER = "ffffff"
_PICTURE = "picture"
"""Stands for a filling that may be of any colour."""
_MOST_RULES = 5_000
Rule = tuple[str, str, dict[str, str]]
"""An element's name, a class or an id (or nothing), and a style."""


def unseen_text(path: Path, limits: Limits) -> str:
    """Return the words of a web page that nobody sees.

    Rules of a page's own style sheet are followed for names, classes and ids; other selectors and scripts are not.

    Raises:
        ReadError: The file cannot be opened, or holds no HTML.
    """
    root, _ = parse_markup(read_bytes(path, limits))
    rules = list(_rules(root))
    return " ".join(_unseen(root, rules))


def _unseen(root: etree._Element, rules: Sequence[Rule]) -> Iterator[str]:
    """Yield the text of every element that hides it; what stands in such an element is told with it."""
    stack: list[tuple[etree._Element, str]] = [(root, _PAPER)]
    while stack:
        element, behind = stack.pop()
        style = _style(element, rules)
        background = _colour(style.get("background-color") or style.get("background", "")) or behind
        if _hides(style, background):
            yield " ".join(str(part) for part in element.itertext())
            continue
        stack += [(one, background) for one in element if isinstance(one.tag, str)]


def _hides(style: dict[str, str], background: str) -> bool:
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if _points(style.get("opacity", "1px")) == 0 or _points(style.get("font-size", "9pt")) < SMALLEST:
        return True
    if min(_points(style.get(name, "0")) for name in ("left", "top", "text-indent", "margin-left")) <= _FAR:
        return True
    if style.get("clip", "").replace(" ", "").startswith(("rect(0", "rect(1px")):
        return True
    colour = _colour(style.get("color", ""))
    return bool(colour) and (
        colour in ("transparent", background) or (is_light(colour) and is_light(background))
    )


def _points(told: str) -> float:
    match = _NUMBER.match(told.strip().lower())
    return float(match[1]) * _POINTS[match[2]] if match else SMALLEST


def _colour(told: str) -> str:
    """Return a colour as six digits, "transparent" or "picture"; empty where none is told or understood."""
    words = told.strip().lower()
    if "url(" in words or "gradient" in words:
        return _PICTURE
    if match := _RGB.match(words):
        clear = match[4] is not None and float(match[4]) == 0
        return (
            "transparent" if clear else "".join(f"{min(int(each), 255):02x}" for each in match.groups()[:3])
        )
    word = words.partition(" ")[0]
    if re.fullmatch(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", word):
        digits = word[1:]
        return digits if len(digits) == 6 else "".join(2 * each for each in digits)
    return _NAMED.get(word, "")


def _rules(root: etree._Element) -> Iterator[Rule]:
    """Yield the rules of the page's style sheets, in order."""
    sheets = " ".join(str(part) for sheet in root.iter("style") for part in sheet.itertext())
    for number, match in enumerate(_RULE.finditer(_REMARK.sub(" ", sheets))):
        if number >= _MOST_RULES:
            return
        for selector in match[1].split(","):
            parts = _SELECTOR.fullmatch(selector)
            if parts and (parts[1] or parts[2]):
                yield (parts[1] or "").lower(), parts[2] or "", _declared(match[2])


def _style(element: etree._Element, rules: Sequence[Rule]) -> dict[str, str]:
    names = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id') or ''}"}
    found: dict[str, str] = {}
    for tag, name, style in rules:
        if (not tag or tag == element.tag) and (not name or name in names):
            found |= style
    return found | _declared(element.get("style") or "")


def _declared(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";"))
    return {
        name.strip().lower(): value.replace("!important", "").strip().lower()
        for name, _, value in pairs
        if value.strip()
    }
