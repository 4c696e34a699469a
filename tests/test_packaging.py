"""What is installed works without the checkout: framework, lexicon and sample pack are inside the wheel."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from evidence_kit import __version__

ROOT = Path(__file__).resolve().parents[1]
WORKING_DEMO = {0, 7}
"""Written, with or without a page that could not be read."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)], cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


def run(command: list[str], *, cwd: Path, codes: set[int] = frozenset({0}), **environment: str) -> str:
    """Run a command without this checkout in its environment; return what it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=kept | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode in codes, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def check_it_works(command: list[str], cwd: Path, **environment: str) -> None:
    assert "Commands:" in run([*command, "--help"], cwd=cwd, **environment)
    assert __version__ in run([*command, "--version"], cwd=cwd, **environment)
    run([*command, "framework", "check"], cwd=cwd, **environment)
    said = run([*command, "demo", "--out", "map"], cwd=cwd, codes=WORKING_DEMO, **environment)
    page = cwd / "map" / "evidence-map.html"
    assert str(page) in said
    assert "</html>" in page.read_text(encoding="utf-8")
    assert "S4" in run([*command, "explain", "map", "S4"], cwd=cwd, **environment)


def test_the_wheel_carries_what_it_needs_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    taxonomy = {path.relative_to(ROOT).as_posix() for path in (ROOT / "taxonomy").rglob("*.yml")}
    papers = {path.name for path in (ROOT / "corpus_samples" / "pack" / "papers").iterdir()}
    assert taxonomy and papers
    assert {f"evidence_kit/_data/{name}" for name in taxonomy} <= names
    assert {f"evidence_kit/_data/demo/{name}" for name in papers} <= names
    assert {
        "evidence_kit/_data/demo.toml",
        "evidence_kit/_data/models/README.md",
        "evidence_kit/py.typed",
    } <= names
    templates = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("templates/*")}
    assert templates <= names
    fonts = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("fonts/*")}
    assert fonts and fonts <= names
    about = f"evidence_kit-{__version__}.dist-info/"
    assert {f"{about}licenses/LICENSE", f"{about}licenses/NOTICE"} <= names
    assert {name.split("/")[0] for name in names} == {"evidence_kit", about.rstrip("/")}


def test_an_installed_copy_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run([*pip, "--no-deps", "--no-index", "--target", str(site), str(wheel)], cwd=tmp_path)
    # -S leaves out .pth files, so that an editable installation cannot stand in for the copy.
    libraries = sysconfig.get_paths()["purelib"]
    python = [sys.executable, "-S", "-m", "evidence_kit"]
    path = os.pathsep.join([str(site), libraries])
    where = run(
        [sys.executable, "-S", "-c", "import evidence_kit; print(evidence_kit.__file__)"],
        cwd=tmp_path,
        PYTHONPATH=path,
    )
    assert Path(where.strip()).is_relative_to(site)
    check_it_works(python, tmp_path, PYTHONPATH=path)


@pytest.mark.slow
def test_a_clean_environment_without_developer_tools_works(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(scripts / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    reached = subprocess.run([*pip, "--no-deps", "--dry-run", "click"], capture_output=True, check=False)
    if reached.returncode != 0:
        pytest.skip("no package index can be reached")
    run([*pip, str(wheel)], cwd=tmp_path)
    check_it_works([str(scripts / "evidence-kit")], tmp_path)
