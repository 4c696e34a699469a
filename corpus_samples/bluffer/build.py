"""Builds the files of the bluffer's pack, with the builder of the sample pack.

Run it with Python 3.11 or later, reportlab and python-docx:

    python corpus_samples/bluffer/build.py [--check]

The result is the same byte for byte each time; `--check` compares it with the committed papers.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent


def load_builder(content: Path, papers: Path) -> ModuleType:
    """The sample pack's own builder, made to read and write the given folders."""
    spec = importlib.util.spec_from_file_location("sample_pack_build", HERE.parent / "build.py")
    if spec is None or spec.loader is None:
        raise ImportError("the builder of the sample pack is not where it was")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    vars(module).update(CONTENT=content, PAPERS=papers)
    return module


def main() -> int:
    """Build or compare; the exit status is that of the builder."""
    return int(load_builder(HERE / "content", HERE / "papers").main())


if __name__ == "__main__":
    sys.exit(main())
