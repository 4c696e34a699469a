"""Progress: one line on a terminal, nothing anywhere else."""

import io

from evidence_kit.cli.progress import ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_one_line_is_rewritten_and_taken_away() -> None:
    stream = Terminal()
    progress = ProgressLine(stream=stream)
    progress("Reading", 1, 12)
    progress("Reading", 2, 12)
    progress("Checking", 0, 0)
    shown = stream.getvalue()
    assert shown.startswith("\rReading … 1 of 12\rReading … 2 of 12\rChecking …")
    progress.close()
    assert "\n" not in stream.getvalue()
    assert stream.getvalue().endswith(" \r")


def test_a_shorter_line_covers_the_longer_one() -> None:
    stream = Terminal()
    progress = ProgressLine(stream=stream)
    progress("A long stage", 10, 12)
    progress("B", 1, 2)
    assert len(stream.getvalue().split("\r")[-1]) == len("A long stage … 10 of 12")


def test_a_pipe_gets_nothing() -> None:
    stream = io.StringIO()
    progress = ProgressLine(stream=stream)
    progress("Reading", 1, 2)
    progress.close()
    assert stream.getvalue() == ""


def test_quiet_is_quiet() -> None:
    stream = Terminal()
    progress = ProgressLine(quiet=True, stream=stream)
    progress("Reading", 1, 2)
    progress.close()
    assert stream.getvalue() == ""
