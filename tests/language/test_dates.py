import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.language.dates import date_spans, find_dates
from evidence_kit.records.reading import DateMention, DatePrecision

PAPER = date(2026, 6, 10)
DAY, MONTH, QUARTER = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.QUARTER
SEASON, YEAR, FINANCIAL, RELATIVE = (
    DatePrecision.SEASON,
    DatePrecision.YEAR,
    DatePrecision.FINANCIAL_YEAR,
    DatePrecision.RELATIVE,
)


def told(text: str, mention: DateMention) -> tuple[str, str, str, DatePrecision]:
    words = text[mention.start : mention.end]
    return words, mention.first.isoformat(), mention.last.isoformat(), mention.precision


@pytest.mark.parametrize(
    ("text", "words", "first", "last", "precision"),
    [
        ("The board met on 4 February 2026.", "4 February 2026", "2026-02-04", "2026-02-04", DAY),
        ("It met on 4th Feb 2026 again", "4th Feb 2026", "2026-02-04", "2026-02-04", DAY),
        ("Dated the 21st of October 2025", "21st of October 2025", "2025-10-21", "2025-10-21", DAY),
        ("February 4, 2026", "February 4, 2026", "2026-02-04", "2026-02-04", DAY),
        ("Ratified 04/02/2026", "04/02/2026", "2026-02-04", "2026-02-04", DAY),
        ("Ratified 1/4/26", "1/4/26", "2026-04-01", "2026-04-01", DAY),
        ("Issue 31.03.2026", "31.03.2026", "2026-03-31", "2026-03-31", DAY),
        ("2026-02-04", "2026-02-04", "2026-02-04", "2026-02-04", DAY),
        ("Wednesday 4 February 2026 at 10.30am", "4 February 2026", "2026-02-04", "2026-02-04", DAY),
        ("closed 4-Feb-26", "4-Feb-26", "2026-02-04", "2026-02-04", DAY),
        ("approved 4 Feb.\n2026", "4 Feb.\n2026", "2026-02-04", "2026-02-04", DAY),
        ("from 4 to 6 May 2026", "4 to 6 May 2026", "2026-05-04", "2026-05-06", DAY),
        ("held 4–6 May 2026", "4–6 May 2026", "2026-05-04", "2026-05-06", DAY),
        ("30 June 2025 to 4 July 2026", "30 June 2025 to 4 July 2026", "2025-06-30", "2026-07-04", DAY),
        ("01/04/2025-31/03/2026", "01/04/2025-31/03/2026", "2025-04-01", "2026-03-31", DAY),
        ("Published in May 2026", "May 2026", "2026-05-01", "2026-05-31", MONTH),
        ("Review: Feb-27", "Feb-27", "2027-02-01", "2027-02-28", MONTH),
        ("Sept ’25", "Sept ’25", "2025-09-01", "2025-09-30", MONTH),
        ("due 05/2027", "05/2027", "2027-05-01", "2027-05-31", MONTH),
        ("from June 2025 to June 2026", "June 2025 to June 2026", "2025-06-01", "2026-06-30", MONTH),
        ("between June 2025 and June 2026", "June 2025 and June 2026", "2025-06-01", "2026-06-30", MONTH),
        ("April to June 2026", "April to June 2026", "2026-04-01", "2026-06-30", MONTH),
        ("Nov–Feb 2026", "Nov–Feb 2026", "2025-11-01", "2026-02-28", MONTH),
        (
            "six months to 30 September 2025",
            "six months to 30 September 2025",
            "2025-04-01",
            "2025-09-30",
            MONTH,
        ),
        ("spring 2026", "spring 2026", "2026-03-01", "2026-05-31", SEASON),
        ("winter 2025/26", "winter 2025/26", "2025-12-01", "2026-02-28", SEASON),
        ("in the autumn", "autumn", "2025-09-01", "2025-11-30", SEASON),
        ("Q3 2025/26", "Q3 2025/26", "2025-10-01", "2025-12-31", QUARTER),
        ("Q4 24/25 figures", "Q4 24/25", "2025-01-01", "2025-03-31", QUARTER),
        ("in quarter 4", "quarter 4", "2026-01-01", "2026-03-31", QUARTER),
        ("the first quarter of 2025/26", "first quarter of 2025/26", "2025-04-01", "2025-06-30", QUARTER),
        ("quarters 1 to 4 of 2025/26", "quarters 1 to 4 of 2025/26", "2025-04-01", "2026-03-31", QUARTER),
        ("Q1-Q3 2025/26", "Q1-Q3 2025/26", "2025-04-01", "2025-12-31", QUARTER),
        ("quarter ended 30 June 2026", "quarter ended 30 June 2026", "2026-04-01", "2026-06-30", QUARTER),
        ("2025/26", "2025/26", "2025-04-01", "2026-03-31", FINANCIAL),
        ("2025-26", "2025-26", "2025-04-01", "2026-03-31", FINANCIAL),
        ("2025–26 accounts", "2025–26", "2025-04-01", "2026-03-31", FINANCIAL),
        ("2025/2026", "2025/2026", "2025-04-01", "2026-03-31", FINANCIAL),
        ("FY26", "FY26", "2025-04-01", "2026-03-31", FINANCIAL),
        ("FY25/26", "FY25/26", "2025-04-01", "2026-03-31", FINANCIAL),
        ("in 24/25", "24/25", "2024-04-01", "2025-03-31", FINANCIAL),
        ("1999-2000", "1999-2000", "1999-04-01", "2000-03-31", FINANCIAL),
        ("2023/24 to 2025/26", "2023/24 to 2025/26", "2023-04-01", "2026-03-31", FINANCIAL),
        ("the year ended 31 March 2026", "year ended 31 March 2026", "2025-04-01", "2026-03-31", FINANCIAL),
        ("in the last financial year", "the last financial year", "2025-04-01", "2026-03-31", FINANCIAL),
        ("next financial year", "next financial year", "2027-04-01", "2028-03-31", FINANCIAL),
        ("12 months to 31 December 2025", "12 months to 31 December 2025", "2025-01-01", "2025-12-31", YEAR),
        ("since 2020", "2020", "2020-01-01", "2020-12-31", YEAR),
        ("The survey (2025) found", "2025", "2025-01-01", "2025-12-31", YEAR),
        ("the 2025 staff survey", "2025", "2025-01-01", "2025-12-31", YEAR),
        ("mid-2026", "2026", "2026-01-01", "2026-12-31", YEAR),
        ("our 2023-26 strategy", "2023-26", "2023-01-01", "2026-12-31", YEAR),
        ("2024-2028", "2024-2028", "2024-01-01", "2028-12-31", YEAR),
        ("last month", "last month", "2026-05-01", "2026-05-31", RELATIVE),
        ("last year", "last year", "2025-01-01", "2025-12-31", RELATIVE),
        ("next year", "next year", "2027-01-01", "2027-12-31", RELATIVE),
        ("earlier this year", "this year", "2026-01-01", "2026-06-10", RELATIVE),
        ("We plan more this year", "this year", "2026-01-01", "2026-12-31", RELATIVE),
        ("earlier this month", "this month", "2026-06-01", "2026-06-10", RELATIVE),
        ("today", "today", "2026-06-10", "2026-06-10", RELATIVE),
        ("yesterday", "yesterday", "2026-06-09", "2026-06-09", RELATIVE),
        ("last autumn", "last autumn", "2025-09-01", "2025-11-30", RELATIVE),
        ("next winter", "next winter", "2026-12-01", "2027-02-28", RELATIVE),
        ("over the past twelve months", "the past twelve months", "2025-06-11", "2026-06-10", RELATIVE),
        ("over the past year", "the past year", "2025-06-11", "2026-06-10", RELATIVE),
        ("in the last 3 years", "the last 3 years", "2023-06-11", "2026-06-10", RELATIVE),
        ("over the next three years", "the next three years", "2026-06-10", "2029-06-10", RELATIVE),
        ("two years ago", "two years ago", "2024-01-01", "2024-12-31", RELATIVE),
        ("three months ago", "three months ago", "2026-03-01", "2026-03-31", RELATIVE),
        ("the year to date", "year to date", "2026-04-01", "2026-06-10", RELATIVE),
        ("launched in May", "May", "2026-05-01", "2026-05-31", MONTH),
        ("launched in July", "July", "2025-07-01", "2025-07-31", MONTH),
        ("will be launched in July", "July", "2026-07-01", "2026-07-31", MONTH),
        ("The plan, which will be revised, was approved in July", "July", "2025-07-01", "2025-07-31", MONTH),
        ("The course ends in December", "December", "2026-12-01", "2026-12-31", MONTH),
        (
            "The rules on racism by patients came into force on 1 March.",
            "1 March",
            "2026-03-01",
            "2026-03-01",
            DAY,
        ),
        ("We hope to show one before the spring", "spring", "2027-03-01", "2027-05-31", SEASON),
        # an entry's label: the present simple lies ahead, the past and a noun alone do not
        ("February: we apply to the Assembly", "February", "2027-02-01", "2027-02-28", MONTH),
        ("May - the board reviews us against every driver", "May", "2027-05-01", "2027-05-31", MONTH),
        ("April: executive sponsor begins quarterly reports", "April", "2027-04-01", "2027-04-30", MONTH),
        ("4 March: the steering group meets", "4 March", "2027-03-04", "2027-03-04", DAY),
        ("In February we apply to the Assembly", "February", "2027-02-01", "2027-02-28", MONTH),
        ("The board reviews our progress in March", "March", "2027-03-01", "2027-03-31", MONTH),
        ("In March we launched a council", "March", "2026-03-01", "2026-03-31", MONTH),
        ("We publish the gap in March", "March", "2026-03-01", "2026-03-31", MONTH),
        ("March: the board has launched a council", "March", "2026-03-01", "2026-03-31", MONTH),
        ("March: we launched a council", "March", "2026-03-01", "2026-03-31", MONTH),
        ("March: board papers published", "March", "2026-03-01", "2026-03-31", MONTH),
        ("March: a talk by a nurse", "March", "2026-03-01", "2026-03-31", MONTH),
        ("at its March meeting", "March", "2026-03-01", "2026-03-31", MONTH),
        ("on the 4th of march", "4th of march", "2026-03-04", "2026-03-04", DAY),
        ("as at 31 March", "31 March", "2026-03-31", "2026-03-31", DAY),
        ("the network will meet on 4 July", "4 July", "2026-07-04", "2026-07-04", DAY),
    ],
)
def test_one_date(text: str, words: str, first: str, last: str, precision: DatePrecision) -> None:
    assert [told(text, mention) for mention in find_dates(text, paper_date=PAPER)] == [
        (words, first, last, precision)
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "attended on 4 Feb, 6 May, 5 Aug and 4 Nov 2025 (record)",
            ["2025-02-04", "2025-05-06", "2025-08-05", "2025-11-04"],
        ),
        ("on 3 and 17 March 2026", ["2026-03-03", "2026-03-17"]),
        ("on 3, 10 and 17 March 2026", ["2026-03-03", "2026-03-10", "2026-03-17"]),
        ("on 5 Nov, 4 Feb and 6 May 2026", ["2025-11-05", "2026-02-04", "2026-05-06"]),
        ("met on 4 February and 6 May", ["2026-02-04", "2026-05-06"]),
        ("met in May, July and September", ["2025-05-01", "2025-07-01", "2025-09-01"]),
        ("will meet in August, November and February", ["2026-08-01", "2026-11-01", "2027-02-01"]),
        ("Meetings: 4 February 2025, 6 May, 5 August", ["2025-02-04", "2025-05-06", "2025-08-05"]),
        ("June, September and December 2025", ["2025-06-01", "2025-09-01", "2025-12-01"]),
        ("Q1, Q2 and Q3 2025/26", ["2025-04-01", "2025-07-01", "2025-10-01"]),
        ("quarters 2 and 3 of 2025/26", ["2025-07-01", "2025-10-01"]),
        ("In 2025 they met on 4 February and 6 May", ["2025-01-01", "2025-02-04", "2025-05-06"]),
        ("during 2024/25 it met in May and February", ["2024-04-01", "2024-05-01", "2025-02-01"]),
        ("12% in June 2025 and 14% in June 2026", ["2025-06-01", "2026-06-01"]),
        ("2026 | 2025 | 2024", ["2026-01-01", "2025-01-01", "2024-01-01"]),
        ("The council, set up in May and renamed, will report in July", ["2026-05-01", "2026-07-01"]),
        ("By May we will have met, and again in July 2027", ["2027-05-01", "2027-07-01"]),
    ],
)
def test_lists(text: str, days: list[str]) -> None:
    assert [mention.first.isoformat() for mention in find_dates(text, paper_date=PAPER)] == days


