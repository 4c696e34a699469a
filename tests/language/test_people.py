import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.language.people import find_people, find_people_in_cells
from evidence_kit.records.reading import Grade

CEO, EXECUTIVE, NON_EXECUTIVE = Grade.CHIEF_EXECUTIVE, Grade.EXECUTIVE_DIRECTOR, Grade.NON_EXECUTIVE
DIRECTOR, SENIOR, MANAGER, STAFF, NONE = (
    Grade.DIRECTOR,
    Grade.SENIOR_LEADER,
    Grade.MANAGER,
    Grade.STAFF,
    Grade.NONE,
)


@pytest.mark.parametrize(
    ("text", "form", "role", "grade"),
    [
        ("the Chief Executive attended", "Chief Executive", "chief_executive", CEO),
        ("our Chief Executive Officer (CEO) spoke", "Chief Executive Officer", "chief_executive", CEO),
        ("the CEO agreed", "CEO", "chief_executive", CEO),
        ("the interim chief executive", "interim chief executive", "chief_executive", CEO),
        ("as accountable officer", "accountable officer", "accountable_officer", CEO),
        ("the Deputy Chief Executive", "Deputy Chief Executive", "deputy_chief_executive", EXECUTIVE),
        ("the Chief People Officer", "Chief People Officer", "chief_people_officer", EXECUTIVE),
        ("the CPO", "CPO", "chief_people_officer", EXECUTIVE),
        ("Group Chief Finance Officer", "Group Chief Finance Officer", "chief_finance_officer", EXECUTIVE),
        (
            "Chief Digital and Information Officer",
            "Chief Digital and Information Officer",
            "chief_digital_and_information_officer",
            EXECUTIVE,
        ),
        ("the Chief Nurse", "Chief Nurse", "chief_nurse", EXECUTIVE),
        ("the Chief Nursing Officer", "Chief Nursing Officer", "chief_nurse", EXECUTIVE),
        ("the Medical Director", "Medical Director", "medical_director", EXECUTIVE),
        ("Executive Medical Director", "Executive Medical Director", "medical_director", EXECUTIVE),
        ("Acting Director of Nursing", "Acting Director of Nursing", "director_of_nursing", EXECUTIVE),
        ("the finance director", "finance director", "director_of_finance", EXECUTIVE),
        (
            "Director of People and Organisational Development",
            "Director of People and Organisational Development",
            "director_of_people_and_organisational_development",
            EXECUTIVE,
        ),
        (
            "Director of Nursing, Midwifery and AHPs",
            "Director of Nursing, Midwifery and AHPs",
            "director_of_nursing_midwifery_and_ahps",
            EXECUTIVE,
        ),
        ("director of workforce", "director of workforce", "director_of_workforce", EXECUTIVE),
        ("Director of HR", "Director of HR", "director_of_human_resources", EXECUTIVE),
        ("Director of Finance Jane Poole", "Director of Finance", "director_of_finance", EXECUTIVE),
        (
            "Executive Director of Inclusion",
            "Executive Director of Inclusion",
            "director_of_inclusion",
            EXECUTIVE,
        ),
        ("seven executive directors", "executive directors", "executive_director", EXECUTIVE),
        ("our exec directors", "exec directors", "executive_director", EXECUTIVE),
        ("assigned to a lead executive to fix", "executive", "executive_director", EXECUTIVE),
        ("the executives came", "executives", "executive_director", EXECUTIVE),
        ("an executive to become sponsor", "executive", "executive_director", EXECUTIVE),
        ("Executive attendance: two of six", "Executive", "executive_director", EXECUTIVE),
        ("the executive team", "executive team", "executive_team", EXECUTIVE),
        ("members of the executive team", "members of the executive team", "executive_team", EXECUTIVE),
        ("the executive sponsor", "executive sponsor", "executive_sponsor", EXECUTIVE),
        ("an executive-level sponsor", "executive-level sponsor", "executive_sponsor", EXECUTIVE),
        ("executive lead for race equality", "executive lead", "executive_lead", EXECUTIVE),
        ("the executive EDI lead", "executive EDI lead", "executive_lead", EXECUTIVE),
        ("a Non-Executive Director", "Non-Executive Director", "non_executive_director", NON_EXECUTIVE),
        ("two NEDs", "NEDs", "non_executive_director", NON_EXECUTIVE),
        (
            "Associate Non-Executive Director",
            "Associate Non-Executive Director",
            "associate_non_executive_director",
            NON_EXECUTIVE,
        ),
        (
            "the Senior Independent Director",
            "Senior Independent Director",
            "senior_independent_director",
            NON_EXECUTIVE,
        ),
        ("a non-executive champion", "non-executive champion", "non_executive_champion", NON_EXECUTIVE),
        ("the Chair thanked her", "Chair", "chair", NON_EXECUTIVE),
        ("the Trust Chair", "Trust Chair", "chair", NON_EXECUTIVE),
        ("Chair of the Trust", "Chair of the Trust", "chair", NON_EXECUTIVE),
        ("chair of the board", "chair of the board", "chair", NON_EXECUTIVE),
        ("the Vice Chair", "Vice Chair", "vice_chair", NON_EXECUTIVE),
        ("the network chair", "network chair", "network_chair", STAFF),
        ("Chair of the Race Equality Network", "Chair of the Race Equality Network", "network_chair", STAFF),
        ("co-chairs of the staff network", "co-chairs of the staff network", "network_chair", STAFF),
        ("The network met and its chair spoke", "chair", "network_chair", STAFF),
        ("Chair of the People Committee", "Chair of the People Committee", "committee_chair", NONE),
        ("the committee chair", "committee chair", "committee_chair", NONE),
        ("Chair of the leadership council", "Chair of the leadership council", "council_chair", NONE),
        ("Chair of REACH", "Chair", "chair", NONE),
        ("Staff Side Chair", "Staff Side Chair", "staff_side_chair", STAFF),
        ("Director of Inclusion", "Director of Inclusion", "director_of_inclusion", DIRECTOR),
        ("Thirteen directors vote", "directors", "director", DIRECTOR),
        ("Director of Estates", "Director of Estates", "director_of_estates", DIRECTOR),
        ("Director of Public Health", "Director of Public Health", "director_of_public_health", DIRECTOR),
        ("the Managing Director", "Managing Director", "managing_director", DIRECTOR),
        ("Associate Director of OD", "Associate Director of OD", None, SENIOR),
        ("Deputy Medical Director", "Deputy Medical Director", "deputy_medical_director", SENIOR),
        ("Clinical Director", "Clinical Director", "clinical_director", SENIOR),
        ("Divisional Director of Operations", "Divisional Director of Operations", None, SENIOR),
        (
            "Director of Nursing for the Surgery Division",
            "Director of Nursing",
            "director_of_nursing",
            SENIOR,
        ),
        ("Chief Clinical Information Officer", "Chief Clinical Information Officer", None, SENIOR),
        ("Head of Internal Audit", "Head of Internal Audit", "head_of_internal_audit", SENIOR),
        ("the divisional clinical lead", "clinical lead", "clinical_lead", SENIOR),
        ("Head of EDI", "Head of EDI", "head_of_edi", SENIOR),
        (
            "Head of Equality, Diversity and Inclusion",
            "Head of Equality, Diversity and Inclusion",
            "head_of_edi",
            SENIOR,
        ),
        ("senior leaders", "senior leaders", "senior_leader", SENIOR),
        ("leaders at Band 8A and above", "leaders at Band 8A and above", "senior_leader", SENIOR),
        ("posts held at 8a+", "8a+", "senior_leader", SENIOR),
        ("the Company Secretary", "Company Secretary", "company_secretary", SENIOR),
        ("the EDI manager", "EDI manager", "edi_manager", MANAGER),
        ("line managers", "line managers", "line_manager", MANAGER),
        ("managers", "managers", "manager", MANAGER),
        ("an HR business partner", "HR business partner", "hr_business_partner", MANAGER),
        ("the EDI lead", "EDI lead", "edi_lead", NONE),
        ("Lead for Inclusion", "Lead for Inclusion", "inclusion_lead", NONE),
        ("a board-level lead for race", "board-level lead", "board_lead", NONE),
        ("to the Chief Exec.", "Chief Exec", "chief_executive", CEO),
        ("The BME Network met. The co-chairs spoke", "co-chairs", "network_chair", STAFF),
        ("the board lead for EDI", "board lead", "board_lead", NONE),
        ("the senior responsible owner", "senior responsible owner", "senior_responsible_owner", NONE),
        ("the SRO", "SRO", "senior_responsible_owner", NONE),
        ("an EDI sponsor", "EDI sponsor", "edi_sponsor", NONE),
        ("the lead governor", "lead governor", "lead_governor", NONE),
        ("board members", "board members", "board_member", NONE),
        (
            "the Freedom to Speak Up Guardian",
            "Freedom to Speak Up Guardian",
            "freedom_to_speak_up_guardian",
            STAFF,
        ),
        ("FTSU champions", "FTSU champions", "freedom_to_speak_up_champion", STAFF),
        ("cultural ambassadors", "cultural ambassadors", "cultural_ambassador", STAFF),
        ("network members", "network members", "network_member", STAFF),
        ("members of staff", "members of staff", "staff", STAFF),
        ("colleagues told us", "colleagues", "staff", STAFF),
    ],
)
def test_one_role(text: str, form: str, role: str | None, grade: Grade) -> None:
    (person,) = find_people(text)
    assert (person.form, person.grade, person.absent) == (form, grade, False)
    assert text[person.start : person.end] == form
    assert role is None or person.role == role


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Director of Finance and the Chief Executive", ["director_of_finance", "chief_executive"]),
        ("executive and non-executive directors", ["executive_director", "non_executive_director"]),
        ("the Chief Nurse, the Medical Director and staff", ["chief_nurse", "medical_director", "staff"]),
        ("Chief Nurse/Deputy Chief Executive", ["chief_nurse", "deputy_chief_executive"]),
        ("the network chair met the Chair of the Trust", ["network_chair", "chair"]),
        (
            "Director of Strategy, Head of Inclusion and governors",
            ["director_of_strategy", "head_of_inclusion", "governor"],
        ),
    ],
)
def test_several_roles(text: str, roles: list[str]) -> None:
    assert [person.role for person in find_people(text)] == roles


