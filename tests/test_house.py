"""The house stands: layers, sizes, light starts, documents' links."""

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "evidence_kit"
HEAVY = {
    "spacy",
    "sklearn",
    "numpy",
    "lxml",
    "pypdfium2",
    "pypdfium2_raw",
    "pdfplumber",
    "pikepdf",
    "reportlab",
    "PIL",
    "jinja2",
    "nupunkt",
    "msgspec",
}
READERS = sorted(
    ".".join(path.relative_to(SOURCE / "readers").with_suffix("").parts)
    for path in (SOURCE / "readers").rglob("*.py")
    if path.stem != "__init__"
)


def script(name: str) -> ModuleType:
    """Load a script of scripts/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def loaded_by(code: str) -> set[str]:
    """Run code in a fresh Python and return the top-level modules that it loaded."""
    tail = "; import json, sys; print('\\n' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", code + tail], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_no_layer_is_broken() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_help_loads_nothing_heavy() -> None:
    code = (
        "from click.testing import CliRunner; from evidence_kit.cli.main import cli; "
        "assert 'Commands' in CliRunner().invoke(cli, ['--help']).output; "
        "assert 'PACK' in CliRunner().invoke(cli, ['map', '--help']).output"
    )
    assert loaded_by(code) & HEAVY == set()


def test_the_package_loads_nothing_heavy_and_still_has_its_names() -> None:
    code = "import evidence_kit; assert 'map_evidence' in dir(evidence_kit)"
    assert loaded_by(code) & HEAVY == set()
    assert "spacy" not in loaded_by("from evidence_kit import MapOptions")


@pytest.mark.parametrize("name", READERS)
def test_a_reader_knows_no_language(name: str) -> None:
    assert loaded_by(f"import evidence_kit.readers.{name}") & {"spacy", "sklearn", "thinc", "numpy"} == set()


def test_init_files_import_nothing_of_ours_when_they_run() -> None:
    """An import that runs through one is invisible to the contract. Lazy ones for type checkers do not run."""
    for path in SOURCE.rglob("__init__.py"):
        tree = ast.parse(path.read_text("utf-8"))
        direct = [node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)]
        direct += [name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names]
        assert not [name for name in direct if name.startswith(("evidence_kit", "."))], path


def test_sizes() -> None:
    checker = script("check_size")
    assert checker.faults(ROOT, checker.EXCEPTIONS) == []
    assert all(len(reason) > 20 for reason in checker.EXCEPTIONS.values())


def test_the_size_check_finds_what_is_too_long(tmp_path: Path) -> None:
    checker = script("check_size")
    (tmp_path / "src").mkdir()
    docstring = '    """Text.\n\n    More.\n    """\n'
    fits = "def fits():\n" + docstring + "    pass\n" * 49
    long = "def long():\n" + docstring + "    pass\n" * 50
    (tmp_path / "src" / "a.py").write_text(fits + long, encoding="utf-8")
    (tmp_path / "src" / "b.py").write_text("x = 1\n" * 401, encoding="utf-8")
    (tmp_path / "src" / "c.py").write_text("x = 1\n" * 400, encoding="utf-8")
    found = checker.faults(tmp_path, {})
    assert [line.split(":")[0] for line in found] == ["src/a.py", "src/b.py"]
    assert "long: 51 lines, over 50" in found[0]
    reasons = {"src/a.py:long": "a table", "src/b.py": "a table", "src/c.py": "a table"}
    assert checker.faults(tmp_path, reasons) == ["src/c.py: this exception is not needed any more"]


def test_links_in_documents() -> None:
    assert list(script("check_docs").faults(ROOT)) == []


def test_the_link_check_finds_what_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text(
        "# A head-line, with (signs)\n[good](docs/a.md#one-two) [self](#a-head-line-with-signs) `[code](nope.md)`\n"
        "[web](https://example.org/x) [bad](docs/nope.md) [worse](docs/a.md#three)\n",
        encoding="utf-8",
    )
    (tmp_path / "docs" / "a.md").write_text("# One two\n", encoding="utf-8")
    (tmp_path / "docs" / "index.md").write_text("# Index\n", encoding="utf-8")
    assert list(script("check_docs").faults(tmp_path)) == [
        "README.md: no such file: docs/nope.md",
        "README.md: no such heading: docs/a.md#three",
        "docs/index.md: a.md is not listed",
    ]
