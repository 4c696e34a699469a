"""Screen the claims about a sample pack, and hold every verdict against what a careful reader gave.

    python benchmarks/claims.py [FOLDER] [--list]

FOLDER holds ``papers/``, ``truth.yml``, ``claims.xlsx`` and ``claims-truth.csv``; without it corpus_samples/third,
fourth and fifth are scored. Prints verdicts right or accepted, confirmations that a reader would not give, and
verdicts by what the reader gave. The sets are development sets: every figure is a development figure.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evidence_kit.framework.yaml_lines import load_yaml
from evidence_kit.options import MapOptions
from evidence_kit.screening.screen import ScreenOptions, screen

SAMPLES = Path(__file__).resolve().parents[1] / "corpus_samples"
HEADINGS = {
    "third": {},
    "fourth": {
        "criterion": "Framework item",
        "status": "Position",
        "document": "Evidence (document)",
        "page": "Page",
        "text": "What we say",
    },
    "fifth": {},
}
"""Headings of a pack's form that are not ours, as ``--column`` takes them."""
READ_AS = {
    "planned, not done": "planned",
    "out of date": "out_of_date",
    "not found": "not_found",
    "document missing": "document_missing",
    "confirmed elsewhere": "confirmed_elsewhere",
    "no criterion": "no_criterion",
    "row fits no criterion": "no_criterion",
}
CONFIRMING = ("confirmed", "confirmed_elsewhere")
ORDER = (
    *CONFIRMING,
    *("partly", "planned", "out_of_date", "contradicted", "document_missing", "not_found", "no_criterion"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claim's verdict beside the reader's.

    Attributes:
        row: Of the form.
        wanted: What the reader gave; the first is the verdict, others were accepted.
    """

    row: int
    criterion: str
    text: str
    wanted: tuple[str, ...]
    given: str

    @property
    def right(self) -> bool:
        """Whether the reader gave or accepted it."""
        return self.given in self.wanted

    @property
    def falsely_confirmed(self) -> bool:
        """Whether it is confirmed, here or elsewhere, where the reader neither gave nor accepted either."""
        return self.given in CONFIRMING and not set(self.wanted) & set(CONFIRMING)


def score(folder: Path) -> list[Held]:
    """Return every claim of a folder with its verdict, in the form's order."""
    truth = load_yaml((folder / "truth.yml").read_text(encoding="utf-8"))
    application = screen(
        ScreenOptions(
            mapped=MapOptions(
                pack=folder / "papers",
                organisation=truth["organisation"],
                as_of=date.fromisoformat(str(truth["as_of"])),
                target="gold",
            ),
            claims=folder / "claims.xlsx",
            columns=HEADINGS.get(folder.name, {}),
            sources="papers",
        )
    )
    given = {int(re.sub(r".*\D", "", one.claim.cell)): one for one in application.screened}
    with (folder / "claims-truth.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    held = []
    for row in rows:
        one = given.get(int(row["row"]))
        accepted = row["accepted"].split(";") if row["accepted"] else []
        held.append(
            Held(
                row=int(row["row"]),
                criterion=row["criterion"],
                text=one.claim.text if one else "",
                wanted=tuple(READ_AS.get(said.strip(), said.strip()) for said in [row["verdict"], *accepted]),
                given=one.verdict.value if one else "no_criterion",
            )
        )
    return held


def main() -> None:
    """Print the scores and the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="*", default=[SAMPLES / name for name in HEADINGS])
    parser.add_argument(
        "--list", action="store_true", help="list the claims whose verdict is not the reader's"
    )
    options = parser.parse_args()
    for folder in options.folder:
        held = score(folder)
        confirmed = [one for one in held if one.given in CONFIRMING]
        print(
            f"{folder.name}: {sum(one.right for one in held)} of {len(held)} right or accepted; "
            f"falsely confirmed {sum(one.falsely_confirmed for one in held)} of {len(confirmed)}"
        )
        print_table(held)
        for one in held:
            if options.list and not one.right:
                print(
                    one.row, one.criterion, "wanted", "/".join(one.wanted), "given", one.given, "|", one.text
                )


def print_table(held: Sequence[Held]) -> None:
    """Print how often each verdict was given, by what the reader gave."""
    counts = Counter((one.wanted[0], one.given) for one in held)
    columns = [verdict for verdict in ORDER if any(given == verdict for _, given in counts)]
    print("| a reader gave | " + " | ".join(each.replace("_", " ") for each in columns) + " |")
    print("|---|" + "--:|" * len(columns))
    for wanted in ORDER:
        if total := sum(number for (each, _), number in counts.items() if each == wanted):
            cells = [str(counts[wanted, given] or "–") for given in columns]
            print(f"| {wanted.replace('_', ' ')} ({total}) | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