@pytest.mark.parametrize(
    "text",
    [
        "the meeting was chaired by her",
        "she chairs the network",
        "he will chair the meeting",
        "Chief Executive's report",
        "Chief Executive’s report was noted",
        "the Chair’s opening remarks",
        "Chief Executive Update",
        "directors' report",
        "the office of the chief executive",
        "the former chief executive",
        "a previous Medical Director",
        "Board of Directors",
        "Council of Governors",
        "executive summary",
        "the executive board",
        "at director level",
        "staff network",
        "the staff survey",
        "to lead the work",
        "this led to change",
        "she sponsors the network",
        "headed by nobody",
        "Band 7",
        "band of gold",
        "the Equality Act",
        "partners in the system",
        "membership of the network",
    ],
)
def test_no_role(text: str) -> None:
    assert find_people(text) == ()


@pytest.mark.parametrize(
    ("text", "absent", "present"),
    [
        (
            "Present: Dr A Rahim (Medical Director), J Poole (Chair). Apologies: Ms C Lund (Chief Nurse), "
            "D Osei (Director of Finance). In attendance: E Roe (Head of EDI)",
            ["chief_nurse", "director_of_finance"],
            ["medical_director", "chair", "head_of_edi"],
        ),
        (
            "Apologies were received from the Chief Operating Officer. The Chief Executive welcomed everybody.",
            ["chief_operating_officer"],
            ["chief_executive"],
        ),
        (
            "Apologies for absence: Chief Nurse\nPresent: Medical Director",
            ["chief_nurse"],
            ["medical_director"],
        ),
        ("Present | Chair\nApologies | Medical Director", ["medical_director"], ["chair"]),
        (
            "The Chief Executive came and the Medical Director sent apologies.",
            ["medical_director"],
            ["chief_executive"],
        ),
        (
            "The Chief Nurse and the Medical Director sent their apologies.",
            ["chief_nurse", "medical_director"],
            [],
        ),
        ("Dr Rahim, Medical Director – apologies", ["medical_director"], []),
        ("two executives gave apologies; the Chair attended", ["executive_director"], ["chair"]),
        (
            "Apologies: C Lund, Chief Nurse; A Rahim, Medical Director. Ms D Osei, Director of Finance. Present: Chair",
            ["chief_nurse", "medical_director", "director_of_finance"],
            ["chair"],
        ),
        ("There were no apologies. The Chief Executive spoke.", [], ["chief_executive"]),
        ("The Chair made her apologies for the late paper.", [], ["chair"]),
    ],
)
def test_apologies(text: str, absent: list[str], present: list[str]) -> None:
    people = find_people(text)
    assert [person.role for person in people if person.absent] == absent
    assert [person.role for person in people if not person.absent] == present


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Ann Low, Non-Executive Director, who came in place of the Medical Director", ["medical_director"]),
        ("The Head of EDI attended on behalf of the Chief People Officer.", ["chief_people_officer"]),
        ("Jo Bell deputised for Dr Ada Low, Medical Director", ["medical_director"]),
        ("The network lead stood in for the Chief Executive", ["chief_executive"]),
        ("Jo Bell (for the Chief Nurse) and the Chair", ["chief_nurse"]),
        ("Jo Bell, deputy to the Chief Executive, attended", ["chief_executive"]),
        ("The Chief Nurse’s deputy attended", ["chief_nurse"]),
        ("The Medical Director was represented by the Head of EDI", ["medical_director"]),
        ("The Chief Nurse was represented at the meeting.", ["chief_nurse"]),
        ("On behalf of the Board, the Chief Executive thanked the network.", []),
        ("The Chief Nurse represented the Trust and the Chief Executive came too.", []),
        ("The Chief Executive came instead of sending a letter.", []),
    ],
)
def test_who_sent_somebody_else_is_absent(text: str, absent: list[str]) -> None:
    assert [person.role for person in find_people(text) if person.absent] == absent


