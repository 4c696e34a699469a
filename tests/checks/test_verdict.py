"""The rules of docs/verdicts.md §4, each by the smallest set of acts that it decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evidence_kit.checks.gather import NEVER_EVIDENCE, Bearing, gather
from evidence_kit.checks.verdict import judge
from evidence_kit.records.criterion import Basis, Element, NearMiss, NearMissEffect
from evidence_kit.records.finding import Outcome, Status
from evidence_kit.records.passage import STATED_BY_TRUST, PaperKind
from evidence_kit.records.reading import Grade, Prediction, Reading, Stance, Whose

AS_OF = date(2026, 10, 1)
SPRING, SUMMER, LONG_AGO = date(2026, 3, 1), date(2026, 6, 1), date(2024, 6, 1)


def status_of(criterion, *witnesses) -> Status:
    return judge(criterion, "table", tuple(witnesses), AS_OF).conclusion.status


def test_rule_1_nothing_is_not_found(make_criterion) -> None:
    assert judge(make_criterion(), "table", (), AS_OF).conclusion.rule == 1


def test_rule_2_a_denial_without_support_contradicts(make_criterion, make_witness) -> None:
    assert status_of(make_criterion(), make_witness(stance=Stance.CONTRADICTS)) is Status.CONTRADICTED


def test_rule_2_an_older_denial_is_shown_beside_newer_support(make_criterion, make_witness) -> None:
    support = (make_witness(days=(SPRING,), when=SPRING), make_witness(days=(SUMMER,), when=SUMMER))
    denial = make_witness(stance=Stance.CONTRADICTS, when=LONG_AGO)
    judged = judge(make_criterion(), "table", (*support, denial), AS_OF)
    assert judged.conclusion.status is Status.EVIDENCED
    assert [witness.id for witness in judged.denials] == [denial.id]


def test_rule_2_not_yet_beside_a_plan_is_planned(make_criterion, make_witness) -> None:
    denial = make_witness(stance=Stance.CONTRADICTS, cue="not_yet")
    assert status_of(make_criterion(), denial, make_witness(stance=Stance.PLANNED)) is Status.PLANNED


def test_rule_2_a_plan_made_since_is_planned_where_nothing_shows_the_thing(
    make_criterion, make_witness
) -> None:
    denial = make_witness(stance=Stance.CONTRADICTS, when=SPRING)
    since = make_witness(stance=Stance.PLANNED, when=SUMMER)
    assert status_of(make_criterion(), denial, since) is Status.PLANNED
    before = make_witness(stance=Stance.PLANNED, when=SPRING - timedelta(days=1))
    assert status_of(make_criterion(), denial, before) is Status.CONTRADICTED
    # a plan to take up again what was stopped does not bring it back
    shown = make_witness(days=(SPRING,), when=SPRING - timedelta(days=30))
    shown = replace(shown, paper=replace(shown.paper, id="d2:p1"))
    assert status_of(make_criterion(), denial, since, shown) is Status.CONTRADICTED


def test_rule_2_a_complete_figure_that_falls_short(make_criterion, make_witness) -> None:
    assert status_of(make_criterion(), make_witness(figures=((1, 6),))) is Status.CONTRADICTED


def test_rule_3_every_element_shown(make_criterion, make_witness) -> None:
    first, second = make_witness(days=(SPRING,), when=SPRING), make_witness(days=(SUMMER,), when=SUMMER)
    judged = judge(make_criterion(), "table", (first, second), AS_OF)
    assert judged.conclusion.status is Status.EVIDENCED
    assert {witness.id for witness, _ in judged.support} == {first.id, second.id}


def test_three_acts_of_a_kind_are_shown_and_every_day_that_is_counted(make_criterion, make_witness) -> None:
    alike = [make_witness(days=(SPRING,), when=SPRING) for _ in range(5)]
    same = [replace(each, paper=alike[0].paper) for each in alike]
    days = [
        replace(make_witness(days=(day,), when=day), paper=alike[0].paper)
        for day in (date(2026, 4, 1), date(2026, 5, 1), SUMMER, date(2026, 7, 1))
    ]
    shown = {witness.id for witness, _ in judge(make_criterion(), "table", (*same, *days), AS_OF).support}
    assert {each.id for each in days} <= shown
    assert len(shown & {each.id for each in same}) == 4  # one that is counted, and three more like it


def test_rule_3_the_same_day_told_twice_counts_once(make_criterion, make_witness) -> None:
    twice = [make_witness(days=(SUMMER,), when=SUMMER) for _ in range(2)]
    assert status_of(make_criterion(), *twice) is Status.PARTLY


def test_rule_4_all_shown_but_outside_the_window(make_criterion, make_witness) -> None:
    old = [make_witness(days=(day,), when=day, timely=False) for day in (LONG_AGO, date(2024, 3, 1))]
    assert status_of(make_criterion(), *old) is Status.STALE


def test_rule_4_a_lapsed_paper_is_out_of_date(make_criterion, make_witness) -> None:
    lapsed = [make_witness(days=(day,), when=day, lapsed=True) for day in (SPRING, SUMMER)]
    assert status_of(make_criterion(), *lapsed) is Status.STALE


def test_rule_5_an_open_element_needs_a_person(make_criterion, make_witness) -> None:
    open_one = Element(
        id="quality", asks="?", check="open.person_judges", basis=Basis.WORDING, required=True, parameters=()
    )
    dated = [make_witness(days=(day,), when=day) for day in (SPRING, SUMMER)]
    assert status_of(make_criterion(extra=(open_one,)), *dated) is Status.NEEDS_PERSON


@pytest.mark.parametrize(
    ("reasons", "status"),
    [((), Status.EVIDENCED), ((("public", STATED_BY_TRUST),), Status.NEEDS_PERSON)],
)
def test_rule_5_published_only_as_the_register_states_needs_a_person(
    make_criterion, make_witness, make_paper, reasons, status
) -> None:
    online = Element(
        id="online", asks="?", check="sharing.published", basis=Basis.WORDING, required=True, parameters=()
    )
    paper = make_paper(public=True)
    paper = replace(paper, profile=replace(paper.profile, reasons=reasons))
    dated = [replace(make_witness(days=(day,), when=day), paper=paper) for day in (SPRING, SUMMER)]
    judged = judge(make_criterion(extra=(online,)), "table", tuple(dated), AS_OF)
    assert judged.conclusion.status is status
    assert ("stated by the trust" in judged.conclusion.reason) is (status is Status.NEEDS_PERSON)


def test_rule_6_the_core_alone_is_partly(make_criterion, make_witness) -> None:
    assert status_of(make_criterion(), make_witness()) is Status.PARTLY


def test_what_is_missing_is_told_by_what_it_asks(make_criterion, make_witness) -> None:
    extra = Element(
        id="good",
        asks="Is it good?",
        check="open.person_judges",
        basis=Basis.WORDING,
        required=True,
        parameters=(),
    )
    criterion = make_criterion(extra=(extra,))
    named = tuple(
        replace(each, asks="Four in a year?") if each.id == "often" else each for each in criterion.elements
    )
    reason = judge(replace(criterion, elements=named), "table", (make_witness(),), AS_OF).conclusion.reason
    assert reason == (
        "3 of 5 required elements shown; still missing: Four in a year?; for a person to judge: Is it good?"
    )


@pytest.mark.parametrize("stance", [Stance.PLANNED, Stance.ASPIRATION])
def test_rule_7_intentions_are_planned(make_criterion, make_witness, stance: Stance) -> None:
    judged = judge(make_criterion(), "table", (make_witness(stance=stance),), AS_OF)
    assert judged.conclusion.status is Status.PLANNED
    assert judged.conclusion.intention_only is (stance is Stance.ASPIRATION)


@pytest.mark.parametrize(
    "change",
    [
        {"grade": Grade.NON_EXECUTIVE},
        {"grade": None},
        {"concepts": ("attend",)},
        {"concepts": ("race_network",)},
    ],
)
def test_rule_8_elements_of_different_acts_never_add_up(make_criterion, make_witness, change) -> None:
    rest = make_witness(concepts=("race_network",)), make_witness(concepts=("attend",))
    assert status_of(make_criterion(), make_witness(**change), *rest) is Status.NOT_FOUND


def test_what_suffices_proves_by_itself_unless_it_is_capped(make_criterion, make_witness) -> None:
    plain = make_criterion()
    elements = tuple(replace(each, suffices=each.id == "attends") for each in plain.elements)
    once = make_witness(days=(SPRING,), when=SPRING)
    assert status_of(plain, once) is Status.PARTLY
    assert status_of(replace(plain, elements=elements), once) is Status.EVIDENCED
    cap = NearMiss(looks_like="x", because="it is only half of it", effect=NearMissEffect.CAP_AT_PARTLY)
    assert status_of(replace(plain, elements=elements), replace(once, cap=cap)) is Status.PARTLY


def test_a_cap_keeps_a_criterion_at_partly(make_criterion, make_witness) -> None:
    cap = NearMiss(looks_like="x", because="it is only half of it", effect=NearMissEffect.CAP_AT_PARTLY)
    dated = [replace(make_witness(days=(day,), when=day), cap=cap) for day in (SPRING, SUMMER)]
    conclusion = judge(make_criterion(), "table", tuple(dated), AS_OF).conclusion
    assert (conclusion.status, conclusion.reason) == (Status.PARTLY, "it is only half of it")


def test_every_element_has_a_result_with_its_reason(make_criterion, make_witness) -> None:
    results = judge(make_criterion(), "table", (make_witness(),), AS_OF).conclusion.elements
    assert [result.element for result in results] == ["who", "network", "attends", "often"]
    assert all(result.reason for result in results)
    assert results[3].outcome is Outcome.NOT_SHOWN


class TestGather:
    """Which acts may speak."""

    def bearing(self, make_act, make_passage, make_paper, *, kind=PaperKind.REPORT, **act) -> Bearing:
        passage = make_passage("Somebody attended the network.")
        return Bearing(
            passage=passage,
            paper=make_paper(kind=kind),
            prediction=Prediction(passage.id, "A1", 0.8),
            reading=Reading(passage.id, (make_act(**act),)),
        )

    @pytest.mark.parametrize("kind", sorted(NEVER_EVIDENCE))
    def test_claims_and_guidance_never_show(
        self, make_criterion, make_act, make_passage, make_paper, kind
    ) -> None:
        gathered = gather(
            make_criterion(), [self.bearing(make_act, make_passage, make_paper, kind=kind)], AS_OF
        )
        assert not gathered.witnesses
        assert gathered.near_misses[0].remark == NEVER_EVIDENCE[kind]

    @pytest.mark.parametrize(
        ("act", "remark"),
        [
            ({"whose": Whose.OTHER}, "another organisation's act"),
            ({"stance": Stance.MENTION}, "reports nothing done"),
            ({"concepts": ("attend", "race_network", "party")}, "a party is no meeting"),
        ],
    )
    def test_an_act_that_cannot_speak_says_why(
        self, make_criterion, make_act, make_passage, make_paper, act, remark
    ) -> None:
        gathered = gather(make_criterion(), [self.bearing(make_act, make_passage, make_paper, **act)], AS_OF)
        assert not gathered.witnesses
        assert remark in gathered.near_misses[0].remark

    def test_what_lies_ahead_is_planned(self, make_criterion, make_act, make_passage, make_paper) -> None:
        bearing = self.bearing(make_act, make_passage, make_paper, days=(date(2027, 1, 1),))
        assert gather(make_criterion(), [bearing], AS_OF).witnesses[0].stance is Stance.PLANNED
