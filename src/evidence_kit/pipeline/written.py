"""What a map's folder says of itself: where its papers lie, what was written, and from what.

With the same papers, settings, decisions and code, a second run would write the same files to the byte. So where
nothing has changed it writes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from evidence_kit import outputs
from evidence_kit.options import MapOptions
from evidence_kit.readers.walk import find_files, find_left_out
from evidence_kit.resources import framework_root, lexicon_root, model_root
from evidence_kit.store.code import code_digest

SCHEMA = "evidence-kit/written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands in ``data/written.json``.

    Attributes:
        papers: The folder of papers as seen from the map's folder; empty where that cannot be said.
        files: SHA-256 of the reports that people write in, as they were written.
        made_from: What the last ``map`` was made from (:func:`made_from`); empty if a report was written since.
        made: SHA-256 of all that it wrote, by paths in the folder.
    """

    schema: str = SCHEMA
    schema_version: int = 1
    papers: str = ""
    files: dict[str, str] = field(default_factory=dict)
    made_from: str = ""
    made: dict[str, str] = field(default_factory=dict)


def read_written(folder: Path) -> Written:
    """Return what an earlier run said of a map's folder; what cannot be read says nothing."""
    try:
        return msgspec.json.decode((folder / outputs.DATA / outputs.WRITTEN).read_bytes(), type=Written)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Written()


def made_from(options: MapOptions) -> str:
    """Return a SHA-256 of all that a map and its reports depend on: papers, settings, decisions, our own data and code.

    Raises:
        UsageError: There are no papers at that place.
    """
    told = replace(
        options, pack=Path(), framework=None, skip=(), cache=None, decisions=None, workers=0, pages_per_task=1
    )
    digest = hashlib.sha256(f"{code_digest()} {told!r}".encode("utf-8", "surrogatepass"))
    for name in find_left_out(options.pack, options.skip):
        digest.update(f"\nleft out {name}".encode("utf-8", "surrogatepass"))
    for line in _lines(options):
        digest.update(f"\n{line}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def still_stands(folder: Path, source: str) -> bool:
    """Tell whether the last map in the folder was made from this, and every file of it is as it was written."""
    written = read_written(folder)
    return (
        bool(written.made)
        and written.made_from == source
        and all(_digest(folder / name) == digest for name, digest in written.made.items())
    )


def digests_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of ours in a map's folder but the one that says so."""
    names = sorted(outputs.FILES - {f"{outputs.DATA}/{outputs.WRITTEN}"})
    return {name: digest for name in names if (digest := _digest(folder / name))}


def _lines(options: MapOptions) -> Iterator[str]:
    """Yield every file that the map depends on, with its digest."""
    for found in find_files(options.pack, options.skip):
        yield f"paper {found.name} {found.error or _digest(found.path)}"
    own = (lexicon_root(), options.framework or framework_root(), model_root(), options.decisions)
    for number, root in enumerate(own):
        for path in sorted(root.rglob("*")) if root else ():
            if path.is_file():
                yield f"{number} {path.relative_to(root or path).as_posix()} {_digest(path)}"


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; empty where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
