"""Make a collection of invented annual reports, with a manifest and the truth about them, to try `audit` on.

    python scripts/made_collection.py FOLDER [--organisations 60] [--years 4] [--least 80] [--most 250]

Writes FOLDER/reports/*.pdf, manifest.csv, and truth.csv: for each organisation and year the state that the inventory
must find, and the criteria whose evidence was put into the report. The same arguments give the same bytes. Every fifth
submission or so is missing, doubled, of the wrong year or organisation, a summary, or has a page without text.
"""

from __future__ import annotations

import argparse
import csv
import random
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT, LEFT, TOP, LINE = 595, 842, 64, 760, 15
FIRST_YEAR = 2021
_PLACES = """
    Alderbrook Birchmoor Calderfold Dunmere Eskwater Fernleigh Garrowby Hallowdale Inglebeck Jessop Kelderwick Larkrigg
    Mosshollow Netherfell Oakenshaw Priorsgate Quarrybank Ravensmouth Silverdene Thornquay
"""
PLACES = _PLACES.split()
KINDS = (
    ("acute", "University Hospitals NHS Foundation Trust"),
    ("mental health", "Mental Health NHS Trust"),
    ("community", "Community Healthcare NHS Trust"),
)
REGIONS = ("North West", "North West", "Midlands")
STATEMENTS = {
    "B1": "{who}, our Chief People Officer, is the Board's executive sponsor for race equality and was "
    "appointed to this role by the Board in June {first}.",
    "B2.s1": "The Board approved our anti-racism statement in May {first}, and it was published on the trust website "
    "in the same month.",
    "G2.s1": "Our ethnicity pay gap at 31 March {last} was {number}.2% (mean) and 3.1% (median). We publish it each "
    "summer.",
    "S2.s1": "All {number} divisions have drawn up their own anti-racism plans, each with a named owner and dates.",
    "B3.s1": "The inclusion KPIs were reported by ethnicity: relative likelihood of appointment 1.3{number} against a "
    "target of 1.0, and of entering the disciplinary process 1.18.",
}
"""What shows a criterion in an annual report; all else is filler."""
FILLER = (
    "The estates team replaced {number} boilers and renewed the roof of the {place} building before the winter.",
    "Our income for the year was £{number}4.2 million, and the surplus was carried into the capital programme.",
    "Waiting times at the {place} site fell by {number} days, helped by a second theatre list on Saturdays.",
    "The pharmacy moved to an electronic system; {number} wards have used it since the autumn.",
    "Volunteers gave {number}00 hours to the {place} clinic, and the Friends raised money for a new garden.",
    "The audit committee met {number} times and reviewed the register of risks at each of its meetings.",
    "A new car park opened at {place}, with charging points and a covered walk to the main entrance.",
    "The research team recruited {number}12 people to studies of the heart, the lungs and the kidneys.",
    "Complaints were answered within {number}0 days on average, and lessons were shared with all wards.",
    "Energy use fell by {number}% after lighting was renewed on the {place} wards and in the laboratories.",
    "Colleagues took part in the staff survey; {number}1% answered, and each team discussed its own results.",
    "The nursing strategy was refreshed, and {number} matrons took up post across the {place} sites.",
)
HEADINGS = (
    "Performance report",
    "Our estate",
    "Our finances",
    "Quality of care",
    "Our people",
    "Governance",
    "Research",
)
FAULTS = {
    3: "missing",
    8: "doubled",
    13: "wrong_year",
    19: "wrong_organisation",
    24: "summary_only",
    29: "unread_page",
}
"""Which submission of every 32 has which fault."""


@dataclass(frozen=True)
class Report:
    """What is in a report."""

    organisation: str
    first: int
    pages: int
    shown: tuple[str, ...]
    title: str = "Annual Report and Accounts"
    unread_page: bool = False


def write_report(path: Path, report: Report) -> None:
    """Write a report as a PDF; the same report gives the same bytes."""
    chance = random.Random(f"{report.organisation} {report.first}")
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(f"{report.title} {report.first}/{(report.first + 1) % 100:02}")
    numbers = sorted(chance.sample(range(1, report.pages), len(report.shown)))
    where = dict(zip(numbers, report.shown, strict=True))
    for number in range(report.pages):
        if number == 0:
            _cover(canvas, report)
        elif report.unread_page and number == report.pages // 2:
            canvas.rect(100, 200, 380, 400, fill=1)
        else:
            _page(canvas, report, chance, where.get(number, ""), number)
        canvas.showPage()
    canvas.save()


