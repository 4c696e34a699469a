"""The pack says what the map and people say, word for word and apart, in real Word styles, and fetches nothing."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_kit.errors import UsageError
from evidence_kit.passages.papers import split_papers
from evidence_kit.readers.pack import read_file
from evidence_kit.records.decision import Decision, Verdict
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Quote, Role
from evidence_kit.records.passage import PaperKind
from evidence_kit.reports.decided import quote_key
from evidence_kit.reports.view import build
from evidence_kit.reports.word import UNCHECKED, render
from evidence_kit.workers import Limits

AT = "2026-11-24T09:30:00Z"


def pack(
    evidence_map: EvidenceMap, decisions: tuple[Decision, ...] = (), template: Path | None = None
) -> Document:
    return docx.Document(io.BytesIO(render(build(evidence_map, decisions), template)))


def paragraphs(document: Document) -> Iterator[tuple[str, str]]:
    """Yield style and text of every paragraph in order, those in tables and in places to fill in too."""
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document._body)
        words = "".join(node.text or "" for node in element.iter(qn("w:t")))
        yield paragraph.style.name if paragraph.style else "", words


def under(document: Document, heading: str) -> list[str]:
    """Return all text below the headings with these words, down to the next heading."""
    found, inside = [], False
    for style, text in paragraphs(document):
        if style.startswith("Heading"):
            inside = text == heading
        elif inside:
            found.append(text)
    return found


def plain(text: str) -> str:
    """Return the words without what a report may fold or spell out."""
    spelt = re.sub(r"\[U\+([0-9A-F]{4,6})\]", lambda match: chr(int(match[1], 16)), text)
    return " ".join(spelt.split())


def decide(evidence_map: EvidenceMap, criterion: str, verdict: Verdict, number: int = 0) -> Decision:
    quote = quotes_of(evidence_map, criterion)[number]
    return Decision(
        criterion=criterion,
        verdict=verdict,
        person="Priya Nair",
        at=AT,
        quote=quote_key(quote, evidence_map),
        comment="Seen at the meeting.",
    )


def quotes_of(evidence_map: EvidenceMap, criterion: str) -> tuple[Quote, ...]:
    return next(one.quotes for one in evidence_map.findings if one.criterion == criterion)


def test_the_same_map_gives_the_same_bytes(sample_map: EvidenceMap) -> None:
    first, second = render(build(sample_map)), render(build(sample_map))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_every_quote_stands_word_for_word_on_the_page_that_is_named(sample_map: EvidenceMap) -> None:
    pages = {(page.document, page.page_index): page.text for page in sample_map.cited_pages}
    every = list(paragraphs(pack(sample_map)))
    printed = {}
    for (style, text), (_, source) in pairwise(every):
        if style == "Quote" and text.startswith("“"):
            name, _, number = source.split(" ", 1)[0].rpartition("-")
            quote = quotes_of(sample_map, name)[int(number) - 1]
            there = " ".join(pages[one.document, one.page_index][one.start : one.end] for one in quote.places)
            assert plain(text.removeprefix("“").removesuffix("”")) == plain(there)
            printed[name, int(number)] = text
    levels = {level.id for level in sample_map.framework.levels[:2]}
    expected = {
        (finding.criterion, number)
        for finding in sample_map.findings
        for number, quote in enumerate(finding.quotes, start=1)
        if sample_map.framework.criterion(finding.criterion).level in levels
        and quote.role is not Role.NEAR_MISS
    }
    assert printed.keys() == expected
    index = [text for style, text in every if style == "Table Text" and text.startswith("“")]
    assert sorted(index) == sorted(printed.values())


def test_wordings_are_quoted_with_whose_they_are(sample_map: EvidenceMap) -> None:
    every = list(paragraphs(pack(sample_map)))
    quoted = [text for style, text in every if style == "Quote"]
    for criterion in sample_map.framework.criteria:
        if criterion.level in ("bronze", "silver"):
            assert {wording.text for wording in criterion.wordings} <= set(quoted)
    assert (
        sum(text == sample_map.framework.attribution for style, text in every if style == "Evidence Source")
        >= 8
    )


def test_what_people_said_sorts_the_quotes(sample_map: EvidenceMap) -> None:
    said = (
        decide(sample_map, "S1", Verdict.ACCEPT),
        decide(sample_map, "S1", Verdict.REJECT, 1),
        replace(decide(sample_map, "S1", Verdict.ACCEPT, 3), person="Ade Cole"),
        decide(sample_map, "B3", Verdict.NEEDS_MORE),
        decide(sample_map, "B2", Verdict.ACCEPT),
        replace(decide(sample_map, "B2", Verdict.REJECT), person="Ade Cole"),
    )
    quotes = quotes_of(sample_map, "S1")
    document = pack(sample_map, said)
    accepted = under(document, "Evidence that the trust accepted")
    assert f"“{quotes[0].text}”" in accepted and f"“{quotes[3].text}”" in accepted
    assert "The trust’s word: Accepted by Priya Nair, 24 November 2026." in accepted
    assert not any("Seen at the meeting" in text for _, text in paragraphs(document))
    assert any(text.startswith("S1-4 notes <b onmouseover") for text in accepted)
    assert quotes[1].text not in "\n".join(text for _, text in paragraphs(document))
    assert f"“{quotes[2].text}”" in under(document, UNCHECKED)
    assert "Left out: 1 quote that people rejected." in under(document, UNCHECKED)
    assert f"“{quotes_of(sample_map, 'B3')[0].text}”" in under(
        document, "Evidence of which the trust says that more is needed"
    )
    assert f"“{quotes_of(sample_map, 'B2')[0].text}”" in under(
        document, "Evidence about which people at the trust differ"
    )


def test_nothing_is_accepted_where_nobody_decided(sample_map: EvidenceMap) -> None:
    document = pack(sample_map)
    assert not under(document, "Evidence that the trust accepted")
    assert any(text.startswith("“") for text in under(document, UNCHECKED))
    said = under(document, "What people have said")
    assert len(said) == 1 and said[0].startswith("0 of 9 criteria decided by a person. 0 quotes accepted; ")


def test_the_tools_reading_and_peoples_word_stand_apart_and_nothing_is_met(sample_map: EvidenceMap) -> None:
    confirmed = Decision(criterion="B1", verdict=Verdict.CONFIRMED, person="Priya Nair", at=AT)
    for style, text in paragraphs(pack(sample_map, (confirmed,))):
        if style == "Quote":
            continue
        assert not re.search(r"\b(met|complian\w*|pass(ed|es)|achieved)\b", text, re.IGNORECASE), text
        if text.startswith("The tool’s reading:"):
            assert "Priya Nair" not in text and "confirmed" not in text
    stand = under(pack(sample_map, (confirmed,)), "How B1 stands")
    assert [text.split(":")[0] for text in stand] == ["The tool’s reading", "The trust’s word"]
    assert stand[1].startswith("The trust’s word: Confirmed by Priya Nair")


def test_the_contents_are_filled_in_and_every_link_leads_somewhere(sample_map: EvidenceMap) -> None:
    document = pack(sample_map)
    headings = [text for style, text in paragraphs(document) if style in ("Heading 1", "Heading 2")]
    contents = [text for style, text in paragraphs(document) if style.startswith("toc ")]
    assert contents == headings and len(headings) > 10
    body = document.element.body
    named = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(set(named)) == len(named)
    anchors = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert anchors and anchors <= set(named)
    fields = [one.text.split()[0] for one in body.iter(qn("w:instrText"))]
    assert fields[0] == "TOC" and set(fields) == {"TOC", "PAGEREF"}
    kinds = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_styles_only_headed_tables_and_fixed_properties(sample_map: EvidenceMap) -> None:
    document = pack(sample_map)
    known = {style.name for style in document.styles}
    assert {style for style, _ in paragraphs(document)} <= known
    for properties in document.element.body.iter(qn("w:rPr")):
        assert {child.tag for child in properties} <= {qn("w:rStyle")}
    for properties in document.element.body.iter(qn("w:pPr")):
        assert {child.tag for child in properties} <= {qn("w:pStyle"), qn("w:sectPr")}
    assert document.tables
    for table in document.element.body.iter(qn("w:tbl")):
        heads = [
            row
            for row in table.iter(qn("w:tr"))
            if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        ]
        assert heads == [table.find(qn("w:tr"))]
        assert table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}") is not None
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    about = document.core_properties
    assert about.title == "Example Anti-racism Framework: Silver evidence pack, Anyshire Hospitals Trust"
    assert (about.author, about.created.date(), about.modified.date()) == (
        "evidence-kit",
        sample_map.as_of,
        sample_map.as_of,
    )
    assert "· Page 1 of 1" in document.sections[0].footer.paragraphs[0].text


def test_nothing_in_it_leads_outside(sample_map: EvidenceMap) -> None:
    with zipfile.ZipFile(io.BytesIO(render(build(sample_map, sources="../papers")))) as archive:
        for name in archive.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in archive.read(name)
        assert not any("thumbnail" in name or "customXml" in name for name in archive.namelist())


def test_every_criterion_has_a_place_for_the_trusts_own_words(sample_map: EvidenceMap) -> None:
    document = pack(sample_map)
    controls = list(document.element.body.iter(qn("w:sdt")))
    names = [one.find(f"{qn('w:sdtPr')}/{qn('w:alias')}") for one in controls]
    written = [one.get(qn("w:val")) for one in names if one is not None]
    for name in ("B1", "B1.s1", "B2", "B3", "B4", "B4.s1", "S1", "S1.s1", "S2"):
        assert f"The trust’s statement on {name}" in written
    assert {
        "Meeting",
        "Date",
        "Agenda item",
        "Author",
        "Purpose",
        "Recommendation",
        "Assurance caveat",
    } <= set(written)
    ids = [one.get(qn("w:val")) for one in document.element.body.iter(qn("w:id"))]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("target", ["bronze", "silver", "gold"])
def test_put_among_papers_it_is_taken_for_the_claim_that_it_is(
    sample_map: EvidenceMap, tmp_path: Path, target: str
) -> None:
    path = tmp_path / "evidence-pack.docx"
    path.write_bytes(render(build(replace(sample_map, target=target))))
    (paper,) = split_papers(read_file(path, limits=Limits()))
    assert paper.profile.kind is PaperKind.APPLICATION


def test_owners_that_the_register_states_stand_in_the_index(sample_map: EvidenceMap) -> None:
    papers = tuple(
        replace(one, profile=replace(one.profile, owner="Head of EDI")) for one in sample_map.papers
    )
    texts = [text for _, text in paragraphs(pack(replace(sample_map, papers=papers)))]
    assert texts.count("Head of EDI") > 3
    assert any("Owner, as the evidence register states: Head of EDI." in text for text in texts)
    assert "Head of EDI" not in [text for _, text in paragraphs(pack(sample_map))]


ANY_TEXT = st.text(st.characters(exclude_categories=()), min_size=1, max_size=60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT)
def test_whatever_a_name_or_a_comment_holds_the_pack_opens(sample_map: EvidenceMap, text: str) -> None:
    said = Decision(criterion="B1", verdict=Verdict.CONFIRMED, person=text, at=AT, comment=text)
    document = pack(replace(sample_map, organisation=text), (said,))
    assert any(style == "Subtitle" for style, _ in paragraphs(document))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT.filter(lambda text: bool(text.strip())))
def test_whatever_a_page_holds_is_quoted_word_for_word(sample_map: EvidenceMap, text: str) -> None:
    finding = next(one for one in sample_map.findings if one.criterion == "B1")
    quote = finding.quotes[0]
    place = replace(quote.places[0], start=0, end=len(text))
    quoted = replace(finding, quotes=(replace(quote, text=text, places=(place,), cues=()),))
    findings = tuple(quoted if one is finding else one for one in sample_map.findings)
    pages = tuple(
        replace(page, text=text)
        if (page.document, page.page_index) == (place.document, place.page_index)
        else page
        for page in sample_map.cited_pages
    )
    document = pack(replace(sample_map, findings=findings, cited_pages=pages))
    quotes = [said for style, said in paragraphs(document) if style == "Quote" and said.startswith("“")]
    assert plain(text) in {plain(one[1:-1]) for one in quotes}


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A trust's own document: a heading in its colours, a foot of its own, words that are no part of a pack."""
    document = docx.Document()
    document.styles["Heading 1"].font.name = "Georgia"
    document.add_heading("Strictly private draft", 1)
    document.sections[0].footer.paragraphs[0].text = "Anyshire Hospitals"
    path = tmp_path / "house.docx"
    document.save(str(path))
    return path


