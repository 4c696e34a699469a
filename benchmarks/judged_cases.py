"""Score behavioural cases: each is one passage in one dated paper, judged as if it were the whole pack.

    python benchmarks/judged_cases.py ../shared/data/cases/cases.jsonl [--list] [--kind KIND] [--criterion ID]

Prints statuses right or accepted, false "evidenced", minimal pairs, stance, and the same by kind of case. The
cases are a development set: every figure is a development figure. Skips with a message when the file is not there.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evidence_kit.language.nlp import Tagger
from evidence_kit.pipeline.cases import document_of
from evidence_kit.pipeline.conclude import bearings_of, conclude_all, cut
from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
from evidence_kit.pipeline.ours import Ours
from evidence_kit.records.finding import Role

STANCES = {Role.SUPPORT: "done", Role.AGAINST: "contradicts"}


@dataclass(frozen=True, slots=True)
class Scored:
    """A case with what it gave."""

    case: dict[str, Any]
    status: str
    stance: str

    @property
    def right(self) -> bool:
        """Right, or accepted: a bare aspiration may be planned or not found."""
        wanted = self.case["expect"]
        if self.status == wanted["status"]:
            return True
        return wanted["stance"] == "aspiration" and self.status in ("planned", "not_found")


def main() -> None:
    """Run all cases and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--list", action="store_true", help="list the cases that are wrong")
    parser.add_argument("--kind")
    parser.add_argument("--criterion")
    options = parser.parse_args()
    if not options.file.is_file():
        print(f"skipped: {options.file} is not there")
        return
    knowledge = load_knowledge()
    cases = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines()]
    chosen = [
        case
        for case in cases
        if options.kind in (None, case["kind"])
        and options.criterion in (None, case["criterion"])
        and case["criterion"] in {criterion.id for criterion in knowledge.framework.criteria}
    ]
    tagger = Tagger(knowledge.lexicon)
    scored = [score(case, knowledge, tagger) for case in chosen]
    report(scored)
    if options.list:
        list_wrong(scored)


def score(case: dict[str, Any], knowledge: Knowledge, tagger: Tagger) -> Scored:
    """Judge one case."""
    document = document_of(as_paper(case))
    bearings = bearings_of(
        cut([document]), knowledge, tagger, Ours(organisation=case["document"]["organisation"])
    )
    as_of = date.fromisoformat(case["as_of"])
    concluded = {each.criterion.id: each for each in conclude_all(bearings, knowledge, as_of)}[
        case["criterion"]
    ]
    exhibits = [exhibit for exhibit in concluded.exhibits if exhibit.role is not Role.NEAR_MISS]
    stance = "none"
    if exhibits:
        first = exhibits[0]
        stance = STANCES.get(first.role, first.witness.stance.value)
    return Scored(case, concluded.status.value, stance)


def as_paper(case: dict[str, Any]) -> str:
    """State the paper's particulars as a real paper would."""
    paper = case["document"]
    day = date.fromisoformat(paper["date"])
    written = f"{day.day} {day:%B %Y}"
    head = [
        f"# {paper['title']}",
        paper["organisation"],
        f"Document type: {paper['kind']}",
        f"Date: {written}",
    ]
    return "\n\n".join([*head, case["text"]])


def report(scored: list[Scored]) -> None:
    """Print the figures."""
    total = len(scored)
    right = sum(each.right for each in scored)
    not_evidenced = [each for each in scored if each.case["expect"]["status"] != "evidenced"]
    false = [each for each in not_evidenced if each.status == "evidenced"]
    print(f"statuses right or accepted: {right} of {total} ({right / total:.2f})")
    print(
        f"false evidenced: {len(false)} of {len(not_evidenced)} ({len(false) / max(1, len(not_evidenced)):.3f})"
    )
    evidenced = [each for each in scored if each.case["expect"]["status"] == "evidenced"]
    print(f"evidenced found: {sum(each.right for each in evidenced)} of {len(evidenced)}")
    by_id = {each.case["id"]: each for each in scored}
    pairs = [(each, by_id[each.case["pair"]]) for each in scored if each.case.get("pair") in by_id]
    both = sum(one.right and other.right for one, other in pairs)
    print(f"both of a minimal pair right: {both} of {len(pairs)}")
    done = [each.case["expect"]["stance"] == "done" for each in scored]
    said = [each.stance == "done" for each in scored]
    hit = sum(a and b for a, b in zip(done, said, strict=True))
    print(f"stance done: F1 {2 * hit / max(1, sum(done) + sum(said)):.2f}")
    confusion = Counter((each.case["expect"]["status"], each.status) for each in scored)
    statuses = sorted({status for pair in confusion for status in pair})
    print("\nexpected \\ given " + " ".join(f"{status[:9]:>10}" for status in statuses))
    for wanted in statuses:
        print(f"{wanted:>16} " + " ".join(f"{confusion[wanted, given]:>10}" for given in statuses))
    kinds: defaultdict[str, list[Scored]] = defaultdict(list)
    for each in scored:
        kinds[each.case["kind"]].append(each)
    print()
    for kind in sorted(kinds):
        print(f"{kind:>24} {sum(each.right for each in kinds[kind]):>3} of {len(kinds[kind])}")


def list_wrong(scored: list[Scored]) -> None:
    """Print the cases that are wrong, false "evidenced" first."""
    wrong = [each for each in scored if not each.right]
    for each in sorted(wrong, key=lambda each: each.status != "evidenced"):
        case = each.case
        text = case["text"].replace("\n", " / ")
        print(f"\n{case['id']} [{case['kind']}] wanted {case['expect']['status']}, gave {each.status}")
        print(f"  {text}\n  {case['why']}")


if __name__ == "__main__":
    main()
