"""A letter goes to whoever answers for the papers, holds every gap of the target, and blames nobody."""

from __future__ import annotations

from dataclasses import replace

from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports.letters import file_name, letters
from evidence_kit.reports.view import build


def owned(evidence_map: EvidenceMap, owner: str) -> EvidenceMap:
    """Give every paper an owner, as an evidence register does."""
    return replace(
        evidence_map,
        papers=tuple(replace(one, profile=replace(one.profile, owner=owner)) for one in evidence_map.papers),
    )


def test_every_gap_of_the_target_stands_in_a_letter(sample_map: EvidenceMap) -> None:
    view = build(sample_map)
    together = "\n".join(letters(view).values())
    assert view.gaps
    for gap in view.gaps:
        assert f"\n{gap.criterion.id}  " in together
    assert all(f"\n{one.criterion.id}  " not in together for one in view.findings if one not in view.gaps)


def test_the_owner_that_the_register_names_is_written_to_and_quoted(sample_map: EvidenceMap) -> None:
    view = build(owned(sample_map, "Director of People"))
    written = letters(view)
    mine = written["Director of People"]
    assert mine.startswith("To: Director of People\n")
    quoted = [gap for gap in view.gaps if gap.quotes]
    assert quoted and all(f"\n{gap.criterion.id}  " in mine for gap in quoted)
    assert "Your paper says:" in mine


def test_letters_are_plain_text_of_moderate_width(sample_map: EvidenceMap) -> None:
    for text in letters(build(sample_map)).values():
        assert "<" not in text.split("Your paper says:", maxsplit=1)[0]
        words = [word for line in text.splitlines() if len(line) > 88 for word in line.split()]
        assert all(len(word) > 60 for word in words if len(word) > 40)
        assert "failed" not in text and "must" not in text.split("\n\n")[1]


def test_names_of_files_are_safe() -> None:
    assert file_name("../../etc/passwd") == "letter-etc-passwd.txt"
    assert file_name("Ångström & Söhne") == "letter-ngstr-m-s-hne.txt"
    assert file_name("***") == "letter-owner.txt"
