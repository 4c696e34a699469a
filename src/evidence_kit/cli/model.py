"""``model``: train a classifier on labelled passages, judge it, write its card, and say why it says what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_kit.errors import DependencyMissing

if TYPE_CHECKING:
    from evidence_kit.training.evaluate import Evaluation, Wrong
    from evidence_kit.training.measures import Confusion, Rates

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
framework_option = click.option(
    "--framework", type=_FOLDER, help="A framework of your own; else the one that comes with the tool."
)
passages_option = click.option(
    "--passages", type=_FOLDER, help="Folder of labelled passages; else the project's own, in a checkout."
)
recipe_option = click.option(
    "--recipe",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Recipe of the training (TOML); else that of the model that comes with the tool.",
)


@click.group("model")
def model_group() -> None:
    """Train and judge the model that classifies beside the keywords.

    Using a model needs nothing more; training one needs scikit-learn (the extra "train").
    """


@model_group.command("train")
@framework_option
@passages_option
@recipe_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where the model is written.")
@click.option(
    "--set-floors", is_flag=True, help="Set floors a little below today's figures; none is lowered."
)
@click.option("--lower-floors", metavar="REASON", default="", help="Set floors, lower ones too, and say why.")
def train_command(
    framework: Path | None,
    passages: Path | None,
    recipe: Path | None,
    out: Path | None,
    set_floors: bool,
    lower_floors: str,
) -> None:
    """Train a model, and judge it on organisations that it has not seen.

    It goes into the framework's folder "model", where `map` finds it.
    """
    _need_sklearn()
    from evidence_kit.training.workshop import make_model

    evaluation, folder = make_model(
        framework=framework,
        passages=passages,
        recipe=recipe,
        out=out,
        floors=set_floors or bool(lower_floors),
        reason=lower_floors,
    )
    click.echo(evaluation_text(evaluation))
    click.echo(f"\nWrote {folder}")


@model_group.command("evaluate")
@framework_option
@passages_option
@recipe_option
@click.option("--errors", is_flag=True, help="Print the worst errors with their text.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def evaluate_command(
    framework: Path | None, passages: Path | None, recipe: Path | None, errors: bool, as_json: bool
) -> None:
    """Judge by organisations held out in turn; exit code 9 if a figure is below its floor."""
    _need_sklearn()
    from evidence_kit.training.floors import check_floors, load_floors, written
    from evidence_kit.training.prepare import folder_of
    from evidence_kit.training.workshop import judge

    evaluation = judge(framework=framework, passages=passages, recipe=recipe)
    if as_json:
        click.echo(written(evaluation).decode(), nl=False)
    else:
        click.echo(evaluation_text(evaluation))
        if errors:
            click.echo(errors_text("Taken and should not be", evaluation.false))
            click.echo(errors_text("Missed", evaluation.missed))
    floors = load_floors(folder_of(framework))
    if floors:
        check_floors(evaluation, floors)


@model_group.command("card")
@framework_option
def card_command(framework: Path | None) -> None:
    """Print a model's card: what it is for, how good it is, where it fails."""
    _need_sklearn()
    from evidence_kit.training.workshop import card_of

    click.echo(card_of(framework), nl=False)


@model_group.command("explain")
@click.argument("text")
@framework_option
@click.option(
    "--heading", multiple=True, help="Heading that it stands under, outermost first; may be given again."
)
@click.option("--stem", default="", help="Sentence that introduces the list it is an item of.")
@click.option("--before", default="", help="Passage before it.")
@click.option("--after", default="", help="Passage after it.")
def explain_model_command(
    text: str, framework: Path | None, heading: tuple[str, ...], stem: str, before: str, after: str
) -> None:
    """Say what a passage bears on, how surely, and which words and concepts moved it."""
    from evidence_kit.training.explaining import explain_passage

    click.echo(
        explain_passage(text, folder=framework, headings=heading, stem=stem, before=before, after=after)
    )


def evaluation_text(evaluation: Evaluation) -> str:
    """Return the figures of an evaluation as tables for people."""
    lines = [
        f"{evaluation.passages} passages of {evaluation.organisations} organisations, "
        f"digest {evaluation.corpus[:12]}; each judged by weights that never saw its organisation",
        "",
        f"{'':30}{'passages':>9}{'P':>6}{'R':>6}{'F1':>6}{'95 %':>12}{'AP':>6}",
        *(_row(f"bears on any, {name}", each) for name, each in evaluation.bearing.items()),
        *(_row(name, each) for name, each in evaluation.overall.items()),
        *(_row(name, each) for name, each in evaluation.criteria.items()),
        "",
        f"near-misses taken {evaluation.near_taken:.3f}, others taken {evaluation.other_taken:.3f}, "
        f"calibration error above .1 {evaluation.calibration_error:.3f}",
        *(line for name, confusion in evaluation.stance.items() for line in confusion_text(name, confusion)),
    ]
    if evaluation.left_out:
        lines.append(f"too few passages, left to keywords: {', '.join(evaluation.left_out)}")
    return "\n".join(lines)


def confusion_text(name: str, confusion: Confusion) -> Iterator[str]:
    """Yield a confusion matrix as lines for people: a label a line, what was read a column."""
    from evidence_kit.training.measures import by_label, macro_f1

    read = list(next(iter(confusion.values()), ()))
    rates = by_label(confusion)
    yield f"\n{name:44}{''.join(f'{each:>12}' for each in read)}{'P':>6}{'R':>6}{'F1':>6}"
    for label, row in confusion.items():
        counts = "".join(f"{row[each]:>12}" for each in read)
        each = rates[label]
        yield f"{label:44}{counts}{each.precision:>6.2f}{each.recall:>6.2f}{each.f1:>6.2f}"
    yield f"{'macro F1':44}{'':{12 * len(read) + 12}}{macro_f1(confusion):>6.2f}"


def errors_text(title: str, errors: tuple[Wrong, ...]) -> str:
    """Return errors with their text."""
    lines = [f"\n{title}:"]
    for each in errors:
        text = " ".join(each.text.split())
        lines.append(f"  {each.passage} {each.probability:.2f} {each.wanted} -> {each.given}: {text}")
    return "\n".join(lines)


def _row(name: str, each: Rates) -> str:
    span = f"{each.interval[0]:.2f}-{each.interval[1]:.2f}" if each.interval else ""
    order = "" if each.average_precision is None else f"{each.average_precision:.2f}"
    return f"{name:30}{each.passages:>9}{each.precision:>6.2f}{each.recall:>6.2f}{each.f1:>6.2f}{span:>12}{order:>6}"


def _need_sklearn() -> None:
    from importlib.util import find_spec

    if find_spec("sklearn") is None:
        raise DependencyMissing(
            "Training and judging models needs scikit-learn, which is not installed.",
            next_step="Install it: pip install 'evidence-kit[train]'. Using a model does not need it.",
        )
