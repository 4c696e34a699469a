"""Counting what an act counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evidence_kit.checks.amounts import count_at_least, share_at_least, states, topics, whole_group
from evidence_kit.checks.base import Parameters, Setting, Witness
from evidence_kit.records.finding import Outcome

PARAMETERS = {"at_least": 5, "units": ("indicator", "measure"), "whole": 9}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Six WRES indicators improved.", Outcome.SHOWN),
        ("Seven of the nine improved.", Outcome.SHOWN),
        ("All the indicators improved.", Outcome.SHOWN),
        ("Indicators 2, 3, 5, 6 and 8 improved.", Outcome.SHOWN),
        ("Only three of the nine improved.", Outcome.SHORT),
        ("Three of our nine indicators improved.", Outcome.SHORT),
        ("Only indicators 2 and 6 improved.", Outcome.SHORT),
        ("Just four measures improved.", Outcome.SHORT),
        ("Of the nine indicators, two improved.", Outcome.SHORT),
        ("Of our nine indicators, six improved.", Outcome.SHOWN),
        # Four are told of; nobody says that there were no more.
        ("Four measures improved.", Outcome.NOT_SHOWN),
        ("Indicators 2 and 6 improved.", Outcome.NOT_SHOWN),
        ("Seven committees met.", Outcome.NOT_SHOWN),
        ("Some improved across the nine indicators.", Outcome.NOT_SHOWN),
        ("Indicators improved.", Outcome.NOT_SHOWN),
    ],
)
def test_what_is_counted(read_witness: Callable[..., Witness], text: str, outcome: Outcome) -> None:
    assert count_at_least(read_witness(text, {}), PARAMETERS).outcome is outcome


@pytest.mark.parametrize(
    ("text", "parameters", "shown"),
    [
        ("The gap fell to 3.8%.", {}, True),
        ("The gap fell.", {}, False),
        ("The gap fell to 3.8%.", {"kinds": ("percent", "ratio")}, True),
        ("Forty members came.", {"kinds": ("percent", "ratio")}, False),
        ("The gap fell to 3.8%.", {"at_least": 2}, False),
        ("The gap fell from 7.3% to 3.8%.", {"at_least": 2}, True),
    ],
)
def test_a_figure_is_given(
    read_witness: Callable[..., Witness], text: str, parameters: Parameters, shown: bool
) -> None:
    found = states(read_witness(text, {}), parameters)
    assert found.outcome is (Outcome.SHOWN if shown else Outcome.NOT_SHOWN)
    assert not shown or found.reason.strip("“”") in text


WHOLE: Parameters = {"units": ("executive", "leader"), "any_of": ("everybody",)}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("All eight executive directors were trained.", Outcome.SHOWN),
        ("Eight of the eight executive directors were trained.", Outcome.SHOWN),
        ("214 of 214 leaders have a goal.", Outcome.SHOWN),
        ("100% of leaders have a goal.", Outcome.SHOWN),
        # a complete figure below the whole
        ("187 of 203 leaders have a goal.", Outcome.SHORT),
        ("92% of leaders have a goal.", Outcome.SHORT),
        ("Seven of the eight executive directors were trained.", Outcome.SHORT),
        # no figure of this group
        ("All forty nurses were trained.", Outcome.NOT_SHOWN),
        ("The executive directors were trained.", Outcome.NOT_SHOWN),
        ("All five non-executive directors were trained.", Outcome.NOT_SHOWN),
    ],
)
def test_a_whole_group(read_witness: Callable[..., Witness], text: str, outcome: Outcome) -> None:
    assert whole_group(read_witness(text, {}), WHOLE).outcome is outcome


def test_words_for_everybody_do_as_well_as_a_figure(read_witness: Callable[..., Witness]) -> None:
    text = "The whole leadership has a goal."
    assert whole_group(read_witness(text, {"everybody": "whole leadership"}), WHOLE).outcome is Outcome.SHOWN
    assert whole_group(read_witness(text, {}), WHOLE).outcome is Outcome.NOT_SHOWN


SHARE: Parameters = {"percent": 75, "units": ("director",)}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("75% of directors were mentored.", Outcome.SHOWN),
        ("80 per cent of directors were mentored.", Outcome.SHOWN),
        ("Nine of twelve directors were mentored.", Outcome.SHOWN),
        ("All twelve directors were mentored.", Outcome.SHOWN),
        ("74% of directors were mentored.", Outcome.SHORT),
        ("Eight of twelve directors were mentored.", Outcome.SHORT),
        ("90% of nurses were mentored.", Outcome.NOT_SHOWN),
        ("Twelve directors were mentored.", Outcome.NOT_SHOWN),
    ],
)
def test_a_share_of_a_group(read_witness: Callable[..., Witness], text: str, outcome: Outcome) -> None:
    assert share_at_least(read_witness(text, {}), SHARE).outcome is outcome


def test_topics_add_up_over_acts(make_witness: Callable[..., Witness], as_of: Setting) -> None:
    parameters: Parameters = {"topics": ("bias", "allyship", "law"), "at_least": 2}
    one, two = make_witness(concepts=("bias",)), make_witness(concepts=("allyship", "bias"))
    found = topics([one, two], parameters, as_of)
    assert (found.outcome, found.reason) == (Outcome.SHOWN, "2 of 3 covered: bias, allyship")
    alone = topics([one], parameters, as_of)
    assert alone.outcome is Outcome.NOT_SHOWN
    assert alone.reason == "1 of 2 covered (bias); not seen: allyship or law"
    assert alone.used == (one,)
    assert topics([], parameters, as_of).outcome is Outcome.NOT_SHOWN


@pytest.mark.parametrize(
    ("header", "cells", "outcome"),
    [
        (("Leaders at 8A and above", "With a goal"), ("214", "214"), Outcome.SHOWN),
        (("Leaders at 8A and above", "With a goal"), ("214", "190"), Outcome.SHORT),
        (("Executive directors", "Completed the course"), ("7", "7"), Outcome.SHOWN),
        (("Leaders eligible", "Took part"), ("44", "36"), Outcome.SHORT),
        # more than there are, or two counts of which neither is the whole: nobody knows
        (("Leaders at 8A and above", "With a goal"), ("190", "214"), Outcome.NOT_SHOWN),
        (("Started", "Completed"), ("7", "7"), Outcome.NOT_SHOWN),
        (("Patients in total", "Took part"), ("7", "7"), Outcome.NOT_SHOWN),
    ],
)
def test_two_columns_tell_a_whole_group(
    read_witness: Callable[..., Witness], header: tuple[str, ...], cells: tuple[str, ...], outcome: Outcome
) -> None:
    witness = read_witness("\t".join(cells), {}, header=header, cells=cells)
    assert whole_group(witness, {"units": ("leader", "executive")}).outcome is outcome


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("20 of 44 leaders took part.", "13 more of 44 would make 75%."),
        ("32 of 44 leaders took part.", "1 more of 44 would make 75%."),
        ("45% of leaders took part.", ""),
    ],
)
def test_how_many_more_would_make_a_share(read_witness: Callable[..., Witness], text: str, step: str) -> None:
    found = share_at_least(read_witness(text, {}), {"percent": 75, "units": ("leader",)})
    assert (found.outcome, found.step) == (Outcome.SHORT, step)


def test_how_many_more_would_be_enough(read_witness: Callable[..., Witness]) -> None:
    whole = whole_group(read_witness("Five of the seven executives came.", {}), {"units": ("executive",)})
    assert whole.step == "2 more of 7 would make all of them."
    counted = count_at_least(
        read_witness("Three of the nine indicators improved.", {}), {"at_least": 5, "units": ("indicator",)}
    )
    assert counted.step == "2 more would make 5."