def test_a_trusts_own_document_gives_its_styles_and_foot_and_none_of_its_words(
    sample_map: EvidenceMap, template: Path
) -> None:
    document = pack(sample_map, template=template)
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert document.sections[-1].footer.paragraphs[0].text == "Anyshire Hospitals"
    texts = [text for _, text in paragraphs(document)]
    assert "Strictly private draft" not in texts and len(texts) > 100
    assert {style for style, _ in paragraphs(document)} <= {style.name for style in document.styles}
    assert render(build(sample_map), template) == render(build(sample_map), template)


def test_a_document_that_would_fetch_something_is_refused(sample_map: EvidenceMap, template: Path) -> None:
    document = docx.Document(str(template))
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    document.sections[0].footer.part.relate_to("https://example.invalid/logo.png", image, is_external=True)
    document.save(str(template))
    with pytest.raises(UsageError, match="outside itself"):
        render(build(sample_map), template)


def test_a_field_that_would_fetch_something_is_refused(sample_map: EvidenceMap, template: Path) -> None:
    document = docx.Document(str(template))
    field = document.sections[0].footer.paragraphs[0]._p.makeelement(qn("w:fldSimple"))
    field.set(qn("w:instr"), ' IncludePicture "https://example.invalid/logo.png" ')
    document.sections[0].footer.paragraphs[0]._p.append(field)
    document.save(str(template))
    with pytest.raises(UsageError, match="outside itself"):
        render(build(sample_map), template)


