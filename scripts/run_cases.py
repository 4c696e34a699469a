"""Run a framework's cases and list those that fail: ``python scripts/run_cases.py [CRITERION …]``."""

from __future__ import annotations

import sys
from collections import Counter

from evidence_kit.pipeline.cases import load_cases, run_cases
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.resources import framework_root


def main(wanted: list[str]) -> int:
    """Print failures and totals; return 1 if anything failed."""
    knowledge = load_knowledge()
    ids = frozenset(criterion.id for criterion in knowledge.framework.criteria)
    cases = tuple(
        case for case in load_cases(framework_root(), ids) if not wanted or case.criterion in wanted
    )
    totals: Counter[bool] = Counter()
    for result in run_cases(cases, knowledge):
        totals[result.passed] += 1
        if not result.passed:
            case = result.case
            print(
                f"{case.criterion}: {case.name}: {result.status.value}, not {case.status.value}: {result.reason}"
            )
    print(f"{totals[True]} passed, {totals[False]} failed")
    return 1 if totals[False] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
