"""Table rows: cells that ask, cells that answer, and status columns."""

from __future__ import annotations

from datetime import date

import pytest

from evidence_kit.language.lexicon import load_lexicon
from evidence_kit.language.owner import Owner
from evidence_kit.language.rows import Row, RowReader, answered, people_of_columns, told_in
from evidence_kit.language.surroundings import surroundings_of
from evidence_kit.records.passage import PaperKind
from evidence_kit.records.reading import Mention, Origin, Stance
from evidence_kit.resources import lexicon_root

RULES = load_lexicon(lexicon_root()).cues
OWNER = Owner(RULES, "")


@pytest.fixture
def read(make_passage, make_paper):
    """Read a row of cells under a header."""

    def run(
        header: tuple[str, ...],
        cells: tuple[str, ...],
        *,
        kind: PaperKind = PaperKind.REPORT,
        dated: date | None = date(2026, 6, 1),
        headings: tuple[str, ...] = (),
    ) -> Row:
        passage = make_passage("\t".join(cells), header=header, cells=cells, headings=headings)
        paper = make_paper(kind=kind, dated=dated)
        return RowReader(RULES).read(passage, paper, surroundings_of(passage, paper, RULES, OWNER))

    return run


PLAN = ("Action", "Owner", "By when", "Status")


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("Set up a council", "CPO", "May 2026", "Complete, 12 May 2026"), Stance.DONE),
        (("Set up a council", "CPO", "by May 2026", "Closed on 14 May 2026"), Stance.DONE),
        # a completion without a date, or with one that lies ahead, shows nothing
        (("Set up a council", "CPO", "", "Complete"), Stance.PLANNED),
        (("Set up a council", "CPO", "", "Complete, 12 May 2027"), Stance.PLANNED),
        (("Set up a council", "CPO", "May 2026", "On track"), Stance.PLANNED),
        (("Set up a council", "CPO", "May 2026", "In progress"), Stance.PLANNED),
        (("Set up a council", "CPO", "May 2026", "Amber"), Stance.PLANNED),
        (("Set up a council", "CPO", "May 2026", "Evidence being gathered"), Stance.PLANNED),
        (("Set up a council", "CPO", "May 2026", "Drafted"), Stance.PLANNED),
        (("Set up a council", "CPO", "May 2026", "Letter sent; reply awaited"), Stance.PLANNED),
        (("Set up a council", "CPO", "May 2026", "G"), Stance.PLANNED),
        (("Set up a council", "CPO", "May 2026", "Not started"), Stance.PLANNED),
        # done in part is not done
        (("Set up a council", "CPO", "", "Partially complete (May 2026)"), Stance.PLANNED),
        (("Set up a council", "CPO", "", "Completed in part, May 2026"), Stance.PLANNED),
        (("Set up a council", "CPO", "", "Nearly complete, 12 May 2026"), Stance.PLANNED),
        (("Set up a council", "CPO", "", "60% complete, 12 May 2026"), Stance.PLANNED),
        (("Set up a council", "CPO", "", "100% complete, 12 May 2026"), Stance.DONE),
        (("Set up a council", "CPO", "", "✓ 12 May 2026"), Stance.DONE),
        (("Set up a council", "CPO", "", "✓"), Stance.PLANNED),
        (("Set up a council", "CPO", "May 2026", "Will start in June"), Stance.PLANNED),
        # "not yet" beside the plan is the plan
        (("Set up a council", "CPO", "May 2026", "The council has not yet met"), Stance.PLANNED),
        (("Write a plan", "CPO", "May 2026", "Template sent. None handed in yet"), Stance.PLANNED),
        (("Set up a council", "CPO", "May 2026", "No longer needed"), Stance.CONTRADICTS),
        (("Set up a council", "CPO", "May 2026", ""), Stance.MENTION),
    ],
)
def test_a_status_column_decides(read, cells: tuple[str, ...], wanted: Stance) -> None:
    assert read(PLAN, cells, kind=PaperKind.ACTION_PLAN).stance is wanted


