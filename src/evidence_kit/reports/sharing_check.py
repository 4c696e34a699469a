"""The findings of the check before sharing, as a page and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby

import msgspec

from evidence_kit.records.sharing import Kind, SharingCheck, SharingFinding
from evidence_kit.reports.pages import render_page
from evidence_kit.reports.words import count


def summary(check: SharingCheck) -> str:
    """Return "20 files checked: 7 findings, 2 accepted, 5 open"."""
    accepted = len(check.findings) - len(check.open)
    found = count(len(check.findings), "finding")
    tail = f", {accepted} accepted, {len(check.open)} open" if check.findings else ""
    return f"{count(check.files, 'file')} checked: {found}{tail}"


def by_file(
    check: SharingCheck,
) -> tuple[tuple[str, tuple[tuple[Kind, tuple[SharingFinding, ...]], ...]], ...]:
    """Return the findings by file and kind: why a kind matters, and the way out, are told once."""
    return tuple(
        (
            file,
            tuple((kind, tuple(those)) for kind, those in groupby(of_file, key=lambda one: one.kind)),
        )
        for file, of_file in groupby(check.findings, key=lambda one: one.file)
    )


def render(check: SharingCheck, titles: Mapping[str, str]) -> str:
    """Return the page.

    Args:
        titles: What each kind of finding is called.
    """
    kinds = Counter(one.kind for one in check.open)
    return render_page(
        "sharing.html", files=by_file(check), kinds=kinds, titles=titles, summary=summary(check)
    )


def to_json(check: SharingCheck) -> bytes:
    """Return the findings as JSON."""
    fields = msgspec.to_builtins(check)
    ordered = {"schema": fields.pop("schema"), "schema_version": fields.pop("schema_version"), **fields}
    return msgspec.json.format(msgspec.json.encode(ordered)) + b"\n"
