"""The page: whole, self-contained, no script but the filter, and everything that comes from outside escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from evidence_kit.records.decision import Decision, QuoteKey, Verdict
from evidence_kit.records.document import DocumentState, Problem
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports.changes import compare
from evidence_kit.reports.findings import UNTESTED
from evidence_kit.reports.quotes import NOT_REFOUND
from evidence_kit.reports.view import build
from evidence_kit.reports.webpage import render
from evidence_kit.reports.words import STATUS_WORDS


@pytest.fixture
def page(sample_map: EvidenceMap) -> html.HtmlElement:
    return html.fromstring(render(build(sample_map)))


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_assumption_is_told(page: html.HtmlElement, sample_map: EvidenceMap) -> None:
    told = " ".join(page.text_content().split())
    assumed = [one for each in sample_map.framework.criteria for one in each.assumptions]
    assert assumed and all(f"We assume {each}" in told or f"We assume{each}" in told for each in assumed)


def test_same_bytes_twice(sample_map: EvidenceMap) -> None:
    assert render(build(sample_map)) == render(build(sample_map))


def test_nothing_is_loaded_and_only_our_filter_runs(page: html.HtmlElement) -> None:
    assert not page.xpath("//link | //iframe | //object | //embed | //img | //base | //audio")
    (script,) = page.xpath("//script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert not script.attrib and f"script-src 'sha256-{digest}'" in page.xpath("string(//meta[2]/@content)")
    (form,) = page.xpath("//form")
    assert form.get("action") is None and form.get("hidden") is not None
    for element in page.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            if name in ("href", "src", "action"):
                assert value.startswith("#"), value
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy and policy[0].startswith("default-src 'none'; style-src 'unsafe-inline'")
    style = page.xpath("string(//style)")
    assert "url(" not in style and "@import" not in style


def test_hostile_words_are_only_words(sample_map: EvidenceMap) -> None:
    evil = "</style></title><script>alert(1)</script>\"' onload=x"
    criterion = replace(sample_map.framework.criteria[0], plain=evil, driver=evil, assumptions=(evil,))
    framework = replace(
        sample_map.framework,
        title=evil,
        attribution=evil,
        source="javascript:alert(1)",
        criteria=(criterion, *sample_map.framework.criteria[1:]),
    )
    text = render(
        build(replace(sample_map, organisation=evil, organisation_reason=evil, framework=framework))
    )
    page = html.fromstring(text)
    assert not page.xpath("//*[@onload] | //*[@onerror] | //*[@onmouseover]")
    assert len(page.xpath("//script")) == 1 == text.count("</script>")
    assert text.count("</style>") == 1 and text.partition("<body>")[0].count("</title>") == 1
    assert evil in page.xpath("string(//h1)")
    assert "\u202e" not in text and "[U+202E]" in text


AT = "2026-11-24T09:30:00Z"


def test_what_people_decided_stands_beside_the_machines_status(sample_map: EvidenceMap) -> None:
    first = Decision(
        criterion="B1", verdict=Verdict.CONFIRMED, person="Priya <b>Nair", at=AT, comment="Seen."
    )
    other = replace(first, verdict=Verdict.PARTLY, person="Ben Asante", comment="")
    lost = replace(first, verdict=Verdict.REJECT, quote=QuoteKey(text="words that stand nowhere"))
    page = html.fromstring(render(build(sample_map, [first, other, lost])))
    assert not page.xpath("//li/strong/b")
    beside = _text(page.get_element_by_id("B1"))
    assert "confirmed by Priya <b>Nair, 24 November 2026: Seen." in beside
    assert STATUS_WORDS[sample_map.findings[0].status] in beside
    people = _text(page.xpath("//section[@aria-labelledby='people']")[0])
    assert "Where people differ B1" in people and "words that stand nowhere" in people
    assert "partly by Ben Asante, 24 November 2026" in _text(
        page.xpath("//section[@aria-labelledby='glance']")[0]
    )


def test_a_quote_leads_to_the_page_of_its_source(sample_map: EvidenceMap) -> None:
    page = html.fromstring(render(build(sample_map, sources="../papers")))
    links = page.xpath("//p[@class='place']/a/@href")
    assert links and all(link.startswith("../papers/") for link in links)
    assert any("#page=" in link for link in links)


def test_every_picture_says_its_words(page: html.HtmlElement) -> None:
    for drawing in page.xpath("//svg[not(contains(@class, 'icon'))]"):
        named = drawing.get("aria-label") or drawing.get("aria-hidden") == "true"
        assert named
    rows = page.xpath("//table[@class='timeline']/tbody/tr")
    assert rows and all(_text(row.xpath(".//td/span")[0]) for row in rows)


def test_what_changed_stands_on_the_first_screen(sample_map: EvidenceMap) -> None:
    first, *rest = sample_map.findings
    old = replace(sample_map, findings=(replace(first, quotes=()), *rest))
    told = compare(build(old), build(sample_map))
    summary = html.fromstring(render(build(sample_map), changes=told)).xpath(
        "//section[@aria-labelledby='summary']"
    )
    assert told.summary in _text(summary[0])


def test_every_link_leads_somewhere_and_ids_are_unique(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href")} <= set(ids)
    for attribute in ("aria-labelledby",):
        assert set(page.xpath(f"//@{attribute}")) <= set(ids)


def test_headings_go_down_one_step_at_a_time(page: html.HtmlElement) -> None:
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_level_lines_and_statuses_stand_in_the_summary(page: html.HtmlElement) -> None:
    summary = _text(page.xpath("//section[@aria-labelledby='summary']")[0])
    assert (
        "Silver: 0 of 2 deliverables show every element in these documents; 0 of 2 confirmed by a person."
        in summary
    )
    assert summary.index("Silver:") < summary.index("Bronze:")
    assert "2 pages and 1 document could not be read" in summary


def test_what_is_missing_first_stands_in_the_summary(page: html.HtmlElement, sample_map: EvidenceMap) -> None:
    gating = [one for one in build(sample_map).gaps if one.is_deliverable]
    told = page.xpath("//section[@aria-labelledby='summary']//ol[@class='first']/li/a/@href")
    assert told and told == [f"#{one.anchor}" for one in gating[: len(told)]]


def test_every_criterion_is_there_with_elements_basis_and_quotes(
    page: html.HtmlElement, sample_map: EvidenceMap
) -> None:
    for finding in sample_map.findings:
        section = page.get_element_by_id(finding.criterion)
        text = _text(section)
        criterion = sample_map.framework.criterion(finding.criterion)
        for wording in criterion.wordings:
            assert wording.text in text
        assert sample_map.framework.attribution in text
        for result in finding.conclusions[0].elements:
            assert result.reason in text
        assert "framework wording" in text
        assert len(section.xpath(".//figure[contains(@class, 'quote ')]")) == len(finding.quotes)
        assert f"Rule {finding.conclusions[0].rule}" in text


def test_quotes_are_told_with_place_date_and_cue_words(page: html.HtmlElement) -> None:
    quote = page.get_element_by_id("B1-q1")
    text = _text(quote)
    assert (
        "board/2026-03 board-pack.pdf, page 1 (printed 3), under ‘Minutes of the Board of Directors ›" in text
    )
    assert "reported as done, 26 March 2026" in text
    assert quote.xpath(".//mark/text()") == ["confirmed"]


def test_many_quotes_are_folded_and_none_is_lost(sample_map: EvidenceMap) -> None:
    b1, *rest = sample_map.findings
    many = tuple(replace(b1.quotes[0], id=f"{b1.quotes[0].id}{n}") for n in range(9))
    section = html.fromstring(
        render(build(replace(sample_map, findings=(replace(b1, quotes=many), *rest))))
    ).get_element_by_id("B1")
    folded = section.xpath(".//details")
    assert [_text(part.xpath("./summary")[0]) for part in folded] == ["5 more quotes"]
    assert len(section.xpath(".//blockquote[ancestor::figure[contains(@class, 'quote ')]]")) == 9


def test_support_and_contradiction_stand_side_by_side(page: html.HtmlElement) -> None:
    sides = page.get_element_by_id("S1").xpath(".//div[contains(@class, 'sides two')]/div")
    assert [_text(side.xpath("./h4")[0]) for side in sides] == ["What supports it", "What speaks against it"]


def test_not_found_says_what_was_searched(page: html.HtmlElement) -> None:
    text = _text(page.get_element_by_id("B1.s1"))
    assert (
        "Not found in these documents (4 documents, 9 pages searched; 2 pages and 1 document could not be read)"
        in text
    )


def test_a_criterion_that_no_real_text_tested_says_so(sample_map: EvidenceMap) -> None:
    untested = replace(sample_map, framework=replace(sample_map.framework, untested=("G1",)))
    page = html.fromstring(render(build(untested)))
    said = {name for name in ("B1", "B1.s1", "G1") if UNTESTED in _text(page.get_element_by_id(name))}
    assert said == {"G1"}


def test_other_levels_are_in_the_annex(page: html.HtmlElement) -> None:
    annex = page.xpath("//section[@aria-labelledby='annex']")[0]
    assert {d.get("id") for d in annex.xpath("./details")} == {"G1", "R1"}
    text = _text(annex)
    assert "needs a person Is there parity in staff experience?" in text
    assert "Gold shows that anti-racism is embedded throughout all levels" in text


def test_no_annex_without_other_levels(sample_map: EvidenceMap) -> None:
    only = replace(
        sample_map,
        target="bronze",
        framework=replace(
            sample_map.framework,
            levels=sample_map.framework.levels[:1],
            criteria=tuple(c for c in sample_map.framework.criteria if c.level == "bronze"),
        ),
        findings=tuple(f for f in sample_map.findings if f.criterion.startswith("B")),
    )
    page = html.fromstring(render(build(only)))
    assert not page.xpath("//*[@id='annex'] | //a[@href='#annex']")


def test_documents_papers_and_problems_are_listed(page: html.HtmlElement, sample_map: EvidenceMap) -> None:
    text = _text(page.xpath("//section[@aria-labelledby='documents']")[0])
    for document in sample_map.documents:
        assert document.path in text
    for problem in sample_map.problems:
        assert problem.message in text and problem.next_step in text
    assert "26 March 2026 meeting date: “Minutes of … 26 March 2026” on page 1" in text
    assert "weak, from the file’s own properties" in text


def test_a_quote_that_could_not_be_refound_is_marked_and_told(torn_map: EvidenceMap) -> None:
    page = html.fromstring(render(build(torn_map)))
    assert NOT_REFOUND in _text(page.get_element_by_id("B1-q1"))
    assert not page.get_element_by_id("B1-q1").xpath(".//blockquote")
    assert "Dr Ada Penhallow" not in _text(page)
    assert "1 quote could not be re-found at its place" in _text(page.xpath("//main")[0])
    assert "A quote for B1 could not be re-found" in _text(
        page.xpath("//section[@aria-labelledby='documents']")[0]
    )


def test_our_own_words_never_say_met(sample_map: EvidenceMap) -> None:
    text = _text(
        html.fromstring(re.sub(r"<style>.*?</style>", "", render(build(sample_map)), flags=re.DOTALL))
    )
    assert not re.search(r"\b(met|passed|compliant|achieved)\b", text, re.IGNORECASE)
    assert "not made, endorsed, approved or checked" in text


def test_every_data_table_has_a_caption_and_scopes(page: html.HtmlElement) -> None:
    tables = page.xpath("//table")
    assert tables
    for table in tables:
        assert _text(table.xpath("./caption")[0])
        assert all(cell.get("scope") for cell in table.iter("th"))


def test_a_map_of_nothing_read_still_renders(sample_map: EvidenceMap) -> None:
    empty = replace(
        sample_map,
        organisation="",
        findings=(),
        levels=(),
        papers=(),
        cited_pages=(),
        documents=tuple(replace(d, state=DocumentState.NOT_READ) for d in sample_map.documents),
    )
    text = _text(html.fromstring(render(build(empty))))
    assert "Organisation not named" in text
    assert "Silver: not judged in this map" in text
    assert "Not judged in this map: S1, S1.s1 and S2" in text
    assert "Every criterion" not in text


def test_only_what_could_not_be_read_is_said_to_be_unread(sample_map: EvidenceMap) -> None:
    read = tuple(
        replace(document, state=DocumentState.READ, unread_pages=()) for document in sample_map.documents
    )
    remark = Problem(code="register_unlisted", file="register.csv", message="A remark.", next_step="Look.")
    assert "Not everything could be read" in render(build(sample_map))
    for problems, told in (((remark,), True), ((), False)):
        page = render(build(replace(sample_map, documents=read, problems=problems)))
        assert "Not everything could be read" not in page
        assert ("something wants a look" in page) is told
