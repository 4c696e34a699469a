"""How British documents write dates and periods: forms in, unresolved :class:`Form` records out.

A financial year runs from 1 April to 31 March, and its quarters count from April. A day comes before its month in
figures. Nothing here knows the date of a paper; :mod:`evidence_kit.language.dates` resolves what lacks a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from evidence_kit.language.date_patterns import (
    EACH,
    EACH_YEAR,
    FORM,
    LAW_AFTER,
    LAW_BEFORE,
    LINK,
    MONTH_CONTEXT,
    MONTHS,
    NAME_AFTER,
    NAME_BEFORE,
    NOT_A_YEAR,
    NUMBERED,
    NUMBERS,
    OPENERS,
    OPENERS_AGO,
    ORDINALS,
    PHONE,
    SEASON_CONTEXT,
    SEASON_NOUN,
    SEASONS,
    SHORT_SPAN_AFTER,
    SHORT_SPAN_BEFORE,
    SMALL_MONTH_CONTEXT,
    THE,
    TIME_WORD,
)
from evidence_kit.language.scan import starts_of
from evidence_kit.records.reading import DatePrecision


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A date as told, not yet resolved.

    Attributes:
        year: Calendar year; of a financial year and of a quarter the year in which the financial year begins.
        part: Quarter from 1, or the first month of a season.
        until: The last part of a range that one form tells ("4–6 May 2026", "2023-26").
        relative: Words that only a paper's date resolves: direction, number and unit, else empty.
    """

    start: int
    end: int
    precision: DatePrecision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: int | None = None
    until: Form | None = None
    relative: tuple[str, int, str] = ("", 0, "")


def find_forms(text: str) -> list[Form]:
    """Return the dates told in a text, in order, disjoint; each names the words that tell it."""
    forms: list[Form] = []
    masked: list[tuple[int, int]] | None = None
    position = 0
    for start in starts_of(text, OPENERS_AGO if "ago" in text else OPENERS):
        if start < position or (match := FORM.match(text, start)) is None:
            continue
        position = match.end()
        if masked is None:
            masked = [other.span() for pattern in (PHONE, LINK) for other in pattern.finditer(text)]
        if any(low < position and start < high for low, high in masked):
            continue
        forms.extend(_read(text, match))
    return forms


def _read(text: str, match: re.Match[str]) -> Iterator[Form]:
    """Yield the forms of one match; none where the context speaks against a date."""
    kind = match.lastgroup or ""
    kind = next(name for name in _READERS if match[name] is not None) if kind not in _READERS else kind
    yield from _READERS[kind](text, match.start(), match.end(), match[0])


def two_digits(year: int) -> int:
    """Complete a year of two digits: 69 and before are of this century."""
    return year if year >= 100 else year + (2000 if year < 70 else 1900)


def _iso(_text: str, start: int, end: int, told: str) -> Iterator[Form]:
    year, month, day = (int(part) for part in told.split("-"))
    yield from _checked(
        Form(start=start, end=end, precision=DatePrecision.DAY, year=year, month=month, day=day)
    )


def _figures(text: str, start: int, end: int, told: str) -> Iterator[Form]:
    day, month, year = (int(part) for part in re.split(r"[/.-]", told))
    if len(told) < len("1/1/2026") and "/" not in told and re.search(r"\b\d[.-]", told):
        return  # "1.2.10" is a section
    if "." in told and NUMBERED.search(text, max(0, start - 20), start):
        return
    form = Form(
        start=start, end=end, precision=DatePrecision.DAY, year=two_digits(year), month=month, day=day
    )
    yield from _checked(form)


def _checked(form: Form) -> Iterator[Form]:
    """Yield the form if its day exists; without a year, in a leap year."""
    try:
        date(form.year or 2000, form.month or 1, form.day or 1)
    except ValueError:
        return
    yield form


