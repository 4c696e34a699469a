"""What a caller of ``map_evidence`` gets for a call that cannot work, and for settings of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from evidence_kit.errors import ExitCode, FrameworkInvalid, NothingRead, UsageError
from evidence_kit.options import MapOptions
from evidence_kit.pipeline.run import map_evidence
from evidence_kit.records.document import DocumentState
from evidence_kit.records.finding import Role, Status

HEAD = """
id: tiny
title: Tiny framework
edition: first
publisher: Nobody
source: made for a test
attribution: made for a test
levels: [{id: low, label: Low}, {id: high, label: High}]
principles: [{id: p, label: P}]
drivers: [{id: d, label: D, principle: p}]
"""
CRITERION = """
id: K1
level: low
driver: d
principle: p
kind: deliverable
force: must
gates_level: true
wordings: {table: "Somebody waters the allotment."}
plain: Somebody waters the allotment.
elements:
  - {id: waters, asks: Is it watered?, required: true, core: true, basis: wording,
     check: acts.does, with: {any_of: [watering]}}
  - {id: plot, asks: Is it the allotment?, required: true, basis: wording,
     check: acts.mentions, with: {any_of: [allotment]}}
same_act: [waters, plot]
bears: [[watering], [allotment]]
"""
WORDS = """
concepts:
  - {id: watering, sort: act, forms: ["water{s,ed}"]}
  - {id: allotment, sort: thing, forms: ["allotment{,s}"]}
