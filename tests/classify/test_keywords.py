"""The keyword classifier: groups, what takes a passage away, what it weighs, and that it says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.classify.keywords import THRESHOLD, KeywordClassifier
from evidence_kit.records.criterion import Criterion, Framework
from evidence_kit.records.reading import PROBABILITY_DIGITS, Mention, Origin, Prediction, Tags


@pytest.fixture(scope="module")
def attends(bare_criterion: Callable[..., Criterion]) -> Criterion:
    return bare_criterion(
        "A1",
        bears=(("network",), ("attend", "meeting")),
        bears_not=("other_network",),
        bears_unless=("both_networks",),
        concepts=("network", "attend", "executive"),
    )


@pytest.fixture(scope="module")
def sponsors(bare_criterion: Callable[..., Criterion]) -> Criterion:
    return bare_criterion("A2", bears=(("sponsor",),))


@pytest.fixture(scope="module")
def classifier(
    framework_of: Callable[..., Framework], attends: Criterion, sponsors: Criterion
) -> KeywordClassifier:
    return KeywordClassifier(framework_of(attends, sponsors))


@pytest.fixture
def predict(classifier: KeywordClassifier) -> Callable[..., tuple[Prediction, ...]]:
    """Predict for a passage with concepts in its own words and around it."""

    def run(own: str = "", around: str = "", origin: Origin = Origin.HEADING) -> tuple[Prediction, ...]:
        mentions = [Mention(name, 0, 1, name) for name in own.split()]
        mentions += [Mention(name, 0, 1, name, origin) for name in around.split()]
        return classifier.predict(Tags("d1@0:0", tuple(mentions)))

    return run


@pytest.mark.parametrize(
    ("own", "around", "criteria"),
    [
        ("network attend", "", ["A1"]),
        ("network meeting", "", ["A1"]),
        # one group in its own words, the rest by what it stands under
        ("attend", "network", ["A1"]),
        ("network", "meeting", ["A1"]),
        ("", "network attend", []),
        ("network", "", []),
        ("attend", "", []),
        ("weather", "", []),
        ("", "", []),
        ("sponsor", "", ["A2"]),
        ("network attend sponsor", "", ["A1", "A2"]),
        # what takes it away must stand in its own words, and so must what keeps it
        ("network attend other_network", "", []),
        ("network attend", "other_network", ["A1"]),
        ("network attend other_network both_networks", "", ["A1"]),
        ("network attend other_network", "both_networks", []),
    ],
)
def test_what_bears(predict, own: str, around: str, criteria: list[str]) -> None:
    assert [each.criterion for each in predict(own, around)] == criteria


@pytest.mark.parametrize("origin", [origin for origin in Origin if origin is not Origin.TEXT])
def test_any_context_counts_as_around(predict, origin: Origin) -> None:
    assert len(predict("attend", "network", origin)) == 1
    # a row says little more than its figures: the names of its columns count as its own words
    assert bool(predict("", "attend network", origin)) is (origin is Origin.HEADER)


def test_its_own_words_weigh_more_than_what_stands_around(predict) -> None:
    (weak,), (strong,) = predict("attend", "network"), predict("attend network")
    (stronger,) = predict("attend network executive")
    assert THRESHOLD <= weak.probability < strong.probability < stronger.probability < 1


def test_it_says_why_heaviest_first(predict) -> None:
    (found,) = predict("attend executive", "network")
    assert dict(found.reasons).keys() == {"attend", "network", "executive"}
    weights = [weight for _, weight in found.reasons]
    assert weights == sorted(weights, reverse=True)
    assert found.reasons[0][0] == "attend"


def test_predictions_are_in_the_frameworks_order_and_name_the_passage(predict) -> None:
    found = predict("sponsor network attend")
    assert [(each.passage, each.criterion) for each in found] == [("d1@0:0", "A1"), ("d1@0:0", "A2")]


def test_a_criterion_without_rules_is_never_predicted(
    bare_criterion: Callable[..., Criterion], framework_of: Callable[..., Framework], sponsors: Criterion
) -> None:
    classifier = KeywordClassifier(framework_of(bare_criterion("A3"), sponsors))
    found = classifier.predict(Tags("d1@0:0", (Mention("sponsor", 0, 1, "sponsor"),)))
    assert [each.criterion for each in found] == ["A2"]


NAMES = ["network", "attend", "meeting", "executive", "sponsor", "other_network", "both_networks", "weather"]


@given(
    places=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(Origin)), max_size=10), data=st.data()
)
def test_predictions_do_not_depend_on_the_order_of_mentions(
    classifier: KeywordClassifier, places: list[tuple[str, Origin]], data: st.DataObject
) -> None:
    mentions = [Mention(name, 0, 1, name, origin) for name, origin in places]
    found = classifier.predict(Tags("p", tuple(mentions)))
    assert classifier.predict(Tags("p", tuple(data.draw(st.permutations(mentions))))) == found
    for each in found:
        assert THRESHOLD <= each.probability < 1
        assert each.probability == round(each.probability, PROBABILITY_DIGITS)
        assert each.reasons
        own = {mention.concept for mention in mentions if mention.origin is Origin.TEXT}
        of_columns = any(mention.origin is Origin.HEADER for mention in mentions)
        assert own & {name for name, _ in each.reasons} or of_columns