@pytest.mark.parametrize(
    ("row", "absent", "present"),
    [
        ("Jo Roe\tMedical Director\tPresent", [], ["medical_director"]),
        ("Ann Low\tChief Nurse\tApologies", ["chief_nurse"], []),
        (
            "Apologies\tAnn Low, Chief Nurse; Ed May, Medical Director",
            ["chief_nurse", "medical_director"],
            [],
        ),
        ("Apologies for absence:\tChief Nurse", ["chief_nurse"], []),
        ("Chief Nurse\tDid not attend", ["chief_nurse"], []),
        ("In attendance\tChief Nurse", [], ["chief_nurse"]),
        # a column a meeting: the row tells of one at which she was
        ("Chief Nurse\tPresent\tApologies", [], ["chief_nurse"]),
        ("Chief\tExecutive", [], []),
        ("The Chief Executive came.", [], ["chief_executive"]),
        ("", [], []),
    ],
)
def test_people_in_the_cells_of_a_row(row: str, absent: list[str], present: list[str]) -> None:
    people = find_people_in_cells(row)
    assert [person.role for person in people if person.absent] == absent
    assert [person.role for person in people if not person.absent] == present
    assert all(row[person.start : person.end] == person.form for person in people)


PARTS = st.sampled_from(
    (
        *(
            "Chief",
            "Executive",
            "executive",
            "Officer",
            "Nurse",
            "Director",
            "director",
            "of",
            "Finance",
            "and",
            ",",
        ),
        *(
            "Deputy",
            "Interim",
            "Non-Executive",
            "non",
            "chair",
            "Chair",
            "co-",
            "the",
            "network",
            "Head",
            "EDI",
            "lead",
        ),
        *(
            "sponsor",
            "manager",
            "staff",
            "Band",
            "8A",
            "8a+",
            "above",
            "leaders",
            "at",
            "Apologies:",
            "sent",
            "apologies",
        ),
        *(
            "(",
            ")",
            "’s",
            "report",
            ".",
            "\n",
            "members",
            "board",
            "NED",
            "SRO",
            "CEO",
            "Guardian",
            "governors",
            "his",
        ),
    )
)
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(PARTS, max_size=25).map(" ".join), st.lists(PARTS).map("".join)
)


@given(TEXTS)
def test_people_are_ordered_inside_the_text(text: str) -> None:
    position = 0
    for person in find_people(text):
        assert position <= person.start < person.end <= len(text)
        assert person.form == text[person.start : person.end]
        assert person.role and person.role == person.role.lower() and " " not in person.role
        position = person.end


@given(
    st.sampled_from(["Medical Director", "Chief Nurse", "network chair", "Non-Executive Director"]),
    st.text("ab \n,."),
)
def test_a_role_is_found_in_any_surroundings(role: str, filler: str) -> None:
    text = f"{filler} {role} {filler}"
    assert role in [person.form for person in find_people(text)]


@pytest.mark.parametrize("pattern", ["director{} of", "apologies:{}Chief Nurse", "Chair of {}"])
@pytest.mark.parametrize("filler", [" ", "\n", "the ", "4 ", "and ", "May, "])
def test_long_repetition_takes_no_time(pattern: str, filler: str) -> None:
    text = pattern.format(filler * 3000)
    start = time.process_time()
    find_people(text)
    assert time.process_time() - start < 2
