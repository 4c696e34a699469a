"""Readers start light: a worker that only reads files must not pay for the language room."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import evidence_kit.readers

HEAVY = (
    "spacy",
    "sklearn",
    "evidence_kit.language",
    "thinc",
    "nupunkt",
    "python_calamine",
    "numpy",
    "pandas",
)
PROGRAM = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(sorted(name for name in sys.modules if name.split(".")[0] in {heads} or name.startswith("evidence_kit.language")))
"""


def test_no_reader_imports_language() -> None:
    modules = [
        module.name
        for module in pkgutil.walk_packages(evidence_kit.readers.__path__, "evidence_kit.readers.")
    ]
    names = (
        "word.reader",
        "pdf.reader",
        "pack",
        "workbook.xls",
        "slides.reader",
        "workbook.values",
        "word.opendocument",
    )
    assert {f"evidence_kit.readers.{name}" for name in names} <= set(modules)
    program = PROGRAM.format(heads=set(HEAVY))
    ended = subprocess.run(
        [sys.executable, "-c", program, *modules], capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == "[]"


def test_the_test_would_notice() -> None:
    program = PROGRAM.format(heads={"json"})
    ended = subprocess.run(
        [sys.executable, "-c", program, "json"], capture_output=True, text=True, timeout=60
    )
    assert "'json'" in ended.stdout