@pytest.mark.parametrize(
    "text",
    [
        "see section 3.2 of the plan",
        "12/15 members came",
        "2.4 million people",
        "call 0161 496 2026",
        "it cost £2026",
        "leaders at Band 8A",
        "version v2.1",
        "ring NHS 111",
        "the Equality Act 2010",
        "the Equality Act (2010)",
        "Health and Care Act 2022",
        "Regulation 2014",
        "(Specific Duties) Regulations 2017",
        "Mental Health Acts 1983 and 2007",
        "the 2010 Act",
        "SI 2014/2936",
        "Core20PLUS5",
        "EDS 2022",
        "ISO 9001:2015",
        "see item 2026",
        "they may attend and march on",
        "4 may attend",
        "April Jones spoke",
        "thanks to April Jones",
        "Theresa May spoke",
        "each June",
        "goes to the Board in July each year",
        "2019 staff responded",
        "1900 patients",
        "99/99/2026",
        "31 June 2026",
        "section 1.2.10",
        "open 24/7",
        "three quarters of staff",
        "spring clean",
        "winter pressures",
        "COVID-19",
        "www.example.org/2026/05",
        "one in four",
    ],
)
def test_no_dates(text: str) -> None:
    assert find_dates(text, paper_date=PAPER) == ()


@pytest.mark.parametrize(
    "text",
    [
        "to finish by March 2027",
        "by the end of March 2027",
        "due 31 March",
        "Review date: May 2027",
        "Next review due May 2027",
        "due for review in May 2027",
        "no later than 3 May 2027",
        "valid until June 2027",
        "will be completed in May 2027",
        "expires 2027",
        "deadline: 30/09/2026",
        "Date of next meeting: 6 July 2026",
    ],
)
def test_deadlines(text: str) -> None:
    (mention,) = find_dates(text, paper_date=PAPER)
    assert mention.deadline


