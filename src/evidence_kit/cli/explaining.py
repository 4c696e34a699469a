"""``explain``: why a criterion of a map has its status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_kit import outputs
from evidence_kit.errors import UsageError

if TYPE_CHECKING:
    from evidence_kit.records.evidence_map import EvidenceMap


def load_map(path: Path) -> EvidenceMap:
    """Read a map from its file, its data folder or the folder that ``map`` wrote.

    Raises:
        UsageError: There is none, or it cannot be read.
    """
    from evidence_kit.reports.data import from_json

    candidates = (path, path / outputs.MAP, path / outputs.MARK)
    found = next((candidate for candidate in candidates if candidate.is_file()), None)
    if found is None:
        raise UsageError(
            f"There is no evidence map at {path}.", next_step="Give the folder that `evidence-kit map` wrote."
        )
    try:
        return from_json(found.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{found} cannot be read: {error.strerror}.",
            next_step="Check that you may read it, and that no other program holds it.",
        ) from error


def map_folder(path: Path) -> Path:
    """Return the folder that ``map`` wrote, whichever of its parts is named."""
    whole = path.resolve()
    data = whole.parent if whole.is_file() else whole
    return data.parent if data.name == outputs.DATA and (data / outputs.MAP).is_file() else data


@click.command("explain", short_help="Say why a criterion of a map has its status.")
@click.argument("evidence_map", type=click.Path(path_type=Path), metavar="MAP")
@click.argument("criterion")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def explain_command(evidence_map: Path, criterion: str, as_json: bool) -> None:
    """Say why CRITERION has its status in MAP, the folder that `map` wrote.

    From the verdict over the rule and the elements to the quotes, their places, and why each was read as it was.

    \b
    Example:
      evidence-kit explain evidence-map S4
    """
    from evidence_kit.reports.explain import explain, explain_json

    loaded = load_map(evidence_map)
    click.echo(explain_json(loaded, criterion).decode() if as_json else explain(loaded, criterion))
