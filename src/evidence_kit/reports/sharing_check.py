"""The findings of the check before sharing, as a page and as data."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import msgspec

from evidence_kit.records.sharing import SharingCheck
from evidence_kit.reports.pages import render_page
from evidence_kit.reports.words import count


def summary(check: SharingCheck) -> str:
    """Return "20 files checked: 7 findings, 2 accepted, 5 open"."""
    accepted = len(check.findings) - len(check.open)
    found = count(len(check.findings), "finding")
    tail = f", {accepted} accepted, {len(check.open)} open" if check.findings else ""
    return f"{count(check.files, 'file')} checked: {found}{tail}"


def render(check: SharingCheck, titles: Mapping[str, str]) -> str:
    """Return the page.

    Args:
        titles: What each kind of finding is called.
    """
    files = [(file, tuple(group)) for file, group in groupby(check.findings, key=lambda one: one.file)]
    return render_page("sharing.html", check=check, files=files, titles=titles, summary=summary(check))


def to_json(check: SharingCheck) -> bytes:
    """Return the findings as JSON."""
    fields = msgspec.to_builtins(check)
    ordered = {"schema": fields.pop("schema"), "schema_version": fields.pop("schema_version"), **fields}
    return msgspec.json.format(msgspec.json.encode(ordered)) + b"\n"
