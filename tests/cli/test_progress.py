"""Progress: one line on a terminal, nothing anywhere else."""

import io

import pytest

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


def test_a_long_name_is_cut_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    stream = Terminal()
    ProgressLine(stream=stream)("reading " + "x" * 80 + ".pdf", 3, 47)
    assert len(stream.getvalue().lstrip("\r")) == 39
    assert stream.getvalue().endswith("… … 3 of 47")


def test_nothing_in_a_name_steers_the_terminal() -> None:
    stream = Terminal()
    ProgressLine(stream=stream)("reading \x1b[31mred\n.pdf", 1, 2)
    assert "\x1b" not in stream.getvalue()
    assert "\n" not in stream.getvalue()
