"""Checks of when and how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from evidence_kit.checks.base import (
    Parameters,
    PoolResult,
    Result,
    Setting,
    Witness,
    concepts_of,
    not_shown,
    number_of,
    said,
    shown,
)
from evidence_kit.checks.dates import completed_by, inside_window
from evidence_kit.checks.sharing import presented_to
from evidence_kit.records.days import day_words, months_before
from evidence_kit.records.finding import Outcome
from evidence_kit.records.reading import DateMention, DatePrecision, QuantityKind

_COUNTABLE = frozenset({DatePrecision.DAY, DatePrecision.MONTH})
_APART_DAYS = 45
"""Closer together, two dates of a thing that recurs may be one: the day of a committee and of its board."""


def in_window(witnesses: Sequence[Witness], parameters: Parameters, setting: Setting) -> PoolResult:
    """One of the acts that show the thing itself is dated inside the criterion's window. No parameters."""
    dated = [witness for witness in witnesses if witness.when is not None]
    if not dated:
        reason = "no date is given" if witnesses else "nothing shows the thing itself"
        return PoolResult(outcome=Outcome.NOT_SHOWN, reason=reason)
    latest = max(dated, key=lambda witness: (witness.when or date.min, witness.id))
    source = "its paper is dated" if latest.from_paper else "it is dated"
    told = f"{source} {day_words(latest.when or date.min)}"
    if latest.timely:
        return PoolResult(outcome=Outcome.SHOWN, reason=told, used=(latest,))
    return PoolResult(outcome=Outcome.SHOWN_OLD, reason=f"{told}, outside the window", used=(latest,))


def count_in_period(witnesses: Sequence[Witness], parameters: Parameters, setting: Setting) -> PoolResult:
    """So many dated, distinct acts in some stretch of so many months that ends inside the window.

    Parameters: ``at_least``, ``months`` (length of the rolling period), ``units`` (words that a stated "n of N"
    counts), ``any_of`` (words that tell the whole count: "in all four quarters"), ``apart_days`` (dates closer
    together are one act: the day of the review and of its report), ``counted`` (what is counted, for the reader:
    "dated attendance").
    A stated figure that names the whole ("two of six meetings"), or says how often ("twice a year"), and falls short
    is complete: ``short``.
    """
    least = int(number_of(parameters, "at_least", 1))
    stated = _stated(witnesses, least, concepts_of(parameters, "units"), setting)
    if stated is not None and stated.outcome is Outcome.SHOWN:
        return stated
    # "Three of the four quarters" names four quarters and says that it was not in all of them.
    short = {each.id for each in stated.used} if stated is not None else set()
    told = [
        each
        for each in witnesses
        if each.id not in short and each.has(concepts_of(parameters, "any_of"), own=True)
    ]
    if told:
        timely = [each for each in told if inside_window(each.when, setting.as_of, setting.window_months)[0]]
        outcome = Outcome.SHOWN if timely else Outcome.SHOWN_OLD
        return PoolResult(outcome=outcome, reason="it says so", used=tuple(timely[:1] or told[:1]))
    rarely = _stated_too_rare(witnesses, least)
    if rarely is not None:
        return rarely
    dated = _dated(witnesses, parameters, setting)
    return stated if stated is not None and dated.outcome is Outcome.NOT_SHOWN else dated


def _dated(witnesses: Sequence[Witness], parameters: Parameters, setting: Setting) -> PoolResult:
    """Count dated, distinct acts in the best stretch of so many months: one that ends inside the window, if any."""
    least = int(number_of(parameters, "at_least", 1))
    months = int(number_of(parameters, "months", 12))
    dated = _by_date(witnesses, setting.as_of)
    days = _apart(sorted(dated), int(number_of(parameters, "apart_days", 1)))
    best: list[date] = []
    best_timely = False
    for last in days:
        run = [day for day in days if months_before(last, months) < day <= last]
        timely, _ = inside_window(last, setting.as_of, setting.window_months)
        if (timely and len(run) >= least, len(run), timely) > (
            best_timely and len(best) >= least,
            len(best),
            best_timely,
        ):
            best, best_timely = run, timely
    used = tuple(dict.fromkeys(dated[day] for day in best))
    told = ", ".join(day_words(day) for day in best)
    if len(best) >= least:
        outcome = Outcome.SHOWN if best_timely else Outcome.SHOWN_OLD
        return PoolResult(
            outcome=outcome, reason=f"{len(best)} dated acts in {months} months: {told}", used=used
        )
    if not best:
        return PoolResult(outcome=Outcome.NOT_SHOWN, reason="no act with a date of its own was found")
    reason = f"{len(best)} of {least} dated acts in any {months} months: {told}"
    step = _what_completes(days, parameters, setting.as_of)
    return PoolResult(outcome=Outcome.NOT_SHOWN, reason=reason, used=used, step=step)


def _what_completes(days: Sequence[date], parameters: Parameters, as_of: date) -> str:
    """Say how many more acts complete the count, and by when."""
    least = int(number_of(parameters, "at_least", 1))
    months = int(number_of(parameters, "months", 12))
    found = completed_by(days, least, months, as_of)
    if found is None:
        return ""
    missing, last = found
    noun = str(parameters.get("counted", "dated act"))
    more = f"One more {noun}" if missing == 1 else f"{missing} more {noun}s"
    return f"{more} by {day_words(last)} would make {least} in {months} months."