@pytest.mark.parametrize(
    "text",
    [
        "approved in March 2026",
        "all begun by May 2026",
        "completed by 31 March 2026",
        "on 31 March 2026",
        "By March 2026, all seven had finished",
        "since May 2025",
        "last review: May 2024",
        "the year to 31 March 2026",
    ],
)
def test_no_deadlines(text: str) -> None:
    (mention,) = find_dates(text, paper_date=PAPER)
    assert not mention.deadline


@pytest.mark.parametrize(
    "text", ["launched in May", "on 4 February", "last year", "this summer", "in quarter 2"]
)
def test_without_a_paper_date_nothing_is_guessed(text: str) -> None:
    assert find_dates(text) == ()
    assert len(date_spans(text)) == 1


def test_the_paper_date_moves_no_date_that_has_its_year() -> None:
    text = "4 Feb and 6 May 2025, Q3 2025/26, 2024 and spring 2026"
    assert find_dates(text) == find_dates(text, paper_date=date(2031, 1, 1))


PARTS = st.sampled_from(
    (
        *(
            "4",
            "31",
            "29",
            "04/02/2026",
            "2025",
            "2026",
            "/26",
            "2025/26",
            "’26",
            "0161",
            "1",
            "3",
            "st",
            "FY26",
            "Q3",
        ),
        *(
            "Feb",
            "February",
            "May",
            "may",
            "march",
            ",",
            "and",
            "to",
            "–",
            "-",
            ".",
            "\n",
            "quarter",
            "of",
            "the",
        ),
        *(
            "year",
            "ended",
            "last",
            "next",
            "this",
            "past",
            "three",
            "months",
            "years",
            "ago",
            "will",
            "by",
            "until",
        ),
        *("due", "was", "in", "on", "spring", "Act", "between"),
    )
)
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(PARTS, max_size=25).map(" ".join), st.lists(PARTS).map("".join)
)
DAYS = st.one_of(st.none(), st.dates())


