"""Score passages and verdicts on real documents that people labelled.

    python benchmarks/real_text.py ../shared/data/real_text [--list]

Each document runs alone, as its own organisation. A hit is an overlap of source lines. Recall counts ranges labelled
*direct*; precision counts the passages that the tool gives as evidence (support, plan or contradiction); passages
labelled *context* are ignored on both sides. A passage that the model found and no check shows is listed to be read; it
is counted in a table of its own. ``real_text_passages.py`` scores what the classifier says of every passage. Everything
printed is a development figure. Skips with a message when the folder is not there.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evidence_kit.checks.conclude import LEAD_SHOWS_NOTHING
from evidence_kit.checks.gather import LEAD
from evidence_kit.options import MapOptions
from evidence_kit.passages.quoting import source_line
from evidence_kit.pipeline import map_evidence
from evidence_kit.records.document import Document
from evidence_kit.records.finding import Finding, Quote, Role

ORGANISATIONS = {
    "Leeds Community": ("Leeds Community Healthcare NHS Trust", "2025-09-30"),
    "Leeds City Council": ("Leeds City Council", "2025-10-31"),
    "NHS West Yorkshire": ("NHS West Yorkshire Integrated Care Board", "2025-09-30"),
    "Workforce-Strategy": ("Leeds Community Healthcare NHS Trust", "2025-09-30"),
    "leeds health": ("Leeds Health and Wellbeing Board", "2025-09-30"),
    "medium-term": ("NHS England", "2025-09-30"),
}
"""Each document's own organisation and assessment date, by the beginning of its name."""

Lines = frozenset[int]
TO_READ = frozenset({LEAD, LEAD_SHOWS_NOTHING})
"""Remarks of passages that the model takes to bear on a criterion and that show nothing."""


@dataclass(frozen=True, slots=True)
class Given:
    """A passage that the tool gives as evidence, or that the model found and no check shows (``to_read``)."""

    document: str
    criterion: str
    stance: str
    lines: Lines
    text: str
    to_read: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """A range that a person labelled; no labels at all makes it a hard negative."""

    document: str
    lines: Lines
    labels: tuple[dict[str, Any], ...]

    @property
    def direct(self) -> dict[str, str]:
        """Criteria that it bears on directly, with stance."""
        return {each["criterion"]: each["stance"] for each in self.labels if each["relevance"] == "direct"}