@pytest.mark.parametrize(
    "header", [(), ("No", "Action", "State on 4 September"), ("", "Goal", "Where we are")]
)
@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Being modelled by workforce planning", Stance.PLANNED),
        ("Under way in two directorates", Stance.PLANNED),
        ("Template issued; plans due 31 March 2027", Stance.PLANNED),
        ("Late. Now December", Stance.PLANNED),
        ("Open. Paper being drafted", Stance.PLANNED),
        ("None handed in yet", Stance.PLANNED),
        ("In hand", Stance.PLANNED),
        ("To follow", Stance.PLANNED),
        ("Awaiting the Long Room's view", Stance.PLANNED),
        ("Drafting. To go to the board in January", Stance.PLANNED),
        ("Slipped to spring", Stance.PLANNED),
        ("Pushed back to April", Stance.PLANNED),
        ("Started, not finished", Stance.PLANNED),
        ("Not due until March", Stance.PLANNED),
        ("Not complete", Stance.PLANNED),
        ("On hold", Stance.PLANNED),
        ("Amber", Stance.PLANNED),
        ("R", Stance.PLANNED),
        ("RAG: green", Stance.PLANNED),
        ("Not started", Stance.PLANNED),
        ("Carried forward", Stance.PLANNED),
        ("Complete (March 2026)", Stance.DONE),
        ("Done in May 2026", Stance.DONE),
        ("Closed, 12 March 2026", Stance.DONE),
        ("Completed in part, March 2026", Stance.PLANNED),
        ("Closed", Stance.PLANNED),
    ],
)
def test_words_of_progress_say_how_a_row_stands(
    read, header: tuple[str, ...], cell: str, wanted: Stance
) -> None:
    row = read(header, ("10", "Targets by band", cell))
    if "Action" in header or cell != "None handed in yet":
        assert row.stance is wanted
    else:  # beside no plan it denies, and says that it does so for now
        assert (row.stance, row.cues[0].name) == (Stance.CONTRADICTS, "not_yet")


@pytest.mark.parametrize(
    "cell",
    [
        "Open to all staff",
        "Completed by 212 leaders",
        "Done by the panel each year",
        "Late shifts were covered",
        "Planned parenthood clinics were run",
    ],
)
def test_a_cell_that_only_opens_like_a_status_is_none(read, cell: str) -> None:
    assert read((), ("Stepping Stones", cell)).stance is Stance.DONE


def test_columns_of_plans_without_a_status_plan(read) -> None:
    header = ("Action", "Owner", "Deadline")
    assert read(header, ("Set up a council", "CPO", "May 2026")).stance is Stance.PLANNED


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("14 January 2026", "Medical Director"), Stance.DONE),
        (("14 January 2026", "nobody"), Stance.CONTRADICTS),
        (("14 January 2026", "Medical Director will come"), Stance.PLANNED),
    ],
)
def test_a_table_of_facts_reports(read, cells: tuple[str, ...], wanted: Stance) -> None:
    assert read(("Meeting", "Executive present"), cells).stance is wanted


def test_a_table_of_facts_under_a_heading_of_plans_plans(read) -> None:
    row = read(("Meeting", "Executive present"), ("14 January", "Medical Director"), headings=("Next steps",))
    assert row.stance is Stance.PLANNED


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("A council must be set up", "The council was set up and met in May 2026."), Stance.DONE),
        (("A council has been set up", "This will be done in 2027."), Stance.PLANNED),
        (("A council has been set up", "There is no council."), Stance.CONTRADICTS),
        # an answer that says nothing leaves the question
        (("A council has been set up", ""), Stance.MENTION),
        (("A council has been set up", "TBC"), Stance.MENTION),
        (("A council has been set up", "n/a"), Stance.MENTION),
        (("A council has been set up", "1.2"), Stance.MENTION),
    ],
)
def test_a_cell_that_asks_never_answers(read, cells: tuple[str, ...], wanted: Stance) -> None:
    row = read(("Requirement", "What we have done"), cells)
    assert row.stance is wanted
    assert row.asking == ((0, len(cells[0])),)


