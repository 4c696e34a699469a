"""The one door: every error leaves with its exit code and says what to do."""

import click
import pytest
from click.testing import CliRunner

from evidence_kit.cli.door import Door
from evidence_kit.errors import (
    ConfigError,
    DependencyMissing,
    EvidenceKitError,
    ExitCode,
    FrameworkInvalid,
    MainGuardMissing,
    NothingRead,
    OutputUnwritable,
    SharingRefused,
    UsageError,
)

KNOWN = [
    (UsageError("what happened", next_step="what to do"), 2),
    (ConfigError("what happened", next_step="what to do"), 2),
    (MainGuardMissing("what happened", next_step="what to do"), 2),
    (NothingRead("what happened", next_step="what to do"), 3),
    (OutputUnwritable("what happened", next_step="what to do"), 6),
    (DependencyMissing("what happened", next_step="what to do"), 8),
    (SharingRefused("what happened", next_step="what to do"), 10),
]


def run(error: BaseException):
    @click.group(cls=Door)
    def tool() -> None: ...

    @tool.command()
    def fail() -> None:
        raise error

    return CliRunner().invoke(tool, ["fail"])


@pytest.mark.parametrize(("error", "code"), KNOWN, ids=lambda value: type(value).__name__)
def test_a_known_failure_gives_its_code_and_two_lines(error: EvidenceKitError, code: int) -> None:
    result = run(error)
    assert result.exit_code == code
    assert result.stderr == "Error: what happened\nwhat to do\n"
    assert result.stdout == ""


def test_every_code_but_those_of_a_finished_run_has_a_failure() -> None:
    covered = {int(error.exit_code) for error, _ in KNOWN} | {int(FrameworkInvalid.exit_code)}
    finished = {ExitCode.OK, ExitCode.PARTLY_READ, ExitCode.BUG}
    kept_free = {ExitCode.MODEL_UNUSABLE, ExitCode.FLOOR_MISSED}
    assert not covered & kept_free
    assert covered | {int(code) for code in finished | kept_free} == {int(code) for code in ExitCode}


def test_an_invalid_framework_lists_every_fault() -> None:
    result = run(FrameworkInvalid(("a.yml:3: one", "b.yml:4: two")))
    assert result.exit_code == 4
    assert "  a.yml:3: one\n  b.yml:4: two\n" in result.stderr


def test_a_bug_gives_one_its_traceback_and_a_request() -> None:
    result = run(ZeroDivisionError("division by zero"))
    assert result.exit_code == 1
    assert "Traceback" in result.stderr
    assert "ZeroDivisionError: division by zero" in result.stderr
    assert "This is a bug in evidence-kit" in result.stderr


def test_an_unexpected_system_error_is_a_bug_too() -> None:
    result = run(PermissionError(13, "Permission denied", "some/file"))
    assert result.exit_code == 1
    assert "This is a bug" in result.stderr


def test_a_broken_pipe_is_no_bug() -> None:
    result = run(BrokenPipeError(32, "Broken pipe"))
    assert "This is a bug" not in result.stderr


def test_ctrl_c_is_no_bug() -> None:
    result = run(KeyboardInterrupt())
    assert result.exit_code == 130
    assert "Stopped." in result.stderr
    assert "Traceback" not in result.stderr


def test_usage_is_left_to_click() -> None:
    result = run(click.UsageError("no such option"))
    assert result.exit_code == 2
    assert "no such option" in result.stderr
    assert "Traceback" not in result.stderr
