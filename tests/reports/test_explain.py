"""The walk from a verdict to its sources."""

import json
from dataclasses import replace

import pytest

from evidence_kit.errors import UsageError
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.reading import Cue
from evidence_kit.reports.explain import WIDTH, explain, explain_json
from evidence_kit.reports.findings import UNTESTED
from evidence_kit.reports.quotes import NOT_REFOUND
from evidence_kit.reports.words import STATUS_WORDS


def test_every_criterion_can_be_explained(sample_map: EvidenceMap) -> None:
    for finding in sample_map.findings:
        text = explain(sample_map, finding.criterion)
        assert text.startswith(f"{finding.criterion}: ")
        assert STATUS_WORDS[finding.status] in text
        for conclusion in finding.conclusions:
            assert f"Rule {conclusion.rule} of docs/verdicts.md" in text
        assert "is for a person to say" in text


def test_every_quote_can_be_followed_to_its_place(sample_map: EvidenceMap) -> None:
    for finding in sample_map.findings:
        text = " ".join(explain(sample_map, finding.criterion).split())
        for number, quote in enumerate(finding.quotes, start=1):
            assert f"{number}. {quote.role.value.replace('_', '-')}" in text
            for place in quote.places:
                assert place.page is None or str(place.page) in text
            for term, weight in quote.reasons:
                assert f"{term} {weight:+.2f}" in text


def test_a_cue_without_words_is_told_by_its_name(sample_map: EvidenceMap) -> None:
    b1, *rest = sample_map.findings
    quote = replace(b1.quotes[0], cues=(Cue("attendance_list", "", 0, 0),))
    changed = replace(sample_map, findings=(replace(b1, quotes=(quote,)), *rest))
    assert "cue words ‘attendance list’" in " ".join(explain(changed, "B1").split())


def test_every_element_is_told_with_basis_and_check(sample_map: EvidenceMap) -> None:
    for finding in sample_map.findings:
        text = " ".join(explain(sample_map, finding.criterion).split())
        criterion = sample_map.framework.criterion(finding.criterion)
        asked = {result.element for conclusion in finding.conclusions for result in conclusion.elements}
        for element in criterion.elements:
            if element.id in asked:
                assert " ".join(element.asks.split()) in text
                assert f"check: {element.check}" in text


def test_a_criterion_that_no_real_text_tested_says_so(sample_map: EvidenceMap) -> None:
    untested = replace(sample_map, framework=replace(sample_map.framework, untested=("B1",)))
    for finding in sample_map.findings:
        text = " ".join(explain(untested, finding.criterion).split())
        assert (UNTESTED in text) is (finding.criterion == "B1")


def test_every_assumption_is_told(sample_map: EvidenceMap) -> None:
    assumed = {each.id: each.assumptions for each in sample_map.framework.criteria if each.assumptions}
    assert assumed
    for name, assumptions in assumed.items():
        told = " ".join(explain(sample_map, name).split())
        assert all(f"We assume: {each}" in told for each in assumptions)


def test_both_wordings_are_told_where_they_differ(sample_map: EvidenceMap) -> None:
    (finding,) = [finding for finding in sample_map.findings if finding.split_by_wording][:1]
    text = explain(sample_map, finding.criterion)
    assert "Verdict (table wording):" in text
    assert "Verdict (checklist wording):" in text
    assert "wordings give different verdicts" in text


def test_lines_are_short(sample_map: EvidenceMap) -> None:
    for finding in sample_map.findings:
        for line in explain(sample_map, finding.criterion).splitlines():
            assert len(line) <= WIDTH or " " not in line.strip()


def test_nothing_hidden_reaches_the_terminal(sample_map: EvidenceMap) -> None:
    text = "".join(explain(sample_map, finding.criterion) for finding in sample_map.findings)
    assert [mark for mark in text if mark in "\u202e\u202c\x1b\x07"] == []
    assert "[U+202E]" in text


def test_a_quote_that_is_not_at_its_place_is_not_printed(torn_map: EvidenceMap) -> None:
    text = " ".join(" ".join(explain(torn_map, one.criterion) for one in torn_map.findings).split())
    assert NOT_REFOUND in text


def test_capitals_do_not_matter(sample_map: EvidenceMap) -> None:
    assert explain(sample_map, " b1 ") == explain(sample_map, "B1")


def test_an_unknown_criterion_names_the_known_ones(sample_map: EvidenceMap) -> None:
    with pytest.raises(UsageError, match="no criterion X9") as caught:
        explain(sample_map, "X9")
    assert "B1" in caught.value.next_step


def test_json_holds_what_it_rests_on(sample_map: EvidenceMap) -> None:
    for finding in sample_map.findings:
        data = json.loads(explain_json(sample_map, finding.criterion))
        assert data["criterion"]["id"] == data["finding"]["criterion"] == finding.criterion
        assert {one["id"] for one in data["documents"]} == {quote.document for quote in finding.quotes}
        assert {one["id"] for one in data["papers"]} == {quote.paper for quote in finding.quotes}
        assert [one["rule"] for one in data["rules"]] == [one.rule for one in finding.conclusions]
