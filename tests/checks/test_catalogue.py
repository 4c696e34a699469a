"""The table of checks: every check declares its parameters, reads what it declares, and is documented with them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from evidence_kit.checks.catalogue import ACT_CHECKS, CHECK_NAMES, PARAMETERS, POOL_CHECKS

ROW = re.compile(r"\| `([a-z]+\.[a-z_]+)`( \(pool\))? \| .* \| (.*) \|")
CHECKS = {**ACT_CHECKS, **POOL_CHECKS}


def documented(checkout: Path) -> dict[str, tuple[bool, set[str]]]:
    """Return, by check, whether the documentation calls it a pool check, and the parameters that it names."""
    text = (checkout / "docs" / "taxonomy.md").read_text(encoding="utf-8")
    rows = [found for line in text.splitlines() if (found := ROW.fullmatch(line))]
    return {
        # what stands in brackets says what a parameter holds
        row[1]: (bool(row[2]), set(re.findall(r"`([a-z_]+)", re.sub(r"\([^)]*\)", "", row[3]))))
        for row in rows
    }


def test_every_check_declares_its_parameters() -> None:
    assert set(PARAMETERS) == CHECK_NAMES


def test_the_documentation_has_the_same_table(checkout: Path) -> None:
    assert documented(checkout) == {
        name: (name in POOL_CHECKS, set(parameters)) for name, parameters in PARAMETERS.items()
    }


@pytest.mark.parametrize("name", sorted(CHECK_NAMES))
def test_a_check_tells_of_its_parameters(name: str) -> None:
    said = inspect.getdoc(CHECKS[name]) or ""
    missing = {each for each in PARAMETERS[name] if f"``{each}" not in said}
    assert not missing, f"{name} does not say what {missing} is"
