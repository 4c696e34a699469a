"""Features: what of a passage they name, where the subject stands, and the neighbours of a paper's passages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.classify.features import (
    Around,
    Group,
    Place,
    Subject,
    features_of,
    is_worth_scoring,
    place_of,
    surrounded,
)
from evidence_kit.records.passage import PaperKind
from evidence_kit.records.reading import Mention, Origin, Tags

RACE = Subject(frozenset({"race"}), frozenset({"edi"}))


def tags(text: str = "", *mentions: tuple[str, Origin], heading: str = "", name: str = "p") -> Tags:
    words = [(Origin.TEXT, tuple(text.split()))]
    if heading:
        words.append((Origin.HEADING, tuple(heading.split())))
    return Tags(name, tuple(Mention(c, 0, 1, c, origin) for c, origin in mentions), tuple(words))


def test_words_and_pairs_of_words_stop_at_signs_and_figures_are_one() -> None:
    found = features_of(Around(tags("fell to 12 , then 15 %")))
    assert found[Group.WORD] == ("word:%", "word:0", "word:fell", "word:then", "word:to")
    assert found[Group.WORDS] == ("words:0 %", "words:fell to", "words:then 0", "words:to 0")


def test_letters_stay_within_a_word_and_mark_its_ends() -> None:
    found = features_of(Around(tags("audits , a")), groups=(Group.LETTERS,))
    assert found == {
        Group.LETTERS: (
            "letters:_a_",
            "letters:_aud",
            "letters:audi",
            "letters:dits",
            "letters:its_",
            "letters:udit",
        )
    }


def test_context_is_told_apart_from_own_words() -> None:
    around = Around(tags("x", heading="race equality"), tags("before"), tags("after"), PaperKind.POLICY)
    found = features_of(around)
    assert found[Group.HEADING] == ("heading:equality", "heading:race")
    assert found[Group.BEFORE] == ("before:before",)
    assert found[Group.AFTER] == ("after:after",)
    assert found[Group.KIND] == ("kind:policy",)


def test_pairs_of_concepts_need_the_subject_in_one_of_them() -> None:
    own = tags("x", ("race", Origin.TEXT), ("goal", Origin.TEXT), ("plan", Origin.TEXT))
    assert features_of(Around(own), (), RACE)[Group.PAIR] == ("pair:goal race", "pair:plan race")
    under = tags("x", ("goal", Origin.TEXT), ("race", Origin.HEADING), ("plan", Origin.HEADING))
    assert features_of(Around(under), (), RACE)[Group.PAIR] == ("pair:goal<race",)


def test_the_subject_stands_at_its_nearest_place() -> None:
    beside = tags("y", ("race", Origin.TEXT))
    assert place_of(Around(beside), RACE) is Place.OWN
    assert place_of(Around(tags("x", ("race", Origin.STEM)), beside), RACE) is Place.CONTEXT
    assert place_of(Around(tags("x", ("edi", Origin.TEXT)), beside), RACE) is Place.BESIDE
    assert place_of(Around(tags("x", ("edi", Origin.TEXT))), RACE) is Place.WIDER
    assert place_of(Around(tags("x")), RACE) is Place.NOWHERE


def test_a_rule_is_told_by_itself_and_with_the_subjects_place() -> None:
    assert features_of(Around(tags("x")), ("B3",), RACE)[Group.RULE] == ("rule:B3", "rule:B3 nowhere")


def test_what_names_no_subject_and_fits_no_rule_is_not_scored() -> None:
    assert not is_worth_scoring(Around(tags("x", ("edi", Origin.TEXT))), (), RACE)
    assert not is_worth_scoring(Around(tags("x"), after=tags("y", ("race", Origin.TEXT))), (), RACE)
    assert is_worth_scoring(Around(tags("x")), ("B3",), RACE)
    assert is_worth_scoring(Around(tags("x", ("race", Origin.HEADING))), (), RACE)
    assert is_worth_scoring(Around(tags("x")), (), Subject())


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters=" ")), max_size=5))
def test_every_passage_has_its_neighbours(names: list[str]) -> None:
    every = [tags(name=name) for name in names]
    found = list(surrounded(iter(every), PaperKind.REPORT))
    assert [each.tags for each in found] == every
    assert [each.before for each in found] == [None, *every][: len(every)]
    assert [each.after for each in found] == [*every[1:], None][: len(every)]
