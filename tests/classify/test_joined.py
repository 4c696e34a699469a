"""Keywords and model together: what each adds, what the model does not know, and what cannot be read."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from evidence_kit.classify.features import Around
from evidence_kit.classify.joined import Classifier
from evidence_kit.errors import ExitCode, ModelUnusable
from evidence_kit.language.nlp import Tagger
from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
from evidence_kit.records.criterion import Framework, Wording
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Passage
from evidence_kit.records.reading import By
from evidence_kit.resources import model_root


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def tagger(knowledge: Knowledge) -> Tagger:
    return Tagger(knowledge.lexicon)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    shutil.copytree(model_root(), tmp_path / "model")
    return tmp_path / "model"


def around(tagger: Tagger, text: str) -> Around:
    return Around(
        tagger.tag(Passage(id="p", document="d", paper="q", kind=BlockKind.PARAGRAPH, segments=(), text=text))
    )


def reworded(framework: Framework, *names: str) -> Framework:
    """Give criteria another wording: the model was not trained for it."""
    return replace(
        framework,
        criteria=tuple(
            replace(each, wordings=(Wording("table", "Something else."),)) if each.id in names else each
            for each in framework.criteria
        ),
    )


def test_keywords_alone_say_so(knowledge: Knowledge) -> None:
    assert Classifier(knowledge.framework).name == "keywords"


def test_what_keywords_find_is_kept_and_the_model_says_how_sure_it_is(
    knowledge: Knowledge, tagger: Tagger
) -> None:
    passage = around(tagger, "Racist abuse of our staff will not be tolerated: zero tolerance, from anybody.")
    alone = {each.criterion for each in Classifier(knowledge.framework).predict(passage)}
    found = {each.criterion: each for each in knowledge.classifier.predict(passage)}
    assert "B5" in alone <= found.keys()
    assert found["B5"].by is By.BOTH
    assert any(name.startswith(("word:", "rule:", "concept:", "pair:")) for name, _ in found["B5"].reasons)


def test_text_without_the_subject_is_taken_for_nothing(knowledge: Knowledge, tagger: Tagger) -> None:
    passage = around(tagger, "Boiler replacement at the main site was finished in May under budget.")
    assert knowledge.classifier.predict(passage) == ()
    assert knowledge.classifier.bearing(passage) == 0.0


def test_a_criterion_with_another_wording_is_left_to_keywords(
    knowledge: Knowledge, tagger: Tagger, model: Path
) -> None:
    classifier = Classifier(reworded(knowledge.framework, "B5"), model)
    assert classifier.name.endswith("keywords alone for B5")
    passage = around(tagger, "Racist abuse of our staff will not be tolerated: zero tolerance, from anybody.")
    (found,) = (each for each in classifier.predict(passage) if each.criterion == "B5")
    assert found.by is By.KEYWORDS


def test_a_model_of_another_framework_is_refused(knowledge: Knowledge, model: Path) -> None:
    other = reworded(knowledge.framework, *(each.id for each in knowledge.framework.criteria))
    with pytest.raises(ModelUnusable, match="knows no criterion") as raised:
        Classifier(other, model)
    assert raised.value.exit_code is ExitCode.MODEL_UNUSABLE


def test_a_model_of_another_lexicon_says_so(knowledge: Knowledge, model: Path) -> None:
    assert "another lexicon" in Classifier(knowledge.framework, model, "0" * 64).name


def test_a_broken_model_is_told(knowledge: Knowledge, model: Path, tagger: Tagger) -> None:
    (model / "weights.npz").write_bytes(b"not a zip")
    classifier = Classifier(knowledge.framework, model)
    with pytest.raises(ModelUnusable, match="cannot be read"):
        classifier.predict(around(tagger, "The race equality council met."))
    (model / "meta.json").write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(ModelUnusable, match="format 99"):
        Classifier(knowledge.framework, model)
