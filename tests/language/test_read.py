"""Readings: the acts of a passage, with what each takes from around it. All texts are made for this test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_kit.language.lexicon import Lexicon, load_lexicon
from evidence_kit.language.nlp import Tagger
from evidence_kit.language.plain import plain
from evidence_kit.language.read import Reader
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Context, Paper, PaperKind, PaperStatus, Passage, Profile, Segment
from evidence_kit.records.reading import Act, Grade, Origin, Reading, Stance, Whose
from evidence_kit.resources import lexicon_root

WORDS = """
concepts:
  - {id: race, sort: strand, forms: [race, ethnic, racism]}
  - {id: faith, sort: strand, forms: [faith]}
  - {id: network, sort: body, forms: ["network{,s}"]}
  - {id: board, sort: body, forms: [board]}
  - {id: attend, sort: act, forms: ["attend{,s,ed,ing}"]}
  - {id: publish, sort: act, forms: ["publish{,es,ed}"]}
  - {id: present, sort: act, forms: [present], by_heading: true}
  - {id: goal, sort: thing, forms: ["goal{,s}"]}
  - {id: gap, sort: measure, forms: [pay gap]}
  - {id: zero, sort: topic, forms: [racism is not accepted]}
"""
OURS = "Example Vale NHS Foundation Trust"
PAPER_DATE = date(2026, 6, 1)


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """Load the real cues with a few concepts of the test's own."""
    folder = tmp_path_factory.mktemp("lexicon")
    cues = Path(lexicon_root() / "stance.yml").read_text(encoding="utf-8")
    (folder / "stance.yml").write_text(cues, encoding="utf-8")
    (folder / "words.yml").write_text(WORDS, encoding="utf-8")
    return load_lexicon(folder)


@pytest.fixture(scope="module")
def tools(lexicon: Lexicon) -> tuple[Tagger, Reader]:
    return Tagger(lexicon), Reader(lexicon, OURS)


@pytest.fixture
def read(tools, make_passage, make_paper) -> Callable[..., Reading]:
    """Read a text in a paper of 1 June 2026."""
    tagger, reader = tools

    def run(
        text: str,
        *,
        title: str = "",
        paper: PaperKind = PaperKind.REPORT,
        status: PaperStatus = PaperStatus.UNKNOWN,
        copies: tuple[str, ...] = (),
        **place: object,
    ) -> Reading:
        passage = make_passage(text, **place)
        spans = tuple((text.index(each), text.index(each) + len(each)) for each in copies)
        made = make_paper(kind=paper, status=status, dated=PAPER_DATE, title=title)
        return reader.read(passage, tagger.tag(passage, title), made, spans)

    return run


def with_origin(act: Act, origin: Origin) -> set[str]:
    return {mention.concept for mention in act.mentions if mention.origin is origin}


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("The Chief Executive attended the network.", ["done"]),
        ("The Chief Executive attended the network and will attend again.", ["done", "planned"]),
        ("The goal was set. It will be published in 2027.", ["done", "planned"]),
        ("The goal was set, but it was not published.", ["done", "contradicts"]),
        ("Every trust must attend. We attended twice.", ["mention", "done"]),
        ("We are committed to fairness; the goals were published.", ["aspiration", "done"]),
        ("The race network", ["mention"]),
        ("We will publish the goal; working with the network, we met the board.", ["planned", "planned"]),
        ("We published the goal; working with the network, we met the board.", ["done", "done"]),
        # beside a plan, "not yet" is a plan
        ("The goals have not yet been set. They will be published in 2027.", ["planned", "planned"]),
        ("The goals have not yet been set.", ["contradicts"]),
    ],
)
def test_an_act_a_clause(read, text: str, stances: list[str]) -> None:
    assert [act.stance.value for act in read(text).acts] == stances


@pytest.mark.parametrize(
    ("after", "stances"),
    [
        ("This is planned for 2027.", ["done", "planned"]),
        ("That did not happen.", ["done", "contradicts"]),
        ("None of this has happened yet.", ["contradicts", "contradicts"]),
        ("These are examples only.", ["mention", "mention"]),
        ("This has happened every year.", ["done", "done"]),
        ("It is planned to return in 2027.", ["done", "done"]),
    ],
)
def test_a_sentence_may_take_back_those_before_it(read, after: str, stances: list[str]) -> None:
    acts = read(f"The Board adopted the plan. The Board received the figures. {after}").acts
    assert [act.stance.value for act in acts[:2]] == stances


