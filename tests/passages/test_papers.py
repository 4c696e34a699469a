"""Packs become papers; everything else stays one paper."""

from __future__ import annotations

from datetime import date

import pytest

from evidence_kit.passages.papers import split_papers
from evidence_kit.records.document import Media
from evidence_kit.records.passage import Paper, PaperKind, PaperStatus

TRUST = "Marram Bay and Holme NHS Foundation Trust"
PROSE = "The service was busy through the spring and staff were thanked for their work on all sites."


def cover(item: str, title: str, *, lead: str = "Chief Nurse") -> list[object]:
    return [
        ("Meeting", "Board of Directors, held in public"),
        ("Date of meeting", "26 March 2026"),
        ("Agenda item", item),
        ("Title", title),
        ("Executive lead", lead),
        ("Purpose", "For assurance"),
    ]


def agenda_page() -> list[object]:
    return [
        "# Agenda",
        "Board of Directors, meeting held in public on Thursday 26 March 2026",
        TRUST,
        ("Item", "Subject", "Lead", "Time"),
        ("1", "Welcome and apologies", "Chair", "9.30"),
        ("2", "Minutes of the meeting held on 29 January 2026", "Chair", "9.40"),
        ("3", "Safer staffing report", "Chief Nurse", "10.00"),
        ("4.1", "Workforce race equality report", "Chief People Officer", "10.30"),
    ]


def minutes_page() -> list[object]:
    return [
        "# Minutes of the meeting of the Board of Directors held in public on 29 January 2026",
        "Present: A. Person, Chair; B. Person, Chief Executive",
        "Apologies: C. Person, Medical Director",
        PROSE,
    ]


def spans(papers: tuple[Paper, ...]) -> list[tuple[int, int, str]]:
    return [(paper.first_page, paper.last_page, paper.item) for paper in papers]


@pytest.fixture
def pack(lay):
    return lay(
        agenda_page(),
        minutes_page(),
        [PROSE],
        cover("3", "Safer staffing report"),
        [f"# Safer staffing report for {TRUST}", PROSE],
        cover("4.1", "Workforce race equality report", lead="Chief People Officer"),
        ["# Background", PROSE],
        path="packs/board-papers.pdf",
    )


def test_a_pack_is_split_at_covers_and_minutes(pack) -> None:
    papers = split_papers(pack)
    assert spans(papers) == [(0, 0, ""), (1, 2, "2"), (3, 4, "3"), (5, 6, "4.1")]
    assert [paper.id for paper in papers] == ["d0:p1", "d0:p2", "d0:p3", "d0:p4"]
    assert [paper.profile.kind for paper in papers] == [
        PaperKind.AGENDA,
        PaperKind.BOARD_MINUTES,
        PaperKind.BOARD_PAPER,
        PaperKind.BOARD_PAPER,
    ]


def test_minutes_have_their_own_date_and_papers_take_the_packs(pack) -> None:
    papers = split_papers(pack)
    assert papers[1].profile.meeting_date == date(2026, 1, 29)
    assert papers[2].profile.meeting_date == date(2026, 3, 26)
    assert {paper.profile.organisation for paper in papers} == {TRUST}
    assert {paper.profile.body for paper in papers} == {"Board of Directors"}
    assert {paper.profile.public for paper in papers} == {True}


def test_papers_without_a_cover_take_date_and_body_of_the_pack(lay) -> None:
    document = lay(
        agenda_page(),
        ["# Safer staffing report", PROSE],
        ["# Workforce race equality report", "Approved by the People Committee, 3 March 2026.", PROSE],
    )
    papers = split_papers(document)
    assert spans(papers) == [(0, 0, ""), (1, 1, "3"), (2, 2, "4.1")]
    assert {paper.profile.meeting_date for paper in papers} == {date(2026, 3, 26)}
    assert dict(papers[2].profile.reasons)["meeting_date"] == "date of the pack's meeting"


def test_bookmarks_split_a_pack_and_name_its_papers(lay) -> None:
    document = lay(
        agenda_page(),
        [PROSE],
        [PROSE],
        [PROSE],
        outline=[
            ("Agenda", 0, 1),
            ("Item 3 - Safer staffing", 1, 1),
            ("Item 4.1 - Race equality", 3, 1),
            ("Part", 2, 2),
        ],
    )
    papers = split_papers(document)
    assert spans(papers) == [(0, 0, ""), (1, 2, "3"), (3, 3, "4.1")]
    assert [paper.profile.title for paper in papers[1:]] == ["Safer staffing", "Race equality"]


def test_bookmarks_below_a_single_root_count(lay) -> None:
    document = lay(
        agenda_page(),
        [PROSE],
        [PROSE],
        outline=[("Papers", 0, 1), ("Item 3 - Staffing", 1, 2), ("Item 4.1 - Race", 2, 2)],
    )
    assert spans(split_papers(document)) == [(0, 0, ""), (1, 1, "3"), (2, 2, "4.1")]