def _month_in(told: str) -> tuple[int, int, int]:
    """Return the number of the month named in some words, and where its name stands in them."""
    match = re.search(
        r"[A-Za-z]{3,}", re.sub(r"(?i)\b(and|the|until)\b", lambda word: "~" * len(word[0]), told)
    )
    assert match is not None
    return MONTHS[match[0].lower()], match.start(), match.end()


def _year_after(told: str, position: int) -> int | None:
    match = re.search(r"\d{4}|\d\d", told[position:])
    return two_digits(int(match[0])) if match else None


def _days(_text: str, start: int, end: int, told: str) -> Iterator[Form]:
    month, at, after = _month_in(told)
    year = _year_after(told, after)
    if told[at:after] in ("may", "march") and year is None:
        return
    days = list(re.finditer(r"\d{1,2}\s?(?:st|nd|rd|th)?", told[:at], re.IGNORECASE))
    for position, match in enumerate(days):
        day = int(re.match(r"\d+", match[0])[0])  # type: ignore[index]
        last = position == len(days) - 1
        stop = end if last else start + match.start() + len(match[0].rstrip())
        form = Form(
            start=start + match.start(),
            end=stop,
            precision=DatePrecision.DAY,
            year=year,
            month=month,
            day=day,
        )
        yield from _checked(form)


def _day_range(text: str, start: int, end: int, told: str) -> Iterator[Form]:
    forms = list(_days(text, start, end, told))
    if len(forms) == 2:
        yield replace(forms[0], end=end, until=forms[1])
    else:
        yield from forms


def _day_month(text: str, start: int, end: int, told: str) -> Iterator[Form]:
    month, at, after = _month_in(
        re.sub(r"(?i)(?<=\d)\s?(st|nd|rd|th)\b", lambda word: "~" * len(word[0]), told)
    )
    year = _year_after(told, after)
    ordinal = re.match(r"\d+\s?(?:st|nd|rd|th)", told, re.IGNORECASE)
    if told[at:after] in ("may", "march", "mar", "jan", "dec", "sep", "oct") and year is None and not ordinal:
        return
    if NUMBERED.search(text, max(0, start - 20), start) and year is None:
        return
    day = int(re.match(r"\d+", told)[0])  # type: ignore[index]
    yield from _checked(
        Form(start=start, end=end, precision=DatePrecision.DAY, year=year, month=month, day=day)
    )


def _month_day(_text: str, start: int, end: int, told: str) -> Iterator[Form]:
    month, _, after = _month_in(told)
    numbers = [int(number) for number in re.findall(r"\d+", told[after:])]
    year = numbers[1] if len(numbers) > 1 else None
    yield from _checked(
        Form(start=start, end=end, precision=DatePrecision.DAY, year=year, month=month, day=numbers[0])
    )


def _month(text: str, start: int, end: int, told: str) -> Iterator[Form]:
    month, _, after = _month_in(told)
    year = _year_after(told, after)
    if year is not None and not 1900 <= year <= 2099:
        return
    if year is None:
        end = start + after
        capital = told[0].isupper()
        context = MONTH_CONTEXT if capital else SMALL_MONTH_CONTEXT
        before = text[max(0, start - 20) : start]
        if (
            EACH.search(before)
            or EACH_YEAR.match(text, end)
            or (before.strip() and not context.search(before))
        ):
            return
        if not capital and told[:after] in ("march", "mar", "sep", "dec", "jan"):
            return
        follows = NAME_AFTER.match(text, end)
        if follows and (not before.strip() or NAME_BEFORE.search(before)):
            return
        if re.match(r"[’']?-?\d", text[end : end + 2]):
            return
    yield Form(start=start, end=end, precision=DatePrecision.MONTH, year=year, month=month)


