"""The same paper in two packs counts once, and papers that only look alike count twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_kit.passages.duplicates import _alike, _like_length, _same, _texts, mark_duplicates
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Paper, PaperKind, PaperStatus, Passage, Profile

K = PaperKind
TEXT = " ".join(
    f"In ward {number} the share of staff from ethnic minorities was {number}.{number % 7}% and {name} said so then."
    for number, name in enumerate(
        ["the matron", "a porter", "one nurse", "the clerk", "a doctor", "the chaplain"] * 3, 20
    )
)


def paper(number: int, kind: PaperKind = K.REPORT, **profile: object) -> Paper:
    return Paper(
        id=f"d{number}:p1",
        document=f"d{number}",
        first_page=0,
        last_page=0,
        profile=Profile(title=f"Paper {number}", kind=kind, **profile),
    )


def passages_of(*texts: str) -> list[Passage]:
    return [
        Passage(
            id=f"d{number}@0:{index}",
            document=f"d{number}",
            paper=f"d{number}:p1",
            kind=BlockKind.PARAGRAPH,
            segments=(),
            text=part,
        )
        for number, text in enumerate(texts)
        for index, part in enumerate(text.split("\n"))
    ]


def duplicates(papers: list[Paper], *texts: str) -> list[str]:
    return [each.duplicate_of for each in mark_duplicates(papers, passages_of(*texts))]


def test_the_same_text_counts_once_whatever_its_white_space() -> None:
    spaced = TEXT.replace(" the ", "  the\n").replace("ward", "Ward")
    assert duplicates([paper(0), paper(1)], TEXT, spaced) == ["", "d0:p1"]


def test_the_boards_copy_is_kept_and_lists_the_other_venue() -> None:
    committee = paper(0, K.COMMITTEE_PAPER, body="People Committee", meeting_date=date(2026, 8, 13))
    board = paper(1, K.BOARD_PAPER, body="Board of Directors", meeting_date=date(2026, 9, 24))
    marked = mark_duplicates([committee, board], passages_of(TEXT, TEXT))
    assert [each.duplicate_of for each in marked] == ["d1:p1", ""]
    assert marked[1].venues == ("People Committee, 13 August 2026",)


def test_the_one_in_force_is_kept_before_the_draft() -> None:
    papers = [paper(0, K.POLICY, status=PaperStatus.DRAFT), paper(1, K.POLICY, status=PaperStatus.IN_FORCE)]
    assert duplicates(papers, TEXT, TEXT) == ["d1:p1", ""]


def test_a_cover_sheet_makes_no_difference() -> None:
    assert duplicates([paper(0), paper(1)], TEXT, f"Agenda item 9 Executive lead: Chief Nurse\n{TEXT}") == [
        "",
        "d0:p1",
    ]


def test_a_chapter_of_a_longer_report_is_no_duplicate() -> None:
    longer = TEXT + " " + " ".join(f"The chapter on topic {name} follows." for name in map(str, range(200)))
    assert duplicates([paper(0), paper(1)], TEXT, longer) == ["", ""]


def test_quarterly_reports_that_differ_in_figures_are_two() -> None:
    other = (
        TEXT.replace("20.6%", "21.6%")
        .replace("25.4%", "24.4%")
        .replace("31.3%", "33.3%")
        .replace("28.0%", "29.9%")
    )
    assert other != TEXT
    assert duplicates([paper(0), paper(1)], TEXT, other) == ["", ""]


def test_minutes_of_two_meetings_are_two_even_word_by_word() -> None:
    papers = [
        paper(0, K.NETWORK_MINUTES, meeting_date=date(2026, 2, 10)),
        paper(1, K.NETWORK_MINUTES, meeting_date=date(2026, 4, 14)),
    ]
    assert duplicates(papers, TEXT, TEXT) == ["", ""]


def test_reports_on_two_periods_are_two() -> None:
    papers = [paper(0, period_end=date(2025, 3, 31)), paper(1, period_end=date(2026, 3, 31))]
    assert duplicates(papers, TEXT, TEXT) == ["", ""]


def test_an_application_never_stands_for_a_paper() -> None:
    assert duplicates([paper(0, K.APPLICATION), paper(1)], TEXT, TEXT) == ["", ""]


def test_short_papers_are_the_same_only_word_by_word() -> None:
    short = "The network met on 4 February 2026 and the sponsor came."
    assert duplicates([paper(0), paper(1)], short, short) == ["", "d0:p1"]
    assert duplicates([paper(0), paper(1)], short, short + " Good.") == ["", ""]


def test_papers_without_text_are_no_duplicates() -> None:
    assert duplicates([paper(0), paper(1)]) == ["", ""]


def test_three_copies_have_one_that_counts() -> None:
    assert duplicates([paper(0), paper(1), paper(2)], TEXT, TEXT, TEXT) == ["", "d0:p1", "d0:p1"]


@given(
    st.lists(
        st.sampled_from([TEXT, TEXT + " More of it.", "Short text.", TEXT[:400]]), min_size=1, max_size=6
    )
)
@settings(max_examples=60, deadline=None)
def test_marks_lead_to_papers_that_count_and_do_not_depend_on_the_order_of_passages(texts: list[str]) -> None:
    papers = [paper(number) for number in range(len(texts))]
    passages = passages_of(*texts)
    marked = mark_duplicates(papers, passages)
    by_id = {each.id: each for each in marked}
    assert [replace(each, duplicate_of="", venues=(), text_digest="") for each in marked] == papers
    assert all(by_id[each.duplicate_of].duplicate_of == "" for each in marked if each.duplicate_of)
    assert marked == mark_duplicates(papers, sorted(passages, key=lambda each: (each.id[1:], each.text)))


def test_the_digest_of_a_text_is_of_its_words_alone() -> None:
    one, two, other = mark_duplicates(
        [paper(0), paper(1), paper(2)], passages_of(TEXT, TEXT.upper().replace(" ", "\n"), TEXT + " No.")
    )
    assert one.text_digest == two.text_digest != other.text_digest


SENTENCES = [
    f"In ward {number} the matron and {number % 5} nurses met the sponsor again." for number in range(9)
]


@given(st.lists(st.lists(st.integers(0, 8), max_size=9), min_size=2, max_size=7))
@settings(max_examples=80, deadline=None)
def test_every_pair_that_is_the_same_is_looked_at(parts: list[list[int]]) -> None:
    written = [" ".join(SENTENCES[number] for number in part) for part in parts]
    papers = [paper(number) for number in range(len(parts))]
    texts = _texts(papers, passages_of(*written))
    able = [index for index, text in enumerate(texts) if text.words]
    ordered = sorted(able, key=lambda index: (len(texts[index].words), index))
    same = {
        (one, two)
        for one, two in combinations(ordered, 2)
        if _like_length(texts, one, two) and _same(papers, texts, one, two)
    }
    pairs = list(_alike(able, texts))
    assert same <= set(pairs)
    assert len(pairs) == len(set(pairs))


def test_papers_that_have_nothing_in_common_are_not_compared() -> None:
    papers = [paper(number) for number in range(300)]
    texts = _texts(papers, passages_of(*(" ".join(f"w{n}x{m}" for m in range(60)) for n in range(300))))
    assert list(_alike(range(300), texts)) == []
