"""The option ``--limit`` of the commands that read papers, and the table of limits in the settings file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from evidence_kit.errors import UsageError

if TYPE_CHECKING:
    from evidence_kit.workers import Limits

Given = tuple[tuple[str, float], ...]
"""Names of limits with their values."""

limit_option = click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another limit of reading, such as seconds=120; may be given again.",
)


def parse_limits(texts: Iterable[str]) -> Given:
    """Return the limits of ``NAME=VALUE`` texts.

    Raises:
        UsageError: There is no such limit, or no such value.
    """
    return checked_limits(dict(_pair(text) for text in texts), "--limit")


def _pair(text: str) -> tuple[str, float | str]:
    name, _, value = text.partition("=")
    try:
        number = float(value)
    except ValueError:
        return name.strip(), value
    return name.strip(), int(number) if number.is_integer() else number


def checked_limits(table: Mapping[str, Any], where: str) -> Given:
    """Return the limits of a table.

    Raises:
        UsageError: There is no such limit, or no such value.
    """
    from evidence_kit.workers import Limits

    types = {field.name: type(field.default) for field in fields(Limits)}
    for name, value in table.items():
        if name not in types:
            raise UsageError(
                f"{where}: there is no limit {name!r}.", next_step=f"Known are: {', '.join(types)}."
            )
        whole = isinstance(value, int) or (isinstance(value, float) and types[name] is float)
        if isinstance(value, bool) or not whole or not 0 < value < float("inf"):
            kind = "a number" if types[name] is float else "a whole number"
            raise UsageError(f"{where}: {name} must be {kind} above 0, not {value!r}.")
    return tuple(sorted(table.items()))


def limits_of(given: Given) -> Limits:
    """Return the limits, the defaults where none is given."""
    from evidence_kit.workers import Limits

    return Limits(**dict(given))  # type: ignore[arg-type]