def _span(_text: str, start: int, end: int, told: str) -> Iterator[Form]:
    first_text, last_text = re.findall(r"\d+", told)
    first, last = int(first_text), int(last_text)
    last = last if last >= 100 else first - first % 100 + last
    if last == first + 1:
        yield Form(start=start, end=end, precision=DatePrecision.FINANCIAL_YEAR, year=first)
    elif first < last <= first + 60 and "/" in told:
        closing = Form(start=start, end=end, precision=DatePrecision.FINANCIAL_YEAR, year=last - 1)
        yield Form(start=start, end=end, precision=DatePrecision.FINANCIAL_YEAR, year=first, until=closing)
    elif first < last <= first + 60:
        closing = Form(start=start, end=end, precision=DatePrecision.YEAR, year=last)
        yield Form(start=start, end=end, precision=DatePrecision.YEAR, year=first, until=closing)
    elif "-" in told and len(last_text) == 2 and 1 <= int(last_text) <= 12:
        yield Form(start=start, end=end, precision=DatePrecision.MONTH, year=first, month=int(last_text))


def _year_month(_text: str, start: int, end: int, told: str) -> Iterator[Form]:
    year, month = told.split("-")
    yield Form(start=start, end=end, precision=DatePrecision.MONTH, year=int(year), month=int(month))


def _month_year(_text: str, start: int, end: int, told: str) -> Iterator[Form]:
    month, year = told.split("/")
    yield Form(start=start, end=end, precision=DatePrecision.MONTH, year=int(year), month=int(month))


def _short_span(text: str, start: int, end: int, told: str) -> Iterator[Form]:
    first, last = (int(part) for part in told.split("/"))
    before = text[max(0, start - 20) : start]
    if last != first + 1 or not (SHORT_SPAN_BEFORE.search(before) or not before.strip()):
        return
    if SHORT_SPAN_AFTER.match(text, end) or re.search(r"(?i)(?:year|FY|Q[1-4])[\s(]+$", before):
        yield Form(start=start, end=end, precision=DatePrecision.FINANCIAL_YEAR, year=two_digits(first))


def _fy(_text: str, start: int, end: int, told: str) -> Iterator[Form]:
    numbers = [int(number) for number in re.findall(r"\d+", told)]
    first = two_digits(numbers[0])
    # "FY26" names the year by its end, "FY25/26" by both.
    year = first - 1 if len(numbers) == 1 else first
    if len(numbers) == 1 or (numbers[1] - first) % 100 == 1:
        yield Form(start=start, end=end, precision=DatePrecision.FINANCIAL_YEAR, year=year)


def _year_told(told: str) -> int | None:
    """Return the year in the tail of a quarter or a season ("Q3 2025/26", "winter 2025")."""
    match = re.search(r"((?:19|20)\d\d|\d\d)(?:\s?[/–—-]\s?\d{2,4})?$", told)
    if match is None:
        return None
    year = two_digits(int(match[1]))
    ends_only = re.search(r"(?i)FY\s?\d{2,4}$", told) is not None
    return year - 1 if ends_only else year


def _quarters(_text: str, start: int, end: int, told: str) -> Iterator[Form]:
    """Yield a range of quarters as one form, a list of them as several."""
    parts = list(re.finditer(r"(?i)Q?(?<!\d)[1-4](?![\d/])|\b(?:one|two|three|four)\b", told))
    year = _year_told(told[parts[-1].end() :])
    forms = []
    for match in parts:
        number = int(match[0][-1]) if match[0][-1].isdigit() else ORDINALS[match[0].lower()]
        stop = end if match is parts[-1] else start + match.end()
        begin = start if match is parts[0] else start + match.start()
        forms.append(Form(start=begin, end=stop, precision=DatePrecision.QUARTER, year=year, part=number))
    if len(forms) == 2 and re.match(r"\s*(?:to\b|[–-])", told[parts[0].end() :]):
        yield replace(forms[0], end=end, until=forms[1])
    else:
        yield from forms


def _quarter(text: str, start: int, end: int, told: str) -> Iterator[Form]:
    word = re.search(r"(?i)[1-4]|one|two|three|four|first|second|third|final", told)
    assert word is not None
    number = int(word[0]) if word[0].isdigit() else ORDINALS[word[0].lower()]
    year = _year_told(told[word.end() :])
    if year is None and NUMBERED.search(text, max(0, start - 20), start):
        return
    yield Form(start=start, end=end, precision=DatePrecision.QUARTER, year=year, part=number)


