"""Numbers in a text: counts, n of N, whole groups, shares, ratios, money, and how often something is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from evidence_kit.language.date_patterns import LINK, PHONE
from evidence_kit.language.dates import date_spans
from evidence_kit.language.number_words import (
    FIGURES,
    NUMBER,
    is_plural,
    unit_after,
    value_of,
)
from evidence_kit.language.quantity_patterns import (
    ABSTRACT,
    AFTER_A,
    AFTER_LIST_NUMBER,
    ALL_BUT,
    ANNUAL_NOUNS,
    BOTH_AND,
    COMPARED,
    DETERMINERS,
    EVENTS,
    EVERY,
    FRACTIONS,
    FREQUENCIES,
    GROUP,
    IN,
    LABEL,
    LABEL_ENDS,
    LAST_WORD,
    LIST_NUMBER,
    NOT_A_COUNT,
    NOT_ALL,
    OF,
    OF_GROUP,
    ONCE,
    OPENERS,
    OPENERS_A,
    OTHER,
    OUT_OF,
    PER,
    PERCENT,
    PERIODS,
    PLAIN_ONE,
    POUNDS,
    RATIO_WORDS,
    SAYS_WHAT,
    SCALE,
    SCALE_AFTER,
    SCORE,
    SLASH,
    START,
    STEPS,
    TIMES,
    TO_ONE,
)
from evidence_kit.language.quantity_wholes import with_wholes
from evidence_kit.language.scan import starts_of, without_long_gaps
from evidence_kit.records.document import Span
from evidence_kit.records.reading import Quantity, QuantityKind


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers told in a text, ordered and disjoint; dates, labels and list numbers are none.

    Values: percentages and fractions ("three quarters of", "one in five") from 0 to 100, money in pounds, frequencies
    in times a year. "All seven executives" is ``all`` with value and total 7; "every executive" and "all executives"
    are ``all`` with value 0 and no total, since nobody says how many. "5–7 meetings" has the lower value. "None of the
    seven" is ``of`` with value 0.
    """
    return tuple(with_wholes(text, _Finder(without_long_gaps(text)).found()))


_OF = QuantityKind.OF
_BRACKET = re.compile(r"\s*[\w\s]{0,20}[(,]\s*(?:or\s+)?")


