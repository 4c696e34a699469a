"""What all reports say: words, order, counts, and quotes that are where the map says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.errors import UsageError
from evidence_kit.records.document import DocumentState, Media
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Outcome, Place, Role, Status
from evidence_kit.records.reading import Cue
from evidence_kit.reports import words
from evidence_kit.reports.decided import place as placed
from evidence_kit.reports.documents import ranges
from evidence_kit.reports.quotes import NOT_REFOUND, about, place_words, refound
from evidence_kit.reports.view import build, levels_for


def test_level_line_is_worded_as_the_rule_book_says() -> None:
    line = words.level_line("Bronze", evidenced=3, total=5, confirmed=0)
    assert (
        line
        == "Bronze: 3 of 5 deliverables show every element in these documents; 0 of 5 confirmed by a person"
    )
    assert "1 of 5 deliverables shows every" in words.level_line("Bronze", evidenced=1, total=5, confirmed=0)


def test_every_status_has_a_word_a_meaning_and_a_rank() -> None:
    for order in (words.STATUS_WORDS, words.STATUS_MEANINGS, words.GAP_ORDER, words.STATUS_ORDER):
        assert set(order) == set(Status)
    assert set(words.OUTCOME_WORDS) == set(Outcome)
    assert list(words.RULES) == list(range(1, 9))


def test_no_word_of_ours_says_that_a_criterion_is_met() -> None:
    ours = [*words.STATUS_WORDS.values(), *words.STATUS_MEANINGS.values(), *words.OUTCOME_WORDS.values()]
    ours += [text for rule in words.RULES.values() for text in rule]
    assert not {"met", "passed", "approved", "compliant"} & set(
        " ".join(ours).lower().replace(".", " ").split()
    )


def test_target_comes_first_then_what_it_builds_on(sample_map: EvidenceMap) -> None:
    view = build(sample_map)
    assert [level.level.id for level in view.levels] == ["silver", "bronze"]
    assert [level.level.id for level in view.annex] == ["gold", "review"]
    assert view.levels[0].is_target and not view.levels[1].is_target
    assert [f.criterion.id for f in view.findings] == [c.id for c in sample_map.framework.criteria]


def test_bronze_needs_bronze_alone(bronze_map: EvidenceMap) -> None:
    view = build(bronze_map)
    assert [level.level.id for level in view.levels] == ["bronze"]
    assert view.levels[0].line.startswith("Bronze: 1 of 4 deliverables")


def test_a_level_that_is_not_cumulative_stands_alone(sample_map: EvidenceMap) -> None:
    _, needed = levels_for(sample_map.framework, "review")
    assert [level.id for level in needed] == ["review"]
    first, _ = levels_for(sample_map.framework, "")
    assert first.id == "bronze"
    with pytest.raises(UsageError, match="platinum") as caught:
        levels_for(sample_map.framework, "platinum")
    assert "bronze" in caught.value.next_step


def test_gaps_first(sample_map: EvidenceMap) -> None:
    gaps = build(sample_map).gaps
    assert [f.criterion.id for f in gaps] == ["S1", "S2", "B2", "B4", "B3", "B1.s1", "B4.s1", "S1.s1"]
    assert all(f.steps for f in gaps)


def test_counts_add_up(sample_map: EvidenceMap) -> None:
    for level in (*build(sample_map).levels, *build(sample_map).annex):
        assert sum(n for _, n, _ in level.counts) == len(level.deliverables)
        assert sum(n for _, _, n in level.counts) == len(level.supporting)


def test_split_by_wording_shows_both(sample_map: EvidenceMap) -> None:
    b1 = next(f for f in build(sample_map).findings if f.criterion.id == "B1")
    assert [c.label for c in b1.conclusions] == ["Table wording", "Checklist wording"]
    assert b1.split == "table wording: evidenced and checklist wording: not found in these documents"
    assert [label for label, _ in b1.wordings] == ["Table wording", "Checklist wording"]


def test_elements_that_belong_together_say_so(sample_map: EvidenceMap) -> None:
    criterion = replace(sample_map.framework.criteria[0], same_paper=(("sponsor", "seen"),))
    framework = replace(sample_map.framework, criteria=(criterion, *sample_map.framework.criteria[1:]))
    b1 = build(replace(sample_map, framework=framework)).findings[0]
    assert b1.main.together == (
        "One and the same act must show: Is a sponsor appointed? + Is the person an executive director?",
        "One and the same paper must show: Is a sponsor appointed? + Was it approved or minuted?",
    )


def test_wordings_that_are_the_same_are_shown_once(sample_map: EvidenceMap) -> None:
    criterion = sample_map.framework.criteria[0]
    table, checklist = criterion.wordings
    same = replace(criterion, wordings=(table, replace(checklist, text=table.text.replace(" ", "\n"))))
    framework = replace(sample_map.framework, criteria=(same, *sample_map.framework.criteria[1:]))
    b1 = build(replace(sample_map, framework=framework)).findings[0]
    assert [label for label, _ in b1.wordings] == ["Table wording and Checklist wording"]


def test_searched(sample_map: EvidenceMap) -> None:
    extent = build(sample_map).searched
    assert extent.words == "searched 4 documents, 9 pages; 2 pages and 1 document could not be read"
    assert extent.not_found_words == (
        "not found in these documents (4 documents, 9 pages searched; 2 pages and 1 document could not be read)"
    )
    whole = build(replace(sample_map, documents=sample_map.documents[1:4])).searched
    assert whole.words == "searched 3 documents, 4 pages; every page could be read"


def test_an_archive_is_not_counted_beside_its_files(sample_map: EvidenceMap) -> None:
    before = build(sample_map).searched
    archive = replace(
        sample_map.documents[1], id="d9", path="pack.zip", media=Media.ARCHIVE, page_count=0, read_pages=0
    )
    view = build(replace(sample_map, documents=(*sample_map.documents, archive)))
    assert view.searched == before
    assert (view.documents[-1].media, view.documents[-1].pages) == ("ZIP archive", "")
    lost = replace(archive, state=DocumentState.NOT_READ)
    assert build(replace(sample_map, documents=(*sample_map.documents, lost))).searched.unread_documents == (
        before.unread_documents + 1
    )


def test_places(sample_map: EvidenceMap) -> None:
    place = Place(document="d", page_index=11, page=12, label="10", start=0, end=1)
    assert place_words("board-pack.pdf", [place], ["Staff networks"]) == (
        "board-pack.pdf, page 12 (printed 10), under ‘Staff networks’"
    )
    after = replace(place, page_index=12, page=13, label="11")
    assert place_words("a.pdf", [place, place, after], []) == "a.pdf, pages 12 and 13 (printed 10 and 11)"
    same = replace(place, label="12")
    assert place_words("a.pdf", [same], []) == "a.pdf, page 12"
    assert place_words("a.pdf", [same, replace(after, label=None)], []) == "a.pdf, pages 12 and 13"
    assert place_words("a.pdf", [same, after], []) == "a.pdf, pages 12 and 13 (printed 12 and 11)"
    no_page = replace(place, page=None, label=None, line=14)
    assert place_words("notes.md", [no_page], ["A", "B"]) == "notes.md, line 14, under ‘A › B’"


def test_grid_counts_every_quote(sample_map: EvidenceMap) -> None:
    view = build(sample_map)
    inside = sum(
        n for level in (*view.levels, *view.annex) for row in level.grid for c in row.counts for _, n in c
    )
    assert inside == sum(len(finding.quotes) for finding in sample_map.findings)
    silver = view.levels[0]
    board = next(row for row in silver.grid if row.file.startswith("board/"))
    assert board.counts[0] == ((Role.SUPPORT, 2), (Role.AGAINST, 1))


def test_every_quote_of_the_sample_is_where_the_map_says(sample_map: EvidenceMap) -> None:
    view = build(sample_map)
    assert view.not_refound == 0
    assert all(q.refound for f in view.findings for q in f.quotes)


def test_a_quote_that_is_not_there_is_not_printed(torn_map: EvidenceMap) -> None:
    view = build(torn_map)
    b1 = next(f for f in view.findings if f.criterion.id == "B1")
    assert b1.quotes[0].text == NOT_REFOUND
    assert [piece.text for piece in b1.quotes[0].pieces] == [NOT_REFOUND]
    assert view.not_refound == 1
    problem = view.problems[-1]
    assert problem.code == "quote_not_refound" and problem.pages == (1,) and "B1" in problem.message


@pytest.mark.parametrize("change", ["start", "end", "page_index", "document", "none"])
def test_refound_is_letter_for_letter(sample_map: EvidenceMap, change: str) -> None:
    pages = about(sample_map, placed([], sample_map)).pages
    quote = sample_map.findings[0].quotes[0]
    place = quote.places[0]
    moved = {
        "start": replace(place, start=place.start + 1),
        "end": replace(place, end=10**9),
        "page_index": replace(place, page_index=99),
        "document": replace(place, document="d000000000099"),
    }
    assert refound(quote, pages)
    places = (moved[change],) if change in moved else ()
    assert not refound(replace(quote, places=places), pages)


@given(data=st.data())
def test_cue_marks_lose_no_character(data: st.DataObject, sample_map: EvidenceMap) -> None:
    finding = sample_map.findings[0]
    quote = finding.quotes[0]
    spans = data.draw(st.lists(st.tuples(st.integers(-5, 200), st.integers(-5, 200)), max_size=4))
    cues = tuple(Cue("x", quote.text[max(a, 0) : max(b, 0)] or "absent", a, b) for a, b in spans)
    changed = replace(sample_map, findings=(replace(finding, quotes=(replace(quote, cues=cues),)),))
    pieces = build(changed).findings[0].quotes[0].pieces
    assert "".join(piece.text for piece in pieces) == quote.text


def test_cues_are_marked_even_where_their_offsets_moved(sample_map: EvidenceMap) -> None:
    finding = sample_map.findings[0]
    quote = finding.quotes[0]
    at = quote.text.index("executive")
    for start in (at, at + 3, 10**6):
        moved = replace(quote, cues=(Cue("x", "executive", start, start + 9),))
        changed = replace(sample_map, findings=(replace(finding, quotes=(moved,)),))
        pieces = build(changed).findings[0].quotes[0].pieces
        assert [piece.text for piece in pieces if piece.cue] == ["executive"]


def test_hidden_characters_are_spelt_out() -> None:
    assert words.visible("a\u202eb\u200bc\x07d\ud800") == "a[U+202E]b[U+200B]c[U+0007]d[U+D800]"
    assert words.visible("caf\u00e9\n‘x’") == "café\n‘x’"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nothing found", "Nothing found."),
        ("“attended”", "“attended”."),
        ("missing: Is it so?", "Missing: Is it so?"),
        ("it says “Done.”", "It says “Done.”"),
        ("Done.", "Done."),
        ("4 of 5", "4 of 5."),
        ("", ""),
    ],
)
def test_reasons_are_sentences(text: str, told: str) -> None:
    assert words.sentence(text) == told


def test_page_ranges() -> None:
    assert ranges(()) == ""
    assert ranges((3, 5, 6, 7, 12)) == "3, 5 to 7 and 12"


def test_a_file_that_is_no_utf8_name_can_be_shown(sample_map: EvidenceMap) -> None:
    odd = replace(sample_map.documents[0], path="caf\udce9.pdf")
    view = build(replace(sample_map, documents=(odd, *sample_map.documents[1:])))
    assert view.documents[0].file == "caf[U+DCE9].pdf"