"""
NETWORK_NOTE = "# Notes\n\nThe Medical Director attended a meeting of {name} on 14 January 2026.\n"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A framework of one criterion, with a lexicon of its own; one folder, so that it is loaded once."""
    folder = tmp_path_factory.mktemp("tiny")
    for name, text in (("framework.yml", HEAD), ("criteria/K1.yml", CRITERION), ("lexicon/words.yml", WORDS)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


def test_a_missing_folder(map_folder, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        map_folder(tmp_path / "nowhere")
    assert str(tmp_path / "nowhere") in str(caught.value)
    assert caught.value.next_step
    assert caught.value.exit_code is ExitCode.USAGE


def test_an_empty_folder(map_folder, papers: Path) -> None:
    with pytest.raises(NothingRead) as caught:
        map_folder(papers)
    assert str(papers) in caught.value.message
    assert "PDF" in caught.value.next_step
    assert caught.value.exit_code is ExitCode.NOTHING_READ


def test_a_pack_of_files_that_cannot_be_read(map_folder, papers: Path) -> None:
    (papers / "empty.pdf").write_bytes(b"")
    (papers / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    (papers / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(NothingRead) as caught:
        map_folder(papers)
    assert "None of the 3 files" in caught.value.message
    for name in ("empty.pdf", "broken.pdf", "old.doc"):
        assert name in caught.value.message


def test_one_file_that_can_be_read_is_enough(map_folder, papers: Path) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    (papers / "note.md").write_text(NETWORK_NOTE.format(name="the Race Equality Network"), encoding="utf-8")
    made = map_folder(papers).evidence_map
    assert [problem.file for problem in made.problems] == ["broken.pdf"]
    assert [document.state for document in made.documents] == [DocumentState.NOT_READ, DocumentState.READ]


def test_a_pack_may_be_one_file(map_folder, papers: Path) -> None:
    note = papers / "note.md"
    note.write_text(NETWORK_NOTE.format(name="the Race Equality Network"), encoding="utf-8")
    (papers / "other.md").write_text("# Other\n\nNot part of it.\n", encoding="utf-8")
    assert [document.path for document in map_folder(note).evidence_map.documents] == ["note.md"]


def test_what_is_to_be_skipped_is_not_read(map_folder, papers: Path) -> None:
    for name in ("in.md", "out.md"):
        (papers / name).write_text("# Notes\n\nNothing was said.\n", encoding="utf-8")
    made = map_folder(papers, skip=(papers / "out.md",)).evidence_map
    assert [document.path for document in made.documents] == ["in.md"]


def test_an_unknown_target(map_folder, papers: Path) -> None:
    with pytest.raises(UsageError) as caught:
        map_folder(papers, target="platinum")
    assert "platinum" in caught.value.message
    assert "bronze, silver, gold" in caught.value.next_step


def test_a_folder_without_a_framework(map_folder, papers: Path, tmp_path: Path) -> None:
    with pytest.raises(FrameworkInvalid, match=r"framework\.yml"):
        map_folder(papers, framework=tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Head of Estates watered the allotment on 3 March 2026.", Status.EVIDENCED),
        ("The Head of Estates will water the allotment. It is planned for March 2027.", Status.NOT_FOUND),
        ("The allotment is to be watered by March 2027.", Status.PLANNED),
        ("The allotment was not watered in 2026.", Status.CONTRADICTED),
        ("The roof was mended on 3 March 2026.", Status.NOT_FOUND),
    ],
)
def test_a_framework_of_ones_own_with_its_own_words(
    map_folder, papers: Path, tiny: Path, text: str, status: Status
) -> None:
    (papers / "report.md").write_text(f"# Report of 1 April 2026\n\n{text}\n", encoding="utf-8")
    made = map_folder(papers, framework=tiny, target="high").evidence_map
    assert [(finding.criterion, finding.status) for finding in made.findings] == [("K1", status)]
    assert made.framework.id == "tiny"
    assert made.target == "high"
    assert [(line.level, line.evidenced, line.total) for line in made.levels] == [
        ("low", int(status is Status.EVIDENCED), 1),
        ("high", 0, 0),
    ]


def test_a_framework_must_not_take_a_concept_of_the_shared_lexicon(
    map_folder, papers: Path, tiny: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(tiny, tmp_path / "copy")
    words = copy / "lexicon" / "words.yml"
    words.write_text(WORDS + "  - {id: attend, sort: act, forms: [drop in]}\n", encoding="utf-8")
    with pytest.raises(FrameworkInvalid, match=r"words\.yml:5: .*`attend` is defined twice"):
        map_folder(papers, framework=copy)


def test_a_name_gives_a_network_its_concept(map_folder, papers: Path) -> None:
    (papers / "note.md").write_text(NETWORK_NOTE.format(name="Saffron Voices"), encoding="utf-8")
    with pytest.raises(UsageError, match="no_such_network"):
        map_folder(papers, names=(("Saffron Voices", "no_such_network"),))

    def support(names: tuple[tuple[str, str], ...]) -> list[str]:
        made = map_folder(papers, names=names).evidence_map
        finding = next(each for each in made.findings if each.criterion == "S4")
        return [quote.text for quote in finding.quotes if quote.role is Role.SUPPORT]

    assert support(()) == []
    named = support((("Saffron Voices", "ethnic_minority_staff_network"),))
    assert len(named) == 1
    assert "Saffron Voices" in named[0]


def test_names_and_sources_stand_in_the_run(map_folder, papers: Path) -> None:
    (papers / "note.md").write_text("# Notes\n\nNothing was said.\n", encoding="utf-8")
    made = map_folder(
        papers,
        names=(("Saffron Voices", "ethnic_minority_staff_network"),),
        stated=(("organisation", "command line"),),
    ).evidence_map
    settings = dict(made.run.settings)
    assert settings["name: Saffron Voices"] == "ethnic_minority_staff_network"
    assert settings["source: organisation"] == "command line"
    assert list(settings) == sorted(settings)


def test_the_organisation_is_taken_from_the_papers(map_folder, papers: Path) -> None:
    for number in (1, 2):
        (papers / f"{number}.md").write_text(
            f"# Meeting {number} of the Board of Directors\n\nExample Vale NHS Foundation Trust\n\nNothing was said.\n",
            encoding="utf-8",
        )
    made = map_folder(papers, organisation="").evidence_map
    assert made.organisation == "Example Vale NHS Foundation Trust"
    assert "2" in made.organisation_reason
    stated = map_folder(papers, organisation="Another Trust").evidence_map
    assert (stated.organisation, stated.organisation_reason) == ("Another Trust", "stated by the user")


def test_progress_is_told_in_order(papers: Path) -> None:
    (papers / "note.md").write_text(NETWORK_NOTE.format(name="the Race Equality Network"), encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    options = MapOptions(pack=papers, as_of=date(2026, 10, 1), organisation="Example Vale NHS Trust")
    map_evidence(options, lambda stage, done, total: told.append((stage, done, total)))
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["reading note.md", "reading passages", "concluding"]
    assert all(0 <= done <= total for _, done, total in told)


UNGUARDED = """
from datetime import date
from pathlib import Path
from evidence_kit import MapOptions, map_evidence
options = MapOptions(pack=Path({pack!r}), as_of=date(2026, 10, 1), workers={workers})
print(len(map_evidence(options).evidence_map.findings))
"""


def run_script(arguments: list[str], source: str) -> tuple[subprocess.CompletedProcess[str], float]:
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, *arguments],
        input=source,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done, time.monotonic() - begun


def test_a_script_without_main_guard_ends_with_our_words(papers: Path, tmp_path: Path) -> None:
    (papers / "note.md").write_text("# Notes\n\nNothing was said.\n", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED.format(pack=str(papers), workers=1), encoding="utf-8")
    done, seconds = run_script([str(script)], "")
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("evidence_kit.errors.MainGuardMissing:")
    assert 'if __name__ == "__main__":' in last
    assert "workers=0" in last
    assert seconds < 60


def test_a_script_from_standard_input_needs_no_guard(papers: Path) -> None:
    (papers / "note.md").write_text("# Notes\n\nNothing was said.\n", encoding="utf-8")
    done, seconds = run_script(["-"], UNGUARDED.format(pack=str(papers), workers=1))
    assert (done.returncode, done.stdout.strip()) == (0, "42"), done.stderr
    assert seconds < 60
