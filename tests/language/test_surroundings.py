"""What stands around a passage bends what its clauses say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as day

import pytest

from evidence_kit.language.dates import find_dates
from evidence_kit.language.lexicon import load_lexicon
from evidence_kit.language.owner import Owner
from evidence_kit.language.stance import Found, find_cues, stance_of
from evidence_kit.language.surroundings import RULE_MAKING, Surroundings, surroundings_of
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import AT_ITS_HEAD, PaperKind, PaperStatus
from evidence_kit.records.reading import Cue, Stance, Whose
from evidence_kit.resources import lexicon_root

RULES = load_lexicon(lexicon_root()).cues
OWNER = Owner(RULES, "")
OCTOBER = day(2026, 10, 14)


@pytest.fixture
def weigh(make_passage, make_paper):
    """Weigh a clause in its place."""

    def run(
        text: str,
        *,
        headings: tuple[str, ...] = (),
        stem: str = "",
        stem_acts: bool = False,
        kind: PaperKind = PaperKind.REPORT,
        status: PaperStatus = PaperStatus.UNKNOWN,
        block: BlockKind = BlockKind.LIST_ITEM,
    ) -> Stance:
        passage = make_passage(text, headings=headings, stem=stem, kind=block)
        around = surroundings_of(
            passage, make_paper(kind=kind, status=status), RULES, OWNER, stem_acts=stem_acts
        )
        cues = find_cues(text, RULES, where="text")
        return around.weigh(stance_of(text, cues, provision=around.provision), cues).stance

    return run


@pytest.mark.parametrize(
    ("stem", "text", "wanted"),
    [
        ("By March 2027 we will:", "publish the ethnicity pay gap", Stance.PLANNED),
        ("Over the past year we have:", "a council with twelve members", Stance.MENTION),
        ("We are committed to:", "a leadership council", Stance.ASPIRATION),
        ("Trusts must:", "publish the ethnicity pay gap", Stance.MENTION),
        ("We have not yet:", "set up a leadership council", Stance.CONTRADICTS),
        # a stem that denies all its items denies what they word as done
        ("The following have not been done:", "A council has been set up.", Stance.CONTRADICTS),
        ("None of these is in place:", "A council has been set up.", Stance.CONTRADICTS),
        ("Not achieved:", "A council has been set up.", Stance.CONTRADICTS),
        ("Gaps:", "council set up", Stance.CONTRADICTS),
        ("What we still lack:", "a leadership council", Stance.CONTRADICTS),
        ("Areas where we fall short:", "council set up", Stance.CONTRADICTS),
        ("Outstanding:", "council set up", Stance.PLANNED),
        ("To do:", "council set up", Stance.PLANNED),
        ("Deferred to 2027:", "council set up", Stance.PLANNED),
        ("Since we did not reach bronze in 2024 much was done:", "A council has been set up.", Stance.DONE),
        # an item that says more than its stem speaks for itself
        ("By March 2027 we will:", "The council has been set up.", Stance.DONE),
        ("In 2025/26 we published:", "The plan will follow in May.", Stance.PLANNED),
        ("The members are:", "twelve nurses", Stance.MENTION),
        ("", "twelve nurses", Stance.MENTION),
    ],
)
def test_a_stem_speaks_for_its_items(weigh, stem: str, text: str, wanted: Stance) -> None:
    assert weigh(text, stem=stem) is wanted


def test_a_stem_that_reports_an_act_reports_it_for_its_items(weigh) -> None:
    assert weigh("the Medical Director", stem="Attended by:", stem_acts=True) is Stance.DONE
    assert weigh("the Medical Director", stem="The sponsors:", stem_acts=False) is Stance.MENTION


@pytest.mark.parametrize(
    ("headings", "wanted"),
    [
        (("Next steps",), Stance.PLANNED),
        (("Our vision",), Stance.ASPIRATION),
        (("What the framework asks",), Stance.MENTION),
        (("The year 2025/26",), Stance.DONE),
        # the innermost heading that says something speaks
        (("Next steps", "Our vision"), Stance.ASPIRATION),
        (("Our vision", "Next steps"), Stance.PLANNED),
        (("Next steps", "Race Equality Network"), Stance.PLANNED),
    ],
)
def test_headings_bend_what_is_told_in_the_present(weigh, headings: tuple[str, ...], wanted: Stance) -> None:
    assert weigh("Every leader has a goal.", headings=headings, block=BlockKind.PARAGRAPH) is wanted


@pytest.mark.parametrize(
    "heading",
    [
        "Next",
        "What comes next",
        "What's next?",
        "Coming in 2027",
        "Coming up",
        "Still to come",
        "In the new year",
        "Before Christmas",
        "What happens now",
        "Where we go from here",
        "Save the date",
        "Dates for your diary",
        "The next six months",
        "Roadmap",
        "The road ahead",
        "Forward plan",
    ],
)
def test_what_is_to_come_is_planned(weigh, heading: str) -> None:
    assert weigh("the board reviews us against every driver", headings=(heading,)) is Stance.PLANNED
    assert weigh("the board has reviewed us", headings=(heading,)) is Stance.DONE


@pytest.mark.parametrize(
    "heading", ["Calendar", "Key dates", "Timetable for 2027", "Our meeting dates", "Next"]
)
def test_a_month_among_dates_is_the_next_one(make_passage, make_paper, heading: str) -> None:
    passage = make_passage("February: application", headings=(heading,))
    assert surroundings_of(passage, make_paper(), RULES, OWNER).ahead
    (date,) = find_dates("February: application", paper_date=OCTOBER, ahead=True)
    assert date.first.isoformat() == "2027-02-01"
    # what is told in the past stays there
    (date,) = find_dates("February: the board met", paper_date=OCTOBER, ahead=True)
    assert date.first.isoformat() == "2026-02-01"


@pytest.mark.parametrize(
    "heading",
    ["Attendance at meetings", "Dates of attendance", "Meeting dates and attendance", "Our year"],
)
def test_other_headings_move_no_month(make_passage, make_paper, heading: str) -> None:
    passage = make_passage("February: application", headings=(heading,))
    assert not surroundings_of(passage, make_paper(), RULES, OWNER).ahead


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("Clear Road: by March 2027", Stance.PLANNED),
        ("Before the end of 2027", Stance.PLANNED),
        # what is past when the paper speaks, or tells how far it came, bends nothing
        ("By March 2026", Stance.DONE),
        ("Progress towards parity by March 2027", Stance.DONE),
        ("Where we are: targets by March 2027", Stance.DONE),
        ("March 2027 edition", Stance.DONE),
    ],
)
def test_a_heading_with_a_day_ahead_plans(weigh, heading: str, wanted: Stance) -> None:
    assert weigh("the board sits with the network", headings=(heading,)) is wanted


def test_a_deed_in_the_perfect_stays_a_deed_under_any_heading(weigh) -> None:
    text = "The Board has approved the statement."
    for heading in ("Next steps", "Our vision", "What the framework asks"):
        assert weigh(text, headings=(heading,), block=BlockKind.PARAGRAPH) is Stance.DONE


def test_a_denial_stays_one_under_any_heading(weigh) -> None:
    assert weigh("No sponsor was appointed.", headings=("Next steps",)) is Stance.CONTRADICTS


def test_a_heading_reports_nothing_by_itself(weigh) -> None:
    assert weigh("Statement approved and published", block=BlockKind.HEADING) is Stance.MENTION
    assert weigh("The statement was approved and published", block=BlockKind.PARAGRAPH) is Stance.DONE


@pytest.mark.parametrize("kind", sorted(RULE_MAKING))
def test_rules_hold_in_force_and_are_proposed_in_draft(weigh, kind: PaperKind) -> None:
    for text in ("The sponsor will report every month.", "The council meets every month."):
        assert weigh(text, kind=kind, status=PaperStatus.IN_FORCE, block=BlockKind.PARAGRAPH) is Stance.DONE
        assert weigh(text, kind=kind, status=PaperStatus.DRAFT, block=BlockKind.PARAGRAPH) is Stance.PLANNED


def test_draft_minutes_still_report_what_happened(weigh) -> None:
    text = "The Medical Director attended the network."
    assert weigh(text, kind=PaperKind.BOARD_MINUTES, status=PaperStatus.DRAFT) is Stance.DONE


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The council meets every month.", Stance.PLANNED),
        ("The council was set up.", Stance.PLANNED),
        ("Complete, 12 March 2026.", Stance.DONE),
        ("The council has not yet met.", Stance.CONTRADICTS),
    ],
)
def test_an_action_plan_shows_only_plans_and_completions(weigh, text: str, wanted: Stance) -> None:
    assert weigh(text, kind=PaperKind.ACTION_PLAN) is wanted


@pytest.mark.parametrize("heading", ["Regional news", "From our partners", "National update"])
def test_news_from_elsewhere_is_somebody_elses(make_passage, make_paper, heading: str) -> None:
    passage = make_passage("A council was set up.", headings=("Chief Executive's report", heading))
    assert surroundings_of(passage, make_paper(), RULES, OWNER).whose is Whose.OTHER
    plain = replace(passage, context=replace(passage.context, headings=("Chief Executive's report",)))
    assert surroundings_of(plain, make_paper(), RULES, OWNER).whose is Whose.OWN


def test_nothing_around_changes_nothing() -> None:
    for stance in Stance:
        found = Found(stance, (Cue("done", "was", 0, 3),))
        assert Surroundings().weigh(found, {}) is found


NAMED = Owner(RULES, "Sandholme and Wyrebank NHS Foundation Trust")


@pytest.mark.parametrize(
    ("heading", "whose"),
    [
        ("Race equality at Kelderwick NHS Foundation Trust", Whose.OTHER),
        ("Kelderwick NHS Foundation Trust", Whose.OTHER),
        ("Our work with Kelderwick NHS Foundation Trust", Whose.OWN),
        ("Sandholme and Wyrebank NHS Foundation Trust", Whose.OWN),
    ],
)
def test_a_heading_that_names_another_body_tells_whose_acts_follow(
    make_passage, make_paper, heading, whose
) -> None:
    passage = make_passage("Added racial inequality to the risk register.", headings=(heading,))
    assert surroundings_of(passage, make_paper(), RULES, NAMED).whose is whose


def test_a_paper_that_says_that_it_is_anothers_is_theirs(make_passage, make_paper) -> None:
    """On its face for sure; where it only names another organisation most often, a person is asked to look."""
    other = "Kelderwick NHS Foundation Trust"
    passage = make_passage("The Board approved our statement.")
    paper = make_paper()
    named = replace(
        paper,
        profile=replace(paper.profile, organisation=other, reasons=(("organisation", "named 9 times"),)),
    )
    stated = replace(paper, profile=replace(named.profile, reasons=(("organisation", "field “Trust”"),)))
    titled = replace(paper, profile=replace(named.profile, title=f"Annual report of {other}"))
    headed = replace(
        paper, profile=replace(named.profile, reasons=(("organisation", f"named once, {AT_ITS_HEAD}"),))
    )
    letter = replace(paper, profile=replace(headed.profile, kind=PaperKind.LETTER))  # perhaps to them
    papers = (paper, named, stated, titled, headed, letter)
    around = [surroundings_of(passage, each, RULES, NAMED) for each in papers]
    assert [each.theirs for each in around] == [False, False, True, True, True, False]
    assert [each.doubt is not None for each in around] == [False, True, False, False, False, True]
    unknown = surroundings_of(passage, stated, RULES, OWNER)
    assert not unknown.theirs, "whose papers these are is not known"
