"""A report from a user's own Jinja2 template, which sees what reports say and reaches nothing else."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FunctionType
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from evidence_kit.errors import UsageError
from evidence_kit.reports import words
from evidence_kit.reports.view import MapView

TEMPLATE_SUFFIXES = (".j2", ".jinja", ".jinja2")
"""Fall off the name of what is written: ``board.html.j2`` gives ``board.html``."""
_BY_CHANCE = ("lipsum", "random")
"""What Jinja2 offers that gives another text each time."""


def written_name(template: Path) -> str:
    """Return the name of the file that a template gives."""
    return template.stem if template.suffix.lower() in TEMPLATE_SUFFIXES else template.name


def render_own(template: Path, view: MapView) -> str:
    """Return the filled template. It is given ``view`` (:class:`~evidence_kit.reports.view.MapView`) and ``words``.

    It runs in Jinja2's sandbox, changes nothing, and may include, import or extend files of its own folder only. What
    it prints is escaped for HTML, unless its name ends in ``.txt``.

    Raises:
        UsageError: It is wrong; with its file and line.
    """
    home = template.resolve().parent
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(_loader(home)),
        autoescape=lambda name: name is None or not written_name(Path(name)).lower().endswith(".txt"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in _BY_CHANCE:
        environment.globals.pop(name, None)
        environment.filters.pop(name, None)
    try:
        return environment.get_template(template.name).render(view=view, words=public_words())
    except TemplateSyntaxError as error:
        raise _fault(Path(error.filename or template), error.lineno, error.message or "", error) from error
    except Exception as error:  # what a user's template does may raise anything
        file, line = _place(error, home) or (template, 0)
        raise _fault(file, line, _reason(error), error) from error


def public_words() -> Mapping[str, Any]:
    """Return the tables and functions of :mod:`evidence_kit.reports.words`, and none of the modules behind them."""
    return {
        name: value
        for name, value in vars(words).items()
        if not name.startswith("_")
        and (value.__module__ == words.__name__ if isinstance(value, FunctionType) else _is_table(value))
    }


def _is_table(value: object) -> bool:
    return isinstance(value, str | tuple | Mapping)


def _loader(home: Path) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    """Return what reads a template of this folder by its name, and nothing outside, by whatever link."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        path = (home / name).resolve()
        if not path.is_relative_to(home) or not path.is_file():
            return None
        return path.read_text(encoding="utf-8"), str(path), lambda: True

    return load


def _place(error: BaseException, home: Path) -> tuple[Path, int] | None:
    """Return the template's line that raised the error: Jinja2 names it in the traceback."""
    lines = [
        (Path(frame.f_code.co_filename), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if Path(frame.f_code.co_filename).is_relative_to(home)
    ]
    return lines[-1] if lines else None


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not text in UTF-8"
    said = str(error)
    return said if isinstance(error, TemplateError) else f"{type(error).__name__}: {said}"


def _fault(file: Path, line: int, reason: str, error: Exception) -> UsageError:
    at = f"{file}, line {line}" if line else str(file)
    missing = isinstance(error, LookupError) and isinstance(error, TemplateError)
    return UsageError(
        f"{at}: {f'there is no template {reason!r} in its folder' if missing else reason}.",
        next_step="Mend the template; docs/reports.md says what it is given.",
    )