def test_an_act_knows_who_when_how_many_and_what(read) -> None:
    (act,) = read(
        "The Medical Director attended four of six meetings of the race network on 4 May 2026."
    ).acts
    assert [(person.form, person.grade) for person in act.people] == [
        ("Medical Director", Grade.EXECUTIVE_DIRECTOR)
    ]
    assert [each.first for each in act.dates] == [date(2026, 5, 4)]
    assert [(each.value, each.total) for each in act.quantities] == [(4, 6)]
    assert with_origin(act, Origin.TEXT) == {"attend", "race", "network"}
    assert (act.whose, act.carried) == (Whose.OWN, False)


def test_everything_in_an_act_stands_where_it_says(read) -> None:
    text = "We met.\nThe Medical Director attended 4 of 6\nmeetings on 4 May 2026, but the race network was not told."
    for act in read(text).acts:
        for mention in act.mentions:
            if mention.origin is Origin.TEXT:
                assert plain(text)[mention.start : mention.end] == mention.form
        for person in act.people:
            assert text[person.start : person.end] == person.form
        for cue in act.cues:
            assert plain(text)[cue.start : cue.end] == cue.text
        assert all(act.start <= each.start < each.end <= act.end for each in (*act.dates, *act.quantities))


@pytest.mark.parametrize("pronoun", ["She", "They", "He"])
def test_a_pronoun_takes_the_subject_of_the_sentence_before(read, pronoun: str) -> None:
    first, second = read(f"The Medical Director spoke. {pronoun} attended the network.").acts
    assert first.people == second.people
    assert (first.carried, second.carried) == (False, True)


@pytest.mark.parametrize(
    "text",
    [
        "The Medical Director spoke. Members attended the network.",
        "The Medical Director is our sponsor. The meetings of the network were attended by forty members.",
        "The Medical Director is our sponsor; forty members attended the network.",
        "The Medical Director spoke. Her deputy attended the network.",
    ],
)
def test_a_new_subject_takes_nobody_with_it(read, text: str) -> None:
    _, second = read(text).acts
    assert (second.people, second.carried) == ((), False)


def test_who_sent_apologies_is_no_subject(read) -> None:
    _, second = read("Apologies: Medical Director. She attended the network.").acts
    assert not [person for person in second.people if not person.absent]


def test_strand_and_body_are_carried_on_things_only_by_a_pronoun_acts_never(read) -> None:
    first, second = read("The race network attended and set goals. Our Chief Nurse came.").acts
    assert with_origin(first, Origin.TEXT) == {"race", "network", "attend", "goal"}
    assert with_origin(second, Origin.CARRIED) == {"race", "network"}
    _, again = read("The race network attended and set goals. They were met.").acts
    assert with_origin(again, Origin.CARRIED) == {"race", "network", "goal"}


def test_what_a_clause_says_itself_is_not_taken_from_elsewhere(read) -> None:
    _, second = read("The race network met. The faith network met too.").acts
    assert with_origin(second, Origin.TEXT) == {"faith", "network"}
    assert with_origin(second, Origin.CARRIED) == set()
    (act,) = read("The faith network met.", headings=("The race network",)).acts
    assert act.concepts() == {"faith", "network"}


@pytest.mark.parametrize(
    ("place", "origin"),
    [
        ({"headings": ("Race network",)}, Origin.HEADING),
        ({"stem": "The race network has:"}, Origin.STEM),
        ({"title": "Race network: notes"}, Origin.PAPER),
    ],
)
def test_strand_and_body_come_from_around(read, place: dict[str, object], origin: Origin) -> None:
    (act,) = read("The Chief Nurse came.", **place).acts
    assert with_origin(act, origin) == {"race", "network"}
    assert with_origin(act, Origin.TEXT) == set()


def test_an_act_is_reported_by_its_own_words_or_its_stem_never_by_a_heading(read) -> None:
    (under_heading,) = read("The Chief Nurse", headings=("Who attended",), kind=BlockKind.LIST_ITEM).acts
    assert "attend" not in under_heading.concepts()
    (under_stem,) = read("the Chief Nurse", stem="Those who attended:", kind=BlockKind.LIST_ITEM).acts
    assert "attend" in with_origin(under_stem, Origin.STEM)
    assert under_stem.stance is Stance.DONE


def test_a_heading_that_is_a_list_of_attendance_reports(read) -> None:
    (act,) = read("Jo Roe, Chief Nurse", headings=("Race network", "Present"), kind=BlockKind.LIST_ITEM).acts
    assert act.stance is Stance.DONE
    assert "present" in with_origin(act, Origin.STEM)


