"""What cannot be right by a passage's own words is told, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.checks.base import Witness
from evidence_kit.checks.conclude import conclude
from evidence_kit.checks.slips import slips_of
from evidence_kit.language.dates import find_dates
from evidence_kit.language.nlp import Tagger
from evidence_kit.language.quantities import find_quantities
from evidence_kit.pipeline.cases import as_pack, load_cases
from evidence_kit.pipeline.conclude import bearings_of
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.pipeline.ours import Ours
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Paper, Passage, Profile, Segment
from evidence_kit.records.reading import Act, Prediction, Stance, Whose
from evidence_kit.resources import framework_root


def slips(text: str) -> tuple[str, ...]:
    segments = (Segment(0, 0, len(text)),)
    passage = Passage(
        id="d1@0:0", document="d1", paper="d1:p1", kind=BlockKind.PARAGRAPH, segments=segments, text=text
    )
    dates, quantities = find_dates(text), find_quantities(text)
    act = Act(start=0, end=len(text), stance=Stance.DONE, whose=Whose.OWN, dates=dates, quantities=quantities)
    paper = Paper(id="d1:p1", document="d1", first_page=0, last_page=0, profile=Profile())
    prediction = Prediction(passage.id, "S4", 1.0)
    witness = Witness(
        act=act, passage=passage, paper=paper, prediction=prediction, stance=Stance.DONE, when=None
    )
    return slips_of(witness)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("36 of 44 leaders (62%) took part.", "is 82%, not 62%"),
        ("52 of 44 leaders took part.", "more than the whole"),
        ("Harassment of BME staff fell from 27% to 31%.", "goes the other way"),
        ("The share of BME staff at Band 8a rose from 14.1% in 2024 to 10.6%.", "goes the other way"),
        ("The network met on 4 March 2206.", "cannot be meant"),
    ],
)
def test_what_cannot_be_right_is_told(text: str, told: str) -> None:
    (found,) = slips(text)
    assert told in found


@pytest.mark.parametrize(
    "text",
    [
        "36 of 44 leaders (82%) took part.",
        "36 of 44 leaders (81%) took part.",
        "Harassment of BME staff fell from 31% to 27%.",
        "The share of BME staff at Band 8a rose from 10.6% in 2024 to 14.1%.",
        "The network fell silent from 3 March to 9 April 2026.",
        "The ratio improved from 1.6 to 1.4.",
        "Of 44 leaders, 36 took part; 12% were on leave.",
        "By 2050 the estate will be net zero.",
        "The rate fell from 2 in 5 to 3 in 10.",
    ],
)
def test_what_may_be_right_is_left_alone(text: str) -> None:
    assert slips(text) == ()


@given(part=st.integers(0, 200), whole=st.integers(1, 200))
def test_a_share_that_comes_out_is_never_a_slip(part: int, whole: int) -> None:
    told = f"{part} of {whole} leaders ({100 * part / whole:.0f}%) took part."
    assert bool(slips(told)) == (part > whole)


def test_the_reader_is_told_beside_the_quote_and_the_status_stays() -> None:
    knowledge = load_knowledge()
    ids = frozenset(each.id for each in knowledge.framework.criteria)
    case = next(each for each in load_cases(framework_root(), ids) if "42 of 52" in each.text)
    tagger = Tagger(knowledge.lexicon)
    criterion = knowledge.framework.criterion(case.criterion)
    remarks = []
    for text in (case.text, case.text.replace("(81%)", "(91%)")):
        pack = as_pack(replace(case, text=text))
        bearings = bearings_of(pack, knowledge, tagger, Ours(organisation=case.organisation))
        concluded = conclude(criterion, bearings[criterion.id], case.as_of)
        assert concluded.status is case.status
        remarks.append(concluded.exhibits[0].remark)
    assert "check the figures" not in remarks[0]
    assert "is 81%, not 91%" in remarks[1]