def test_rows_may_have_more_or_fewer_cells_than_the_header(read) -> None:
    assert read(("Requirement",), ("A council", "was set up", "in May")).stance is Stance.DONE
    assert read(PLAN, ("Set up a council",)).stance is Stance.PLANNED
    assert read((), ("The council", "met in May")).stance is Stance.DONE
    assert read(("", "Status"), ("The council", "met in May 2026")).stance is Stance.DONE


def test_a_status_without_the_papers_date(read) -> None:
    row = read(PLAN, ("Set up a council", "CPO", "", "Complete, 12 May 2026"), dated=None)
    assert row.stance is Stance.DONE


@pytest.mark.parametrize(
    ("header", "cells", "roles"),
    [
        (("Meeting", "Chief Nurse"), ("14 April", "Y"), ["chief_nurse"]),
        (("Meeting", "Chief Nurse"), ("14 April", "Apologies"), []),
        (("Meeting", "Chief Nurse"), ("14 April", "-"), []),
        (("Meeting", "Comments of the Chief Nurse"), ("14 April", "Well run"), []),
        (("Quarter", "Reviewed by exec EDI lead"), ("Q1", "08/07/25"), ["executive_lead"]),
    ],
)
def test_an_entry_under_a_role_is_of_that_role(
    make_passage, header: tuple[str, ...], cells: tuple[str, ...], roles: list[str]
) -> None:
    passage = make_passage("\t".join(cells), header=header, cells=cells)
    assert [person.role for person in people_of_columns(passage)] == roles


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Y", True),
        ("Yes", True),
        ("✓", True),
        ("09/04/26", True),
        ("9 April 2026", True),
        ("April 2026", True),
        ("36", True),
        ("74 (77%)", True),
        ("82%", True),
        ("0", False),
        ("N", False),
        ("No", False),
        ("–", False),
        ("", False),
        ("TBC", False),
        ("In hand", None),
        ("Chief Nurse", None),
    ],
)
def test_a_cell_answers_what_its_column_names(make_passage, cell: str, said: bool | None) -> None:
    cells = ("Medicine", cell)
    passage = make_passage("\t".join(cells), header=("Division", "Plan published"), cells=cells)
    mention = Mention("publish", 5, 14, "published", Origin.HEADER)
    assert answered(passage, mention) is said
    assert answered(passage, Mention("publish", 0, 9, "published", Origin.HEADER)) is None


def test_a_header_row_reports_nothing(read) -> None:
    names = ("Executive directors", "Completed anti-racism training")
    assert read(names, names).stance is Stance.MENTION
    # taken for a header by mistake: it has figures
    told = ("All seven directors", "Completed it on 4 May 2026")
    assert read(told, told).stance is Stance.DONE


def test_a_count_under_completed_is_no_status(read) -> None:
    row = read(("Group", "Eligible", "Completed"), ("Directors who took the course", "44", "36"))
    assert row.stance is Stance.DONE


MINUTE = (
    "The Director of Nursing told the committee that the council had refused the guidance. It was withdrawn. The"
    " committee agreed that a new one will be written."
)


@pytest.mark.parametrize(
    ("header", "cells", "tells"),
    [
        ((), ("4.2", MINUTE), True),
        (("Item", "Minute", "Action"), ("4.2", MINUTE, "DN, May"), True),
        (("Ref", "Discussion and decision", "By"), ("4.2", MINUTE, ""), True),
        (("Ref", "What we will do", "Status"), ("4.2", MINUTE, ""), False),
        ((), ("4.2", "The guidance was withdrawn and will be written again.", "DN"), False),
        (
            (),
            (
                "4.2",
                "The guidance was withdrawn.",
                "It was written again by the council, the network and the team.",
            ),
            False,
        ),
    ],
)
def test_a_cell_of_minutes_tells_sentence_by_sentence(
    make_passage, header: tuple[str, ...], cells: tuple[str, ...], tells: bool
) -> None:
    passage = make_passage("\t".join(cells), header=header, cells=cells)
    found = told_in(passage, RULES)
    assert (found is not None and passage.text[slice(*found)] == MINUTE) is tells
