"""The same papers give the same bytes, whatever the number of workers, the size of page ranges and the hash seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CHOICES = {
    "0": [(0, 64), (1, 1), (2, 7)],
    "1": [(0, 1), (1, 7), (2, 64)],
}
"""For each PYTHONHASHSEED, pairs of workers and pages a task: all values of both under both seeds."""

SCRIPT = """
import functools
import hashlib
import json
import sys
from datetime import date
from pathlib import Path

from evidence_kit import MapOptions, map_evidence
from evidence_kit.pipeline import run
from evidence_kit.reports.data import evidence_csv, findings_csv, texts_jsonl_gz, to_json
from evidence_kit.reports.view import build
from evidence_kit.reports.webpage import render


def digests(workers, pages):
    result = map_evidence(
        MapOptions(
            pack=Path(sys.argv[1]),
            organisation="Example Vale NHS Trust",
            as_of=date(2026, 10, 1),
            workers=workers,
            pages_per_task=pages,
        )
    )
    made = {
        "evidence-map.json": to_json(result.evidence_map),
        "evidence-map.html": render(build(result.evidence_map)).encode(),
        "findings.csv": findings_csv(result.evidence_map),
        "evidence.csv": evidence_csv(result.evidence_map),
        "texts.jsonl.gz": texts_jsonl_gz(result.documents),
    }
    quotes = sum(len(finding.quotes) for finding in result.evidence_map.findings)
    return {"quotes": quotes} | {name: hashlib.sha256(data).hexdigest() for name, data in made.items()}


if __name__ == "__main__":
    # Framework and lexicon do not depend on workers or ranges: read them once a process.
    run.load_knowledge = functools.cache(run.load_knowledge)
    tagger = run.Tagger(run.load_knowledge(None).lexicon)
    run.Tagger = lambda lexicon, names: tagger
    choices = json.loads(sys.argv[2])
    print(json.dumps([[workers, pages, digests(workers, pages)] for workers, pages in choices]))
"""

BOARD = [
    "# Report of the executive sponsor",
    "The Medical Director attended the Race Equality Network on 14 January 2026, 11 March 2026 and 13 May 2026.",
    "The Board approved the anti-racism statement on 26 March 2026. It was published on the website.",
    "# Next steps",
    "A leadership council for Black, Asian and minority ethnic staff will be set up by March 2027.",
    "We would like every leader to have a goal on equality, diversity and inclusion.",
]
NEWS = """\
# News of the networks

The Race Equality Network met on 9 June 2026. The Chief Executive attended and took questions.

| Meeting | Executive present |
|---|---|
| 14 January 2026 | Medical Director |
| 11 March 2026 | nobody |

- The Trust has no zero-tolerance statement on racist abuse.
- The ethnicity pay gap report was published on 27 March 2026.
"""
PAGE = """<!doctype html><html lang="en"><head><title>Racism has no place here</title></head><body>
<nav><a href="/">Home</a></nav><main><h1>Racism has no place here</h1>
<p>We do not tolerate racist abuse of our staff by patients, visitors or colleagues. Posters say so on every ward.</p>
<ul><li>Report it to your manager.</li><li>Care may be refused.</li></ul></main></body></html>"""


@pytest.fixture(scope="module")
def papers(tmp_path_factory, make_pdf, make_word) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    filler = [
        f"Paragraph {number} of the report on estates tells of roofs and lifts. " * 6 for number in range(30)
    ]
    make_pdf(folder / "board.pdf", [*BOARD, *filler[:20]])
    make_pdf(folder / "annual.pdf", [*filler, *BOARD[:3], *filler])
    make_word(
        folder / "notes.docx",
        [
            "# Notes of the Race Equality Network",
            BOARD[1],
            (("When", "Who"), ("9 June 2026", "Medical Director attended")),
        ],
    )
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "news.md").write_text(NEWS, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    return folder


def start(script: Path, papers: Path, seed: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(script), str(papers), json.dumps(CHOICES[seed])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONHASHSEED": seed},
    )


def test_the_same_bytes_whatever_the_workers_ranges_and_hash_seed(papers: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    runs = []
    for seed, process in [(seed, start(script, papers, seed)) for seed in CHOICES]:
        output, error = process.communicate(timeout=300)
        assert process.returncode == 0, error
        runs.extend((seed, *rest) for rest in json.loads(output.splitlines()[-1]))
    assert [(seed, (workers, pages)) for seed, workers, pages, _ in runs] == [
        (seed, choice) for seed, choices in CHOICES.items() for choice in choices
    ]
    first = runs[0][3]
    assert first["quotes"] > 10, "a map without quotes would be the same by chance"
    different = {
        (seed, workers, pages, name)
        for seed, workers, pages, digests in runs
        for name, digest in digests.items()
        if digest != first[name]
    }
    assert not different
