"""By when a count can still be completed, and until when papers show what they show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.checks.conclude import conclude
from evidence_kit.checks.dates import completed_by
from evidence_kit.checks.gather import Bearing
from evidence_kit.language.nlp import Tagger
from evidence_kit.pipeline.cases import Case, as_pack, load_cases
from evidence_kit.pipeline.conclude import bearings_of
from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
from evidence_kit.pipeline.ours import Ours
from evidence_kit.records.days import months_before
from evidence_kit.records.finding import Status
from evidence_kit.resources import framework_root

AS_OF = date(2026, 10, 1)
DAYS = st.dates(date(2024, 6, 1), AS_OF)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def evidenced(knowledge: Knowledge) -> list[tuple[Case, tuple[Bearing, ...]]]:
    """One case in four that is evidenced, with what bears on its criterion."""
    ids = frozenset(each.id for each in knowledge.framework.criteria)
    cases = [case for case in load_cases(framework_root(), ids) if case.status is Status.EVIDENCED][::4]
    tagger = Tagger(knowledge.lexicon)
    return [
        (
            case,
            tuple(
                bearings_of(as_pack(case), knowledge, tagger, Ours(organisation=case.organisation))[
                    case.criterion
                ]
            ),
        )
        for case in cases
    ]


def most_in(days: list[date], months: int) -> int:
    """Count the most days that lie together in some stretch of so many months."""
    return max((sum(months_before(last, months) < day <= last for day in days) for last in days), default=0)


@given(days=st.lists(DAYS, max_size=6, unique=True).map(sorted), least=st.integers(2, 5))
def test_what_is_said_to_complete_a_count_completes_it(days: list[date], least: int) -> None:
    if most_in(days, 12) >= least:
        return
    found = completed_by(days, least, 12, AS_OF)
    if found is None:
        assert not any(months_before(AS_OF + timedelta(days=1), 12) < day for day in days)
        return
    missing, last = found
    assert last > AS_OF
    assert most_in([*days, *(last for _ in range(missing))], 12) >= least
    if missing > 1:
        tomorrow = [AS_OF + timedelta(days=1)] * (missing - 1)
        assert most_in([*days, *tomorrow], 12) < least, "fewer would have done"


def test_the_day_after_is_too_late() -> None:
    days = [date(2025, 11, 3), date(2026, 2, 3), date(2026, 5, 5)]
    missing, last = completed_by(days, 4, 12, AS_OF) or (0, AS_OF)
    assert (missing, last) == (1, date(2026, 11, 2))
    assert most_in([*days, last], 12) == 4
    assert most_in([*days, last + timedelta(days=1)], 12) == 3


def test_a_short_count_says_how_many_more_and_by_when(knowledge: Knowledge) -> None:
    steps = _concluded(knowledge, "S4", "apologies in a table of who came").next_steps
    assert any(
        step.startswith("One more dated attendance by ") and "4 in 12 months" in step for step in steps
    )


def test_evidence_holds_until_the_day_that_is_told_and_no_longer(
    knowledge: Knowledge, evidenced: list[tuple[Case, tuple[Bearing, ...]]]
) -> None:
    told = 0
    for case, bearings in evidenced:
        criterion = knowledge.framework.criterion(case.criterion)
        today = conclude(criterion, bearings, case.as_of)
        if today.expires is None:
            assert case.profile.date is None, case.name
            continue
        told += 1
        assert f"{today.expires:%B %Y}" in today.notes[0]
        day_before = conclude(criterion, bearings, today.expires - timedelta(days=1))
        assert day_before.status is Status.EVIDENCED, (case.criterion, case.name)
        assert conclude(criterion, bearings, today.expires).status is not Status.EVIDENCED, (
            case.criterion,
            case.name,
        )
    assert told > 50


def test_what_is_not_evidenced_has_no_expiry(knowledge: Knowledge) -> None:
    assert _concluded(knowledge, "S4", "a sponsor").expires is None


def _concluded(knowledge: Knowledge, criterion: str, name: str):
    cases = load_cases(framework_root(), frozenset(each.id for each in knowledge.framework.criteria))
    case = next(each for each in cases if (each.criterion, each.name) == (criterion, name))
    ours = Ours(organisation=case.organisation)
    bearings = bearings_of(as_pack(case), knowledge, Tagger(knowledge.lexicon), ours)
    return conclude(knowledge.framework.criterion(criterion), bearings.get(criterion, ()), case.as_of)