def _season(text: str, start: int, end: int, told: str) -> Iterator[Form]:
    word = re.match(r"[A-Za-z]+", told)
    assert word is not None
    year = _year_told(told[word.end() :])
    if year is None and (
        not SEASON_CONTEXT.search(text, max(0, start - 20), start) or SEASON_NOUN.match(text, end)
    ):
        return
    yield Form(start=start, end=end, precision=DatePrecision.SEASON, year=year, part=SEASONS[word[0].lower()])


def _year(text: str, start: int, end: int, told: str) -> Iterator[Form]:
    before = text[max(0, start - 60) : start]
    if LAW_BEFORE.search(before) or LAW_AFTER.match(text, end) or NUMBERED.search(before):
        return
    if re.search(r"\d\s$", before) and not re.search(r"(?:19|20)\d\d\s$", before):
        return
    if re.match(r"\w|/|-\w|:\d|\s+of\s+\d|\s(?!(?:19|20)\d\d\b)\d{3,4}\s\d{3,4}\b", text[end : end + 12]):
        return
    if NOT_A_YEAR.match(text, end) and not TIME_WORD.search(before):
        return
    yield Form(start=start, end=end, precision=DatePrecision.YEAR, year=int(told))


def _today(_text: str, start: int, end: int, told: str) -> Iterator[Form]:
    step = {"today": 0, "yesterday": -1, "tomorrow": 1}[told.lower()]
    yield Form(start=start, end=end, precision=DatePrecision.RELATIVE, relative=("step", step, "day"))


def _ago(_text: str, start: int, end: int, told: str) -> Iterator[Form]:
    words = told.lower().split()
    number = int(words[0]) if words[0].isdigit() else NUMBERS.get(words[0], 1)
    unit = words[-2].rstrip("s")
    yield Form(start=start, end=end, precision=DatePrecision.RELATIVE, relative=("step", -number, unit))


def _relative(text: str, start: int, end: int, told: str) -> Iterator[Form]:
    words = told.lower().split()
    article = THE.search(text, max(0, start - 8), start)
    start = article.start() if article else start
    direction, middle, unit = words[0], words[1:-1], words[-1].rstrip("s")
    if middle and middle[-1] in ("financial", "calendar"):
        unit = f"{middle.pop()} {unit}"
    counted = " ".join(middle)
    number = int(counted) if counted.isdigit() else NUMBERS.get(counted, 1)
    back = direction in ("last", "past", "previous", "preceding")
    ahead = direction in ("next", "coming", "forthcoming")
    trailing = (
        bool(middle)
        or direction in ("past", "coming")
        or (article is not None and direction in ("last", "next"))
    )
    if unit == "financial year" and not middle:
        precision, mode = DatePrecision.FINANCIAL_YEAR, "whole"
    else:
        precision = DatePrecision.RELATIVE
        mode = "rolling" if trailing and unit not in SEASONS else "whole"
    sign = -1 if back else 1 if ahead else 0
    yield Form(start=start, end=end, precision=precision, relative=(mode, sign * number, unit))


def _to_date(_text: str, start: int, end: int, _told: str) -> Iterator[Form]:
    yield Form(
        start=start, end=end, precision=DatePrecision.RELATIVE, relative=("whole", 0, "financial year")
    )


_READERS = {
    "iso": _iso,
    "figures": _figures,
    "days": _days,
    "day_range": _day_range,
    "day_month": _day_month,
    "span": _span,
    "year_month": _year_month,
    "month_year": _month_year,
    "short_span": _short_span,
    "ago": _ago,
    "year": _year,
    "month_day": _month_day,
    "month": _month,
    "fy": _fy,
    "quarters": _quarters,
    "quarter": _quarter,
    "season": _season,
    "today": _today,
    "relative": _relative,
    "word_ago": _ago,
    "to_date": _to_date,
}