class _Finder:
    """Walks through one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._masked: list[Span] | None = None

    def found(self) -> Iterator[Quantity]:
        position = 0
        last: Quantity | None = None
        for start in starts_of(self.text, OPENERS_A if AFTER_A.search(self.text) else OPENERS):
            if start < position or (match := START.match(self.text, start)) is None:
                continue
            quantity = self._read(match)
            position = max(match.end(), quantity.end if quantity else 0)
            if quantity is not None:
                quantity = self._with_unit_of(quantity, last)
                last = quantity
                yield quantity

    def _read(self, match: re.Match[str]) -> Quantity | None:
        kind = match.lastgroup or ""
        return _READERS[kind](self, match.start(kind), match.end(kind), match[kind])

    def _with_unit_of(self, quantity: Quantity, last: Quantity | None) -> Quantity:
        """Give a figure the unit of the one before it: "36 of 44 staff (82%)", "met six times; at two of the six"."""
        if quantity.unit or last is None:
            return quantity
        of_those = (quantity.kind, last.kind, quantity.total) == (_OF, QuantityKind.COUNT, last.value)
        between = self.text[last.end : quantity.start]
        bracketed = quantity.kind is QuantityKind.PERCENT and _BRACKET.fullmatch(between)
        return replace(quantity, unit=last.unit) if of_those or bracketed else quantity

    def in_date(self, start: int, end: int) -> bool:
        if self._masked is None:
            others = (match.span() for pattern in (PHONE, LINK) for match in pattern.finditer(self.text))
            self._masked = [*date_spans(self.text), *others]
        return any(low < end and start < high for low, high in self._masked)

    # One method a form: start and end of the words that opened it, and the words --------------------------------------

    def figures(self, start: int, end: int, told: str) -> Quantity | None:
        before = self.text[max(0, start - 40) : start]
        if self.in_date(start, end) or _is_labelled(before):
            return None
        if before.endswith(("-", "+")) and not before.endswith(" -"):
            return None
        value = value_of(told)
        scale = SCALE_AFTER.match(self.text, end)
        if scale is not None:
            value, end = value * SCALE[(scale[1] or scale[2]).lower()], scale.end()
        if (
            LIST_NUMBER.search(before)
            and value < 100
            and not scale
            and AFTER_LIST_NUMBER.match(self.text, end)
        ):
            return None
        return self._number(start, end, value, decimal="." in told and scale is None, bare=True)

    def words(self, start: int, end: int, told: str) -> Quantity | None:
        before = self.text[max(0, start - 40) : start]
        if self.in_date(start, end) or _is_labelled(before) or before.endswith("-"):
            return None
        is_one = told.lower() == "one"
        if is_one and PLAIN_ONE.search(before):
            return None
        return self._number(start, end, value_of(told), decimal=False, bare=not is_one)

    def _number(self, start: int, end: int, value: float, *, decimal: bool, bare: bool) -> Quantity | None:
        """Read what follows a number; a bare number counts, a bare *one* is a pronoun."""
        for reader in (self._percent, self._ratio, self._of, self._per_period):
            quantity = reader(start, end, value)
            if quantity is not None:
                return quantity
        low = re.compile(r"\s?[–-]\s?\d+(?![\d/%])").match(self.text, end)
        after = low.end() if low else end
        if NOT_A_COUNT.match(self.text, after):
            return None
        if POUNDS.match(self.text, after):
            return _make(start, after + len(" pounds"), QuantityKind.MONEY, value)
        group = OF_GROUP.match(self.text, after)
        unit, stop = unit_after(self.text, group.end() if group else after, singular=value == 1 and not group)
        stop = stop if unit else after
        if decimal and not unit:
            score = SCORE.search(self.text, max(0, start - 60), start)
            likely = RATIO_WORDS.search(self.text) or re.search(r"\.\d\d$", self.text[start:end])
            kind = QuantityKind.RATIO if likely and not score and 0 < value < 20 else QuantityKind.COUNT
            return _make(start, end, kind, value)
        if not unit and not bare:
            return None
        return _make(start, stop, QuantityKind.COUNT, value, None, unit)

    def _percent(self, start: int, end: int, value: float) -> Quantity | None:
        match = PERCENT.match(self.text, end)
        if match is None:
            return None
        group = OF_GROUP.match(self.text, match.end())
        unit, stop = unit_after(self.text, group.end() if group else match.end())
        return _make(start, stop if unit else match.end(), QuantityKind.PERCENT, value, None, unit)

    def _ratio(self, start: int, end: int, value: float) -> Quantity | None:
        to_one = TO_ONE.match(self.text, end)
        if to_one is not None and value == 1:
            return None  # "1:1 meetings"
        if to_one is not None:
            return _make(start, to_one.end(), QuantityKind.RATIO, value)
        times = TIMES.match(self.text, end)
        if times is None:
            return None
        if value != int(value) or COMPARED.match(self.text, times.end()):
            return _make(start, times.end(), QuantityKind.RATIO, value)
        per = self._per(times.end())
        if per is not None:
            return _make(start, per[1], QuantityKind.PER_YEAR, value * per[0], None, "times")
        return _make(start, times.end(), QuantityKind.COUNT, value, None, "times")

    def _of(self, start: int, end: int, value: float) -> Quantity | None:
        match = OF.match(self.text, end)
        if match is not None and not self.in_date(*match.span(1)) and value_of(match[1]) >= value:
            return self._n_of(start, match.end(), value, value_of(match[1]))
        match = SLASH.match(self.text, end)
        if match is not None and int(match[1]) >= value and (value, int(match[1])) != (24, 7):
            unit, stop = unit_after(self.text, match.end())
            boundary = re.compile(r"\s*(?:[|,;)(]|$|\n)").match(self.text, match.end())
            if unit or boundary:
                return _make(
                    start, stop if unit else match.end(), QuantityKind.OF, value, float(match[1]), unit
                )
        match = IN.match(self.text, end)
        if match is not None and not self.in_date(*match.span(1)) and value < value_of(match[1]) <= 1000:
            unit, stop = unit_after(self.text, match.end())
            share = round(100 * value / value_of(match[1]), 2)
            return _make(start, stop if unit else match.end(), QuantityKind.PERCENT, share, None, unit)
        match = OUT_OF.match(self.text, end)
        if match is not None and not self.in_date(*match.span(2)) and value_of(match[2]) >= value:
            unit, _ = unit_after(self.text, end if match[1] else self._closed(match.end()))
            return _make(start, match.end(), QuantityKind.OF, value, value_of(match[2]), unit)
        return None

    def _closed(self, position: int) -> int:
        """Step over a bracket that closes here: "four (of six) meetings"."""
        return position + 1 if self.text[position : position + 1] == ")" else position

    def _n_of(self, start: int, end: int, value: float, total: float) -> Quantity:
        unit, stop = unit_after(self.text, end)
        return _make(start, stop if unit else end, QuantityKind.OF, value, total, unit)

    def _per_period(self, start: int, end: int, value: float) -> Quantity | None:
        """Read "four a year" and "four meetings a year"."""
        unit, stop = unit_after(self.text, end)
        for at, counted in ((end, ""), (stop, unit)):
            per = self._per(at)
            if per is not None and (not counted or counted.split()[-1] in EVENTS):
                return _make(start, per[1], QuantityKind.PER_YEAR, value * per[0], None, counted)
        return None

    def _per(self, position: int) -> tuple[float, int] | None:
        """Return how often a year a period comes, and where it ends."""
        match = PER.match(self.text, position)
        if match is None or (match["slash"] is None and match.start() == match.end()):
            return None
        told = match["period"] or match["pa"] or match["slash"] or match["adverb"]
        return PERIODS[told.lower()] / _step(match["step"]), match.end()

    def all(self, start: int, end: int, told: str) -> Quantity | None:
        word = told.lower()
        if word == "both":
            return self._both(start, end)
        if word == "alternate" or word in ("every", "each"):
            frequency = self._every(start, end, word)
            if frequency is not None or word == "alternate":
                return frequency
        if NOT_ALL.search(self.text, max(0, start - 20), start):
            return None
        but = ALL_BUT.match(self.text, end)
        if but is not None:
            if but[2] is None or value_of(but[2]) < value_of(but[1]):
                return None
            return self._n_of(start, but.end(), value_of(but[2]) - value_of(but[1]), value_of(but[2]))
        group = GROUP.match(self.text, end)
        if word == "every" and OTHER.match(self.text, end):
            return None
        if group is None or (group[1] and self.in_date(*group.span(1))):
            return None
        total = value_of(group[1]) if group[1] else None
        single = word != "all" and not re.match(r"\s+of\b", group[0])
        unit, stop = unit_after(self.text, group.end(), singular=single)
        if word == "each" and single and (self._is_pronoun(start) or SAYS_WHAT.match(self.text, stop)):
            return None
        if total is not None:
            return _make(start, stop if unit else group.end(), QuantityKind.ALL, total, total, unit)
        names_many = bool(unit) and (single or is_plural(unit.split()[-1]) or " of " in unit)
        if not names_many or unit.split()[0] in ABSTRACT:
            return None
        return _make(start, stop, QuantityKind.ALL, 0.0, None, unit)

    def _is_pronoun(self, start: int) -> bool:
        """Tell "the divisions each provide one" from "for each division"."""
        before = re.compile(r"([A-Za-z]+)\s+$").search(self.text, max(0, start - 20), start)
        return before is not None and (before[1][0].isupper() or is_plural(before[1]))

    def _both(self, start: int, end: int) -> Quantity | None:
        """Read "both executives"; "both staff and patients" joins two, and counts nothing."""
        group = GROUP.match(self.text, end)
        at = group.end() if group else end
        unit, stop = unit_after(self.text, at)
        if not unit or not is_plural(unit.split()[-1]) or BOTH_AND.match(self.text, end):
            return None
        return _make(start, stop, QuantityKind.ALL, 2.0, 2.0, unit)

    def _every(self, start: int, end: int, word: str) -> Quantity | None:
        match = EVERY.match(self.text, end)
        if match is None:
            return None
        if match["weekday"]:
            return _make(start, match.end(), QuantityKind.PER_YEAR, 52.0)
        if match["period"] is None:
            # "each June"
            return _make(start, match.end(), QuantityKind.PER_YEAR, 1.0)
        often = PERIODS[match["period"].lower()] / _step(
            match["step"] or ("other" if word == "alternate" else None)
        )
        return _make(start, match.end(), QuantityKind.PER_YEAR, often)

    def none(self, start: int, end: int, _told: str) -> Quantity | None:
        match = GROUP.match(self.text, end)
        if match is None or not match[1] or self.in_date(*match.span(1)):
            match = re.compile(rf"\s+of\s+{DETERMINERS}{{0,3}}({NUMBER})\b", re.IGNORECASE).match(
                self.text, end
            )
        if match is None or self.in_date(*match.span(1)):
            return None
        return self._n_of(start, match.end(), 0.0, value_of(match[1]))

    def fraction(self, start: int, end: int, told: str) -> Quantity | None:
        parts = re.split(r"[\s-]", told.lower())
        if self.in_date(start, end) or re.search(
            r"(?i)\b(?:first|second|last|latter)\s+$", self.text[:start][-10:]
        ):
            return None
        numerator = value_of(parts[0]) if len(parts) > 1 and parts[0] not in ("a", "an") else 1.0
        of = re.compile(r"\s+of\s+(?:the\s+(?:year\s+)?)?").match(self.text, end)
        if of is not None and self.in_date(of.end(), of.end() + 1):
            # "three quarters of 2025/26" are quarters of the year.
            is_count = parts[-1] == "quarters"
            return _make(start, end, QuantityKind.COUNT, numerator, None, "quarters") if is_count else None
        share = 100 * numerator / FRACTIONS[parts[-1].rstrip("s") if parts[-1] != "half" else "half"]
        group = re.compile(rf"\s+(?:of\s+)?{DETERMINERS}{{0,3}}", re.IGNORECASE).match(self.text, end)
        unit, stop = unit_after(self.text, group.end() if group else end)
        if share > 100 or re.match(r"(?:year|month|day|hour|week)s?\b", unit):
            return None
        return _make(start, stop if unit else end, QuantityKind.PERCENT, round(share, 2), None, unit)

    def frequency(self, start: int, end: int, told: str) -> Quantity | None:
        word = told.lower()
        if word == "annual":
            article = re.search(r"(?i)\ban\s+$", self.text[max(0, start - 4) : start])
            report = re.compile(r"\s+report", re.IGNORECASE).match(self.text, end)
            if ANNUAL_NOUNS.match(self.text, end) or (report and not article):
                return None
        if self.text[max(0, start - 1) : start] == "-":
            return None
        unit, stop = unit_after(self.text, end)
        return _make(
            start, stop if unit else end, QuantityKind.PER_YEAR, float(FREQUENCIES[word]), None, unit
        )

    def twice(self, start: int, end: int, told: str) -> Quantity | None:
        value = 2.0 if told.lower() == "twice" else 1.0
        per = self._per(end)
        if per is not None:
            return _make(start, per[1], QuantityKind.PER_YEAR, value * per[0], None, "times")
        if value == 2.0:
            kind = QuantityKind.RATIO if COMPARED.match(self.text, end) else QuantityKind.COUNT
            return _make(start, end, kind, value, None, "times" if kind is QuantityKind.COUNT else "")
        if told[0].isupper() or not ONCE.match(self.text, end):
            return None
        return _make(start, end, QuantityKind.COUNT, 1.0, None, "times")

    def money(self, start: int, end: int, told: str) -> Quantity | None:
        match = re.search(rf"({FIGURES})\s?([a-z]*)$", told, re.IGNORECASE)
        assert match is not None
        if match[1] == "000":
            return None  # "£000" heads a column
        return _make(start, end, QuantityKind.MONEY, value_of(match[1]) * SCALE.get(match[2].lower(), 1.0))


_READERS: dict[str, Callable[[_Finder, int, int, str], Quantity | None]] = {
    "money": _Finder.money,
    "figures": _Finder.figures,
    "words": _Finder.words,
    "all": _Finder.all,
    "none": _Finder.none,
    "fraction": _Finder.fraction,
    "frequency": _Finder.frequency,
    "twice": _Finder.twice,
}


def _is_labelled(before: str) -> bool:
    """Whether the words before a number make it a label ("section 4", "items 3 and 4")."""
    match = LAST_WORD.search(before[-16:])
    if match is None or (match[1].isalpha() and match[1].lower() not in LABEL_ENDS):
        return False
    return LABEL.search(before) is not None


def _step(told: str | None) -> float:
    if told is None:
        return 1.0
    return float(STEPS[told.lower()]) if told.lower() in STEPS else max(value_of(told), 1.0)


def _make(
    start: int, end: int, kind: QuantityKind, value: float, total: float | None = None, unit: str = ""
) -> Quantity:
    return Quantity(start, end, kind, value, total, unit)
