"""Whatever documents, file names, an organisation's name or people's remarks hold: in every report it is only words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import docx
import openpyxl
import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html

from evidence_kit.records.decision import Decision, Verdict
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Finding, Step, Trend
from evidence_kit.reports import (
    changes,
    data,
    dates_ahead,
    explain,
    letters,
    marked_pdf,
    webpage,
    word,
    workbook,
)
from evidence_kit.reports.decided import quote_key
from evidence_kit.reports.material import Material
from evidence_kit.reports.view import MapView, build

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
EVIL = (
    "<script>alert(1)</script>",
    "</script></style></title><img src=x onerror=alert(1)>",
    "\"' onmouseover=alert(1) x='",
    "javascript:alert(1)",
    '=HYPERLINK("http://example.invalid","Open")',
    "\t@SUM(1+1)",
    "＝1+1",
    "\u202edetcejer\u202c \u2066x\u2069",
    "\x00\x07\x1b]0;title\x07\x7f\x9b31m",
    "\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:PROCEDURE",
    "{{ 7 * 7 }}{% raise %}${x}",
    "&lt;b&gt;&#x3c;",
    "]]><x/>",
    "../../../etc/passwd",
    "\ud800\uffff\ufeff",
    ") /JS (app.alert) /URI (http://example.invalid)",
)
WORDS = st.lists(
    st.one_of(st.sampled_from(EVIL), st.text(st.characters(exclude_categories=()), max_size=20)),
    min_size=1,
    max_size=4,
).map("".join)
ANY_WORDS = WORDS.filter(lambda text: bool(text.strip()))
LONG = "x<&=" * 25_000
"""A line of 100 kB."""
OFTEN = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def hostile(evidence_map: EvidenceMap, text: str) -> MapView:
    """Put a text wherever one of a document, of a person or of a user stands."""
    first, *others = evidence_map.findings
    quote = first.quotes[0]
    place = replace(quote.places[0], start=0, end=len(text), label=text[:40], boxes=())
    quote = replace(
        quote, text=text, places=(place,), cues=(), headings=(text,), stem=text, header=(text,), remark=text
    )
    trend = Trend(
        measure=text,
        label=text,
        years=(2025, 2026),
        values=(1.0, 2.0),
        written=(text, text),
        steps=(Step.WORSE,),
        quote=quote.id,
    )
    finding = replace(first, quotes=(quote,), next_steps=(text,), notes=(text,), trends=(trend,))
    changed = replace(
        evidence_map,
        organisation=text,
        organisation_reason=text,
        documents=tuple(
            replace(one, path=f"{number}{text}") for number, one in enumerate(evidence_map.documents)
        ),
        papers=tuple(
            replace(one, item=text, profile=replace(one.profile, title=text, owner=text))
            for one in evidence_map.papers
        ),
        problems=tuple(replace(one, file=text) for one in evidence_map.problems),
        findings=(finding, *(_without_quotes(one) for one in others)),
        cited_pages=tuple(
            replace(page, text=text, label=text[:40])
            if (page.document, page.page_index) == (place.document, place.page_index)
            else page
            for page in evidence_map.cited_pages
        ),
        run=replace(evidence_map.run, settings=((text, text),)),
    )
    said = Decision(
        criterion=first.criterion, verdict=Verdict.PARTLY, person=text, at=text, comment=text, belongs_to=text
    )
    about = replace(said, verdict=Verdict.WRONG_CRITERION, quote=quote_key(quote, changed))
    lost = replace(said, criterion=text)
    return build(
        changed,
        (said, replace(said, person="Ben Asante", verdict=Verdict.CONFIRMED), about, lost),
        sources="../papers",
    )


def _without_quotes(finding: Finding) -> Finding:
    conclusions = tuple(
        replace(one, elements=tuple(replace(element, quotes=()) for element in one.elements))
        for one in finding.conclusions
    )
    return replace(finding, quotes=(), conclusions=conclusions)


def tags(page: str) -> set[str]:
    return set(re.findall(r"</?([a-zA-Z!][^\s/>]*)", page))


@pytest.fixture(scope="module")
def harmless(sample_map: EvidenceMap) -> MapView:
    return hostile(sample_map, "plain words")


@OFTEN
@example(text=LONG)
@given(text=ANY_WORDS)
def test_pages_have_no_more_tags_than_with_harmless_words(
    sample_map: EvidenceMap, harmless: MapView, text: str
) -> None:
    view = hostile(sample_map, text)
    told, usual = changes.compare(harmless, view), changes.compare(harmless, harmless)
    for page, plain in (
        (webpage.render(view, changes=told), webpage.render(harmless, changes=told)),
        (changes.render(told), changes.render(usual)),
    ):
        # What is hostile in ``told`` may open tables that nothing harmless opens; no tag is ever a document's own.
        assert tags(page) <= tags(plain) | tags(changes.render(changes.compare(view, harmless)))
        assert page.count("<script") == plain.count("<script")
        assert "<img" not in page and not CONTROLS.search(page.replace("\r", ""))
        parsed = html.fromstring(page.encode("utf-8", "replace").decode())
        for element in parsed.iter(html.etree.Element):
            assert not [name for name in element.attrib if name.startswith("on")]
            for name in ("href", "src", "action"):
                assert element.get(name, "#").startswith(("#", "../papers/"))


@OFTEN
@example(text=LONG)
@given(text=ANY_WORDS)
def test_the_workbook_has_no_formula_and_no_way_out(sample_map: EvidenceMap, text: str) -> None:
    made = workbook.render(hostile(sample_map, text))
    for sheet in openpyxl.load_workbook(io.BytesIO(made)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if cell.hyperlink is not None and cell.hyperlink.target:
                    assert cell.hyperlink.target.replace("\\", "/").startswith("../papers/")


@OFTEN
@example(text=LONG)
@given(text=ANY_WORDS)
def test_the_pack_opens_and_leads_nowhere(sample_map: EvidenceMap, text: str) -> None:
    made = word.render(hostile(sample_map, text))
    docx.Document(io.BytesIO(made))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for name in archive.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in archive.read(name)


@settings(OFTEN, max_examples=15)
@example(text=LONG)
@given(text=ANY_WORDS)
def test_the_cited_pages_are_sound_and_do_nothing(sample_map: EvidenceMap, text: str) -> None:
    with pikepdf.open(io.BytesIO(marked_pdf.render(Material(view=hostile(sample_map, text))))) as pdf:
        assert not pdf.check_pdf_syntax()
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert not {"/JS", "/URI", "/AA", "/OpenAction", "/Launch"} & set(thing.keys())


def plain_texts(view: MapView) -> Iterator[str]:
    """Yield what is written for a terminal, for a letter and for a calendar."""
    yield explain.explain(view.map, view.findings[0].criterion.id)
    yield from letters.letter_files(view).values()
    yield dates_ahead.render(view).decode("utf-8")


def _properties(calendar: str) -> list[str]:
    """Return the names of a calendar's lines, those that were folded put together."""
    return [re.split("[;:]", line)[0] for line in calendar.replace("\r\n ", "").split("\r\n")]


@OFTEN
@example(text=LONG)
@given(text=ANY_WORDS)
def test_plain_texts_hold_nothing_hidden_and_no_line_of_anybody_elses(
    sample_map: EvidenceMap, harmless: MapView, text: str
) -> None:
    view = hostile(sample_map, text)
    *texts, calendar = plain_texts(view)
    assert not [each for each in texts if CONTROLS.search(each) or "\r" in each]
    *_, usual = plain_texts(harmless)
    assert _properties(calendar) == _properties(usual)
    for name in letters.letter_files(view):
        assert re.fullmatch(r"letter-[a-z0-9-]+\.txt", name)


@OFTEN
@example(text=LONG)
@given(text=ANY_WORDS)
def test_data_hold_no_tag_and_no_formula(sample_map: EvidenceMap, text: str) -> None:
    evidence_map = hostile(sample_map, text).map
    assert b"<" not in data.to_json(evidence_map)
    for table in (data.findings_csv(evidence_map), data.evidence_csv(evidence_map)):
        assert not re.search(r'(?:^|,|\n)"?\s*[=+\-@＝＋－＠]', table.decode("utf-8-sig"))
