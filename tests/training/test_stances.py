"""Stance by rules and learned: what is counted, what the learned version may change, and that it is asked unseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.classify.features import Around
from evidence_kit.cli.model import confusion_text
from evidence_kit.language.nlp import Tagger
from evidence_kit.language.read import Reader
from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
from evidence_kit.records.passage import PaperKind
from evidence_kit.records.reading import Stance, Whose
from evidence_kit.training.acts import ALONE, DONE, NOBODY, NOTHING, OTHER, OWN, Told, told_of
from evidence_kit.training.corpus import LabelledPassage
from evidence_kit.training.examples import as_passage
from evidence_kit.training.measures import by_label, macro_f1
from evidence_kit.training.stances import DOUBTED, by_cue, confusion, held_out, learn, trials, versions

STANCES = ("contradicts", "done", "mention", "planned")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(keywords_only=True)


def told(labelled: LabelledPassage, knowledge: Knowledge) -> Told:
    tags = Tagger(knowledge.lexicon).tag(as_passage(labelled), labelled.title)
    reader = Reader(knowledge.lexicon, "Marrowby")
    return told_of(
        labelled, Around(tags=tags, kind=labelled.kind), reader, frozenset(), knowledge.lexicon.cues
    )


def an_act(organisation: str, stance: str, *words: str, read: str = DONE) -> Told:
    features = {f"word: {word}": 1.0 for word in words}
    return Told(
        organisation=organisation,
        stance=stance,
        whose=OWN,
        read=read,
        read_whose=OWN,
        by="cue",
        features=features,
    )


def test_rates_of_a_matrix_are_those_of_its_rows_and_columns() -> None:
    counted = confusion(["done", "done", "done", "planned"], ["done", "done", "planned", "done"])
    assert counted == {"done": {"done": 2, "planned": 1}, "planned": {"done": 1, "planned": 0}}
    rates = by_label(counted)
    assert (rates["done"].precision, rates["done"].recall) == (0.667, 0.667)
    assert rates["planned"].f1 == 0.0
    assert macro_f1(counted) == pytest.approx((0.667 + 0) / 2, abs=0.001)


def test_the_matrix_is_printed_with_every_count() -> None:
    lines = "\n".join(confusion_text("stance, rules", confusion(["done", "planned"], ["done", "done"])))
    assert "stance, rules" in lines
    assert [line.split()[1] for line in lines.splitlines() if line.startswith(("done", "planned"))] == [
        "1",
        "1",
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(STANCES), st.lists(st.floats(0, 1), min_size=len(STANCES), max_size=len(STANCES))
        )
    )
)
def test_together_the_learned_version_only_takes_done_away(acts: list[tuple[str, list[float]]]) -> None:
    read = [said for said, _ in acts]
    likely = [dict(zip(STANCES, each, strict=True)) for _, each in acts]
    both = versions(read, likely)["rules, the learned takes done away"]
    for said, each, made in zip(read, likely, both, strict=True):
        assert made == said or (said == DONE and each[DONE] < DOUBTED)


def test_it_is_judged_on_organisations_that_it_did_not_see() -> None:
    """What one organisation alone says, and nobody else does, cannot be learnt for it."""
    own_habit = [an_act("only", "planned", "purple") for _ in range(6)]
    others = [
        an_act(f"o{number}", stance, word)
        for number in range(9)
        for stance, word in (("done", "met"), ("planned", "will"))
    ]
    acts = [*own_habit, *others]
    likely = held_out(acts, [each.stance for each in acts])
    assert all(each["planned"] == pytest.approx(0.5, abs=0.2) for each in likely[:6])
    assert all(each[act.stance] > 0.7 for each, act in zip(likely[6:], others, strict=True))


def test_of_one_label_or_one_organisation_nothing_is_learnt() -> None:
    alone = [an_act("one", "done", "met"), an_act("one", "planned", "will")]
    assert set(trials(alone)) == {"stance, rules", "whose, rules"}
    assert learn([{"word: met": 1.0}], ["done"])([{}]) == [{"done": 1.0}]
    assert trials([]) == {}


def test_what_the_rules_went_by_is_counted_with_how_often_they_were_right(knowledge: Knowledge) -> None:
    texts = {
        "The sponsor was appointed in May.": Stance.DONE,
        "The sponsor was asked for in May.": Stance.PLANNED,
        "A sponsor works at it every week.": Stance.DONE,
        "Sponsor for race equality": Stance.MENTION,
    }
    acts = [
        told(LabelledPassage(id="marrowby-1", kind=PaperKind.REPORT, text=text, stance=stance), knowledge)
        for text, stance in texts.items()
    ]
    assert by_cue(acts) == {"done": (2, 1), ALONE: (1, 1), NOTHING: (1, 1)}


def test_what_another_body_does_is_a_mention_on_both_sides(knowledge: Knowledge) -> None:
    labelled = LabelledPassage(
        id="marrowby-1",
        kind=PaperKind.REPORT,
        text="NHS England has published its race equality strategy.",
        stance=Stance.DONE,
        whose=Whose.OTHER,
    )
    act = told(labelled, knowledge)
    assert (act.stance, act.whose) == ("mention", OTHER)
    assert (act.read, act.read_whose, act.by) == ("mention", OTHER, OTHER)
    asked = LabelledPassage(
        id="marrowby-2",
        kind=PaperKind.REPORT,
        text="Trusts must publish the standard every year.",
        stance=Stance.MENTION,
    )
    assert told(asked, knowledge).whose == told(asked, knowledge).read_whose == NOBODY


def test_a_labelled_row_is_read_by_its_cells_and_on_its_papers_day(knowledge: Knowledge) -> None:
    """Its status cell tells how it stands; as a sentence its verbs would."""
    labelled = LabelledPassage(
        id="marrowby-3",
        kind=PaperKind.REPORT,
        title="Race equality tracker, 4 March 2026",
        header=("Action", "Due", "Status"),
        text="Speaking-up champions were trained | June 2026 | Not started",
        stance=Stance.PLANNED,
        whose=Whose.OWN,
    )
    act = told(labelled, knowledge)
    assert act.read != DONE
    assert "row" in act.features
    assert "date ahead" in act.features
