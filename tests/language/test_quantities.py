import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.language.number_words import value_of
from evidence_kit.language.quantities import find_quantities
from evidence_kit.records.reading import QuantityKind

COUNT, OF, ALL = QuantityKind.COUNT, QuantityKind.OF, QuantityKind.ALL
PERCENT, RATIO, MONEY, PER_YEAR = (
    QuantityKind.PERCENT,
    QuantityKind.RATIO,
    QuantityKind.MONEY,
    QuantityKind.PER_YEAR,
)


@pytest.mark.parametrize(
    ("text", "words", "kind", "value", "total", "unit"),
    [
        ("held four meetings", "four meetings", COUNT, 4, None, "meetings"),
        ("attended 4 times", "4 times", COUNT, 4, None, "times"),
        ("came twice", "twice", COUNT, 2, None, "times"),
        ("met once in the winter term", "once", COUNT, 1, None, "times"),
        ("forty-four people", "forty-four people", COUNT, 44, None, "people"),
        ("two hundred and six leaders", "two hundred and six leaders", COUNT, 206, None, "leaders"),
        ("1,204 staff replied", "1,204 staff", COUNT, 1204, None, "staff"),
        ("2.4 million people", "2.4 million people", COUNT, 2_400_000, None, "people"),
        ("a dozen managers", "a dozen managers", COUNT, 12, None, "managers"),
        ("one executive director", "one executive director", COUNT, 1, None, "executive director"),
        ("one of the executives", "one of the executives", COUNT, 1, None, "executives"),
        ("three of our divisions", "three of our divisions", COUNT, 3, None, "divisions"),
        ("the two staff networks", "two staff networks", COUNT, 2, None, "staff networks"),
        ("12 members of staff", "12 members of staff", COUNT, 12, None, "members of staff"),
        ("214 Band 8A leaders", "214 Band 8A leaders", COUNT, 214, None, "band 8a leaders"),
        ("5–7 meetings", "5–7 meetings", COUNT, 5, None, "meetings"),
        ("(n=36)", "36", COUNT, 36, None, ""),
        ("Leaders in scope | 214", "214", COUNT, 214, None, ""),
        ("a mean score of 6.84", "6.84", COUNT, 6.84, None, ""),
        ("rose by 5 percentage points", "5 percentage points", COUNT, 5, None, "percentage points"),
        ("1.5 WTE", "1.5 WTE", COUNT, 1.5, None, "wte"),
        ("in four quarters", "four quarters", COUNT, 4, None, "quarters"),
        ("met four times in 2025/26", "four times", COUNT, 4, None, "times"),
        ("present at three of four", "three of four", OF, 3, 4, ""),
        ("201 of 214 leaders had one", "201 of 214 leaders", OF, 201, 214, "leaders"),
        ("three out of five", "three out of five", OF, 3, 5, ""),
        ("two of six meetings", "two of six meetings", OF, 2, 6, "meetings"),
        ("11 of the 14 board members", "11 of the 14 board members", OF, 11, 14, "board members"),
        ("12/15 members", "12/15 members", OF, 12, 15, "members"),
        ("four meetings out of six", "four meetings out of six", OF, 4, 6, "meetings"),
        ("four (of six) meetings", "four (of six", OF, 4, 6, "meetings"),
        ("none of the seven executives", "none of the seven executives", OF, 0, 7, "executives"),
        (
            "all but one of the seven executives",
            "all but one of the seven executives",
            OF,
            6,
            7,
            "executives",
        ),
        ("all seven executive directors", "all seven executive directors", ALL, 7, 7, "executive directors"),
        ("all 214 leaders", "all 214 leaders", ALL, 214, 214, "leaders"),
        ("all of the nine divisions", "all of the nine divisions", ALL, 9, 9, "divisions"),
        ("both executives came", "both executives", ALL, 2, 2, "executives"),
        ("every executive director", "every executive director", ALL, 0, None, "executive director"),
        ("each division has a plan", "each division", ALL, 0, None, "division"),
        ("all staff", "all staff", ALL, 0, None, "staff"),
        ("all of the trust's leaders", "all of the trust's leaders", ALL, 0, None, "leaders"),
        ("at every level", "every level", ALL, 0, None, "level"),
        ("76%", "76%", PERCENT, 76, None, ""),
        ("76 per cent of these goals", "76 per cent of these goals", PERCENT, 76, None, "goals"),
        ("thirty per cent", "thirty per cent", PERCENT, 30, None, ""),
        ("12.5% of posts", "12.5% of posts", PERCENT, 12.5, None, "posts"),
        ("70–75% of staff", "70–75% of staff", PERCENT, 70, None, "staff"),
        ("three quarters of staff", "three quarters of staff", PERCENT, 75, None, "staff"),
        ("two-thirds of leaders", "two-thirds of leaders", PERCENT, 66.67, None, "leaders"),
        ("half of the leaders", "half of the leaders", PERCENT, 50, None, "leaders"),
        ("a third of managers", "a third of managers", PERCENT, 33.33, None, "managers"),
        ("one in five nurses", "one in five nurses", PERCENT, 20, None, "nurses"),
        ("1 in 4 doctors", "1 in 4 doctors", PERCENT, 25, None, "doctors"),
        ("1.44", "1.44", RATIO, 1.44, None, ""),
        ("a ratio of 1.4 to 1", "1.4 to 1", RATIO, 1.4, None, ""),
        ("1.4 times more likely", "1.4 times", RATIO, 1.4, None, ""),
        ("twice as likely", "twice", RATIO, 2, None, ""),
        ("three times the rate", "three times", RATIO, 3, None, ""),
        ("Indicator 2 is now 1.3", "1.3", RATIO, 1.3, None, ""),
        ("£120,000", "£120,000", MONEY, 120_000, None, ""),
        ("£1.2m", "£1.2m", MONEY, 1_200_000, None, ""),
        ("£2 million", "£2 million", MONEY, 2_000_000, None, ""),
        ("500 pounds", "500 pounds", MONEY, 500, None, ""),
        ("reported quarterly", "quarterly", PER_YEAR, 4, None, ""),
        ("quarterly reports", "quarterly reports", PER_YEAR, 4, None, "reports"),
        ("meets monthly", "monthly", PER_YEAR, 12, None, ""),
        ("every quarter", "every quarter", PER_YEAR, 4, None, ""),
        ("each quarter", "each quarter", PER_YEAR, 4, None, ""),
        ("a six-monthly review", "six-monthly review", PER_YEAR, 2, None, "review"),
        ("twice a year", "twice a year", PER_YEAR, 2, None, "times"),
        ("twice yearly", "twice yearly", PER_YEAR, 2, None, "times"),
        ("annually", "annually", PER_YEAR, 1, None, ""),
        ("every year", "every year", PER_YEAR, 1, None, ""),
        ("each June", "each June", PER_YEAR, 1, None, ""),
        ("an annual report to the committee", "annual report", PER_YEAR, 1, None, "report"),
        ("every two months", "every two months", PER_YEAR, 6, None, ""),
        ("every other month", "every other month", PER_YEAR, 6, None, ""),
        ("in alternate months", "alternate months", PER_YEAR, 6, None, ""),
        ("once every two months", "once every two months", PER_YEAR, 6, None, "times"),
        ("at least four times a year", "four times a year", PER_YEAR, 4, None, "times"),
        (
            "four times in each financial year",
            "four times in each financial year",
            PER_YEAR,
            4,
            None,
            "times",
        ),
        ("four meetings a year", "four meetings a year", PER_YEAR, 4, None, "meetings"),
        ("four per annum", "four per annum", PER_YEAR, 4, None, ""),
        ("twice a month", "twice a month", PER_YEAR, 24, None, "times"),
        ("every Tuesday", "every Tuesday", PER_YEAR, 52, None, ""),
        ("1,200 patients a year", "1,200 patients", COUNT, 1200, None, "patients"),
        ("2 days a week", "2 days", COUNT, 2, None, "days"),
        ("17 completed, others", "17", COUNT, 17, None, ""),
        (
            "every executive and non-executive director",
            "every executive and non-executive director",
            ALL,
            0,
            None,
            "executive and non-executive director",
        ),
        (
            "nine Freedom to Speak Up champions",
            "nine Freedom to Speak Up champions",
            COUNT,
            9,
            None,
            "freedom to speak up champions",
        ),
        ("weekly huddles", "weekly huddles", PER_YEAR, 52, None, "huddles"),
    ],
)
def test_one_quantity(
    text: str, words: str, kind: QuantityKind, value: float, total: float | None, unit: str
) -> None:
    (found,) = find_quantities(text)
    assert (text[found.start : found.end], found.kind, found.value, found.total, found.unit) == (
        words,
        kind,
        value,
        total,
        unit,
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("36 of 44 (82%)", [(OF, 36, ""), (PERCENT, 82, "")]),
        ("36 of 44 staff (82%)", [(OF, 36, "staff"), (PERCENT, 82, "staff")]),
        ("fell from 1.62 to 1.44", [(RATIO, 1.62, ""), (RATIO, 1.44, "")]),
        ("Of 14 voting members, three have", [(OF, 3, "voting members")]),
        ("Of the six meetings held in 2025/26, she came to one.", [(OF, 1, "meetings")]),
        ("Of our eight executives, all took part", [(ALL, 8, "executives")]),
        ("Of the 30 places, 40% went to them", [(COUNT, 30, "places"), (PERCENT, 40, "places")]),
        ("Forty-one (82%) of the 50 leaders", [(OF, 41, "leaders")]),
        ("every one of our seven directors", [(ALL, 7, "directors")]),
        ("Five directors and two managers", [(COUNT, 5, "directors"), (COUNT, 2, "managers")]),
        ("rose from 12% in June 2025 to 14% in June 2026", [(PERCENT, 12, ""), (PERCENT, 14, "")]),
        (
            "All 214 leaders had a goal; 163 of these goals (76%) were met",
            [(ALL, 214, "leaders"), (COUNT, 163, "goals"), (PERCENT, 76, "goals")],
        ),
    ],
)
def test_several_quantities(text: str, wanted: list[tuple[QuantityKind, float, str]]) -> None:
    assert [(found.kind, found.value, found.unit) for found in find_quantities(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "section 3.2",
        "see sections 3 and 4",
        "2.1 The Trust",
        "1. Welcome",
        "12) Any other business",
        "page 7 of 12",
        "on 4 February 2026",
        "4 Feb, 6 May and 4 Nov",
        "in 2025/26",
        "in 2026 the board",
        "over the past three years",
        "the Equality Act 2010",
        "section 149 of the Act",
        "leaders at Band 8A",
        "Bands 5 to 7",
        "ring 0161 496 0000",
        "NHS 111",
        "Core20PLUS5",
        "COVID-19",
        "an 18-month plan",
        "at 10.30am",
        "open 24/7",
        "1:1 meetings",
        "no executive director had missed one",
        "no one came",
        "both staff and patients",
        "not all leaders",
        "nearly all staff",
        "not at all",
        "all the time",
        "each other",
        "every effort",
        "the annual report",
        "annual leave",
        "at every other meeting",
        "the divisions each provide one",
        "the Trust and the network each provide a member",
        "£000",
        "once approved",
        "the first half of the year",
        "Regulation 18",
        "priority two",
        "v2.1",
        "www.example.org/12/3",
        "staff and patients",
    ],
)
def test_no_quantities(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("nineteen", 19),
        ("forty-four", 44),
        ("a hundred", 100),
        ("one hundred and one", 101),
        ("two thousand, three hundred and six", 2306),
        ("a dozen", 12),
        ("1,204", 1204),
        ("6.5", 6.5),
    ],
)
def test_number_words(words: str, value: float) -> None:
    assert value_of(words) == value


