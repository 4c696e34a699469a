"""Builders of acts and of a small criterion."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from evidence_kit.checks.base import Setting, Witness
from evidence_kit.language.quantities import find_quantities
from evidence_kit.records.criterion import (
    Basis,
    Criterion,
    Element,
    NearMiss,
    NearMissEffect,
    Short,
)
from evidence_kit.records.passage import Paper, Passage
from evidence_kit.records.reading import (
    Act,
    Cue,
    DateMention,
    DatePrecision,
    Grade,
    Mention,
    Person,
    Prediction,
    Quantity,
    QuantityKind,
    Stance,
    Whose,
)

AS_OF = date(2026, 10, 1)
TEXT = "The Medical Director attended the network on a day."


@pytest.fixture
def make_act() -> Callable[..., Act]:
    """Build an act: an executive attends the network, unless told otherwise."""

    def build(
        *,
        concepts: tuple[str, ...] = ("attend", "race_network"),
        stance: Stance = Stance.DONE,
        whose: Whose = Whose.OWN,
        grade: Grade | None = Grade.EXECUTIVE_DIRECTOR,
        days: tuple[date, ...] = (),
        figures: tuple[tuple[float, float], ...] = (),
        cue: str = "",
    ) -> Act:
        return Act(
            start=0,
            end=len(TEXT),
            stance=stance,
            whose=whose,
            cues=(Cue(cue, cue, 0, 0),) if cue else (),
            mentions=tuple(Mention(concept, 0, 3, concept) for concept in concepts),
            people=(Person("somebody", grade, 0, 3, "Somebody"),) if grade else (),
            dates=tuple(DateMention(0, 1, day, day, DatePrecision.DAY) for day in days),
            quantities=tuple(Quantity(0, 1, QuantityKind.OF, n, total, "meetings") for n, total in figures),
        )

    return build


@pytest.fixture
def make_witness(
    make_act: Callable[..., Act], make_passage: Callable[..., Passage], make_paper: Callable[..., Paper]
) -> Callable[..., Witness]:
    """Build a witness; each has its own place, so that no two are the same."""
    number = 0

    def build(
        *, when: date | None = date(2026, 6, 1), timely: bool = True, lapsed: bool = False, **act: object
    ) -> Witness:
        nonlocal number
        number += 1
        made = make_act(**act)
        passage = make_passage(TEXT, number=number * 100)
        return Witness(
            act=made,
            passage=passage,
            paper=make_paper(),
            prediction=Prediction(passage.id, "A1", 0.8),
            stance=made.stance,
            when=when,
            timely=timely,
            lapsed=lapsed,
        )

    return build


@pytest.fixture
def make_criterion(bare_criterion: Callable[..., Criterion]) -> Callable[..., Criterion]:
    """Build a criterion like S4: an executive attends a network so many times in a year."""

    def build(*, least: int = 2, window: int | None = 12, extra: tuple[Element, ...] = ()) -> Criterion:
        count = (("at_least", least), ("months", 12), ("units", ("meeting",)))
        return bare_criterion(
            "A1",
            elements=(
                _element(
                    "who", "people.holds_level", at_least="executive_director", excludes=("non_executive",)
                ),
                _element("network", "bodies.is", body="race_network"),
                _element("attends", "acts.does", core=True, any_of=("attend",)),
                Element(
                    id="often",
                    asks="?",
                    check="timing.count_in_period",
                    basis=Basis.WORDING,
                    required=True,
                    parameters=count,
                    short=Short.CONTRADICTED,
                ),
                *extra,
            ),
            same_act=(("who", "network", "attends"),),
            window_months=window,
            near_misses=(
                NearMiss(
                    looks_like="a party",
                    because="a party is no meeting",
                    effect=NearMissEffect.EXCLUDE,
                    when_any=("party",),
                ),
            ),
        )

    return build


@pytest.fixture
def as_of() -> Setting:
    """A setting on the day of the tests."""
    return Setting(as_of=AS_OF, window_months=None)


@pytest.fixture
def read_witness(
    make_passage: Callable[..., Passage], make_paper: Callable[..., Paper]
) -> Callable[..., Witness]:
    """Build a witness from a text: its figures are read from it, its concepts are where the given words stand."""
    number = 0

    def build(
        text: str,
        concepts: dict[str, str],
        *,
        header: tuple[str, ...] = (),
        cells: tuple[str, ...] = (),
        timely: bool = True,
    ) -> Witness:
        nonlocal number
        number += 1
        passage = make_passage(text, header=header, cells=cells, number=number * 1000)
        mentions = tuple(
            Mention(concept, text.index(words), text.index(words) + len(words), words)
            for concept, words in concepts.items()
        )
        act = Act(
            start=0,
            end=len(text),
            stance=Stance.DONE,
            whose=Whose.OWN,
            mentions=mentions,
            quantities=find_quantities(text),
        )
        return Witness(
            act=act,
            passage=passage,
            paper=make_paper(),
            prediction=Prediction(passage.id, "A1", 0.8),
            stance=Stance.DONE,
            when=date(2026, 6, 1),
            timely=timely,
        )

    return build


def _element(name: str, check: str, *, core: bool = False, **parameters: object) -> Element:
    return Element(
        id=name,
        asks="?",
        check=check,
        basis=Basis.WORDING,
        required=True,
        core=core,
        parameters=tuple(sorted(parameters.items())),
    )
