"""Shows the numbers of a workbook as their number formats say: shares as per cent, dates written the British way.

The rules are those of ECMA-376 part 1, §18.8.30 and §18.8.31, as far as papers of trusts need them; what goes further
(fractions, conditions, scientific notation) is shown as a plain number.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from evidence_kit.readers.workbook.grid_headers import Kind

GENERAL = "General"
BUILT_IN: dict[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
} | dict.fromkeys((*range(27, 37), *range(50, 59)), "d/m/yyyy")  # fmt: skip
"""Formats that a file names by number alone; 27 to 36 and 50 to 58 are dates in East Asian versions."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_TOKEN = re.compile(
    r'"([^"]*)"?|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[([^\]]*)\]|General|AM/PM|A/P|(.)', re.IGNORECASE
)
_ELAPSED = re.compile(r"(h+|m+|s+)", re.IGNORECASE)
_CONDITION = re.compile(r"[<>=]")
_DIGITS = "0#?.,"
_LAST_SERIAL = {False: 2958466, True: 2957004}
"""One more than 31 December 9999, by whether days count from 1904."""
_PLAIN_DIGITS = 11


@dataclass(frozen=True, slots=True)
class _Section:
    """One of up to four parts of a format (positive; negative; zero; text).

    Attributes:
        digits: Its number mask, such as ``#,##0.0``; empty where it shows no number.
        before, after: Text around the number.
        hundreds: How many times the value is shown a hundredfold: its unquoted per cent signs.
        letters: The date and time letters in it, in lower case; ``[h]`` becomes ``e``.
        plain: It asks for something that is not followed here.
    """

    digits: str
    before: str
    after: str
    hundreds: int
    letters: str
    plain: bool


def show_number(value: float, code: str, *, from_1904: bool = False) -> tuple[str, Kind]:
    """Return a number as its format shows it, and what it is.

    Args:
        value: As stored.
        code: Its format.
        from_1904: The workbook counts days from 1 January 1904.
    """
    if not math.isfinite(value):
        return "", Kind.NUMBER
    sections = _sections(code)
    positive = sections[0]
    if positive.letters and "e" not in positive.letters and not positive.digits.strip(".,0"):
        return _shown_moment(value, positive.letters, from_1904)
    if "e" in positive.letters:
        return _shown_time(timedelta(days=value)) if abs(value) < 1e6 else plain_number(value), Kind.NUMBER
    section, sign = positive, "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    if section.plain:
        return plain_number(value), Kind.NUMBER
    return _shown(abs(value), section, sign), Kind.NUMBER


def plain_number(value: float) -> str:
    """Return a number as a cell without a format shows it: no more digits than are meant, no exponent."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = format(Decimal(format(value, f".{_PLAIN_DIGITS}g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def show_moment(moment: date | datetime) -> str:
    """Return a day, and its time unless that is midnight, the British way: "4 February 2026 10:30"."""
    day = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    if isinstance(moment, datetime) and moment.time() != time():
        return f"{day} {moment:%H:%M}"
    return day


def _shown_moment(value: float, letters: str, from_1904: bool) -> tuple[str, Kind]:
    has_time = "h" in letters or "s" in letters
    has_day = "y" in letters or "d" in letters or ("m" in letters and not has_time)
    if not 0 <= value < _LAST_SERIAL[from_1904]:
        return plain_number(value), Kind.NUMBER
    if not has_day:
        return _shown_time(timedelta(days=value % 1)), Kind.TEXT
    # Day 60 of the older count is a 29 February 1900 that never was.
    epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if value >= 61 else 31)
    moment = epoch + timedelta(seconds=round(value * 86400))
    if has_time:
        return show_moment(moment), Kind.DATE
    if "d" in letters or not {"y", "m"} & set(letters):
        return show_moment(moment.date()), Kind.DATE
    month = f"{_MONTHS[moment.month - 1]} " if "m" in letters else ""
    return f"{month}{moment.year}", Kind.DATE


def _shown_time(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    sign = "-" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[str]] = [[]]
    quoted = escaped = False
    for character in code[:500]:
        if escaped:
            escaped = False
        elif character == "\\" and not quoted:
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            parts.append([])
            continue
        parts[-1].append(character)
    return tuple(_section("".join(part)) for part in parts[:4])


def _section(code: str) -> _Section:
    digits, letters = "", ""
    before, after = "", ""
    plain = False
    hundreds = 0
    for match in _TOKEN.finditer(code):
        quoted, escaped, currency, bracket, character = match.groups()
        literal = quoted or escaped or currency or ""
        if bracket is not None:
            letters += "e" if _ELAPSED.fullmatch(bracket) else ""
            plain = plain or bool(_CONDITION.search(bracket))
        elif match[0].lower() == "general" or character in ("@", "/"):
            plain = True
        elif character is None:
            pass
        elif character in _DIGITS and not (after.strip() and character in "0#?"):
            digits += character
        elif character in _DIGITS or character in "Ee":
            plain = True
        elif character.lower() in "ymdhs":
            letters += character.lower()
        else:
            literal = character
            hundreds += character == "%"
        if digits:
            after += literal
        else:
            before += literal
    return _Section(digits, before, after, hundreds, letters, plain)


def _shown(value: float, section: _Section, sign: str) -> str:
    """Return a value that is not negative by one section of its format."""
    if not any(character in "0#?" for character in section.digits):
        return (section.before + section.after).strip()
    mask = section.digits.rstrip(",")
    whole, _, fraction = mask.partition(".")
    number = Decimal(repr(value)).scaleb(2 * section.hundreds)
    number = number.scaleb(-3 * (len(section.digits) - len(mask)))
    places = sum(1 for character in fraction if character in "0#?")
    if number.adjusted() + places > 26:
        return sign + plain_number(value)
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = format(rounded, ",f" if "," in whole else "f")
    least = fraction.count("0")
    while "." in text and text.endswith("0") and len(text) - text.index(".") - 1 > least:
        text = text[:-1]
    text = text.rstrip(".")
    head, _, tail = text.partition(".")
    text = head.rjust(whole.count("0"), "0") + (f".{tail}" if tail else "")
    sign = sign if rounded else ""
    return f"{sign}{section.before}{text}{section.after}".strip()
