"""Pages of columns with a known order, written in the file in the ways that programs write them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from evidence_kit.readers.pack import read_file
from evidence_kit.workers import Limits


@pytest.fixture(scope="module")
def made(checkout: Path) -> ModuleType:
    """The maker of the benchmark's pages, so that what is measured is what is tested."""
    spec = importlib.util.spec_from_file_location(
        "reading_order", checkout / "benchmarks" / "reading_order.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("way", ["column by column", "line by line"])
@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_in_order_and_not_as_tables(
    made: ModuleType, tmp_path: Path, columns: int, way: str
) -> None:
    written = made.make_pages(tmp_path / "a.pdf", columns=columns, way=way)
    document = read_file(tmp_path / "a.pdf", limits=Limits())
    assert made.score(written, [page.text for page in document.pages]) >= 0.99
    assert not any(block.cells for page in document.pages for block in page.blocks)


def test_the_score_sees_lines_that_run_across_columns(made: ModuleType) -> None:
    assert made.score([["a", "b", "c", "d", "e"]], ["a b c d e"]) == 1.0
    assert made.score([["a", "b", "c", "d", "e"]], ["a c b d e"]) == 0.25