def main() -> None:
    """Run all documents and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="list misses, false passages and wrong verdicts")
    options = parser.parse_args()
    if not (options.folder / "labels.jsonl").is_file():
        print(f"skipped: {options.folder}/labels.jsonl is not there")
        return
    labelled = load_labelled(options.folder)
    verdicts = json.loads((options.folder / "verdicts.json").read_text(encoding="utf-8"))
    given: list[Given] = []
    statuses: dict[tuple[str, str], str] = {}
    for path in sorted(options.folder.iterdir()):
        if path.name in verdicts:
            found, status = run(path)
            given.extend(found)
            statuses.update({(path.name, criterion): value for criterion, value in status.items()})
    report_passages(labelled, [each for each in given if not each.to_read], show=options.list)
    print("\nwith passages that the model lists to be read:")
    report_passages(labelled, given, show=False)
    report_verdicts(verdicts, statuses, show=options.list)


def load_labelled(folder: Path) -> list[Labelled]:
    """Read the labels."""
    records = map(json.loads, (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Labelled(record["doc"], frozenset(range(record["start"], record["end"] + 1)), tuple(record["labels"]))
        for record in records
    ]


def run(path: Path) -> tuple[list[Given], dict[str, str]]:
    """Map one document alone."""
    organisation, as_of = next(value for name, value in ORGANISATIONS.items() if path.name.startswith(name))
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder)
        (pack / path.name).write_bytes(path.read_bytes())
        result = map_evidence(
            MapOptions(pack=pack, organisation=organisation, as_of=date.fromisoformat(as_of), workers=0)
        )
    document = result.documents[0]
    given = [each for finding in result.evidence_map.findings for each in given_by(finding, document)]
    return given, {finding.criterion: finding.status.value for finding in result.evidence_map.findings}


def given_by(finding: Finding, document: Document) -> Iterator[Given]:
    """Yield the passages that a finding gives as evidence, and those that it lists to be read."""
    for quote in finding.quotes:
        to_read = quote.role is Role.NEAR_MISS and quote.remark in TO_READ
        if quote.role is not Role.NEAR_MISS or to_read:
            lines = lines_of(quote, document)
            yield Given(
                document.path, finding.criterion, quote.stance.value, lines, quote.text, to_read=to_read
            )


def lines_of(quote: Quote, document: Document) -> Lines:
    """Return the source lines of a quote."""
    found: set[int] = set()
    for place in quote.places:
        page = document.pages[place.page_index]
        for position in range(place.start, place.end):
            if position == place.start or page.text[position - 1] == "\n":
                line = source_line(page, position)
                found |= {line} if line is not None else set()
    return frozenset(found)


def report_passages(labelled: list[Labelled], given: list[Given], *, show: bool) -> None:
    """Print recall, precision, micro F1 over criteria, stance accuracy and hard negatives taken."""
    by_document: defaultdict[str, list[Given]] = defaultdict(list)
    for each in given:
        by_document[each.document].append(each)
    direct = [each for each in labelled if each.direct]
    hit = [any(each.lines & other.lines for other in by_document[each.document]) for each in direct]
    context = [each for each in labelled if each.labels and not each.direct]
    judged = [each for each in given if not any(touches(each, other) for other in context)]
    places = {(each.document, each.lines): each for each in judged}
    true = [place for place in places.values() if any(touches(place, other) for other in direct)]
    negatives = [each for each in labelled if not each.labels]
    taken = [
        each for each in negatives if any(each.lines & other.lines for other in by_document[each.document])
    ]
    wanted = {(index, criterion) for index, each in enumerate(direct) for criterion in each.direct}
    got = {
        (index, each.criterion)
        for index, other in enumerate(direct)
        for each in by_document[other.document]
        if each.lines & other.lines
    }
    stance = [
        direct[index].direct[each.criterion] == each.stance
        for index, other in enumerate(direct)
        for each in by_document[other.document]
        if each.lines & other.lines and each.criterion in other.direct
    ]
    print(f"recall of direct passages: {sum(hit)} of {len(direct)} ({sum(hit) / len(direct):.2f})")
    print(
        f"precision of passages given: {len(true)} of {len(places)} ({len(true) / max(1, len(places)):.2f})"
    )
    right = len(wanted & got)
    print(f"right criteria on direct passages, micro F1: {2 * right / max(1, len(wanted) + len(got)):.2f}")
    print(f"stance right: {sum(stance)} of {len(stance)}")
    print(f"hard negatives taken: {len(taken)} of {len(negatives)} ({len(taken) / len(negatives):.3f})")
    if show:
        for each, found in zip(direct, hit, strict=True):
            if not found:
                print(f"  missed {each.document[:20]} {min(each.lines)}-{max(each.lines)}: {each.direct}")
        for each in places.values():
            if each not in true:
                print(
                    f"  false {each.document[:20]} {each.criterion} {sorted(each.lines)[:1]}: {each.text[:160]!r}"
                )


def touches(given: Given, labelled: Labelled) -> bool:
    """Tell whether a passage overlaps a labelled range."""
    return given.document == labelled.document and bool(given.lines & labelled.lines)


def report_verdicts(verdicts: dict[str, Any], statuses: dict[tuple[str, str], str], *, show: bool) -> None:
    """Print false "evidenced", recall of verdicts other than not found, and the confusion of statuses."""
    pairs = {key: (verdicts[key[0]][key[1]]["status"], status) for key, status in statuses.items()}
    false = [key for key, (wanted, given) in pairs.items() if given == "evidenced" and wanted != "evidenced"]
    found = [(wanted, given) for wanted, given in pairs.values() if wanted != "not_found"]
    print(f"\nfalse evidenced: {len(false)} of {len(pairs)}: {false}")
    noticed = sum(given != "not_found" for _, given in found)
    same = sum(wanted == given for wanted, given in found)
    print(f"verdicts other than not found: {noticed} of {len(found)} noticed, {same} with the same status")
    quiet = [given for wanted, given in pairs.values() if wanted == "not_found"]
    print(f"not found kept: {sum(given == 'not_found' for given in quiet)} of {len(quiet)}")
    for (wanted, given), count in sorted(Counter(pairs.values()).items()):
        print(f"  {wanted:>12} -> {given:<12} {count}")
    if show:
        for key, (wanted, given) in pairs.items():
            if wanted != given:
                print(f"  {key[0][:20]} {key[1]}: wanted {wanted}, gave {given}")


if __name__ == "__main__":
    main()
