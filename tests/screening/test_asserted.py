"""What a claim asserts beside its criterion: false claims beside criteria that are shown, about two sample packs.

The claims were written by those who wrote the rules: a development set. ``yes`` are true, ``no`` are false.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evidence_kit.screening.screen import Application
from evidence_kit.screening.verdicts import ClaimVerdict

SAMPLES = Path(__file__).parents[2] / "corpus_samples"
TRUSTS = {"pack": "Oxmere and Tarndale NHS Foundation Trust", "second": "Sallowdale Partnership NHS Trust"}
GOOD = frozenset({ClaimVerdict.CONFIRMED, ClaimVerdict.ELSEWHERE})
MISSED = {
    "Both our Chief Executive and our Medical Director are executive sponsors for EDI.",
    "Samira Kellbrook presented the WRES report to the Board.",
}
"""False claims that are confirmed: each word stands in the evidence, and together they say something else."""
MOST_LOST = 5
"""True claims that are only *partly*, of both packs."""


@pytest.mark.parametrize("name", ["pack", "second"])
def test_a_false_claim_beside_a_criterion_that_is_shown_is_not_confirmed(
    screened: Callable[..., Application], name: str, tmp_path: Path
) -> None:
    with (Path(__file__).parent / "claims" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # A link keeps the claims out of the samples' folder.
    papers = tmp_path / name
    papers.symlink_to(SAMPLES / name / "papers", target_is_directory=True)
    application = screened(
        papers,
        [(row["criterion"], "in place", row["document"], "", row["claim"]) for row in rows],
        organisation=TRUSTS[name],
        as_of=date(2026, 10, 1),
        target="gold",
    )
    held = {
        row["claim"]: (row["holds"], one.verdict in GOOD)
        for row, one in zip(rows, application.screened, strict=True)
    }
    false = {claim for claim, told in held.items() if told == ("no", True)}
    lost = [claim for claim, told in held.items() if told == ("yes", False)]
    assert false <= MISSED
    assert len(lost) <= MOST_LOST
    for one in application.screened:
        if one.unshown:
            assert one.verdict is ClaimVerdict.PARTLY
            assert all(each.words in one.reason for each in one.unshown)


def unshown(screened: Callable[..., Application], folder: Path, claim: str) -> list[tuple[str, str]]:
    application = screened(folder, [("S4", "in place", "network-report.docx", "", claim)])
    return [(one.words, one.instead) for one in application.screened[0].unshown]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("The Chief Nurse came to four meetings.", []),
        ("The Chief Nurse came to every meeting.", ["every meeting"]),
        ("The Chief Nurse came on 14 January 2025.", ["14 January 2025"]),
        ("The Chief Nurse came on 14 January and 11 March 2026.", []),
        ("The Medical Director came to the network.", ["Medical Director"]),
        ("The Chief Nurse came to the network in Whitby.", ["Whitby"]),
        ("The Chief Nurse chairs the network.", ["chairs"]),
        ("The Chief Nurse came to the network each week.", ["each week"]),
        ("The Chief Nurse funded the network.", ["funded"]),
    ],
)
def test_what_a_page_does_not_carry_is_named(
    screened: Callable[..., Application], whole: Path, claim: str, words: list[str]
) -> None:
    assert [each for each, _ in unshown(screened, whole, claim)] == words