def test_a_document_in_another_language_with_few_styles_and_a_remark_will_do(
    sample_map: EvidenceMap, template: Path
) -> None:
    document = docx.Document(str(template))
    document.add_comment(document.paragraphs[0].runs, text="Strictly private remark", author="Ade Cole")
    styles = document.styles.element
    for style in list(styles.iter(qn("w:style"))):
        name = style.find(qn("w:name")).get(qn("w:val"))
        if name in ("Quote", "caption", "List Bullet", "TOC Heading", "Strong"):
            styles.remove(style)
        elif name == "Normal":
            style.set(qn("w:styleId"), "Standard")
    for based in styles.iter(qn("w:basedOn")):
        if based.get(qn("w:val")) == "Normal":
            based.set(qn("w:val"), "Standard")
    document.save(str(template))
    content = render(build(sample_map), template)
    made = docx.Document(io.BytesIO(content))
    known = {style.get(qn("w:styleId")) for style in made.styles.element.iter(qn("w:style"))}
    used = {
        one.get(qn("w:val"))
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle")
        for one in made.element.iter(qn(tag))
    }
    rested = {one.get(qn("w:val")) for one in made.styles.element.iter(qn("w:basedOn"), qn("w:next"))}
    assert used <= known and rested - {"Normal"} <= known
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(b"Strictly private" not in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04 broken"])
def test_what_is_no_document_is_refused(sample_map: EvidenceMap, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "house.docx"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="no Word document"):
        render(build(sample_map), path)


def test_libreoffice_sets_it_in_pages_with_all_quotes(
    bronze_map: EvidenceMap, tmp_path: Path, program: Callable[[str, str], str]
) -> None:
    office, reader = program("soffice", "libreoffice-writer"), program("pdftotext", "poppler-utils")
    path = tmp_path / "pack.docx"
    path.write_bytes(render(build(bronze_map)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    text = subprocess.run(
        [reader, "-raw", str(tmp_path / "pack.pdf"), "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    words = "".join(text.split())
    for finding in bronze_map.findings:
        if bronze_map.framework.criterion(finding.criterion).level == "bronze":
            for quote in finding.quotes:
                assert "".join(quote.text.split()) in words
