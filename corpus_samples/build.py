"""Builds the files of the sample pack from their content.

Run it with Python 3.11 or later, reportlab and python-docx:

    python corpus_samples/build.py [--check]

The result is the same byte for byte each time. `--check` builds into a temporary folder and compares, so that the
committed papers can be shown to come from the committed content.
"""

import argparse
import filecmp
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from _layout import build_annual_report, build_board_pack, build_paper  # noqa: E402
from _markup import Source, read_source  # noqa: E402
from _web import build_web  # noqa: E402
from _word import build_word  # noqa: E402

CONTENT = HERE / "pack" / "content"
PAPERS = HERE / "pack" / "papers"


def build_all(target: Path) -> list[Path]:
    """Build every file of the manifest into a folder; return them in the manifest's order."""
    manifest = tomllib.loads((CONTENT / "manifest.toml").read_text(encoding="utf-8"))
    target.mkdir(parents=True, exist_ok=True)
    built = []
    for entry in manifest["file"]:
        path = target / entry["name"]
        _build_one(entry, manifest["organisation"], path)
        built.append(path)
    return built


def _build_one(entry: dict[str, Any], organisation: str, path: Path) -> None:
    """Build one file by the builder that its entry names."""
    match entry["build"]:
        case "board_pack":
            build_board_pack(_folder(entry), entry, organisation, path)
        case "annual_report":
            build_annual_report(_folder(entry), entry, organisation, path)
        case "paper":
            build_paper(read_source(CONTENT / entry["source"]), entry, organisation, path)
        case "word":
            build_word(read_source(CONTENT / entry["source"]), organisation, entry["date"], path)
        case "web":
            build_web(read_source(CONTENT / entry["source"]), organisation, path)
        case "copy":
            shutil.copyfile(CONTENT / entry["source"], path)
        case other:
            raise ValueError(f"{entry['name']}: no builder is called {other!r}")


def _folder(entry: dict[str, Any]) -> list[Source]:
    """The sources of a pack, in the order of their file names."""
    return [read_source(path) for path in sorted((CONTENT / entry["folder"]).glob("*.md"))]


def _differences(built: list[Path]) -> list[str]:
    """Names of the built files that are not the same as the committed ones, and of committed files not built."""
    names = {path.name for path in built}
    changed = [
        path.name
        for path in built
        if not (PAPERS / path.name).exists() or not filecmp.cmp(path, PAPERS / path.name, shallow=False)
    ]
    return changed + [path.name for path in sorted(PAPERS.iterdir()) if path.name not in names]


def main() -> int:
    """Build the pack, or with `--check` compare; the exit status is 1 when something differs."""
    parser = argparse.ArgumentParser(description="Build the sample pack.")
    parser.add_argument(
        "--check", action="store_true", help="compare with the committed papers, write nothing"
    )
    if not parser.parse_args().check:
        for path in build_all(PAPERS):
            print(f"{path.stat().st_size:>9,} {path.name}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        different = _differences(build_all(Path(folder)))
    print("\n".join(f"differs: {name}" for name in different) or "the papers are those of the content")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