@given(TEXTS, DAYS)
def test_mentions_are_ordered_inside_the_text(text: str, paper_date: date | None) -> None:
    position = 0
    for mention in find_dates(text, paper_date=paper_date):
        assert position <= mention.start < mention.end <= len(text)
        assert mention.first <= mention.last
        position = mention.end


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    written = (
        f"{day.day} {day:%B} {day.year}",
        f"{day.day} {day:%b} {day.year}",
        f"{day:%d/%m/%Y}",
        day.isoformat(),
    )
    for text in written:
        (mention,) = find_dates(f"The board met on {text}.")
        assert (mention.first, mention.last) == (day, day)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_a_bare_past_date_is_the_last_one(day: date, paper_date: date) -> None:
    if (day.month, day.day) == (2, 29):
        return
    (mention,) = find_dates(f"It was opened on {day.day} {day:%B}", paper_date=paper_date)
    assert mention.first <= paper_date
    assert (paper_date - mention.first).days <= 366


@pytest.mark.parametrize("pattern", ["4 May,{}", "in{}May", "4{}May", "in May {}"])
@pytest.mark.parametrize("filler", [" ", "\n", "the ", "4 ", "and ", "May, "])
def test_long_repetition_takes_no_time(pattern: str, filler: str) -> None:
    text = pattern.format(filler * 3000)
    start = time.process_time()
    find_dates(text, paper_date=PAPER)
    assert time.process_time() - start < 2