def _cover(canvas: Canvas, report: Report) -> None:
    canvas.setFont("Helvetica-Bold", 26)
    canvas.drawString(LEFT, 600, report.title)
    canvas.drawString(LEFT, 560, f"{report.first}/{(report.first + 1) % 100:02}")
    canvas.setFont("Helvetica", 15)
    canvas.drawString(LEFT, 500, report.organisation)


def _page(canvas: Canvas, report: Report, chance: random.Random, criterion: str, number: int) -> None:
    line = TOP
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(LEFT, line, HEADINGS[number * len(HEADINGS) // report.pages])
    canvas.setFont("Helvetica", 10.5)
    line -= 2 * LINE
    paragraphs = [
        " ".join(_filled(chance.choice(FILLER), chance, report) for _ in range(3)) for _ in range(7)
    ]
    if criterion:
        paragraphs[3] = _filled(STATEMENTS[criterion], chance, report)
    for paragraph in paragraphs:
        for words in _wrapped(paragraph, 88):
            canvas.drawString(LEFT, line, words)
            line -= LINE
        line -= LINE
    canvas.setFont("Helvetica", 8)
    canvas.drawString(
        LEFT, 40, f"{report.organisation} {report.title} {report.first}/{(report.first + 1) % 100:02}"
    )
    canvas.drawRightString(WIDTH - LEFT, 40, str(number + 1))


def _filled(text: str, chance: random.Random, report: Report) -> str:
    return text.format(
        number=chance.randint(2, 9),
        place=chance.choice(PLACES),
        who=chance.choice(("Amina Yusuf", "Daniel Okoro", "Priya Nair", "Grace Adeyemi")),
        first=report.first,
        last=report.first + 1,
    )


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def make(folder: Path, organisations: int, years: int, least: int, most: int) -> None:
    """Write the collection."""
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    manifest = [("organisation", "code", "type", "region", "year", "path")]
    truth = [("code", "year", "state", "criteria")]
    for number in range(organisations):
        kind, ending = KINDS[number % len(KINDS)]
        second = f" and {PLACES[number // len(PLACES)]}" if number >= len(PLACES) else ""
        name = f"{PLACES[number % len(PLACES)]}{second} {ending}"
        code = f"M{number:03}"
        for year in range(years):
            first = FIRST_YEAR + year
            label = f"{first}-{(first + 1) % 100:02}"
            fault = FAULTS.get((number * years + year) % 32, "")
            chance = random.Random(f"{code} {label}")
            report = Report(
                name,
                first - (fault == "wrong_year"),
                chance.randint(least, most),
                tuple(name for name in STATEMENTS if chance.random() < 0.4),
                unread_page=fault == "unread_page",
            )
            if fault == "wrong_organisation":
                report = Report("Elsewhere Ambulance Service NHS Trust", first, report.pages, report.shown)
            if fault == "summary_only":
                report = Report(name, first, 9, report.shown, title="Summary Annual Report")
            path = reports / f"{code}-annual-report-{label}.pdf"
            rows = [] if fault == "missing" else [path]
            for one in rows:
                write_report(one, report)
            if fault == "doubled":
                rows.append(path.with_name(f"{code}-copy-{label}.pdf"))
                rows[-1].write_bytes(path.read_bytes())
            paths = [one.relative_to(folder).as_posix() for one in rows] or [""]
            manifest += [(name, code, kind, REGIONS[number % 3], label, one) for one in paths]
            state = fault if fault not in ("", "doubled", "unread_page") else "present"
            used = state in ("present", "summary_only")
            truth.append((code, label, state, " ".join(report.shown) if used else ""))
    for file, rows in (("manifest.csv", manifest), ("truth.csv", truth)):
        with (folder / file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--organisations", type=int, default=60)
    parser.add_argument("--years", type=int, default=4)
    parser.add_argument("--least", type=int, default=80)
    parser.add_argument("--most", type=int, default=250)
    given = parser.parse_args()
    make(given.folder, given.organisations, given.years, given.least, given.most)
