"""What ``evidence-kit doctor`` looks at: whether this installation can do its work, and with what."""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from evidence_kit import __version__
from evidence_kit.errors import EvidenceKitError

NEEDED = (
    "click",
    "Jinja2",
    "lxml",
    "msgspec",
    "nupunkt",
    "Pebble",
    "psutil",
    "pypdfium2",
    "PyYAML",
    "spacy",
)
START_SECONDS = 30.0
"""What a worker may take to start; a busy machine with a virus scanner takes several."""
OCR_NAME = "text recognition (OCR)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One thing that was looked at.

    Attributes:
        good: Whether it is as it should be.
        advice: What to do if it is not, or what it means.
    """

    name: str
    value: str
    good: bool = True
    advice: str = ""


def examine() -> tuple[Examined, ...]:
    """Look at Python, libraries, framework, temporary folder and worker processes, in this order."""
    return (
        Examined(name="evidence-kit", value=__version__),
        Examined(name="Python", value=f"{platform.python_version()} ({sys.executable})"),
        Examined(name="platform", value=platform.platform()),
        *(_library(name) for name in NEEDED),
        Examined(name="PDFium", value=_pdfium_build()),
        _ocr(),
        _temporary_folder(),
        _attempt("framework and lexicon", _framework),
        _attempt("worker processes", _workers),
    )


def _library(name: str) -> Examined:
    try:
        return Examined(name=name, value=version(name))
    except PackageNotFoundError:
        return Examined(name=name, value="missing", good=False, advice="Install evidence-kit again.")


def _pdfium_build() -> str:
    """Return PDFium's own version; read from its file, since only the readers may load the library."""
    try:
        text = Path(str(distribution("pypdfium2").locate_file("pypdfium2_raw/version.json"))).read_text(
            "utf-8"
        )
        parts = json.loads(text)
        return ".".join(str(parts[key]) for key in ("major", "minor", "build", "patch"))
    except (PackageNotFoundError, OSError, ValueError, KeyError):
        return "unknown"


def _ocr() -> Examined:
    from evidence_kit.readers.ocr import engines

    if not engines.is_installed():
        return Examined(
            name=OCR_NAME,
            value="not installed",
            advice=f"Optional: without it scanned pages are listed as unread. To have them read: {engines.INSTALL}",
        )
    return _attempt(OCR_NAME, _recognition)


def _recognition() -> str:
    """Have a worker read a page that we write: to be installed is not to work."""
    from evidence_kit.readers.ocr import trial
    from evidence_kit.workers import Limits, run_guarded

    limits = Limits(seconds=START_SECONDS)
    (outcome,) = run_guarded(trial.read_words, [trial.WORDS], workers=1, limits=limits)
    if outcome.result != trial.WORDS:
        raise EvidenceKitError(
            f"It is installed and does not read: {outcome.failure or outcome.result!r} {outcome.detail}".rstrip(),
            next_step="Install it again; until then leave --ocr off.",
        )
    return f"{trial.engine_name()}: reads a page of ours"


def _temporary_folder() -> Examined:
    folder = tempfile.gettempdir()
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Examined(name="temporary folder", value=folder)
    except OSError as error:
        return Examined(
            name="temporary folder",
            value=f"{folder}: {error.strerror}",
            good=False,
            advice="Set TMPDIR (Windows: TEMP) to a folder that can be written.",
        )


def _attempt(name: str, look: Callable[[], str]) -> Examined:
    try:
        return Examined(name=name, value=look())
    except EvidenceKitError as error:
        return Examined(name=name, value="failed", good=False, advice=f"{error.message}\n{error.next_step}")


def _framework() -> str:
    from evidence_kit.cli.framework import load

    framework = load(None).framework
    return f"{framework.id}, {len(framework.criteria)} criteria, digest {framework.digest[:12]}"


def _workers() -> str:
    from evidence_kit.workers import Limits, run_guarded

    (outcome,) = run_guarded(abs, [-1], workers=1, limits=Limits(seconds=START_SECONDS))
    if outcome.failure:
        raise EvidenceKitError(
            f"A worker process did not answer: {outcome.failure} {outcome.detail}.".replace(" .", "."),
            next_step="Run `map` with --workers 0, and report it.",
        )
    return "start and answer"


def doctor_text(found: tuple[Examined, ...]) -> str:
    """Return the findings as a list for people."""
    return "\n".join(_lines(found))


def _lines(found: tuple[Examined, ...]) -> Iterator[str]:
    width = max(len(item.name) for item in found)
    for item in found:
        yield f"{'ok ' if item.good else 'BAD'} {item.name:{width}}  {item.value}"
        for line in item.advice.splitlines():
            yield f"    {'':{width}}  {line}"


def doctor_json(found: tuple[Examined, ...]) -> str:
    """Return the findings for programs."""
    return json.dumps(
        {"good": all(item.good for item in found), "found": [asdict(item) for item in found]}, indent=2
    )
