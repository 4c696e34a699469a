"""Whose act a clause reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.language.lexicon import CueRule, load_lexicon
from evidence_kit.language.owner import Owner
from evidence_kit.records.reading import Whose
from evidence_kit.resources import lexicon_root

OURS = "Example Vale NHS Foundation Trust"
RULES: tuple[CueRule, ...] = load_lexicon(lexicon_root()).cues


@pytest.fixture(scope="module")
def owner() -> Owner:
    return Owner(RULES, OURS)


@pytest.mark.parametrize(
    "clause",
    [
        "We appointed an executive sponsor.",
        "The Trust approved the statement.",
        "The Board agreed the plan.",
        "Example Vale NHS Foundation Trust does not tolerate racist abuse.",
        "Example Vale approved it.",
        "In partnership with the University of Skelmoor, we ran a mentoring scheme.",
        "We work with NHS England and with two trusts in the region.",
        "The plan was written together with Skelmoor Borough Council.",
        "With the Skelmoor Council of Mosques and the city council's health team we made a film.",
        "Our partner trusts were told.",
        "Unlike another trust, we publish our figures.",
        "The Global Majority Leadership Council met in May.",
        "The Shared Governance Council met in May.",
        "The Minority Ethnic Leaders' Council can send back a policy.",
        "The Race Equity Decision Council holds a fund.",
        "On 7 July the Trust held its review day.",
        "Since March the Council has met every month.",
        "Abuse by the public was above the national average.",
        "Sponsor's objectives are set each spring.",
        "The Council of Governors met in May.",
        "Children's services have their own plan.",
        "At Band 8a and above, 9% come from ethnic minorities.",
        "Medicine's plan has a named owner.",
        "Staff's views were heard.",
        "Last year's goals were met.",
    ],
)
def test_our_own(owner: Owner, clause: str) -> None:
    assert owner.of(clause, Whose.OWN) == (Whose.OWN, ())


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("NHS England has published a new standard.", "NHS England"),
        ("The ICB appointed a director of anti-racism.", "The ICB"),
        ("The integrated care board's network met.", "The integrated care board's"),
        ("Skelmoor Hospitals NHS Foundation Trust has set up a council.", "Skelmoor Hospitals"),
        ("Another trust set up a council.", "Another trust"),
        ("Two trusts in the region have done so.", "Two trusts"),
        ("Skelmoor Borough Council has signed the pledge.", "Skelmoor Borough Council"),
        ("The University of Skelmoor ran a scheme.", "The University of Skelmoor"),
        ("Greater Skelmoor Police attended a hearing.", "Greater Skelmoor Police"),
        ("Nationally, the gap has narrowed.", "Nationally"),
        ("In her previous role she set up a network.", "In her previous role"),
        ("In his other role he chairs a network.", "In his other role"),
        ("Terence, who previously chaired a programme, joined in May.", "previously chaired"),
        ("National evidence shows that Black patients wait longer.", "National evidence shows"),
        ("MBRRACE-UK has shown that the gap is wide.", "MBRRACE-UK"),
        ("A coastal trust had shared its dashboard.", "A coastal trust had"),
        ("Before joining, Rekha was sponsor of a race equality network.", "Before joining,"),
        ("On 7 July the Skelmoor Hospitals Trust held a review day.", "July the Skelmoor Hospitals Trust"),
        ("In June I was a guest at the first meeting of a council.", "I was a guest at"),
        (
            "Priya joined us in May from a fire service, where she set up a network.",
            "joined us in May from a fire service,",
        ),
        ("At Ravenholme the gap fell by a half.", "At Ravenholme"),
        ("At Ravenholme the Board hears from the network each spring.", "At Ravenholme"),
        ("Wyrefell's plans were shared with members.", "Wyrefell's"),
        ("Another trust told us what it had done.", "Another trust"),
    ],
)
def test_somebody_elses(owner: Owner, clause: str, words: str) -> None:
    whose, cues = owner.of(clause, Whose.OWN)
    assert whose is Whose.OTHER
    assert [cue.text for cue in cues] == [words]
    assert clause[cues[0].start : cues[0].end] == words


@pytest.mark.parametrize(
    "clause",
    [
        "Example Vale Council has signed the pledge.",
        "Example Vale Borough Council has signed the pledge.",
        "Example Vale University ran a scheme.",
        "Example Vale Police attended.",
    ],
)
def test_a_body_of_another_kind_with_the_same_towns_name_is_another(owner: Owner, clause: str) -> None:
    assert owner.of(clause, Whose.OWN)[0] is Whose.OTHER


def test_a_story_about_another_body_goes_on_until_we_come_back(owner: Owner) -> None:
    story = [
        "Skelmoor NHS Trust has set up a council.",
        "It meets every month.",
        "Its members are paid.",
        "We shall visit it in May.",
        "It was a good visit.",
    ]
    found, whose = [], Whose.OWN
    for clause in story:
        whose, _ = owner.of(clause, whose)
        found.append(whose.value)
    assert found == ["other", "other", "other", "own", "own"]


@pytest.mark.parametrize(
    ("organisation", "whose"),
    [("Skelmoor Hospitals NHS Foundation Trust", Whose.OWN), (OURS, Whose.OTHER), ("", Whose.OTHER)],
)
def test_a_name_is_ours_or_not_by_whose_papers_they_are(organisation: str, whose: Whose) -> None:
    clause = "Skelmoor Hospitals NHS Foundation Trust has set up a council."
    assert Owner(RULES, organisation).of(clause, Whose.OWN)[0] is whose


@pytest.mark.parametrize(
    ("clause", "whose"),
    [
        ("The ICB approved its anti-racism statement.", Whose.OWN),
        ("The Integrated Care Board has named a sponsor.", Whose.OWN),
        ("NHS Skelmoor ICB has named a sponsor.", Whose.OWN),
        ("We asked the Trust for its plan.", Whose.OWN),
        ("The Trust told us that the gap has halved.", Whose.OTHER),
        ("North Wyre ICB has named a sponsor.", Whose.OTHER),
        ("Our neighbouring ICB has named a sponsor.", Whose.OTHER),
    ],
)
def test_in_the_papers_of_a_systems_board_it_is_the_trust_that_is_somebody_else(
    clause: str, whose: Whose
) -> None:
    assert Owner(RULES, "NHS Skelmoor Integrated Care Board").of(clause, Whose.OWN)[0] is whose


WORDS = st.sampled_from(
    [
        "We",
        "the",
        "Trust",
        "NHS England",
        "Skelmoor",
        "Council",
        "University",
        "of",
        "met",
        "ICB's",
        "At",
        "Band",
        ".",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join)), st.sampled_from(Whose))
def test_cues_stand_where_they_say(text: str, before: Whose) -> None:
    whose, cues = Owner(RULES, OURS).of(text, before)
    assert all(text[cue.start : cue.end] == cue.text for cue in cues)
    assert not cues or whose is Whose.OTHER
