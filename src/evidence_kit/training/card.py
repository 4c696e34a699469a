"""The model card: what a model is for, what it was made from, how good it is, and where it fails. All from data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence_kit.classify.meta import Meta
from evidence_kit.records.criterion import Framework
from evidence_kit.training.acts import DONE
from evidence_kit.training.evaluate import Evaluation, Wrong
from evidence_kit.training.measures import Confusion, Rates, by_label, macro_f1

ERRORS_SHOWN = 8
FEW = 30
"""Criteria with fewer passages are named as thin."""

_USE = """\
**For**: finding the passages of an organisation's papers that bear on a criterion, beside the keyword rules, so that a
person reads them. What the model finds alone is shown as a passage to read; it never makes a criterion *evidenced*.

**Not for**: judging an organisation, a team or a person; deciding without a reader; text other than the papers of
English health and care organisations; papers in other languages.

Every passage that it learnt from was written for this project about invented organisations. No real document, and
nothing about a real person, is in it."""


def card(meta: Meta, evaluation: Evaluation, framework: Framework) -> str:
    """Write the card of a model as Markdown."""
    return "\n".join(_lines(meta, evaluation, framework)) + "\n"


def _lines(meta: Meta, evaluation: Evaluation, framework: Framework) -> Iterator[str]:
    yield f"# Model card: {framework.title}"
    yield ""
    yield "Written by `evidence-kit model card` from `meta.json` and `evaluation.json`; do not edit."
    yield ""
    yield _USE
    yield ""
    yield from _made_of(meta)
    yield "## How good it is"
    yield ""
    yield (
        f"On {evaluation.passages} passages of {evaluation.organisations} invented organisations, each judged by "
        "weights that never saw its organisation. In brackets 95 of 100 resamples of organisations. Real papers are "
        "harder to read and easier to tell apart: `docs/model.md` has the figures on real text."
    )
    yield ""
    yield from _table("Bears on any criterion", evaluation.bearing)
    yield from _table("Which criterion", evaluation.overall)
    yield f"- Near-misses taken: {evaluation.near_taken:.1%}; other passages taken: {evaluation.other_taken:.1%}."
    yield (
        "- Probabilities above .1, pooled over criteria at the stated share, are off by "
        f"{evaluation.calibration_error:.3f} on average (expected calibration error)."
    )
    yield ""
    yield from _table("By criterion", evaluation.criteria)
    thin = [name for name, each in evaluation.criteria.items() if each.passages < FEW]
    yield f"Thin, with fewer than {FEW} passages: {', '.join(thin) or 'none'}. Left to keywords: "
    yield f"{', '.join(evaluation.left_out) or 'none'}."
    yield ""
    yield from _table("By kind of paper: bears on any criterion", evaluation.kinds)
    yield from _stance(evaluation)
    yield from _by_cue(evaluation)
    yield "## Where it fails"
    yield ""
    yield from _errors("Taken and should not be", evaluation.false)
    yield from _errors("Missed", evaluation.missed)


def _made_of(meta: Meta) -> Iterator[str]:
    yield "## What it is made of"
    yield ""
    yield "Two layers of logistic regression over named features: words, concepts, and what stands around a passage."
    yield ""
    shares = ", ".join(f"{name} {share:.1%}" for name, share in meta.shares.items())
    versions = ", ".join(f"{name} {version}" for name, version in sorted(meta.versions.items()))
    for name, value in (
        ("framework", f"{meta.framework}, {len(meta.labels)} criteria"),
        ("passages", meta.corpus),
        ("lexicon", meta.lexicon),
        ("recipe", meta.recipe),
        ("seed", str(meta.seed)),
        ("trained with", versions),
        ("shares taken for granted", shares),
        ("bears on something from", f"{meta.take:.3f}"),
        ("left open from", f"{meta.unsure:.3f}"),
        ("bears on a criterion from", f"{meta.choose:.2f}, or the likeliest"),
    ):
        yield f"- {name}: {value}"
    yield ""


def _table(title: str, rows: dict[str, Rates]) -> Iterator[str]:
    yield f"### {title}"
    yield ""
    yield "| | passages | precision | recall | F1 | average precision |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, each in rows.items():
        order = "" if each.average_precision is None else f"{each.average_precision:.2f}"
        span = f" ({each.interval[0]:.2f} to {each.interval[1]:.2f})" if each.interval else ""
        yield (
            f"| {name} | {each.passages} | {each.precision:.2f} | {each.recall:.2f} | {each.f1:.2f}{span} | {order} |"
        )
    yield ""


def _stance(evaluation: Evaluation) -> Iterator[str]:
    """Tell how stance and owner are read; a map uses the rules, what could be learnt stands beside them."""
    for name, confusion in evaluation.stance.items():
        subject, _, version = name.partition(", ")
        read = list(next(iter(confusion.values())))
        yield f"### {subject.capitalize()}: {version}"
        yield ""
        yield f"| labelled | {' | '.join(f'read as {each}' for each in read)} | precision | recall | F1 |"
        yield f"|---|{'--:|' * (len(read) + 3)}"
        rates = by_label(confusion)
        for label, row in confusion.items():
            counts = " | ".join(str(row[each]) for each in read)
            each = rates[label]
            yield f"| {label} | {counts} | {each.precision:.2f} | {each.recall:.2f} | {each.f1:.2f} |"
        yield ""
        yield f"Macro F1 {macro_f1(confusion):.2f}{_falsely_done(confusion)}."
        yield ""


def _by_cue(evaluation: Evaluation) -> Iterator[str]:
    """Tell how often the rules are right, by what they went by."""
    if not evaluation.stance_by_cue:
        return
    yield "### Stance: what the rules went by"
    yield ""
    yield "| cue | acts | read rightly |"
    yield "|---|--:|--:|"
    for name, (acts, right) in evaluation.stance_by_cue.items():
        yield f"| {name.replace('_', ' ')} | {acts} | {right / acts:.2f} |"
    yield ""


def _falsely_done(confusion: Confusion) -> str:
    """Tell the error that is feared most, where stances are told apart."""
    if DONE not in confusion:
        return ""
    false = sum(row[DONE] for label, row in confusion.items() if label != DONE)
    return f"; falsely *done* {false} of {false + confusion[DONE][DONE]}"


def _errors(title: str, errors: Iterable[Wrong]) -> Iterator[str]:
    yield f"### {title}"
    yield ""
    for each in tuple(errors)[:ERRORS_SHOWN]:
        wanted, given = (", ".join(names) or "nothing" for names in (each.wanted, each.given))
        text = " ".join(each.text.split())
        yield f"- {text} *({each.passage}; bears on {wanted}, taken for {given}, {each.probability:.2f})*"
    yield ""
