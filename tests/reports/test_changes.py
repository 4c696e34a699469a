"""What changed between two maps is said with its reason, both ways round."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from evidence_kit.errors import UsageError
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Finding, Outcome, Role, Status
from evidence_kit.reports.changes import Changes, compare, render, to_json
from evidence_kit.reports.view import build


def with_finding(evidence_map: EvidenceMap, finding: Finding) -> EvidenceMap:
    return replace(
        evidence_map,
        findings=tuple(
            finding if one.criterion == finding.criterion else one for one in evidence_map.findings
        ),
    )


@pytest.fixture
def b1(sample_map: EvidenceMap) -> Finding:
    return next(finding for finding in sample_map.findings if finding.criterion == "B1")


def changes(old: EvidenceMap, new: EvidenceMap) -> Changes:
    return compare(build(old), build(new))


def test_the_same_map_has_no_changes(sample_map: EvidenceMap) -> None:
    same = changes(sample_map, sample_map)
    assert not same.any and same.summary == "Nothing changed."


def test_a_status_changes_by_its_elements(sample_map: EvidenceMap, b1: Finding) -> None:
    first, *rest = b1.conclusions[0].elements
    weaker = replace(
        b1.conclusions[0],
        status=Status.PARTLY,
        elements=(replace(first, outcome=Outcome.NOT_SHOWN, reason="Nothing says so."), *rest),
    )
    after = with_finding(
        sample_map, replace(b1, status=Status.PARTLY, conclusions=(weaker, *b1.conclusions[1:]))
    )
    (one,) = changes(sample_map, after).statuses
    assert (one.criterion, one.before, one.after, one.better) == ("B1", b1.status, Status.PARTLY, False)
    assert len(one.reasons) == 1 and "not shown now: Nothing says so." in one.reasons[0]
    (back,) = changes(after, sample_map).statuses
    assert back.better is True


def test_quotes_that_came_and_went(sample_map: EvidenceMap, b1: Finding) -> None:
    support = next(quote for quote in b1.quotes if quote.role is Role.SUPPORT)
    without = with_finding(sample_map, replace(b1, quotes=tuple(q for q in b1.quotes if q is not support)))
    told = changes(without, sample_map)
    assert [one.text for one in told.new] == [" ".join(support.text.split())] and not told.lost
    told = changes(sample_map, without)
    assert [one.criterion for one in told.lost] == ["B1"] and not told.new
    assert told.lost[0].reason


def test_what_fell_out_of_the_window(sample_map: EvidenceMap, b1: Finding) -> None:
    support = next(quote for quote in b1.quotes if quote.role is Role.SUPPORT and quote.in_window)
    old = tuple(replace(quote, in_window=False) if quote is support else quote for quote in b1.quotes)
    told = changes(sample_map, with_finding(sample_map, replace(b1, quotes=old)))
    assert [one.criterion for one in told.expired] == ["B1"]


def test_the_same_words_in_a_later_paper_are_named(sample_map: EvidenceMap, b1: Finding) -> None:
    support = next(quote for quote in b1.quotes if quote.role is Role.SUPPORT)
    later = tuple(
        replace(paper, text_digest="f" * 64, profile=replace(paper.profile, meeting_date=date(2030, 1, 1)))
        if paper.id == support.paper
        else paper
        for paper in sample_map.papers
    )
    told = changes(sample_map, replace(sample_map, papers=later))
    assert " ".join(support.text.split()) in [one.text for one in told.reused]


def test_other_frameworks_are_refused(sample_map: EvidenceMap) -> None:
    other = replace(sample_map, framework=replace(sample_map.framework, id="another"))
    with pytest.raises(UsageError, match="different frameworks"):
        changes(sample_map, other)


def test_page_and_data_say_the_same(sample_map: EvidenceMap, b1: Finding) -> None:
    told = changes(with_finding(sample_map, replace(b1, quotes=())), sample_map)
    data = json.loads(to_json(told))
    assert len(data["new"]) == len(told.new) > 0
    page = html.fromstring(render(told))
    text = " ".join(page.text_content().split())
    assert told.summary in text
    assert all(one.text in text for one in told.new)
    assert not page.xpath("//script")
