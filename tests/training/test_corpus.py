"""Labelled passages: what is read, what is refused, and what no schema can see."""

import json
from pathlib import Path
from typing import Any

import pytest

from evidence_kit.errors import CorpusInvalid
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.training import corpus_checks as checks
from evidence_kit.training.corpus import Corpus, LabelledPassage, corpus_of, load_corpus, schema_bytes

PASSAGES = Path(__file__).resolve().parents[2] / "corpus_samples" / "passages"
GOOD = {
    "id": "elmsea-001",
    "kind": "policy",
    "text": "Racist abuse is challenged.",
    "bears": ["B5"],
    "stance": "done",
}


def write(folder: Path, *lines: dict[str, Any], name: str = "elmsea") -> Path:
    (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return folder


def passage(name: str, text: str, **more: Any) -> LabelledPassage:
    return LabelledPassage(id=name, kind="report", text=text, **more)


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return load_corpus(PASSAGES, criteria=[each.id for each in load_knowledge().framework.criteria])


def test_a_line_is_a_passage(tmp_path: Path) -> None:
    corpus = load_corpus(write(tmp_path, GOOD), criteria=["B5"])
    assert corpus.passages[0].bears == ("B5",)
    assert corpus.organisations() == ("elmsea",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "leaflet"}, "leaflet"),
        ({"stance": "ongoing"}, "ongoing"),
        ({"colour": "red"}, "colour"),
        ({"bears": ["B9"]}, "no criterion has the id B9"),
        ({"near": {"B5": "no act"}}, "both borne on and a near-miss"),
        ({"stance": None}, "no stance"),
        ({"id": "hollin-001"}, "does not begin with the file's name"),
        ({"text": "  "}, "the text is empty"),
    ],
)
def test_what_breaks_the_rules_is_named_with_its_line(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(CorpusInvalid, match=r"elmsea\.jsonl:2") as raised:
        load_corpus(write(tmp_path, {**GOOD, "id": "elmsea-000"}, {**GOOD, **change}), criteria=["B5"])
    assert said in str(raised.value)


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(CorpusInvalid, match="stands twice"):
        load_corpus(write(tmp_path, GOOD, GOOD), criteria=["B5"])


def test_the_digest_follows_what_is_said_not_how_it_is_laid_out() -> None:
    one, other = passage("elmsea-001", "One."), passage("elmsea-001", "One.", note="")
    assert corpus_of([one]).digest == corpus_of([other]).digest
    assert corpus_of([one]).digest != corpus_of([passage("elmsea-001", "Two.")]).digest


def test_the_same_words_twice_are_found_unless_they_stand_under_other_words() -> None:
    row = {"header": ("Year", "Share")}
    alike = [
        passage("a-1", "Nobody came."),
        passage("b-1", "nobody came!"),
        passage("b-2", "Nobody came.", **row),
    ]
    assert checks.duplicates(alike) == [("a-1", "b-1")]


def test_near_duplicates_count_between_organisations_only() -> None:
    text = "the race equality council met in june and agreed its aims for the year"
    near = text.replace("june", "july")
    found = checks.near_duplicates([passage("a-1", text), passage("a-2", near), passage("b-1", near)])
    assert [pair[:2] for pair in found] == [("a-2", "b-1"), ("a-1", "b-1")]


def test_copied_words_are_found(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("It was the best of times for all of us here.", encoding="utf-8")
    found = list(checks.copied([passage("a-1", "Yes, it was the best of times for all.")], tmp_path))
    assert found == [("a-1", "report.md", "it was the best of times for all")]
    assert not list(checks.copied([passage("a-1", "The best of times for all who came.")], tmp_path))


def test_openings_that_are_shared_are_found() -> None:
    alike = [passage("a-1", "The board is asked to note it."), passage("b-1", "The Board is asked to agree.")]
    assert checks.shared_openings(alike) == {"the board is asked to": ["a-1", "b-1"]}
    assert checks.monotony([*alike, passage("c-1", "No more than that.")]).shared_openings == pytest.approx(
        2 / 3
    )


def test_the_published_schema_is_that_of_the_code() -> None:
    """After a change: ``python scripts/write_schema.py``."""
    assert (PASSAGES / "schema.json").read_bytes() == schema_bytes()


def test_no_shipped_passage_stands_twice(shipped: Corpus) -> None:
    assert checks.duplicates(shipped.passages) == []
