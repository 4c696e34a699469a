import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.language.sentences import split_clauses, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def clauses(text: str) -> list[str]:
    return [text[start:end] for start, end in split_clauses(text, 0, len(text))]


@pytest.mark.parametrize(
    "wanted",
    [
        ["The board met in May.", "It agreed the plan."],
        ["Dr. Osei thanked Mrs. Lund and Prof. Amin.", "The item was closed."],
        ["The offer (e.g. coaching) cost approx. five thousand pounds.", "It ran twice."],
        ["See minute No. 14 and p. 7 of the pack.", "The action is open."],
        ["2.1 The Trust has a sponsor.", "2.2 The sponsor attends."],
        ["The mean was 2.4 and the median 3.1.", "Neither moved."],
        ["J. K. Bello chaired the meeting.", "Apologies came from A. Lund."],
        ["The council met on 4 Feb. 2026 in Leigh.", "It sat again in May."],
        ["The site at St. Oswald is closed.", "Staff have moved."],
        ["Who attends?", "The sponsor does!", "She came four times."],
        ["The group agreed: a sponsor; a lead; and a chair.", "They start in June."],
        ["It ended at 4 p.m. on Friday.", "Nobody stayed."],
        [
            "A third of our residents did so.",
            "Nobody calls that close.",
            "Then it was up to us.",
            "Staff agreed.",
        ],
        ["This applies to Band 8A.", "Others follow."],
        ["A programme was made for talent.", "Assembly members mentor.", "Pairs met."],
        ["The trust (see section 3.2) agreed.", "The chair signed."],
        [
            "All goals stood when the round closed.",
            "A yearly return was run.",
            "She told the Chief Exec.",
            "They agreed.",
        ],
    ],
)
def test_sentences_are_found(wanted: list[str]) -> None:
    assert sentences(" ".join(wanted)) == wanted


def test_line_ends_are_blanks_inside_a_sentence() -> None:
    assert sentences("The Medical Director\nattended the network\nfour times. She\nspoke.") == [
        "The Medical Director\nattended the network\nfour times.",
        "She\nspoke.",
    ]


def test_line_ends_do_not_move_a_cut() -> None:
    text = "The board met at 9 a.m. in Bury. Dr. Osei spoke to item No. 4. The plan (approx. six pages) was agreed."
    assert [s.replace("\n", " ") for s in sentences(text.replace(" ", "\n"))] == sentences(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We agreed:\n• a sponsor\n• a lead", ["We agreed:", "• a sponsor", "• a lead"]),
        (
            "Actions\n1. Name a sponsor\n2. Publish the plan",
            ["Actions", "1. Name a sponsor", "2. Publish the plan"],
        ),
        ("Our promise\n\nWe report each year", ["Our promise", "We report each year"]),
        (
            "the statement of the board\n\nas published in May",
            ["the statement of the board\n\nas published in May"],
        ),
        (
            "The plan was agreed.The council met in June.",
            ["The plan was agreed.", "The council met in June."],
        ),
        (
            "The share rose to a fifth.3 The board noted it.",
            ["The share rose to a fifth.3", "The board noted it."],
        ),
        ("  ", []),
        ("", []),
        ("No full stop here", ["No full stop here"]),
    ],
)
def test_layout(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        ["The council was set up in May", "and will report in July."],
        ["The framework was approved", "but has not been published."],
        ["The framework was approved", "but not yet published."],
        ["The sponsor was named in May;", "the lead is being recruited."],
        ["The policy was ratified –", "it will be published in June."],
        ["We agreed a plan", "that will close the gap."],
        ["The Trust set up a council,", "which will advise the board."],
        ["Although the council has not met,", "its terms of reference were approved."],
        ["Four executives attended", "while three did not."],
        ["The council met in May,", "and the review will start in June."],
        ["The Medical Director attended four meetings", "and the Chief Nurse will attend from May."],
        ["The board approved the plan", "and, from April, will publish it."],
        ["The programme has been designed and delivered", "and is to be evaluated."],
        ["The trust will appoint a lead", "and has already agreed the role."],
        ["The statement went on the website in May,", "although it does not name racism."],
        ["The network has grown,", "but no chair has been elected."],
    ],
)
def test_clauses_are_cut_where_stance_changes(wanted: list[str]) -> None:
    assert clauses(" ".join(wanted)) == wanted


@pytest.mark.parametrize(
    "whole",
    [
        "The council, which will report in July, was set up in May.",
        "The board approved the policy, the plan, and the strategy.",
        "The chair and the director will attend.",
        "The policy was approved (but not published; it will be) in May.",
        "The policy – approved in May – will be published.",
        "All but one had attended.",
        "We appointed: a sponsor; a lead; a chair.",
        "Once the policy has been approved, it will be published.",
        "The programme was designed, delivered and evaluated.",
        "The committee noted that the plan and the review will be late.",
        "The network has not met and has no chair.",
        "In May the council was set up and met twice.",
        "It was not only agreed but also published.",
        "We will refuse a panel that is not diverse.",
        "It must have Black, Asian, and Minority Ethnic staff who are heard.",
        "The plan that was made for Black, Asian and Minority Ethnic colleagues will be read.",
        "They heard what has and has not been done.",
    ],
)
def test_clauses_stay_whole(whole: str) -> None:
    assert clauses(whole) == [whole]


WORDS = st.sampled_from(
    [
        "The",
        "board",
        "council",
        "was",
        "has",
        "not",
        "been",
        "approved",
        "published",
        "and",
        "but",
        "which",
        "will",
        "report",
        "although",
        "while",
        ";",
        ",",
        "–",
        "(",
        ")",
        "“",
        "”",
        ".",
        "?",
        "!",
        "\n",
        "\n\n",
        "•",
        "2.",
        "2.1",
        "Dr.",
        "e.g.",
        "No.",
        "4",
        "A.",
        "May",
        "until",
        "agreed.The",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


@given(TEXTS)
def test_sentences_hold_every_character_once(text: str) -> None:
    assert_covers(text, split_sentences(text), 0, len(text))


@given(TEXTS)
def test_clauses_hold_every_character_once(text: str) -> None:
    for start, end in split_sentences(text):
        assert_covers(text, split_clauses(text, start, end), start, end)


def assert_covers(text: str, spans: tuple[tuple[int, int], ...], start: int, end: int) -> None:
    position = start
    for low, high in spans:
        assert position <= low < high <= end
        assert not text[position:low].strip()
        assert text[low:high] == text[low:high].strip()
        position = high
    assert not text[position:end].strip()


@pytest.mark.parametrize("pattern", ["was{}and will", "was; {}", "(", "\n{}a"])
@pytest.mark.parametrize("filler", [" ", "\n", "the ", "4 ", "and ", "May, "])
def test_long_repetition_takes_no_time(pattern: str, filler: str) -> None:
    text = pattern.format(filler * 3000)
    start = time.process_time()
    [split_clauses(text, *span) for span in split_sentences(text)]
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is at appendix B. The network was there.", 2),
        ("It was led by Dr A. Smith of ward B. He left.", 2),
        ("It was led by B. Smith.", 1),
    ],
)
def test_the_letter_of_an_appendix_is_no_initial(text: str, sentences: int) -> None:
    assert len(split_sentences(text)) == sentences