def test_a_running_header_whose_item_changes_splits_a_pack(lay) -> None:
    pages = [
        ["~ Agenda item 7", PROSE],
        ["~ Agenda item 7", PROSE],
        ["~ Agenda item 8", PROSE],
        ["~ Agenda item 8", PROSE],
    ]
    assert spans(split_papers(lay(*pages))) == [(0, 1, "7"), (2, 3, "8")]


def test_headings_of_agenda_items_split_a_pack(lay) -> None:
    document = lay(["# Agenda item 7: Staffing", PROSE], [PROSE], ["# Agenda item 8: Race equality", PROSE])
    papers = split_papers(document)
    assert spans(papers) == [(0, 1, "7"), (2, 2, "8")]
    assert papers[1].profile.title == "Race equality"


def test_the_cover_of_the_minutes_belongs_to_the_minutes(lay) -> None:
    document = lay(
        agenda_page(),
        cover("2", "Minutes of the previous meeting"),
        minutes_page(),
        cover("3", "Safer staffing report"),
        [PROSE],
    )
    papers = split_papers(document)
    assert spans(papers) == [(0, 0, ""), (1, 2, "2"), (3, 4, "3")]
    assert papers[1].profile.kind is PaperKind.BOARD_MINUTES
    assert papers[1].profile.meeting_date == date(2026, 1, 29)


def test_a_date_in_an_item_is_not_the_meetings(lay) -> None:
    document = lay(
        agenda_page(),
        ["# Safer staffing report", ("Due", "Action"), ("30 September 2026", "Recruit"), PROSE],
        ["# Workforce race equality report", "26 November 2026 is the date of the next report.", PROSE],
    )
    assert {paper.profile.meeting_date for paper in split_papers(document)} == {date(2026, 3, 26)}


def test_chapters_of_a_report_make_no_pack(lay) -> None:
    document = lay(
        [f"# {TRUST}", "# Annual report 2025/26"],
        ["# 1. Performance report", PROSE],
        ["# 2. Accountability report", PROSE],
        ["# 3. Staff report", PROSE],
        outline=[
            ("1. Performance report", 1, 1),
            ("2. Accountability report", 2, 1),
            ("3. Staff report", 3, 1),
        ],
    )
    (paper,) = split_papers(document)
    assert (paper.first_page, paper.last_page) == (0, 3)
    assert paper.profile.kind is PaperKind.ANNUAL_REPORT


def test_items_of_an_annual_return_make_no_pack(lay) -> None:
    document = lay(
        ["# Annual return 2025", PROSE],
        ["# Item 1. Business", PROSE],
        ["# Item 1A. Risk factors", PROSE],
        outline=[("Item 1. Business", 1, 1), ("Item 1A. Risk factors", 2, 1)],
    )
    assert len(split_papers(document)) == 1


def test_one_cover_makes_one_paper_with_its_item(lay) -> None:
    (paper,) = split_papers(lay(cover("9.2", "Race equality report"), [PROSE], [PROSE]))
    assert paper.item == "9.2"
    assert paper.profile.title == "Race equality report"
    assert paper.profile.kind is PaperKind.BOARD_PAPER


def test_an_application_in_an_appendix_is_a_paper_of_its_own(lay) -> None:
    document = lay(
        cover("9", "Anti-racist Framework: report on our progress"),
        ["# Progress", PROSE],
        ["# Application for bronze status", "We have done all that is asked."],
    )
    papers = split_papers(document)
    assert [paper.profile.kind for paper in papers] == [PaperKind.BOARD_PAPER, PaperKind.APPLICATION]
    assert spans(papers)[1][:2] == (2, 2)


@pytest.mark.parametrize("media", [Media.WORD, Media.HTML, Media.TEXT])
def test_other_formats_are_one_paper(lay, media) -> None:
    assert len(split_papers(lay(["# Race equality policy", PROSE], media=media))) == 1


def test_papers_hold_all_pages_once(pack) -> None:
    papers = split_papers(pack)
    pages = [page for paper in papers for page in range(paper.first_page, paper.last_page + 1)]
    assert pages == list(range(len(pack.pages)))


def test_draft_minutes_in_a_pack_are_marked(lay) -> None:
    page = [*minutes_page()]
    page.insert(1, "Draft, for approval on 26 March 2026")
    papers = split_papers(lay(agenda_page(), page, cover("3", "Safer staffing report"), [PROSE]))
    assert papers[1].profile.status is PaperStatus.DRAFT
    assert papers[1].profile.meeting_date == date(2026, 1, 29)


def test_what_follows_the_agenda_without_any_sign_is_a_paper_and_not_the_agenda(lay) -> None:
    document = lay(
        agenda_page(), ["# Chief Executive's overview", PROSE], cover("4.1", "Race report"), [PROSE]
    )
    papers = split_papers(document)
    assert spans(papers) == [(0, 0, ""), (1, 1, ""), (2, 3, "4.1")]
    assert papers[1].profile.kind is PaperKind.BOARD_PAPER
    assert papers[1].profile.title == "Chief Executive's overview"
