"""What is read of one small file a format, to the letter: sources and expected JSON lie in ``tests/golden/readers``.

``pytest --update-golden`` writes the JSON anew; look at the difference before it is committed. Where ``CI`` is set, the
flag is refused: there, a difference is a fault.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evidence_kit.readers.pack import READERS, read_pack
from evidence_kit.records.document import Block, Document, Media, Page
from evidence_kit.workers import Limits

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "readers"
SOURCES = sorted(path.name for path in FOLDER.glob("report.*") if path.suffix != ".json")


def shown(document: Document) -> dict[str, Any]:
    """A document as a person would want to compare it: what is at its default is left out."""
    return {
        "path": document.path,
        "media": document.media.value,
        "state": document.state.value,
        "title": document.metadata.title,
        "outline": [[item.title, item.page, item.level] for item in document.outline],
        "problems": [[problem.code, list(problem.pages)] for problem in document.problems],
        "pages": [shown_page(page) for page in document.pages],
    }


def shown_page(page: Page) -> dict[str, Any]:
    words = page.words
    boxes = [[round(side) for side in box] for box in words.within(0, len(page.text))][:2] if words else None
    return {
        "number": page.number,
        "label": page.label,
        "state": page.state.value,
        **({"reason": page.reason} if page.reason else {}),
        **({"words": len(words), "first boxes": boxes} if words else {}),
        "blocks": [shown_block(page, block) for block in page.blocks],
    }


def shown_block(page: Page, block: Block) -> list[Any]:
    said: Any = page.text[block.start : block.end]
    if block.cells:
        said = [page.text[start:end] for start, end in block.cells]
    marks = {
        "level": block.level,
        "table": block.table,
        "row": block.row,
        "header": block.header,
        "line": block.line,
        "joins_next": block.joins_next,
    }
    return [block.kind.value, said, {key: value for key, value in marks.items() if value}]


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are written anew."""
    asked = bool(request.config.getoption("--update-golden"))
    if asked and os.environ.get("CI"):
        pytest.fail("--update-golden is refused where CI is set: a difference is a fault there.")
    return asked


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_read_is_what_was_read(name: str, update: bool) -> None:
    documents = read_pack(FOLDER / name, limits=Limits())
    text = json.dumps([shown(document) for document in documents], indent=1, ensure_ascii=False) + "\n"
    expected = FOLDER / f"{name}.json"
    if update:
        expected.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(expected.read_text(encoding="utf-8"))


def test_every_format_that_is_read_has_a_golden_file() -> None:
    told = set()
    for path in FOLDER.glob("*.json"):
        told |= {document["media"] for document in json.loads(path.read_text(encoding="utf-8"))}
    assert {media.value for media in READERS} - told <= {
        Media.IMAGE.value
    }  # read by the engine, whose words may change


def test_the_sources_are_what_their_script_writes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("golden_build", FOLDER / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build(tmp_path)
    for name in SOURCES:
        mine, theirs = (read_pack(folder / name, limits=Limits()) for folder in (tmp_path, FOLDER))
        assert [shown(document) for document in mine] == [shown(document) for document in theirs], name


def test_the_flag_is_refused_in_ci() -> None:
    expected = FOLDER / "report.md.json"
    before = expected.read_bytes()
    command = [sys.executable, "-m", "pytest", "-q", "--update-golden", "-k", "report.md", __file__]
    done = subprocess.run(
        command, env={**os.environ, "CI": "true"}, cwd=FOLDER.parents[2], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "refused where CI is set" in done.stdout
    assert expected.read_bytes() == before