def _stated(
    witnesses: Sequence[Witness], least: int, units: tuple[str, ...], setting: Setting
) -> PoolResult | None:
    """Read a stated figure: "four of six meetings in 2025/26", "four times a year"."""
    short: PoolResult | None = None
    for witness in witnesses:
        for quantity in witness.act.quantities:
            counts = not units or any(unit in quantity.unit for unit in units)
            if quantity.kind not in (QuantityKind.OF, QuantityKind.ALL) or not counts or not quantity.total:
                continue
            words = witness.passage.text[quantity.start : quantity.end]
            if quantity.value >= least:
                timely, _ = inside_window(witness.when, setting.as_of, setting.window_months)
                outcome = Outcome.SHOWN if timely else Outcome.SHOWN_OLD
                return PoolResult(outcome=outcome, reason=f"“{words}”", used=(witness,))
            if quantity.total >= least:
                short = PoolResult(
                    outcome=Outcome.SHORT, reason=f"“{words}” is fewer than {least}", used=(witness,)
                )
    return short


def _stated_too_rare(witnesses: Sequence[Witness], least: int) -> PoolResult | None:
    """Read "twice a year" where more is asked for; "yearly" may be said of the report that tells of it."""
    for witness in witnesses:
        for quantity in witness.act.quantities:
            if quantity.kind is QuantityKind.PER_YEAR and 1 < quantity.value < least and witness.fresh:
                words = witness.passage.text[quantity.start : quantity.end]
                reason = f"“{words}” is fewer than {least}"
                return PoolResult(outcome=Outcome.SHORT, reason=reason, used=(witness,))
    return None


def _apart(days: Sequence[date], least: int) -> list[date]:
    """Keep the first of days that lie closer together than so many days."""
    kept: list[date] = []
    for day in days:
        if not kept or (day - kept[-1]).days >= least:
            kept.append(day)
    return kept


def _by_date(witnesses: Sequence[Witness], as_of: date) -> dict[date, Witness]:
    """Take each day on which an act took place, with the first witness that tells of it.

    A date of month precision that a day of the same month stands for already is the same act told less exactly.
    """
    exact: dict[date, Witness] = {}
    vague: dict[date, Witness] = {}
    for witness in witnesses:
        told = [each for each in witness.act.dates if not each.deadline and each.last <= as_of]
        for mention in told:
            if mention.precision is DatePrecision.DAY or mention.first == mention.last:
                exact.setdefault(mention.first, witness)
            elif mention.precision in _COUNTABLE or _is_a_month(mention):
                vague.setdefault(mention.first, witness)
        meeting = witness.paper.profile.meeting_date
        if not told and meeting is not None and meeting <= as_of:
            exact.setdefault(meeting, witness)
    months = {(day.year, day.month) for day in exact}
    return {**exact, **{day: each for day, each in vague.items() if (day.year, day.month) not in months}}


def _is_a_month(mention: DateMention) -> bool:
    """Tell whether a period is one calendar month, as "last month" is."""
    return mention.first.day == 1 and mention.last == months_before(mention.first, -1) - timedelta(days=1)


def recurs(witnesses: Sequence[Witness], parameters: Parameters, setting: Setting) -> PoolResult:
    """The thing is done again and again: it says so, or it is dated several times.

    Parameters: ``per_year`` and ``any_of`` as in ``timing.states_frequency``, said in the passages that show the thing
    itself; ``at_least`` (so many dates), ``months`` (inside such a stretch), ``apart_days`` (so far from each other),
    ``of`` (dates of acts that name one of these count), ``at`` (and that went to one of these bodies).
    """
    passages = {each.passage.id for each in witnesses}
    told = [
        (each, states_frequency(each, parameters)) for each in setting.beside if each.passage.id in passages
    ]
    says = sorted(
        (pair for pair in told if pair[1].outcome is Outcome.SHOWN), key=lambda pair: not pair[0].fresh
    )
    for witness, said_so in says:
        return PoolResult(outcome=Outcome.SHOWN, reason=said_so.reason, used=(witness,))
    about, at = concepts_of(parameters, "of"), concepts_of(parameters, "at")
    counted = [
        each
        for each in witnesses
        if (not about or each.has(about))
        and (not at or presented_to(each, {"any_of": at}).outcome is Outcome.SHOWN)
    ]
    return _dated(counted, {"apart_days": _APART_DAYS, **parameters}, setting)


def states_frequency(witness: Witness, parameters: Parameters) -> Result:
    """The act says how often it is done.

    Parameters: ``per_year`` (at least so often), ``any_of`` (concepts that say so in words).
    """
    least = number_of(parameters, "per_year", 1)
    for quantity in witness.act.quantities:
        if quantity.kind is QuantityKind.PER_YEAR and quantity.value >= least:
            return shown(f"“{witness.passage.text[quantity.start : quantity.end]}”")
    wanted = concepts_of(parameters, "any_of")
    found = next((each for each in witness.mentions(own=True) if each.concept in wanted), None)
    if found is not None:
        return shown(f"“{found.form}”")
    return not_shown(f"it does not say that it is done {said((f'{least:g}_times_a_year',))}")
