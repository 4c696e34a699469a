"""Faults of a framework are named with file and line, all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_kit.checks.catalogue import PARAMETERS
from evidence_kit.errors import ExitCode, FrameworkInvalid
from evidence_kit.framework.loader import load_framework, normalise_wording

HEAD = """
id: tiny
title: Tiny framework
edition: first
publisher: Nobody
source: made for a test
attribution: made for a test
levels: [{id: one, label: One}]
principles: [{id: p, label: P}]
drivers: [{id: d, label: D, principle: p}]
"""
CRITERION = """
id: A1
level: one
driver: d
principle: p
kind: deliverable
force: must
wordings: {table: "Somebody does something."}
plain: Somebody does something.
elements:
  - {id: act, asks: Is it done?, required: true, core: true, basis: wording, check: acts.does, with: {any_of: [attend]}}
bears: [attend]
"""


def load(folder: Path):
    return load_framework(folder, checks=PARAMETERS, concepts={"attend"})


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    (tmp_path / "criteria").mkdir()
    (tmp_path / "framework.yml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "criteria" / "A1.yml").write_text(CRITERION, encoding="utf-8")
    return tmp_path


def test_a_sound_framework_loads(tiny: Path) -> None:
    framework = load(tiny)
    assert [criterion.id for criterion in framework.criteria] == ["A1"]
    assert framework.criteria[0].bears == (("attend",),)
    assert framework.criteria[0].elements[0].parameters == (("any_of", ("attend",)),)


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("acts.does", "acts.dose", "unknown check `acts.dose`", 11),
        ("[attend]}}", "[atend]}}", "unknown concept `atend`", 11),
        ("any_of: [att", "any_off: [att", "unknown parameter `any_off` of `acts.does`; known: any_of,", 11),
        ("any_of: [attend]", "any_of: {attend: 1}", "`any_of` of `acts.does` must be a list", 11),
        ("any_of: [attend]", "any_of: [attend, 4]", "`any_of` of `acts.does` must hold text only, not 4", 11),
        ("bears: [attend]", "bears: [atend]", "unknown concept `atend` in `bears`", 12),
        ("force: must", "force: shall", "`force` must be one of: must, should, can, none", 7),
        ("plain: Some", "plane: Some", "unknown key `plane`", 9),
        ("basis: wording", "basis: house", "only an element with basis `wording` may be required", 11),
        ("id: A1", "id: A1\nid: A2", "the key `id` stands here twice", 3),
        ("level: one", "level: two", "unknown level `two`", None),
        ("force: must", "force: !!python/name:os.system x", "is not allowed", 7),
        ("force: must", "force: [must", "not valid YAML", None),
        ("core: true, ", "", "no element is `core`", 10),
        (
            "required: true, core: true,",
            "required: false, suffices: true,",
            "that suffices must be required",
            11,
        ),
        ("force: must", "force: must\nrules_in: [polcy]", "unknown kind of paper `polcy`", 8),
    ],
)
def test_a_fault_is_named_with_its_line(
    tiny: Path, old: str, new: str, message: str, line: int | None
) -> None:
    path = tiny / "criteria" / "A1.yml"
    path.write_text(CRITERION.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FrameworkInvalid) as caught:
        load(tiny)
    fault = next(each for each in caught.value.problems if message in each)
    if line is not None:
        assert f"A1.yml:{line}:" in fault
    assert caught.value.exit_code is ExitCode.FRAMEWORK_INVALID


@pytest.mark.parametrize(
    ("check", "given", "message"),
    [
        ("people.holds_level", "at_leest: director", "unknown parameter `at_leest`"),
        (
            "people.holds_level",
            "at_least: executive",
            "`at_least` of `people.holds_level` holds `executive`; known:",
        ),
        ("people.holds_level", "at_least: [director]", "must be text"),
        ("people.holds_level", "excludes: [non_exec]", "holds `non_exec`; known: chief_executive,"),
        ("people.holds_level", "roles: [Executive Sponsor]", "no id of a role"),
        ("people.holds_level", "doer_of: [atend]", "unknown concept `atend`"),
        ("sharing.in_paper", "kinds: [annual_raport]", "holds `annual_raport`; known: board_paper,"),
        ("amounts.states", "kinds: [percentage]", "holds `percentage`; known: count,"),
        ("timing.count_in_period", "at_least: four", "must be a number above 0"),
        ("timing.count_in_period", "at_least: 0", "must be a number above 0"),
        ("timing.count_in_period", "months: true", "must be a number above 0"),
        ("acts.mentions", "own: maybe", "must be true or false"),
        ("timing.in_window", "months: 12", "unknown parameter `months` of `timing.in_window`; known: none"),
    ],
)
def test_parameters_of_checks_are_validated(tiny: Path, check: str, given: str, message: str) -> None:
    path = tiny / "criteria" / "A1.yml"
    more = f"  - {{id: more, asks: Is it so?, basis: house, check: {check},\n     with: {{{given}}}}}\nbears:"
    path.write_text(CRITERION.replace("bears:", more), encoding="utf-8")
    with pytest.raises(FrameworkInvalid) as caught:
        load(tiny)
    (fault,) = caught.value.problems
    assert message in fault
    assert "A1.yml:13:" in fault


@pytest.mark.parametrize(
    ("check", "given"),
    [
        ("people.holds_level", "at_least: director, excludes: non_executive, roles: [executive_sponsor]"),
        ("sharing.in_paper", "kinds: [annual_report], any_of: attend"),
        ("amounts.share_at_least", "percent: 12.5, units: [any words]"),
        ("open.person_judges", "what: whether it is good"),
        ("timing.in_window", ""),
    ],
)
def test_parameters_of_the_right_kind_are_taken(tiny: Path, check: str, given: str) -> None:
    path = tiny / "criteria" / "A1.yml"
    more = f"  - {{id: more, asks: Is it so?, basis: house, check: {check}, with: {{{given}}}}}\nbears:"
    path.write_text(CRITERION.replace("bears:", more), encoding="utf-8")
    assert load(tiny).criteria[0].elements[1].check == check


def test_what_is_untested_must_be_a_criterion(tiny: Path) -> None:
    head = tiny / "framework.yml"
    head.write_text(f"{HEAD}untested: [A1]\n", encoding="utf-8")
    assert load(tiny).untested == ("A1",)
    head.write_text(f"{HEAD}untested: [A2]\n", encoding="utf-8")
    with pytest.raises(FrameworkInvalid, match="unknown criterion `A2`"):
        load(tiny)


def test_all_faults_come_at_once(tiny: Path) -> None:
    text = CRITERION.replace("acts.does", "acts.dose").replace("force: must", "force: shall")
    (tiny / "criteria" / "A1.yml").write_text(text, encoding="utf-8")
    with pytest.raises(FrameworkInvalid) as caught:
        load(tiny)
    assert len(caught.value.problems) == 2


def test_no_stays_a_word(tiny: Path) -> None:
    path = tiny / "criteria" / "A1.yml"
    path.write_text(CRITERION.replace("plain: Somebody does something.", "plain: no"), encoding="utf-8")
    assert load(tiny).criteria[0].plain == "no"


def test_a_missing_head_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FrameworkInvalid, match=r"framework\.yml: missing"):
        load(tmp_path)


def test_the_digest_is_of_ids_and_wordings_alone(tiny: Path) -> None:
    before = load(tiny).digest
    path = tiny / "criteria" / "A1.yml"
    path.write_text(CRITERION.replace("plain: Somebody", "plain: Anybody"), encoding="utf-8")
    assert load(tiny).digest == before
    path.write_text(
        CRITERION.replace('"Somebody does something."', '"Somebody, does something"'), encoding="utf-8"
    )
    assert load(tiny).digest == before
    path.write_text(CRITERION.replace('"Somebody does', '"Everybody does'), encoding="utf-8")
    assert load(tiny).digest != before


def test_wordings_are_compared_without_case_and_punctuation() -> None:
    assert normalise_wording("Directors’ diversity — (whichever)") == normalise_wording(
        "directors' diversity, WHICHEVER"
    )
