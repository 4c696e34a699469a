"""What was read in a picture with little confidence never shows anything on its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from evidence_kit.checks.conclude import conclude
from evidence_kit.checks.gather import LEAST_ACT, LEAST_FIGURE, LEAST_PAGE, UNSURE, Bearing, gather, is_unsure
from evidence_kit.records.finding import Role, Status
from evidence_kit.records.passage import Passage, SureWord
from evidence_kit.records.reading import Act, Prediction, Reading

AS_OF = date(2026, 10, 1)
TEXT = "The Medical Director attended the network on 9 May 2026"


@pytest.fixture
def recognised(make_passage: Callable[..., Passage]) -> Callable[..., Passage]:
    """A passage of a page read by recognition: ``page`` is the page's confidence, ``words`` that of each word."""

    def build(
        page: float | None, words: float = 0.95, *, number: int = 0, odd: tuple[str, float] = ("", 0.0)
    ) -> Passage:
        passage = make_passage(TEXT, number=number)
        if page is None:
            return passage
        found, position = [], 0
        for word in TEXT.split():
            sure = odd[1] if word == odd[0] else words
            found.append(SureWord(position, position + len(word), sure))
            position += len(word) + 1
        return replace(passage, confidence=page, recognised=tuple(found))

    return build


@pytest.fixture
def act(make_act: Callable[..., Act]) -> Act:
    return replace(make_act(days=(date(2026, 5, 9),)), start=0, end=len(TEXT))


def bearing(passage: Passage, act: Act, paper: object) -> Bearing:
    prediction = Prediction(criterion="X1", passage=passage.id, probability=0.9)
    return Bearing(
        passage=passage, paper=paper, prediction=prediction, reading=Reading(passage=passage.id, acts=(act,))
    )


@pytest.mark.parametrize(
    ("page", "words", "odd", "unsure"),
    [
        (None, 0.1, ("", 0.0), False),
        (LEAST_PAGE, LEAST_ACT, ("", 0.0), False),
        (LEAST_PAGE - 0.01, 0.95, ("", 0.0), True),
        (0.95, LEAST_ACT - 0.01, ("", 0.0), True),
        (0.95, 0.95, ("2026", LEAST_FIGURE - 0.01), True),
        (0.95, 0.95, ("Director", LEAST_FIGURE - 0.01), False),
    ],
)
def test_page_words_and_figures_each_make_an_act_unsure(
    recognised, act: Act, page: float | None, words: float, odd: tuple[str, float], unsure: bool
) -> None:
    assert is_unsure(recognised(page, words, odd=odd), act) is unsure


def test_words_outside_the_act_do_not_count(recognised, act: Act) -> None:
    passage = recognised(0.95, odd=("2026", 0.1))
    assert is_unsure(passage, act)
    assert not is_unsure(passage, replace(act, end=TEXT.index("2026")))


def test_unsure_text_is_capped_at_partly_with_a_remark(
    recognised, act: Act, make_criterion, make_paper
) -> None:
    criterion, paper = make_criterion(least=1), make_paper()
    sure = conclude(criterion, [bearing(recognised(0.95), act, paper)], AS_OF)
    unsure = conclude(criterion, [bearing(recognised(0.6), act, paper)], AS_OF)
    assert (sure.status, unsure.status) == (Status.EVIDENCED, Status.PARTLY)
    assert unsure.conclusions[0].reason == UNSURE.because
    (exhibit,) = [one for one in unsure.exhibits if one.role is Role.SUPPORT]
    assert exhibit.remark == UNSURE.because
    assert [one.remark for one in sure.exhibits] == [""]


def test_unsure_text_beside_sure_text_takes_nothing_away(
    recognised, act: Act, make_criterion, make_paper
) -> None:
    paper = make_paper()
    both = [bearing(recognised(0.6), act, paper), bearing(recognised(None, number=90), act, paper)]
    assert conclude(make_criterion(least=1), both, AS_OF).status is Status.EVIDENCED


def test_a_cap_of_the_criterion_stays(recognised, act: Act, make_criterion, make_paper) -> None:
    witness = gather(make_criterion(least=1), [bearing(recognised(0.6), act, make_paper())], AS_OF).witnesses[
        0
    ]
    assert witness.cap is UNSURE
    assert witness.remark == UNSURE.because