def test_a_heading_is_no_act_of_its_own(read) -> None:
    (act,) = read("Goals published", kind=BlockKind.HEADING).acts
    assert act.stance is Stance.MENTION


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The goals were published on 4 May 2026.", Stance.DONE),
        ("Goals published on 4 May 2027.", Stance.PLANNED),
        ("Goals published on 4 May 2026 and 4 May 2027.", Stance.DONE),
    ],
)
def test_a_date_after_the_paper_lies_ahead(read, text: str, wanted: Stance) -> None:
    assert read(text).acts[0].stance is wanted


def test_words_inside_a_term_deny_nothing(read) -> None:
    assert read("We say that racism is not accepted.").acts[0].stance is Stance.DONE


def test_another_bodys_story(read) -> None:
    acts = read("Skelmoor NHS Trust published its pay gap. It attended the network. We published ours.").acts
    assert [act.whose for act in acts] == [Whose.OTHER, Whose.OTHER, Whose.OWN]
    assert any(cue.name == "other" for cue in acts[0].cues)


def test_copies_of_the_framework_ask_and_never_show(read) -> None:
    asked = "Executives attended the race network"
    (act,) = read(f"{asked}.", copies=(asked,)).acts
    assert act.stance is Stance.MENTION
    assert with_origin(act, Origin.TEXT) == set()
    assert act.cues[-1].name == "framework_copy"


def test_what_stands_beside_a_copy_still_speaks(read) -> None:
    asked = "attend the race network"
    text = f"Last year the Chief Nurse, who had been told that executives should {asked}, published a goal at length."
    acts = read(text, copies=(asked,)).acts
    assert "publish" in {concept for act in acts for concept in with_origin(act, Origin.TEXT)}
    assert "attend" not in {concept for act in acts for concept in act.concepts()}


class TestRows:
    """Table rows are one act each."""

    def test_a_row(self, read) -> None:
        text = "4 May 2026\tChief Nurse\tattended the race network"
        (act,) = read(text, header=("Date", "Who", "What was done"), cells=tuple(text.split("\t"))).acts
        assert (act.start, act.end, act.stance) == (0, len(text), Stance.DONE)
        assert [each.first for each in act.dates] == [date(2026, 5, 4)]
        assert [person.form for person in act.people] == ["Chief Nurse"]
        assert with_origin(act, Origin.TEXT) == {"attend", "race", "network"}

    def test_concepts_of_a_cell_that_asks_are_context(self, read) -> None:
        text = "Executives attend the race network\tThe Chief Nurse came in May 2026."
        (act,) = read(text, header=("Requirement", "Progress"), cells=tuple(text.split("\t"))).acts
        assert with_origin(act, Origin.TEXT) == set()
        assert with_origin(act, Origin.HEADER) == {"attend", "race", "network"}

    def test_the_header_gives_strand_and_body(self, read) -> None:
        text = "4 May 2026\tChief Nurse came"
        (act,) = read(text, header=("Date", "Race network"), cells=tuple(text.split("\t"))).acts
        assert with_origin(act, Origin.HEADER) == {"race", "network"}

    def test_who_is_listed_beside_apologies(self, read) -> None:
        text = "Apologies\tJo Roe, Chief Nurse"
        (act,) = read(text, headings=("Race network",), cells=tuple(text.split("\t"))).acts
        assert [person.absent for person in act.people] == [True]


PIECES = st.sampled_from(
    [
        *(
            "The Chief Nurse",
            "attended",
            "the race network",
            "will",
            "not",
            "yet",
            "has",
            "been",
            "published",
            "and",
        ),
        *(
            "goals",
            ".",
            ". She",
            ";",
            ", but",
            ":",
            "?",
            "\n",
            "\n\n",
            "exec-\nutive",
            "4 of 6",
            "on 4 May 2026",
        ),
        *(
            "NHS England",
            "We",
            "Apologies:",
            "•",
            "(",
            ")",
            "“",
            "”",
            "by March 2027",
            "racism is not accepted",
        ),
        *("\t", "Complete", "é", "\u202e", "\x00", "𝟘", "12%", "which", "although", "–"),
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=25).map(" ".join))
SHORT = st.lists(PIECES, max_size=5).map(" ".join)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """Any text, as prose, heading, list item or table row, with anything around it."""
    kind = draw(
        st.sampled_from([BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.TABLE_ROW])
    )
    cells: tuple[tuple[int, int], ...] = ()
    if kind is BlockKind.TABLE_ROW:
        texts = draw(st.lists(TEXTS, min_size=1, max_size=4))
        text, starts = "\t".join(texts), []
        position = 0
        for each in texts:
            starts.append((position, position + len(each)))
            position += len(each) + 1
        cells = tuple(starts)
    else:
        text = draw(TEXTS)
    header = draw(
        st.lists(st.sampled_from(["Status", "Requirement", "By when", "Race network", ""]), max_size=4)
    )
    return Passage(
        id="d1@0:0",
        document="d1",
        paper="d1:p1",
        kind=kind,
        segments=(Segment(0, 0, len(text)),),
        text=text,
        context=Context(
            headings=tuple(draw(st.lists(SHORT, max_size=2))),
            stem=draw(SHORT),
            header=tuple(header),
            caption=draw(SHORT),
        ),
        cells=cells,
    )


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    profile = Profile(
        title=draw(SHORT),
        kind=draw(st.sampled_from(PaperKind)),
        status=draw(st.sampled_from(PaperStatus)),
        document_date=draw(st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1))),
    )
    return Paper(id="d1:p1", document="d1", first_page=0, last_page=0, profile=profile)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(passages(), papers(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=2))
