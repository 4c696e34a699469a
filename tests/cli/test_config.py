"""The settings file: what it may hold, and where it may lie."""

import re
from datetime import date
from pathlib import Path

import pytest

from evidence_kit.cli.config import CONFIG_NAME, KNOWN_KEYS, Config, find_config, load_config, write_template
from evidence_kit.errors import ConfigError, ExitCode, OutputUnwritable


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / CONFIG_NAME
    path.write_bytes(text.encode(encoding))
    return path


def test_all_settings(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'organisation = " Example NHS Trust "\nas_of = 2026-10-01\ntarget = "silver"\nframework = "ours"\n'
        '[names]\n"REACH" = "ethnic_minority_staff_network"\n"Aim" = "board_committee"\n',
    )
    assert load_config(path) == Config(
        path=path,
        organisation="Example NHS Trust",
        as_of=date(2026, 10, 1),
        target="silver",
        framework=tmp_path / "ours",
        names=(("Aim", "board_committee"), ("REACH", "ethnic_minority_staff_network")),
    )


def test_nothing_set(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    assert load_config(path) == Config(path=path)


def test_a_date_in_quotation_marks_will_do(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, 'as_of = "2026-10-01"')).as_of == date(2026, 10, 1)


def test_a_byte_order_mark_of_an_old_notepad_will_do(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, 'target = "gold"', encoding="utf-8-sig")).target == "gold"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('target_level = "bronze"', "unknown setting target_level"),
        ("organisation = 3", "organisation must be text"),
        ('organisation = "  "', "organisation must be text"),
        ("as_of = 2026", "as_of must be a date"),
        ("as_of = 2026-10-01T10:00:00", "as_of must be a date"),
        ('as_of = "1 October"', "as_of must be a date"),
        ('names = "REACH"', "names must be a table"),
        ("[names]\nREACH = 3", "'REACH' must name a concept"),
        ('[names]\n"" = "x"', "must name a concept"),
        ("organisation = Example", "not a valid TOML file"),
    ],
)
def test_what_it_refuses(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        load_config(write(tmp_path, text))
    assert caught.value.exit_code is ExitCode.USAGE
    assert CONFIG_NAME in caught.value.message


def test_an_unknown_key_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(write(tmp_path, "asof = 2026-10-01"))
    assert all(key in caught.value.next_step for key in KNOWN_KEYS)


def test_not_text_at_all(tmp_path: Path) -> None:
    path = tmp_path / CONFIG_NAME
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(ConfigError, match="not a valid TOML file"):
        load_config(path)


def test_it_is_read_from_the_current_folder(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    pack = tmp_path / "papers"
    pack.mkdir()
    assert find_config(pack, named=None, folder=tmp_path) == path


def test_it_is_not_read_from_the_pack_nor_from_inside_it(tmp_path: Path) -> None:
    write(tmp_path, "")
    write(tmp_path / "inner", "")
    assert find_config(tmp_path, named=None, folder=tmp_path) is None
    assert find_config(tmp_path, named=None, folder=tmp_path / "inner") is None


def test_it_is_not_read_from_the_pack_by_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "pack", "")
    monkeypatch.chdir(tmp_path / "pack")
    assert find_config(Path(), named=None, folder=Path.cwd()) is None
    assert find_config(Path("../pack"), named=None, folder=Path.cwd()) is None
    link = tmp_path / "link"
    try:
        link.symlink_to(tmp_path / "pack")
    except OSError:
        return
    assert find_config(link, named=None, folder=Path.cwd()) is None


def test_beside_a_single_paper_it_is_not_read_either(tmp_path: Path) -> None:
    write(tmp_path, "")
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"")
    assert find_config(paper, named=None, folder=tmp_path) is None


def test_a_file_that_is_named_may_lie_in_the_pack(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    assert find_config(tmp_path, named=path, folder=tmp_path) == path


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"There is no configuration file .*nope\.toml"):
        find_config(tmp_path, named=tmp_path / "nope.toml", folder=tmp_path)


def test_the_template_is_valid_and_sets_nothing(tmp_path: Path) -> None:
    path = write_template(tmp_path / "new")
    assert load_config(path) == Config(path=path)


def test_the_template_without_its_comment_signs_sets_everything(tmp_path: Path) -> None:
    path = write_template(tmp_path)
    lines = [
        line.removeprefix("# ") if re.match(r"# (?:\[\w+\]$|\"?[\w ]+\"? = )", line) else line
        for line in path.read_text("utf-8").splitlines()
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    config = load_config(path)
    assert None not in (config.organisation, config.as_of, config.target, config.framework)
    assert len(config.names) == 2 and config.limits


def test_the_template_never_overwrites(tmp_path: Path) -> None:
    path = write(tmp_path, "# mine")
    with pytest.raises(OutputUnwritable, match="left as it is"):
        write_template(tmp_path)
    assert path.read_text("utf-8") == "# mine"


def test_the_template_needs_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputUnwritable):
        write_template(tmp_path / "file")
