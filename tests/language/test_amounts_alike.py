"""Whether two numbers tell the same, by what is counted, in figures, words, shares and ordinals."""

from __future__ import annotations

import pytest

from evidence_kit.language.amounts_alike import Says, labels_in, ordinals_in, says_of_amount
from evidence_kit.language.quantities import find_quantities

SAME, OTHER, NOTHING = Says.SAME, Says.OTHER, Says.NOTHING


def says(claim: str, sentence: str) -> Says:
    """Return what a sentence says to the first number of a claim."""
    return says_of_amount(find_quantities(claim)[0], claim, sentence)[0]


@pytest.mark.parametrize(
    ("claim", "sentence", "said"),
    [
        ("It met eight times.", "It met for the eighth time in May.", SAME),
        ("It met eight times.", "It met for the fifth time in May.", OTHER),
        ("It met eight times.", "It meets at least eight times a year.", NOTHING),
        ("It met eight times.", "Eight meetings were held.", SAME),
        ("It met twice.", "It had two meetings.", SAME),
        ("A dozen workshops were held.", "12 workshops were held.", SAME),
        ("A dozen workshops were held.", "Ten workshops were held.", OTHER),
        ("Twelve seats are elected.", "There are 12 seats.", SAME),
        ("Twelve seats are elected.", "Twelve managers came.", NOTHING),
        ("Twelve seats are elected.", "Seats: 12, all of them elected.", SAME),
        ("All nine directors came.", "All six directors came.", OTHER),
        ("All nine directors came.", "Nine of nine directors came.", SAME),
        ("All nine directors came.", "Eight of nine directors came.", OTHER),
        ("All nine directors came.", "Nine directors are on the board.", NOTHING),
        ("All forty sites have it.", "It hangs at every one of our forty sites.", SAME),
        ("All nine directors came.", "All nine non-executive directors came.", NOTHING),
        ("Every ward has one.", "Every ward has one.", SAME),
        ("Every ward has one.", "Three of the six wards have one.", OTHER),
        ("Every ward has one.", "Every manager has one.", NOTHING),
        ("38 per cent of places went to them.", "26 of 68 places went to them.", SAME),
        ("53 per cent of places went to them.", "26 of 68 places went to them.", NOTHING),
        ("Half of the places went to them.", "38% of the places went to them.", OTHER),
        ("Three quarters of staff came.", "75% of staff came.", SAME),
        ("Over 200 staff came.", "214 staff came.", SAME),
        ("Over 200 staff came.", "190 staff came.", OTHER),
        ("About 200 staff came.", "196 staff came.", SAME),
        ("Fewer than ten cases were closed.", "Twelve cases were closed.", OTHER),
        ("It costs £264,000.", "We moved £264,000 a year.", SAME),
        ("It costs £464,000.", "We moved £264,000 a year.", OTHER),
        ("They meet monthly.", "They meet every month.", SAME),
        ("They meet monthly.", "They meet every quarter.", OTHER),
        ("They meet four times a year.", "They met four times in 2025/26.", SAME),
        ("The letter goes within three working days.", "The letter goes within one working day.", OTHER),
    ],
)
def test_a_sentence_says_the_same_another_number_or_nothing(claim: str, sentence: str, said: Says) -> None:
    assert says(claim, sentence) is said


def test_the_other_number_is_told_in_the_words_of_the_page() -> None:
    claim = "It met eight times."
    assert says_of_amount(find_quantities(claim)[0], claim, "It met for the fifth time.") == (
        OTHER,
        "fifth time",
    )


def test_numbered_things_and_ordinals() -> None:
    assert labels_in("principal risk 7, Bands 8a and 9") == (("risk", "7"), ("band", "8a"))
    (third,) = ordinals_in("The third gathering took place.")
    assert (third.value, third.thing) == (3, ordinals_in("a 3rd gathering")[0].thing)
