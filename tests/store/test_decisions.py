"""Decisions are kept as lines that nothing changes: read back as written, and a bad line costs only itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.records.decision import ON_CRITERIA, ON_QUOTES, Decision, QuoteKey, Verdict
from evidence_kit.store.decisions import append_decisions, file_name, read_decisions

PERSON = "Priya Nair"
ON_CRITERION = Decision(criterion="S4", verdict=Verdict.CONFIRMED, person=PERSON, at="2026-11-24T09:30:00Z")
ON_QUOTE = Decision(
    criterion="B1",
    verdict=Verdict.REJECT,
    person=PERSON,
    at="2026-11-24T09:31:00Z",
    quote=QuoteKey(text="The Board noted this.", before="item 9", after="Next item", paper="ab" * 32),
    comment="Noted is not approved.",
    status_seen="partly",
)


def test_what_is_appended_is_read_back_and_nothing_before_it_changes(tmp_path: Path) -> None:
    first = append_decisions(tmp_path, PERSON, [ON_CRITERION])
    before = first.read_bytes()
    second = append_decisions(tmp_path, PERSON, [ON_QUOTE])
    assert first == second and second.read_bytes().startswith(before)
    assert read_decisions(tmp_path).decisions == (ON_CRITERION, ON_QUOTE)


def test_a_folder_that_is_missing_holds_none(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none").decisions == ()


def test_a_torn_line_costs_only_itself_and_is_told(tmp_path: Path) -> None:
    file = append_decisions(tmp_path, PERSON, [ON_CRITERION, ON_QUOTE])
    file.write_bytes(file.read_bytes()[:-20])
    append_decisions(tmp_path, PERSON, [replace(ON_CRITERION, at="2026-11-25T09:30:00Z")])
    read = read_decisions(tmp_path)
    assert [one.at for one in read.decisions] == ["2026-11-24T09:30:00Z", "2026-11-25T09:30:00Z"]
    (problem,) = read.problems
    assert problem.code == "decision_unreadable" and "line 2" in problem.message and problem.next_step


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b'{"schema":"evidence-kit/decision","schema_version":2,"criterion":"B1","verdict":"accept","person":"A","at":"x"}',
        b'{"schema":"other","schema_version":1,"criterion":"B1","verdict":"confirmed","person":"A","at":"x"}',
        b'{"schema":"evidence-kit/decision","schema_version":1,"criterion":"B1","verdict":"accept","person":"A","at":"x"}',
        b'{"schema":"evidence-kit/decision","schema_version":1,"criterion":"B1","verdict":"met","person":"A","at":"x"}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_decision_is_a_problem(tmp_path: Path, line: bytes) -> None:
    file = append_decisions(tmp_path, PERSON, [ON_CRITERION])
    file.write_bytes(file.read_bytes() + line + b"\n")
    read = read_decisions(tmp_path)
    assert read.decisions == (ON_CRITERION,)
    assert [problem.file for problem in read.problems] == [file.name]


def test_two_folders_put_together_hold_both_once(tmp_path: Path) -> None:
    other = replace(ON_CRITERION, person="Ben Asante", verdict=Verdict.PARTLY)
    file = append_decisions(tmp_path, PERSON, [ON_CRITERION])
    append_decisions(tmp_path, "Ben Asante", [other])
    (tmp_path / "priya (copy of an office computer).jsonl").write_bytes(file.read_bytes())
    assert set(read_decisions(tmp_path).decisions) == {ON_CRITERION, other}


def test_only_a_persons_own_fitting_decisions_are_written(tmp_path: Path) -> None:
    for wrong in (
        replace(ON_CRITERION, person="Somebody else"),
        replace(ON_CRITERION, verdict=Verdict.ACCEPT),
    ):
        with pytest.raises(ValueError, match=r".+"):
            append_decisions(tmp_path, PERSON, [wrong])
    assert not list(tmp_path.iterdir())


NAMES = st.text(min_size=1, max_size=30).filter(lambda name: bool(name.strip()))


@given(NAMES, NAMES)
def test_people_with_like_names_have_files_of_their_own(one: str, two: str) -> None:
    assert (file_name(one) == file_name(two)) == (one == two)
    assert file_name(one).isascii() and not set(file_name(one)) & set('/\\:*?"<>|')


@given(
    st.builds(
        Decision,
        criterion=NAMES,
        verdict=st.sampled_from(sorted(ON_CRITERIA)),
        person=st.just(PERSON),
        at=st.just("2026-11-24T09:30:00Z"),
        comment=st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
    )
    | st.builds(
        Decision,
        criterion=st.just("B1"),
        verdict=st.sampled_from(sorted(ON_QUOTES)),
        person=st.just(PERSON),
        at=st.just("2026-11-24T09:30:00Z"),
        quote=st.builds(QuoteKey, text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80)),
    )
)
def test_any_decision_survives_its_line(tmp_path_factory: pytest.TempPathFactory, decision: Decision) -> None:
    folder = tmp_path_factory.mktemp("decisions")
    append_decisions(folder, PERSON, [decision])
    assert read_decisions(folder).decisions == (decision,)
