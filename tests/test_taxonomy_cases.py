"""The framework's own cases: a text in a dated paper, and the status that it must give its criterion."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from evidence_kit.checks.conclude import conclude
from evidence_kit.language.nlp import Tagger
from evidence_kit.pipeline.cases import Case, as_pack, load_cases, run_case
from evidence_kit.pipeline.conclude import bearings_of
from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
from evidence_kit.pipeline.ours import Ours
from evidence_kit.records.finding import Status
from evidence_kit.resources import framework_root

FOLDER = framework_root()
IDS = frozenset(path.stem for path in (FOLDER / "criteria").glob("*.yml"))
CASES = load_cases(FOLDER, IDS)
SHOWS = frozenset({Status.EVIDENCED, Status.NEEDS_PERSON})
"""The best that a case can give: some criteria have an element that documents cannot show."""
BELOW = frozenset(Status) - SHOWS
"""What every criterion must be seen to give too: each can be old, by a window, a lapse or our own rule of 36 months."""
LEAST_OF_DELIVERABLE, LEAST_OF_ACTION = 8, 4
WORDS_FOR_PEOPLE = (
    r"\bBME\b", r"\bBAME\b", r"ethnic minorit", r"minority ethnic", r"global[ -]majority", r"racialised",
    r"minoritised", r"Black, Asian", r"of colou?r\b",
)  # fmt: skip
LEAST_OF_WORDS = 10


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def tagger(knowledge: Knowledge) -> Tagger:
    return Tagger(knowledge.lexicon)


def cases_of(criterion: str) -> tuple[Case, ...]:
    return tuple(case for case in CASES if case.criterion == criterion)


@pytest.mark.parametrize("criterion", sorted(IDS))
def test_the_cases_of_a_criterion(knowledge: Knowledge, tagger: Tagger, criterion: str) -> None:
    results = [run_case(case, knowledge, tagger) for case in cases_of(criterion)]
    wrong = [
        f"{each.case.name}: {each.status.value}, not {each.case.status.value}: {each.reason}"
        for each in results
        if not each.passed
    ]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("criterion", sorted(IDS))
def test_every_criterion_has_cases_of_every_status(criterion: str) -> None:
    """A criterion whose cases are all *not found* would pass with a tool that finds nothing."""
    cases = cases_of(criterion)
    names = Counter(case.name for case in cases)
    assert [name for name, times in names.items() if times > 1] == [], "a name tells one case from another"
    assert len(cases) >= (LEAST_OF_ACTION if "." in criterion else LEAST_OF_DELIVERABLE)
    wanted = {case.status for case in cases}
    assert wanted & SHOWS
    assert BELOW - wanted == set()


@pytest.mark.parametrize("criterion", sorted(IDS))
def test_every_near_miss_meets_a_case_and_is_explained(
    knowledge: Knowledge, tagger: Tagger, criterion: str
) -> None:
    """A sentence that no text can bring up explains nothing to anybody."""
    of = knowledge.framework.criterion(criterion)
    told = set()
    for case in cases_of(criterion):
        bearings = bearings_of(as_pack(case), knowledge, tagger, Ours(organisation=case.organisation))
        concluded = conclude(of, bearings.get(criterion, ()), case.as_of)
        told |= {reason for exhibit in concluded.exhibits for reason in exhibit.remark.split("; ")}
    silent = [
        each.looks_like
        for each in of.near_misses
        if (each.when_any or each.when_all) and not set(each.because.split("; ")) <= told
    ]
    assert silent == []


def test_people_are_named_as_trusts_name_them() -> None:
    """Words for ethnic minority staff differ from trust to trust: a case set in one of them shows little."""
    told = " ".join(case.text for case in CASES)
    times = {words: len(re.findall(words, told, re.IGNORECASE)) for words in WORDS_FOR_PEOPLE}
    assert {words: count for words, count in times.items() if count < LEAST_OF_WORDS} == {}