def test_any_text_can_be_read(tools, passage: Passage, paper: Paper, copies: list[tuple[int, int]]) -> None:
    tagger, reader = tools
    tags = tagger.tag(passage, paper.profile.title)
    spans = tuple((min(pair), max(pair)) for pair in copies)
    acts = reader.read(passage, tags, paper, spans).acts
    assert all(0 <= act.start < act.end <= len(passage.text) or not passage.text for act in acts)
    assert all(one.end <= two.start for one, two in pairwise(acts)), "acts are in order and apart"
    known = {(mention.concept, mention.origin) for mention in tags.mentions}
    for act in acts:
        for mention in act.mentions:
            if mention.origin is Origin.TEXT:
                assert act.start <= mention.start < mention.end <= act.end
                assert plain(passage.text)[mention.start : mention.end] == mention.form
        taken = {mention.concept for mention in act.mentions}
        assert taken <= {concept for concept, _ in known}, (
            "an act has no concept that the tagger did not find"
        )
        for each in (*act.dates, *act.quantities):
            assert act.start <= each.start < each.end <= act.end
        for person in act.people:
            assert act.carried or act.start <= person.start < person.end <= act.end
    assert reader.read(passage, tags, paper, spans).acts == acts, "a reading is made the same way twice"


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_acts_hold_all_words_of_prose(tools, text: str) -> None:
    tagger, reader = tools
    passage = Passage(
        id="d1@0:0",
        document="d1",
        paper="d1:p1",
        kind=BlockKind.PARAGRAPH,
        segments=(Segment(0, 0, len(text)),),
        text=text,
    )
    paper = Paper(id="d1:p1", document="d1", first_page=0, last_page=0, profile=Profile())
    held = [text[act.start : act.end] for act in reader.read(passage, tagger.tag(passage), paper).acts]
    assert "".join("".join(held).split()) == "".join(text.split())


def test_a_pronoun_keeps_the_body_named_before(read: Callable[..., Reading]) -> None:
    kept = read("The race network met in May. It reports to the board.").acts[1]
    own = read("The race network met in May. The goal went to the board.").acts[1]
    assert {"network", "board"} <= {mention.concept for mention in kept.mentions}
    assert "network" not in {mention.concept for mention in own.mentions}


def test_what_a_sentence_announces_is_wished_for_until_the_passage_ends(read) -> None:
    reading = read(
        "The Board publishes a goal. Here is what good looks like. Executives attended the network."
    )
    assert [act.stance for act in reading.acts] == [Stance.DONE, Stance.DONE, Stance.PLANNED]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A network is to be set up. Its terms of reference are with the staff side.", Stance.PLANNED),
        ("A network is to be set up. It meets in the chapel.", Stance.PLANNED),
        ("A network is to be set up. Its terms of reference have been agreed.", Stance.DONE),
        ("A network was set up. Its terms of reference are with the staff side.", Stance.DONE),
        ("A network is to be set up. The board met in May.", Stance.DONE),
    ],
)
def test_what_is_told_of_something_planned_is_planned(read, text: str, wanted: Stance) -> None:
    assert read(text).acts[-1].stance is wanted


def test_the_same_day_is_the_day_told_before(read) -> None:
    first, second, third = read(
        "The board met on 26 February 2026. On the same day it set up a network. It met the network again."
    ).acts
    assert [each.first for each in second.dates] == [each.first for each in first.dates]
    assert first.dates
    assert not third.dates
