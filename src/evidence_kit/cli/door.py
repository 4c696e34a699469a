"""The one door where errors become exit codes: known ones in a line or two, a bug with its traceback."""

from __future__ import annotations

import sys
import traceback
from typing import Any

import click

from evidence_kit import __version__
from evidence_kit.errors import EvidenceKitError, ExitCode

INTERRUPTED = 130
"""What shells return for Ctrl-C; not one of ours, so that nobody takes it for a bug."""

REPORT_A_BUG = (
    "This is a bug in evidence-kit {version}, not a fault of yours. Please report it with the lines above and what you "
    "typed; take names of people and organisations out first."
)


class KnownFailure(click.ClickException):
    """A failure that the user can act on, as click shows it: what happened, then what to do."""

    def __init__(self, error: EvidenceKitError) -> None:
        super().__init__(error.message)
        self.exit_code = int(error.exit_code)  # type: ignore[misc]  # click reads it from the instance
        self.next_step = error.next_step

    def show(self, file: Any = None) -> None:
        """Write the lines to standard error, without the usage text."""
        click.echo(f"Error: {self.message}", file=file or sys.stderr)
        if self.next_step:
            click.echo(self.next_step, file=file or sys.stderr)


class Door(click.Group):
    """A group of commands behind which every error leaves with its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn what it raises into an exit code.

        Raises:
            KnownFailure: For an :class:`EvidenceKitError`.
        """
        try:
            return super().invoke(ctx)
        except EvidenceKitError as error:
            raise KnownFailure(error) from error
        except KeyboardInterrupt:
            click.echo("\nStopped. Nothing was changed in the documents.", err=True)
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception:  # noqa: BLE001 - the last door: a bug must not look like a result
            self._report_bug(ctx)

    @staticmethod
    def _report_bug(ctx: click.Context) -> None:
        click.echo(traceback.format_exc(), err=True)
        click.echo(REPORT_A_BUG.format(version=__version__), err=True)
        ctx.exit(int(ExitCode.BUG))
