"""The same facts give the same statuses: in whatever format, words, order of files, and however much lies around them.

Scans against text stand in ``test_scans.py``, which needs text recognition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.platypus import Flowable, PageBreak

from evidence_kit.pipeline.run import MapResult
from evidence_kit.records.finding import Status

Papers = dict[str, list[str]]

PAPERS: Papers = {
    "board": [
        "# Equality report",
        "Example Vale NHS Trust",
        "Meeting: Board of Directors",
        "Date of meeting: 28 May 2026",
        "# Leadership",
        "The Medical Director has been our executive sponsor for race equality since April 2025. The role includes a "
        "commitment to anti-racism.",
        "The Medical Director attended meetings of the BME staff network on 9 September 2025, 2 December 2025, "
        "4 March 2026 and 20 May 2026.",
        "Five of the seven executive directors completed the inclusive leadership programme in February 2026.",
        "In January 2026 the Board entered racism in employment as a strategic risk on the Board Assurance Framework.",
        "# Talent",
        "A leadership council of BME colleagues will be set up by March 2027.",
        "Our positive action secondment programme for BME staff is in its third year; eleven colleagues have "
        "completed placements in finance, estates and strategy.",
        "# Figures",
        "The ethnicity pay gap was calculated for March 2026 and published on our website: BME colleagues earned 3.1% "
        "less on average than White colleagues.",
    ],
    "annual-report": [
        "# Annual report 2025/26",
        "Example Vale NHS Trust. Published July 2026.",
        "# Zero tolerance",
        "Posters at every entrance and all appointment letters now say that racist abuse of our staff by patients or "
        "visitors will not be tolerated.",
        "# Fair process",
        "In 2025/26, 37 of 39 disciplinary panels and all nine grievance hearings included a panel member from a BME "
        "background.",
        "# Networks",
        "The BME staff network and the Trust held an annual review event for all BME colleagues on 12 March 2026, "
        "which looked back on what had changed in the year. Seven suggestions were included in the equality plan for "
        "2026/27.",
        "The chair of the BME staff network is a member of the People Committee, where she presents the network's "
        "report each quarter.",
    ],
    "old-note": [
        "# Note on the framework",
        "Example Vale NHS Trust",
        "Date: 4 March 2022",
        "In March 2022 our application for bronze status of the Anti-racist Framework was submitted to the North West "
        "BAME Assembly.",
        "The Trust has no Freedom to Speak Up champions who support staff in incidents of racial discrimination.",
    ],
}  # fmt: skip
"""Facts that show something in full, in part, too late, as a plan, or that it is not so."""

WORDS = (
    "BAME",
    "ethnic minority",
    "global majority",
    "racialised",
    "minority ethnic",
    "Black, Asian and minority ethnic",
)


def reworded(papers: Papers, word: str) -> Papers:
    """Call the people of the papers something else."""
    return {
        name: [block.replace("a BME", f"{_article(word)} {word}").replace("BME", word) for block in blocks]
        for name, blocks in papers.items()
    }


def _article(word: str) -> str:
    return "an" if word[0].lower() in "aeiou" else "a"


def filler(pages: int, first: int = 0) -> list[str | Flowable]:
    """Write so many pages of other matters, each a little different: what a long board pack is made of."""
    subjects = (
        "roofs",
        "lifts",
        "car parks",
        "boilers",
        "linen",
        "catering",
        "pharmacy stock",
        "ambulance bays",
    )
    blocks: list[str | Flowable] = []
    for number in range(first, first + pages):
        text = (
            f"Section {number} of the report tells of {subjects[number % 8]} in block {number % 13}. The contractor "
            f"visited on {number % 27 + 1} May 2026 and found {number % 5 + 2} faults, of which {number % 3 + 1} were "
            f"mended at once. The cost of £{number * 17 + 300} was met from the repairs budget. The Board received the "
            f"report. {'Nothing else was found that needs a decision. ' * (number % 4)}"
        )
        blocks += [text * 6, PageBreak()]
    return blocks


def as_markdown(path: Path, blocks: list[str]) -> None:
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def statuses(result: MapResult) -> dict[str, tuple[str, ...]]:
    return {
        finding.criterion: tuple(each.status.value for each in finding.conclusions)
        for finding in result.evidence_map.findings
    }


@pytest.fixture(scope="module")
def write(make_pdf, make_word) -> Callable[..., Path]:
    makers = {"pdf": make_pdf, "docx": make_word, "md": as_markdown}

    def build(folder: Path, papers: Papers, kind: str = "md", *, prefix: str = "") -> Path:
        folder.mkdir()
        for name, blocks in papers.items():
            makers[kind](folder / f"{prefix}{name}.{kind}", blocks)
        return folder

    return build


@pytest.fixture
def expected(tmp_path: Path, write, map_folder) -> dict[str, tuple[str, ...]]:
    return statuses(map_folder(write(tmp_path / "as-it-is", PAPERS)))


def test_the_papers_show_something_of_everything(expected: dict[str, tuple[str, ...]]) -> None:
    """A pack in which nothing is found would be invariant by itself."""
    counts = Counter(found[0] for found in expected.values())
    assert counts[Status.EVIDENCED] >= 8
    wanted = {
        Status.EVIDENCED,
        Status.PARTLY,
        Status.PLANNED,
        Status.STALE,
        Status.CONTRADICTED,
        Status.NOT_FOUND,
    }
    assert wanted <= counts.keys()


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_format_makes_no_difference(tmp_path: Path, write, map_folder, expected, kind: str) -> None:
    assert statuses(map_folder(write(tmp_path / kind, PAPERS, kind))) == expected


@pytest.mark.parametrize("word", WORDS)
def test_what_people_are_called_makes_no_difference(
    tmp_path: Path, write, map_folder, expected, word: str
) -> None:
    papers = reworded(PAPERS, word)
    assert papers != PAPERS
    assert statuses(map_folder(write(tmp_path / "reworded", papers))) == expected


def test_order_of_files_makes_no_difference(tmp_path: Path, write, map_folder, expected) -> None:
    turned = tmp_path / "turned"
    turned.mkdir()
    for number, (name, blocks) in enumerate(reversed(PAPERS.items())):
        as_markdown(turned / f"{number}-{name}.md", blocks)
    assert statuses(map_folder(turned)) == expected


def test_three_hundred_pages_of_other_matters_make_no_difference(
    tmp_path: Path, write, map_folder, make_pdf, expected
) -> None:
    """Half of them in a file of their own, half behind the facts in the same file."""
    folder = write(tmp_path / "long", PAPERS, "pdf")
    make_pdf(folder / "estates.pdf", filler(150))
    make_pdf(folder / "board.pdf", [*PAPERS["board"], "# Appendix: estates", *filler(150, first=150)])
    result = map_folder(folder)
    pages = sum(document.page_count for document in result.evidence_map.documents)
    assert pages >= 300
    assert statuses(result) == expected
