"""A decision finds its quote again: in a renamed file, another format, with other filler, another framework version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evidence_kit.pipeline.run import MapResult
from evidence_kit.records.decision import Decision, Verdict
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Finding, Quote
from evidence_kit.reports.decided import Decided, place, quote_key

AT = "2026-11-24T09:30:00Z"
PAPER = [
    "# Equality report",
    "Example Vale NHS Trust",
    "Meeting: Board of Directors",
    "Date of meeting: 28 May 2026",
    "# Leadership",
    "The Medical Director has been our executive sponsor for race equality since April 2025. The role includes a "
    "commitment to anti-racism.",
    "The Medical Director attended meetings of the BME staff network on 9 September 2025, 2 December 2025, "
    "4 March 2026 and 20 May 2026.",
    "The next item was deferred to July.",
]
MINUTES = [
    "# Minutes of the People Committee",
    "Example Vale NHS Trust. Date of meeting: 11 June 2026",
    "The chair opened the meeting.",
    "The Medical Director attended meetings of the BME staff network on 9 September 2025, 2 December 2025, "
    "4 March 2026 and 20 May 2026.",
    "There was no other business.",
]


def write(path: Path, blocks: list[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def before(tmp_path: Path, map_folder: Callable[..., MapResult]) -> EvidenceMap:
    write(tmp_path / "before" / "paper.md", PAPER)
    return map_folder(tmp_path / "before").evidence_map


def finding(evidence_map: EvidenceMap, criterion: str) -> Finding:
    return next(one for one in evidence_map.findings if one.criterion == criterion)


def decide(
    evidence_map: EvidenceMap, criterion: str, verdict: Verdict, person: str = "Priya Nair"
) -> Decision:
    """Decide about the first quote of a criterion."""
    quote = finding(evidence_map, criterion).quotes[0]
    return Decision(
        criterion=criterion, verdict=verdict, person=person, at=AT, quote=quote_key(quote, evidence_map)
    )


def placed_on(decided: Decided, evidence_map: EvidenceMap, criterion: str) -> list[Quote]:
    return [q for q in finding(evidence_map, criterion).quotes if (criterion, q.id) in decided.quotes]


@pytest.mark.parametrize("kind", ["renamed", "word", "pdf", "filler"])
def test_the_same_words_in_another_file_keep_the_decision(
    tmp_path: Path,
    before: EvidenceMap,
    map_folder: Callable[..., MapResult],
    make_pdf: Callable[..., Path],
    make_word: Callable[..., Path],
    kind: str,
) -> None:
    decision = decide(before, "S4", Verdict.ACCEPT)
    folder = tmp_path / "after"
    folder.mkdir()
    if kind == "word":
        make_word(folder / "final version (2).docx", PAPER)
    elif kind == "pdf":
        make_pdf(folder / "final.pdf", PAPER)
    else:
        filler = ["# Estates", "The boiler was replaced in May 2026."] * 4 if kind == "filler" else []
        write(folder / "z" / "other name.md", [*PAPER, *filler])
    after = map_folder(folder).evidence_map
    decided = place([decision], after)
    assert not decided.unplaced
    (quote,) = placed_on(decided, after, "S4")
    assert "attended meetings of the BME staff network" in " ".join(quote.text.split())


def test_the_same_words_in_another_paper_do_not_take_the_decision(
    tmp_path: Path, before: EvidenceMap, map_folder: Callable[..., MapResult]
) -> None:
    decision = decide(before, "S4", Verdict.REJECT)
    folder = tmp_path / "after"
    write(folder / "a-minutes.md", MINUTES)
    write(folder / "paper.md", PAPER)
    both = map_folder(folder).evidence_map
    assert {quote.document for quote in placed_on(place([decision], both), both, "S4")} <= {
        document.id for document in both.documents if document.path == "paper.md"
    }
    (folder / "paper.md").unlink()
    alone = map_folder(folder).evidence_map
    decided = place([decision], alone)
    assert not decided.quotes
    assert [each.decision for each in decided.unplaced] == [decision]


def test_a_new_cut_of_the_words_keeps_the_decision_and_says_so(before: EvidenceMap) -> None:
    decision = decide(before, "S4", Verdict.ACCEPT)
    old = finding(before, "S4")
    quote = old.quotes[0]
    (at,) = quote.places
    page = next(page for page in before.cited_pages if page.document == quote.document)
    end = at.start + len(quote.text) * 2 // 3
    cut = replace(quote, text=page.text[at.start : end], places=(replace(at, end=end),))
    after = replace(before, findings=(replace(old, quotes=(cut, *old.quotes[1:])),))
    decided = place([decision], after)
    assert ("S4", cut.id) in decided.quotes and ("S4", cut.id) in decided.recut


def test_decisions_outlive_ids_models_and_framework_versions(before: EvidenceMap) -> None:
    decision = decide(before, "S4", Verdict.ACCEPT)
    other_ids = replace(
        before,
        framework=replace(before.framework, edition="next", digest="0" * 64),
        findings=tuple(
            replace(one, quotes=tuple(replace(q, id=f"new{q.id}", probability=0.1) for q in one.quotes))
            for one in before.findings
        ),
    )
    assert placed_on(place([decision], other_ids), other_ids, "S4")


def test_a_criterion_that_is_gone_leaves_its_decisions_listed(before: EvidenceMap) -> None:
    gone = replace(before, findings=tuple(one for one in before.findings if one.criterion != "S4"))
    (unplaced,) = place([decide(before, "S4", Verdict.ACCEPT)], gone).unplaced
    assert "does not judge" in unplaced.reason


def test_the_last_word_of_each_person_counts_and_differences_are_listed(before: EvidenceMap) -> None:
    first = Decision(criterion="B1", verdict=Verdict.NOT_SHOWN, person="Priya Nair", at=AT)
    changed = replace(first, verdict=Verdict.CONFIRMED, at="2026-11-25T08:00:00Z")
    other = replace(first, verdict=Verdict.PARTLY, person="Ben Asante")
    assert place([changed, first], before).criteria["B1"] == (changed,)
    both = place([other, changed, first], before)
    assert [one.decisions for one in both.conflicts] == [(other, changed)]
    withdrawn = replace(changed, verdict=Verdict.WITHDRAWN, at="2026-11-26T08:00:00Z")
    assert place([withdrawn, changed], before).criteria == {}


def test_self_assessment_and_decision_are_questions_of_their_own(before: EvidenceMap) -> None:
    in_place = Decision(criterion="B1", verdict=Verdict.IN_PLACE, person="Priya Nair", at=AT)
    partly = replace(in_place, verdict=Verdict.PARTLY)
    network = replace(in_place, verdict=Verdict.NETWORK_DISAGREES, person="Network chair")
    decided = place([in_place, partly, network], before)
    assert set(decided.criteria["B1"]) == {in_place, partly, network}
    assert not decided.conflicts
