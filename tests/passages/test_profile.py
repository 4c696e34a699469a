"""What a paper says of itself: kind, dates, status, organisation, each with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from evidence_kit.passages.papers import split_papers
from evidence_kit.readers.base import Draft
from evidence_kit.records.document import BlockKind, Media, Metadata
from evidence_kit.records.passage import AT_ITS_HEAD, PaperKind, PaperStatus, Profile

K = PaperKind
TRUST = "Marram Bay and Holme NHS Foundation Trust"
PROSE = "The service was busy through the spring and staff were thanked for their work on all sites."


def profile_of(lay, *items: object, **options: object) -> Profile:
    options.setdefault("media", Media.WORD)
    (paper,) = split_papers(lay(list(items), **options))
    return paper.profile


# Kinds ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Annual Report and Accounts 2025/26", K.ANNUAL_REPORT),
        ("Tackling racist abuse policy", K.POLICY),
        ("Procedure for handling racist incidents", K.POLICY),
        ("Inclusion strategy 2025-2029", K.STRATEGY),
        ("Our anti-racism statement", K.STATEMENT),
        ("Executive sponsor: role description", K.ROLE_DESCRIPTION),
        ("Race Equality Council: terms of reference", K.TERMS_OF_REFERENCE),
        ("WRES action plan 2026/27", K.ACTION_PLAN),
        ("WRES report and action plan 2026", K.REPORT),
        ("WRES action plan 2026/27: progress report", K.REPORT),
        ("Staff newsletter, June 2026", K.NEWSLETTER),
        ("Minutes of the People Committee, 4 March 2026", K.COMMITTEE_MINUTES),
        ("Minutes of the Trust Board, 4 March 2026", K.BOARD_MINUTES),
        ("Minutes of the Race Equality Network, 4 March 2026", K.NETWORK_MINUTES),
        ("Board of Directors in public, 4 March 2026", K.BOARD_MINUTES),
        ("Trust Board: race equality dashboard", K.BOARD_PAPER),
        ("People Committee, 4 March 2026, item 7: race in our workforce", K.COMMITTEE_PAPER),
        ("People Committee: chair's highlight report", K.BOARD_PAPER),
        ("Agenda", K.AGENDA),
        ("Five minutes with our chief nurse", K.OTHER),
        ("Race equality dashboard, quarter 2", K.REPORT),
    ],
)
def test_the_title_tells_the_kind(lay, title: str, kind: PaperKind) -> None:
    profile = profile_of(lay, f"# {title}", TRUST, PROSE)
    assert profile.kind is kind
    assert dict(profile.reasons)["kind"]


@pytest.mark.parametrize(
    "title",
    [
        "Application for bronze status",
        "Submission to the North West Black, Asian and Minority Ethnic Assembly: silver",
        "Bronze evidence narrative",
        "Silver self-assessment",
        "Self-assessment: silver",
        "Anti-racist Framework: our claims",
        "Bronze: our evidence to the Assembly",
        "How we meet the bronze level",
    ],
)
def test_an_applicants_own_submission_is_an_application(lay, title: str) -> None:
    assert profile_of(lay, f"# {title}", TRUST, PROSE).kind is K.APPLICATION


@pytest.mark.parametrize(
    "title",
    [
        "Bronze application: timetable and next steps",
        "Report on our application to the Assembly",
        "Feedback on the silver submission",
        "Approval of the bronze submission",
        "Anti-racist Framework: annual review of progress",
        "Application of the equality policy to agency staff",
        "Application of the accounting framework",
        "Our evidence on waiting times",
        "Freedom to speak up: self-review",
    ],
)
def test_a_paper_about_an_application_is_none(lay, title: str) -> None:
    assert profile_of(lay, f"# {title}", TRUST, PROSE).kind is not K.APPLICATION


def test_a_board_paper_that_opens_with_an_application_is_a_board_paper(lay) -> None:
    profile = profile_of(
        lay,
        ("Meeting", "Board of Directors"),
        ("Date", "26 March 2026"),
        ("Agenda item", "9"),
        ("Title", "Application for bronze status"),
        ("Purpose", "For approval"),
        "The Board is asked to approve the submission.",
    )
    assert profile.kind is K.BOARD_PAPER


def test_an_application_is_told_from_its_first_words(lay) -> None:
    opening = "This submission sets out how we satisfy the bronze level of the Anti-racist Framework."
    assert profile_of(lay, "# Becoming anti-racist together", opening, PROSE).kind is K.APPLICATION
    later = "Our submission to the Assembly is planned for the bronze level next year."
    assert profile_of(lay, "# Becoming anti-racist together", PROSE, later).kind is not K.APPLICATION


def test_a_suppliers_offer_is_an_offer(lay) -> None:
    opening = f"A proposal to {TRUST}, 3 August 2026. Commercial in confidence"
    offer = ("# Brightwater Consulting", opening, "# What we offer", PROSE, "The fee is £12,000 plus VAT.")
    assert profile_of(lay, *offer).kind is K.OFFER


@pytest.mark.parametrize(
    "blocks",
    [
        ("# A proposal to set up a council", "We offer three options.", PROSE),
        ("# Proposal for a leadership council", "The cost is £12,000 plus nothing else.", PROSE),
        ("# Pay awards", "Our offer to staff was commercial in confidence.", PROSE),
    ],
)
def test_what_a_trust_proposes_itself_is_no_offer(lay, blocks) -> None:
    assert profile_of(lay, *blocks).kind is not K.OFFER


def test_national_guidance_is_guidance_and_a_trusts_own_is_not(lay) -> None:
    national = ["# Workforce planning framework 2026/27", *["NHS England asks all trusts to do this."] * 4]
    assert profile_of(lay, *national).kind is K.GUIDANCE
    own = [
        "# Appraisal guidance for managers",
        f"{TRUST} values its staff. {TRUST} asks managers to do this.",
    ]
    assert profile_of(lay, *own).kind is K.POLICY


def test_a_template_is_guidance(lay) -> None:
    assert profile_of(lay, "# Bronze application form", "Write your answer here.").kind is K.GUIDANCE


def test_minutes_are_told_from_those_present(lay) -> None:
    profile = profile_of(
        lay,
        "# People Committee",
        "4 March 2026",
        "Present: A. Person",
        "Apologies: B. Person",
        "# 1. Welcome",
        PROSE,
    )
    assert (profile.kind, profile.body) == (K.COMMITTEE_MINUTES, "People Committee")
    assert profile.meeting_date == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("title", "kind"), [("Board minutes", K.BOARD_MINUTES), ("Committee minutes", K.COMMITTEE_MINUTES)]
)
def test_whose_minutes_they_are_is_not_told_by_who_spoke(lay, title: str, kind: PaperKind) -> None:
    spoke = "Item 6: the co-chair of the Race Equality Network took members through her survey."
    assert profile_of(lay, f"# {title}", "Date: 4 March 2026", spoke).kind is kind


def test_a_control_table_makes_a_policy(lay) -> None:
    rows = [("Version", "3"), ("Ratified by", "People Committee"), ("Review date", "March 2029")]
    assert profile_of(lay, "# Respect at work", *rows, PROSE).kind is K.POLICY


def test_a_table_of_actions_makes_an_action_plan(lay) -> None:
    header = Draft(
        kind=BlockKind.TABLE_ROW, cells=("Action", "Lead", "Due", "Status"), table=0, row=0, header=True
    )
    rows = [
        Draft(kind=BlockKind.TABLE_ROW, cells=("Set up a council", "Chair", "May", "Open"), table=0, row=n)
        for n in range(1, 6)
    ]
    assert profile_of(lay, "# Race equality 2026", "What we do.", header, *rows).kind is K.ACTION_PLAN
    assert profile_of(lay, "# Race equality 2026", *[PROSE] * 12, header, *rows).kind is not K.ACTION_PLAN


def test_a_declared_type_is_believed(lay) -> None:
    profile = profile_of(lay, "# Compliance", "Document type: Board paper\nDate: 2026-03-26", PROSE)
    assert profile.kind is K.BOARD_PAPER
    assert profile.meeting_date == date(2026, 3, 26)


def test_a_web_page_is_one_unless_its_title_says_more(lay) -> None:
    page = profile_of(lay, "# Mentoring at our trust", PROSE, media=Media.HTML)
    assert (page.kind, page.public) == (K.WEB_PAGE, True)
    assert profile_of(lay, "# Our anti-racism statement", PROSE, media=Media.HTML).kind is K.STATEMENT


def test_the_file_name_helps_when_the_text_says_nothing(lay) -> None:
    name = "Marram Bay NHS Trust Board meeting - 23 September 2025 (part 1).txt"
    profile = profile_of(
        lay, "Good morning everybody and, um, welcome to this meeting.", PROSE, path=name, media=Media.TEXT
    )
    assert profile.kind is K.BOARD_MINUTES
    assert profile.meeting_date == date(2025, 9, 23)
    assert dict(profile.reasons)["title"] == "the file's name"


# Dates ----------------------------------------------------------------------------------------------------------------


def test_the_day_of_approval_comes_before_publication(lay) -> None:
    profile = profile_of(
        lay, "# Dignity policy", ("Published", "9 March 2026"), ("Date ratified", "3 February 2026"), PROSE
    )
    assert profile.document_date == date(2026, 2, 3)
    assert "Date ratified" in dict(profile.reasons)["document_date"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published 14 May 2026", date(2026, 5, 14)),
        ("Last updated: 14 May 2026", date(2026, 5, 14)),
        ("Version 3 | Ratified 3 February 2026 | Review February 2029", date(2026, 2, 3)),
        ("This policy was approved by the Trust Board on 5 March 2026.", date(2026, 3, 5)),
        ("Ratified by the People Committee, 5 March 2026", date(2026, 3, 5)),
        ("Effective from: 1 April 2026", date(2026, 4, 1)),
        ("Version 3, 8 February 2026", date(2026, 2, 8)),
        ("A. Person, Director of Workforce, October 2021", date(2021, 10, 1)),
    ],
)
def test_lines_that_date_a_document(lay, line: str, day: date) -> None:
    assert profile_of(lay, "# Dignity policy", line, PROSE).document_date == day


@pytest.mark.parametrize(
    "line",
    [
        "For approval by the Trust Board on 5 March 2026.",
        "The policy on leave was one of those that the board approved on 5 March 2026 after a long debate.",
        "Awaiting approval on 5 March 2026",
    ],
)
def test_lines_that_do_not_date_a_document(lay, line: str) -> None:
    assert profile_of(lay, "# Dignity policy", line, PROSE).document_date is None


def test_the_title_dates_a_policy(lay) -> None:
    profile = profile_of(lay, "# Dignity policy (ratified 3 February 2026, review 2029)", PROSE)
    assert profile.document_date == date(2026, 2, 3)
    assert profile.review_date == date(2029, 12, 31)
    assert profile.status is PaperStatus.IN_FORCE


@pytest.mark.parametrize(
    ("items", "day"),
    [
        ([("Review date", "March 2029")], date(2029, 3, 31)),
        ([("Next review", "14 May 2028")], date(2028, 5, 14)),
        (["Review due: 2028"], date(2028, 12, 31)),
        (["This policy will be reviewed by May 2027."], date(2027, 5, 31)),
        (["Valid until 1 June 2027"], date(2027, 6, 1)),
        ([("Date ratified", "3 February 2026"), ("Review cycle", "Three years")], date(2029, 2, 3)),
        (
            [("Date ratified", "29 February 2024"), ("Review date", "3 years from ratification")],
            date(2027, 2, 28),
        ),
        (["~ Ratified 3 February 2026. Review date February 2029."], date(2029, 2, 28)),
    ],
)
def test_review_dates(lay, items: list[object], day: date) -> None:
    assert profile_of(lay, "# Dignity policy", *items, PROSE).review_date == day


@pytest.mark.parametrize(
    "line",
    [
        "The annual review 2026 was presented.",
        "A peer review in March 2026 found this.",
        "The last review May 2026 said so.",
    ],
)
def test_other_reviews_are_no_review_date(lay, line: str) -> None:
    assert profile_of(lay, "# Dignity policy", line, PROSE).review_date is None


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("Annual Report 2025/26", date(2025, 4, 1), date(2026, 3, 31)),
        ("Annual Report 2025-26", date(2025, 4, 1), date(2026, 3, 31)),
        ("Race equality report, April 2025 to March 2026", date(2025, 4, 1), date(2026, 3, 31)),
        ("Report for the year ended 31 March 2026", date(2025, 4, 1), date(2026, 3, 31)),
        ("People strategy 2026-2031", date(2026, 1, 1), date(2031, 12, 31)),
        ("Dashboard, quarter 1 2026/27", date(2026, 4, 1), date(2026, 6, 30)),
    ],
)
def test_periods(lay, title: str, first: date, last: date) -> None:
    profile = profile_of(lay, f"# {title}", PROSE)
    assert (profile.period_start, profile.period_end) == (first, last)


def test_a_plan_dates_from_the_beginning_of_its_term_and_a_report_from_the_end(lay) -> None:
    assert profile_of(lay, "# People strategy 2026-2031", PROSE).date == date(2026, 1, 1)
    assert profile_of(lay, "# WRES action plan 2026/27", PROSE).date == date(2026, 4, 1)
    assert profile_of(lay, "# Annual Report 2025/26", PROSE).date == date(2026, 3, 31)


def test_two_years_run_together_in_a_file_name(lay) -> None:
    profile = profile_of(lay, "# Annual Report and Accounts", PROSE, path="Trust Annual Report 2324.docx")
    assert profile.period_end == date(2024, 3, 31)


def test_file_properties_are_the_last_resort_and_weak(lay) -> None:
    properties = Metadata(
        title="Microsoft Word - x.docx", created="2024-05-06T10:00:00", modified="2025-01-01"
    )
    weak = profile_of(lay, PROSE, PROSE, metadata=properties, path="x.docx")
    assert (weak.document_date, weak.date_is_weak) == (date(2024, 5, 6), True)
    strong = profile_of(lay, "# Dignity policy", "Ratified 3 May 2023", metadata=properties)
    assert (strong.document_date, strong.date_is_weak) == (date(2023, 5, 3), False)


def test_labels_and_values_below_each_other_are_read(lay) -> None:
    profile = profile_of(
        lay,
        "# Cover sheet",
        "Agenda item",
        "7",
        "Title",
        "Race equality dashboard",
        "Date of meeting",
        "13 August 2026",
    )
    assert profile.title == "Race equality dashboard"
    assert profile.meeting_date == date(2026, 8, 13)


def test_the_names_of_columns_are_no_fields(lay) -> None:
    header = Draft(
        kind=BlockKind.TABLE_ROW, cells=("Date", "4 May 2020", "Title", "Owner"), table=0, row=0, header=True
    )
    profile = profile_of(lay, "# Forward plan of work", header, PROSE)
    assert profile.document_date is None


# Status, publication, organisation ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "status"),
    [
        (["# Dignity policy", "DRAFT v0.3 for consultation"], PaperStatus.DRAFT),
        (["# Draft dignity policy"], PaperStatus.DRAFT),
        (["# Dignity policy", ("Status", "Draft")], PaperStatus.DRAFT),
        (["# Dignity policy", ("Version", "0.4")], PaperStatus.DRAFT),
        (["# Dignity policy", ("Status", "Approved")], PaperStatus.IN_FORCE),
        (["# Dignity policy", ("Status", "For approval")], PaperStatus.UNKNOWN),
        (["# Dignity policy", ("Ratified by", "People Committee")], PaperStatus.IN_FORCE),
        (["# Dignity policy", "This policy has been superseded."], PaperStatus.SUPERSEDED),
        (["# Dignity policy (archived page)"], PaperStatus.SUPERSEDED),
        (["# Dignity policy", "This policy supersedes version 2 of 2021."], PaperStatus.UNKNOWN),
        (["# Dignity policy", "The drafting group met in March."], PaperStatus.UNKNOWN),
        (["# Dignity policy"], PaperStatus.UNKNOWN),
    ],
)
def test_status(lay, items: list[object], status: PaperStatus) -> None:
    assert profile_of(lay, *items, PROSE).status is status


@pytest.mark.parametrize(
    ("items", "public"),
    [
        (["# Board of Directors in public, 4 March 2026"], True),
        (["# Trust Board papers", "Private session, part 2"], False),
        (["# People strategy (published)"], True),
        (["# People strategy", "Not for publication"], False),
        (["# Dignity policy"], None),
        (["# Newsletter", "- 16 July: annual report published"], None),
        (["# Annual Report 2025/26"], True),
        (["# Training annual report 2025/26"], None),
    ],
)
def test_publication(lay, items: list[object], public: bool | None) -> None:
    assert profile_of(lay, *items, PROSE).public is public


@pytest.mark.parametrize(
    "name",
    [
        TRUST,
        "University Hospitals of Marram Bay NHS Foundation Trust",
        "Fenwater Community and Mental Health NHS Trust",
        "Eastholme Children's NHS Foundation Trust",
        "NHS Marram and Holmeside Integrated Care Board",
        "North Marram Ambulance Service NHS Trust",
        "Holme Borough Council",
    ],
)
def test_the_organisation_is_the_one_named_most(lay, name: str) -> None:
    text = f"Welcome to {name}. Our partner Ravensea NHS Trust helped. Staff of {name} were thanked."
    profile = profile_of(lay, "# Our year", text)
    assert profile.organisation == name
    assert dict(profile.reasons)["organisation"].startswith("named")


OTHERS = "Marram Integrated Care Board"


@pytest.mark.parametrize(
    ("lines", "speaks"),
    [
        ((f"# {OTHERS}", "Board paper, 9 July 2026", "We adopted the framework."), True),
        ((f"The {OTHERS}.", "# Our year", "We adopted the framework."), True),
        (("# Our year", f"From: Chief People Officer, {OTHERS}. For information."), True),
        (("# Our year", f"Report of the Chief People Officer, {OTHERS}", "We adopted it."), True),
        (("# Our year", f"Prepared by: {OTHERS} people team"), True),
        # spoken of, received, or below the head
        (("# Our year", f"We work with {OTHERS}.", f"{OTHERS} wrote to us."), False),
        (("# Partnership update", f"# {OTHERS}", "Its sponsor was appointed."), False),
        # whose hand it is, is not clear
        ((f"# {OTHERS}", f"From: Chief Nurse, {TRUST}", f"{OTHERS} {OTHERS} asked."), False),
        ((f"# {OTHERS}", "Joint committee of two boards", "We adopted the framework."), False),
        ((f"# {OTHERS}", f"now part of {TRUST}", f"{OTHERS} was proud. {OTHERS} was glad."), False),
        ((f"# {OTHERS}", "Hosted by the county", "We adopted the framework."), False),
    ],
)
def test_who_speaks_at_a_papers_head(lay, lines: tuple[str, ...], speaks: bool) -> None:
    profile = profile_of(lay, *lines)
    assert profile.organisation == OTHERS
    assert dict(profile.reasons)["organisation"].endswith(AT_ITS_HEAD) is speaks


def test_a_stated_organisation_wins(lay) -> None:
    profile = profile_of(lay, "# Our year", f"Organisation: {TRUST}", *["Ravensea NHS Trust did well."] * 5)
    assert profile.organisation == TRUST


def test_every_value_has_a_reason(lay) -> None:
    profile = profile_of(
        lay,
        "# Dignity policy",
        ("Date ratified", "3 February 2026"),
        ("Review date", "February 2029"),
        ("Status", "Approved"),
        TRUST,
    )
    given = {name for name, reason in profile.reasons if reason}
    assert {"title", "organisation", "kind", "document_date", "review_date", "status"} <= given