PARTS = st.sampled_from(
    (
        *(
            "four",
            "4",
            "1.44",
            "£2m",
            "1,204",
            "twenty-six",
            "hundred",
            "a",
            "and",
            "of",
            "the",
            "out",
            "all",
            "both",
        ),
        *(
            "every",
            "each",
            "none",
            "half",
            "third",
            "quarters",
            "times",
            "year",
            "month",
            "per",
            "%",
            "cent",
            "(",
            ")",
        ),
        *(
            "twice",
            "once",
            "quarterly",
            "annual",
            "meetings",
            "staff",
            "leaders",
            "members",
            "section",
            "2025/26",
            "/",
        ),
        *("in", "May", "2026", "to", "1", ".", "–", "\n", "but", "£", "dozen", "two", "seven", "executives"),
    )
)
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(PARTS, max_size=25).map(" ".join), st.lists(PARTS).map("".join)
)


@given(TEXTS)
def test_quantities_are_ordered_inside_the_text(text: str) -> None:
    position = 0
    for found in find_quantities(text):
        assert position <= found.start < found.end <= len(text)
        assert found.value >= 0
        assert found.unit == found.unit.lower()
        assert found.kind is not OF or (found.total is not None and found.value <= found.total)
        position = found.end


@given(st.integers(0, 9999), st.integers(1, 9999))
def test_n_of_n_is_read_as_written(value: int, more: int) -> None:
    (found,) = find_quantities(f"The log shows that {value} of {value + more} leaders had one.")
    assert (found.kind, found.value, found.total, found.unit) == (OF, value, value + more, "leaders")


@pytest.mark.parametrize("pattern", ["four{}of", "all{}", "1{}"])
@pytest.mark.parametrize("filler", [" ", "\n", "the ", "4 ", "and ", "May, "])
def test_long_repetition_takes_no_time(pattern: str, filler: str) -> None:
    text = pattern.format(filler * 3000)
    start = time.process_time()
    find_quantities(text)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("text", ["1.61 a year ago", "four a year earlier", "12 a year before that"])
def test_a_value_of_an_earlier_year_is_no_frequency(text: str) -> None:
    assert all(each.kind is not QuantityKind.PER_YEAR for each in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It met six times, and she was at two of the six.", "times"),
        ("It has nine members, and she was at two of the six.", ""),
    ],
)
def test_a_share_of_what_was_counted_before_has_its_unit(text: str, unit: str) -> None:
    last = find_quantities(text)[-1]
    assert (last.kind, last.value, last.total, last.unit) == (OF, 2, 6, unit)
