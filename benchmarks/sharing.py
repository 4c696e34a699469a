"""Measures the check before sharing: what it finds in made files and sentences, and false alarms on papers.

Usage: python benchmarks/sharing.py [FOLDER ...]
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from evidence_kit.pipeline.sharing.check import check_folder
from evidence_kit.pipeline.sharing.personal import personal
from evidence_kit.readers.hidden.folder import look_through
from evidence_kit.records.sharing import Kind
from evidence_kit.workers import Limits

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = (
    ("accounts", {Kind.ACCOUNT}, "ACCOUNTS", "NOT_ACCOUNTS"),
    ("names beside sensitive words", {Kind.NAME}, "NAMES", "NOT_NAMES"),
    ("addresses and numbers", {Kind.EMAIL, Kind.PHONE, Kind.NHS_NUMBER}, "ADDRESSES", "NOT_ADDRESSES"),
)


def load(path: Path) -> Any:
    """Import a file of the tests, which are no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is missing: run this from a checkout.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made_files() -> None:
    """Say in how many of the files that hide something it is found."""
    hiding = load(ROOT / "tests" / "readers" / "hiding.py").HIDING
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (make, kind) in hiding.items():
            path = Path(folder, name)
            make(path)
            if kind not in {one.kind for one in look_through(path, limits=Limits())[0].hidden}:
                missed.append(name)
    print(f"made files: {len(hiding) - len(missed)} of {len(hiding)} found; missed: {missed or 'none'}")


def sentences() -> None:
    """Say how many of the sentences are found, and how many of the others are."""
    words = load(ROOT / "tests" / "pipeline" / "personal_words.py")
    for title, kinds, good, bad in SENTENCES:
        found = {one: bool(kinds & {each.kind for each in personal(one)}) for one in getattr(words, good)}
        false = {one: bool(kinds & {each.kind for each in personal(one)}) for one in getattr(words, bad)}
        print(
            f"{title}: {sum(found.values())} of {len(found)} found, {sum(false.values())} of {len(false)} false"
        )
        for one, hit in found.items():
            if not hit:
                print(f"  missed: {one}")
        for one, hit in false.items():
            if hit:
                print(f"  false: {one}")


def main() -> None:
    """Print what is found, and the findings on folders of papers."""
    made_files()
    sentences()
    packs = [Path(one) for one in sys.argv[1:]] or sorted((ROOT / "corpus_samples").glob("*/papers"))
    for pack in packs:
        check = check_folder(pack)
        print(f"{pack}: {check.files} files, {dict(Counter(one.kind.value for one in check.findings))}")
        for one in check.findings:
            if one.kind is not Kind.PROPERTIES:
                print(f"  {one.file}, {one.place}: {one.kind.value}: {one.what}")


if __name__ == "__main__":
    main()
