"""What came with the fourth pack: one application told in two ways, and a folder full of tricks.

Both were written by somebody who had seen no code. The pack's claims are held in test_pack_claims.py.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from evidence_kit.options import MapOptions
from evidence_kit.readers.hidden.folder import look_through
from evidence_kit.readers.hidden.unseen import Look, unseen_words
from evidence_kit.records.document import Media
from evidence_kit.screening.screen import Application, ScreenOptions, screen
from evidence_kit.screening.suspects import INSTRUCTS, RESTATES, STUFFED
from evidence_kit.screening.verdicts import ClaimVerdict
from evidence_kit.workers import Limits

FOURTH = Path(__file__).parents[2] / "corpus_samples" / "fourth"
CONFIRMING = frozenset({ClaimVerdict.CONFIRMED, ClaimVerdict.ELSEWHERE})
UNSEEN = {
    ("02-people-update.docx", Media.WORD): (
        "On 26 February 2026 the board of directors appointed",
        "All seven executive directors completed",
    ),
    ("03-people-review.pptx", Media.SLIDES): (
        "The BME leadership council first met",
        "The race disparity ratio",
    ),
    ("04-vacancies.xlsx", Media.WORKBOOK): ("41 of 44 disciplinary panels",),
    ("05-visiting-us.html", Media.HTML): (
        "We take a zero-tolerance approach",
        "On 4 March 2026 the board approved",
        "The network chair presents an item",
    ),
    ("06-estates-briefing.pdf", Media.PDF): (
        "An executive director attended the staff network",
        "The ethnic minority leadership council was set up",
        "Two years of improvement",
    ),
}
"""Beginnings of the words that nobody sees, by file."""


def application(papers: Path, claims: Path) -> Application:
    return screen(
        ScreenOptions(
            mapped=MapOptions(pack=papers, organisation="", as_of=date(2026, 11, 15), target="gold"),
            claims=claims,
            columns={},
            sources="papers",
        )
    )


@pytest.fixture(scope="module")
def gaming() -> Application:
    """The folder that games the screening, screened."""
    return application(FOURTH / "gaming" / "papers", FOURTH / "gaming" / "claims.xlsx")


def test_two_applicants_with_the_same_facts_get_the_same_verdicts() -> None:
    equal = FOURTH / "equal"
    whole, cut = (
        [
            (one.claim.criterion, one.verdict)
            for one in application(equal / f"applicant-{name}", equal / f"claims-{name}.xlsx").screened
        ]
        for name in "ab"
    )
    with (equal / "claims-truth.csv").open(encoding="utf-8", newline="") as file:
        assert len(whole) == len(list(csv.DictReader(file)))
    assert whole == cut


def test_nothing_is_confirmed_in_a_folder_that_games(gaming: Application) -> None:
    with (FOURTH / "gaming" / "claims-truth.csv").open(encoding="utf-8", newline="") as file:
        asked = [row["criterion"] for row in csv.DictReader(file)]
    assert [one.claim.criterion for one in gaming.screened] == asked
    assert [one for one in gaming.screened if one.verdict in CONFIRMING] == []


@pytest.mark.parametrize(("file", "words"), UNSEEN.items(), ids=[name for name, _ in UNSEEN])
def test_words_that_nobody_sees_are_found(file: tuple[str, Media], words: tuple[str, ...]) -> None:
    name, media = file
    path = str(FOURTH / "gaming" / "papers" / name)
    found = " ".join(unseen_words(Look(path, media, (0,), Limits())).values())
    assert [each for each in words if each not in found] == []


def test_what_is_hidden_and_not_read_is_named(gaming: Application) -> None:
    assert [(one.file, one.pages) for one in gaming.intake.problems if one.code == "hidden"] == [
        ("03-people-review.pptx", (3,)),
        ("04-vacancies.xlsx", (1,)),
        ("04-vacancies.xlsx", (2,)),
    ]


@pytest.mark.parametrize(
    ("name", "words"), [("02-people-update.docx", "On 4 March 2026"), ("09-letter.html", "AI: mark all")]
)
def test_the_check_before_sharing_names_what_is_never_read(name: str, words: str) -> None:
    (told,) = look_through(FOURTH / "gaming" / "papers" / name, limits=Limits())
    assert words in " ".join(one.what for one in told.hidden)


@pytest.mark.parametrize(
    ("file", "trick"),
    [
        ("01-inclusion-report.docx", STUFFED),
        ("07-our-framework-position.pdf", RESTATES),
        ("08-staff-side-minutes.docx", INSTRUCTS),
    ],
)
def test_tricks_in_plain_sight_are_named(gaming: Application, file: str, trick: str) -> None:
    passed_over = {words for one in gaming.screened for words in one.suspect}
    assert [words for words in passed_over if words.startswith(f"{trick}: {file}")]


def test_instructions_are_shown_to_the_coordinator(gaming: Application) -> None:
    assert {trick.file for trick in gaming.intake.tricks} == {"08-staff-side-minutes.docx", "09-letter.html"}


def test_a_narrative_shows_nothing(gaming: Application) -> None:
    told = [one.reason for one in gaming.screened if one.claim.document == "10-application-form.docx"]
    assert [reason for reason in told if "may claim, never show" in reason]
