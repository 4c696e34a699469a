"""Exit codes and the error tree. Every message says what happened and what to do next.

A *failure* is an exception of this tree; a *problem* (one page, one file) is data, a
:class:`evidence_kit.records.document.Problem`, and the run goes on.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process returns; stable, and listed in ``docs/cli.md``. A gap in evidence is a result, never a code."""

    OK = 0
    BUG = 1
    USAGE = 2
    NOTHING_READ = 3
    FRAMEWORK_INVALID = 4
    MODEL_UNUSABLE = 5
    OUTPUT_UNWRITABLE = 6
    PARTLY_READ = 7
    DEPENDENCY_MISSING = 8
    FLOOR_MISSED = 9
    SHARING_REFUSED = 10


class EvidenceKitError(Exception):
    """A failure that a user can act on.

    Args:
        message: What happened, naming the file or value.
        next_step: What to do about it.
    """

    exit_code: ExitCode = ExitCode.BUG

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class UsageError(EvidenceKitError):
    """The call cannot mean anything: a missing folder, a date that is none, an unknown criterion."""

    exit_code = ExitCode.USAGE


class ConfigError(UsageError):
    """``evidence-kit.toml`` cannot be read, or holds a key that nobody knows."""


class MainGuardMissing(UsageError):
    """Worker processes were asked for by a script without ``if __name__ == "__main__":``."""


class NothingRead(EvidenceKitError):
    """No document of the pack could be read."""

    exit_code = ExitCode.NOTHING_READ


class FrameworkInvalid(EvidenceKitError):
    """A framework or lexicon file breaks the rules.

    Args:
        problems: One line a fault, each with file and line.
    """

    exit_code = ExitCode.FRAMEWORK_INVALID

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(
            "The framework is not valid:\n" + "\n".join(f"  {line}" for line in problems),
            next_step="Correct these lines; `evidence-kit framework check PATH` shows what is left.",
        )
        self.problems = problems


class CorpusInvalid(UsageError):
    """Labelled passages break the rules.

    Args:
        problems: One line a fault, each with file and line.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(
            "The labelled passages are not valid:\n" + "\n".join(f"  {line}" for line in problems),
            next_step="Correct these lines; corpus_samples/passages/LABELLING.md says what each key means.",
        )
        self.problems = problems


class ModelUnusable(EvidenceKitError):
    """A model's folder is missing or broken, or it was made for another framework."""

    exit_code = ExitCode.MODEL_UNUSABLE


class FloorMissed(EvidenceKitError):
    """A model is worse than the floors that it is held to."""

    exit_code = ExitCode.FLOOR_MISSED


class SharingRefused(EvidenceKitError):
    """The check before sharing found something that nobody has accepted."""

    exit_code = ExitCode.SHARING_REFUSED


class OutputUnwritable(EvidenceKitError):
    """The output folder or a file in it cannot be written."""

    exit_code = ExitCode.OUTPUT_UNWRITABLE


class DependencyMissing(EvidenceKitError):
    """Something optional that this call needs is not installed."""

    exit_code = ExitCode.DEPENDENCY_MISSING
