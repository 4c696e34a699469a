"""Stance: what a clause claims to be, told by the cues of the lexicon. All sentences are made for this test."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.language import stance
from evidence_kit.language.lexicon import load_lexicon
from evidence_kit.language.stance import announced, find_cues, has_finite_verb, offered, stance_of
from evidence_kit.records.reading import Stance
from evidence_kit.resources import lexicon_root

RULES = load_lexicon(lexicon_root()).cues

EXAMPLES = {
    Stance.DONE: [
        "The Medical Director attended the meeting.",
        "The Board has approved the statement.",
        "The policy was ratified in January.",
        "Forty leaders have agreed a goal.",
        "The sponsor meets the Chief Executive every two months.",
        "The network is chaired by a nurse.",
        "We publish the figures every year.",
        "The council has been up and running since May.",
        "The council has met four times since its launch.",
        "All actions are complete.",
        "The Chief Nurse chose a mentor, took notes and wrote to the network.",
        "The statement was quietly rewritten and sent to every ward.",
        # a "not" that denies nothing
        "We do not only talk about it.",
        "Nobody was left without a goal.",
        "We marked each action: done and felt, done and not felt, not done.",
        "The panel rated every item as met, partly met or not met.",
        "They were scored met/not met.",
        "The procedure is used beside the disciplinary policy and does not replace it.",
        "It was never meant to take the place of the grievance procedure.",
        "Places were held back for them so that they should not have to compete.",
        "Each line was put down as started, nearly done, not started.",
        "Not one executive missed a meeting.",
        "No fewer than four meetings were held.",
        "The Medical Director attended every meeting without fail.",
        "Every division has an action plan, without exception.",
        "The statement was published without delay.",
        "The council has met without interruption since 2023.",
        "All panels hired without favour.",
        "It is to them that the Board made its promise.",
        "It begins in September each year and we publish the list.",
        "The Chief Executive agreed without hesitation.",
        "The chair of the network attended each meeting, without a vote.",
        # a plan that is only what a deed is about
        "We have set a goal: by 2028 every band will reach 20%.",
    ],
    Stance.PLANNED: [
        "The council will be set up in 2027.",
        "We'll publish it.",
        "A plan is being developed.",
        "A sponsor is being recruited.",
        "The Board agreed to appoint a sponsor.",
        "The Board has decided to set up a council.",
        "The statement is to be published in May.",
        "Expressions of interest close on 30 October.",
        "It is proposed that the Board should have a sponsor.",
        "We intend to publish the gap.",
        "We plan to train all managers.",
        "Goals are in development.",
        "The committee has been asked to set a goal.",
        "The paper is due in March 2027.",
        "The policy is out to consultation.",
        "We could set up a council.",
        "The programme remains on track for launch in September.",
        "We mean to publish the gap.",
        "Reverse mentoring restarts in the spring.",
        "The review day was postponed.",
        "The Committee had deferred the council.",
        "The next gathering is planned for May.",
    ],
    Stance.ASPIRATION: [
        "We are committed to racial equity.",
        "We believe in fairness.",
        "We would like an executive to become a sponsor.",
        "Our ambition is to be an anti-racist organisation.",
        "Every leader should be an ally.",
        "We hope for a fairer workplace.",
        "The Trust ought to have a council.",
        "The Medical Director should have attended four meetings.",
        "It is hoped that the council meets often.",
        "We strive for a Board that looks like the people it serves.",
    ],
    Stance.CONTRADICTS: [
        "The Trust has no zero-tolerance statement.",
        "No executive attended the network.",
        "The meetings were not attended by an executive.",
        "The council has not yet met.",
        "The goals have yet to be agreed.",
        "The post is vacant.",
        "The working group was stood down in April.",
        "The gap widened in 2025/26.",
        "The scheme is no longer run.",
        "None of the executives has been mentored.",
        "The report wasn't published.",
        "There is a lack of data by ethnicity.",
        "The Trust failed to publish its gap.",
        "The programme will not be continued.",
        "The statement was approved without a date.",
        "The Medical Director was unable to attend.",
        "The Trust declined to publish its gap.",
    ],
    Stance.MENTION: [
        "An executive director must attend four meetings.",
        "Trusts should publish their pay gap.",
        "The framework asks for a leadership council.",
        "Organisations are expected to have a sponsor.",
        "Services are encouraged to appoint a sponsor.",
        "The code of governance expects boards to be diverse.",
        "The Workforce Race Equality Standard was introduced in 2015.",
        "PCREF became mandatory for mental health trusts in 2025.",
        "State the date on which the WRES was last presented to the board.",
        "NHS England recommends a sponsor for each board.",
        "What the standard asks for is a plan.",
        "Have you appointed a sponsor?",
        "Will the council be set up in May?",
        "The network asked whether the Medical Director attended.",
        "Race Equality Network",
        "Executive sponsor",
    ],
}
TABLE = [(text, wanted) for wanted, texts in EXAMPLES.items() for text in texts]


def read(text: str, **how: bool) -> stance.Found:
    return stance_of(text, find_cues(text, RULES, where="text"), **how)


@pytest.mark.parametrize(("text", "wanted"), TABLE)
def test_stance(text: str, wanted: Stance) -> None:
    assert read(text).stance is wanted


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("The council will be set up.", "planned", "will"),
        ("The Board has approved it.", "done", "has approved"),
        ("No executive attended.", "negative", "No executive"),
        ("The council has not yet met.", "not_yet", "not yet"),
        ("The group was stood down.", "will_not", "stood down"),
        ("We believe in fairness.", "aspiration", "We believe"),
        ("A director must attend.", "required", "must"),
        ("All actions are complete.", "complete", "complete"),
    ],
)
def test_the_words_that_gave_it(text: str, name: str, words: str) -> None:
    (cue,) = read(text).cues
    assert (cue.name, cue.text) == (name, words)
    assert text[cue.start : cue.end] == words


PROVISIONS = [
    ("The sponsor will report to the Chief Executive.", Stance.DONE),
    ("Managers must act within three days.", Stance.DONE),
    ("Racist abuse will not be tolerated.", Stance.DONE),
    ("Nobody may be moved from a ward for reporting abuse.", Stance.DONE),
    ("Staff should report every incident.", Stance.DONE),
    ("We are committed to racial equity.", Stance.DONE),
    ("The Trust has no process for racist abuse.", Stance.CONTRADICTS),
    ("The goals have not yet been written.", Stance.CONTRADICTS),
    ("Have you read this policy?", Stance.MENTION),
    # what is still to be settled is no rule
    ("The procedure is being consulted on.", Stance.PLANNED),
    ("Goals to be decided at appraisal.", Stance.PLANNED),
]


@pytest.mark.parametrize(("text", "wanted"), PROVISIONS)
def test_a_paper_in_force_sets_rules(text: str, wanted: Stance) -> None:
    assert read(text, provision=True).stance is wanted


@pytest.mark.parametrize("text", [text for text, wanted in PROVISIONS if wanted is Stance.DONE])
def test_the_same_words_elsewhere_are_no_deed(text: str) -> None:
    assert read(text).stance is not Stance.DONE


def test_a_verb_of_the_lexicon_or_a_figure_reports() -> None:
    for text in ("Mean ethnicity gap 2.8%", "Attendance of executives"):
        assert read(text).stance is Stance.MENTION
    assert read("Mean ethnicity gap 2.8%", figures=True).stance is Stance.DONE
    assert read("Attendance of executives", verb=True).stance is Stance.DONE


def test_a_word_inside_a_term_is_no_cue() -> None:
    text = "Racism is not accepted here."
    term = (text.index("not"), text.index(" here"))
    assert stance.NEGATIVE in find_cues(text, RULES, where="text")
    assert stance.NEGATIVE not in find_cues(text, RULES, where="text", but_not_in=(term,))
    # What is planned is planned, whatever term it stands in.
    assert stance.PLANNED in find_cues("It will be", RULES, where="text", but_not_in=((0, 10),))


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Next steps", "planned"),
        ("Measures of success", "wished"),
        ("Our vision", "aspiration"),
        ("What the framework asks", "required"),
        ("Regional news", "other"),
        ("What we did in 2025/26", ""),
        ("Race Equality Network", ""),
    ],
)
def test_headings(heading: str, meaning: str) -> None:
    assert list(find_cues(heading, RULES, where="heading")) == ([meaning] if meaning else [])


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Status", "status_column"),
        ("RAG", "status_column"),
        ("Requirement", "asking_column"),
        ("By when", "plan_column"),
        ("Executive present", ""),
    ],
)
def test_columns(header: str, meaning: str) -> None:
    found = find_cues(header, RULES, where="column")
    assert (meaning in found) if meaning else not found


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The network met.", True),
        ("She was there.", True),
        ("Executive sponsor for race", False),
        ("Mixed panels for every hearing", False),
        ("Dedicated time for networks", False),
        ("Time dedicated and funded", True),
        ("Band 8a", False),
        ("", False),
    ],
)
def test_finite_verbs(text: str, verb: bool) -> None:
    assert has_finite_verb(text) is verb


PIECES = st.sampled_from(
    [
        *(
            "The Board",
            "has",
            "approved",
            "will",
            "not",
            "yet",
            "no",
            "must",
            "?",
            ".",
            ": ",
            "we",
            "believe",
        ),
        *(
            "committed to",
            "is to be",
            "published",
            "complete",
            "without",
            "and",
            "noted that",
            "beyond",
            "\n",
        ),
    ]
)


@given(
    st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_every_text_has_a_stance_whose_cues_stand_in_it(
    text: str, provision: bool, verb: bool, figures: bool
) -> None:
    cues = find_cues(text, RULES, where="text")
    found = stance_of(text, cues, provision=provision, verb=verb, figures=figures)
    for cue in (*cues.values(), *found.cues):
        assert 0 <= cue.start < cue.end <= len(text)
        assert text[cue.start : cue.end] == cue.text
    if found.stance in (Stance.PLANNED, Stance.ASPIRATION, Stance.CONTRADICTS):
        assert found.cues, "only words can make a plan, a hope or a denial"


@given(st.lists(PIECES, max_size=10).map(" ".join))
def test_a_question_reports_nothing(text: str) -> None:
    assert read(text + "?").stance is Stance.MENTION


@pytest.mark.parametrize(
    "text",
    [
        "Example text: the council has been set up.",
        "Sample minute: the council was set up.",
        "E.g. “Our council has been set up.”",
        "(insert role) has been appointed in May.",
        "The {{role}} has been appointed.",
        "The [name of role] has been appointed.",
        "The survey statement “A council has been set up” drew 40%.",
        "Staff were asked how far a council has been set up.",
        "64% agreed that the Trust has set up a council.",
        "Most said that we had set up a council.",
        "A council has been set up: strongly agree or disagree.",
    ],
)
def test_examples_blanks_and_what_people_were_asked_report_nothing(text: str) -> None:
    assert read(text).stance is Stance.MENTION


@pytest.mark.parametrize(
    "text",
    [
        "For example, the council has been set up.",
        "Statements were published in May (see the board's example).",
        "64% of leaders have completed the programme.",
        "The Board agreed that the council has the right members.",
    ],
)
def test_what_only_looks_like_it_does(text: str) -> None:
    assert read(text).stance is Stance.DONE


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("My manager has set goals. (Strongly agree / agree / disagree)", True),
        ("A council has been set up. Yes / No", True),
        ("We agree or disagree at times, and have set up a council.", False),
    ],
)
def test_a_passage_that_offers_answers_is_a_question(text: str, asks: bool) -> None:
    assert (offered(text) is not None) is asks


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("This is what good looks like.", Stance.PLANNED),
        ("Here is what success looks like:", Stance.PLANNED),
        ("True or false?", Stance.MENTION),
        ("Answer yes or no.", Stance.MENTION),
        ("What good looks like was settled by the Board in May.", None),
        ("The network met in May.", None),
        (
            "The Board, the executive team and both networks have agreed, after long talks, on what good looks like.",
            None,
        ),
    ],
)
def test_a_short_sentence_can_stand_as_a_heading(sentence: str, wanted: Stance | None) -> None:
    found = announced(sentence, RULES)
    assert (found.stance if found else None) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It makes no difference who says it.", Stance.DONE),
        ("It made no difference to the gap.", Stance.CONTRADICTS),
        ("The place was not taken up so far.", Stance.CONTRADICTS),
        ("Measures by ethnicity are under design.", Stance.PLANNED),
        ("Governors asked for a breakdown by ethnicity.", Stance.PLANNED),
        ("Governors received the figures and asked for a breakdown.", Stance.DONE),
        ("The network had written its account so that the Board would see the reasons.", Stance.DONE),
        ("The network would write its account.", Stance.PLANNED),
    ],
)
def test_wishes_purposes_and_what_is_not_there_yet(text: str, wanted: Stance) -> None:
    assert read(text).stance is wanted
