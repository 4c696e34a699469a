"""Flags win over the settings file, the file over the defaults; where each value came from is kept."""

from datetime import date
from pathlib import Path

import pytest

from evidence_kit.cli.config import Config
from evidence_kit.cli.settings import MOST_WORKERS, Flags, build_options, default_workers
from evidence_kit.errors import UsageError

TODAY = date(2026, 11, 24)


def test_defaults(tmp_path: Path) -> None:
    options = build_options(tmp_path, flags=Flags(), config=Config(), today=TODAY)
    assert (options.organisation, options.as_of, options.target) == ("", TODAY, "")
    assert (options.framework, options.names) == (None, ())
    assert 1 <= options.workers <= MOST_WORKERS
    assert options.workers == default_workers()
    assert dict(options.stated)["as_of"] == "today's date"


def test_the_file_wins_over_defaults_and_flags_win_over_the_file(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    ours.mkdir()
    config = Config(
        path=tmp_path / "evidence-kit.toml",
        organisation="File Trust",
        as_of=date(2026, 10, 1),
        target="gold",
        framework=ours,
        names=(("REACH", "ethnic_minority_staff_network"),),
    )
    flags = Flags(organisation="Flag Trust", as_of=date(2026, 9, 1), workers=0)
    options = build_options(tmp_path, flags=flags, config=config, today=TODAY)
    assert (options.organisation, options.as_of, options.workers) == ("Flag Trust", date(2026, 9, 1), 0)
    assert (options.target, options.framework, options.names) == ("gold", ours, config.names)
    assert dict(options.stated) == {
        "organisation": "--organisation",
        "as_of": "--as-of",
        "target": "evidence-kit.toml",
        "framework": "evidence-kit.toml",
        "names": "evidence-kit.toml",
        "ocr": "not asked for",
        "limit": "none given",
    }


def test_a_pack_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no folder or file"):
        build_options(tmp_path / "nope", flags=Flags(), config=Config(), today=TODAY)


def test_a_framework_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no framework folder"):
        build_options(tmp_path, flags=Flags(framework=tmp_path / "nope"), config=Config(), today=TODAY)
