"""Holds the documents: every link to a file of this repository leads somewhere, and every page in docs/ is listed.

    python scripts/check_docs.py [ROOT]

What the pages say about commands, options, exit codes and checks is held by ``tests/test_docs.py``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def markdown_files(root: Path) -> list[Path]:
    """Return the pages that people read: those at the top, in docs/, and the READMEs of other folders."""
    pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md"), *(root / "models").glob("*.md")]
    return sorted(pages)


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub makes of a page's headings."""
    headings = re.findall(r"^#+\s+(.*?)\s*$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def faults(root: Path) -> Iterator[str]:
    """Yield one line for every link that leads nowhere and every page of docs/ that docs/index.md does not list."""
    for page in markdown_files(root):
        text = CODE.sub("", page.read_text(encoding="utf-8"))
        for target in LINK.findall(text):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            goal = (page.parent / path).resolve() if path else page
            if not goal.exists():
                yield f"{page.relative_to(root)}: no such file: {target}"
            elif anchor and goal.suffix == ".md" and anchor not in anchors(goal):
                yield f"{page.relative_to(root)}: no such heading: {target}"
    index = (root / "docs" / "index.md").read_text(encoding="utf-8")
    for page in sorted((root / "docs").rglob("*.md")):
        name = page.relative_to(root / "docs").as_posix()
        if name != "index.md" and f"({name})" not in index:
            yield f"docs/index.md: {name} is not listed"


def main() -> int:
    """Print the faults; return 1 if there are any."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]
    lines = list(faults(root))
    for line in lines:
        print(line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
