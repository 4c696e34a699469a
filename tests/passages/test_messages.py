"""A message is a letter of the day on which it was sent, whatever its subject speaks of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evidence_kit.passages.papers import split_papers
from evidence_kit.passages.split import split_passages
from evidence_kit.readers.pack import read_file
from evidence_kit.records.document import Document
from evidence_kit.records.passage import PaperKind
from evidence_kit.workers import Limits


def message(
    folder: Path, subject: str, body: str, *, sent: str = "Tue, 03 Mar 2026 17:05:00 +0000"
) -> Document:
    path = folder / "mail.eml"
    path.write_text(f"Subject: {subject}\nDate: {sent}\nFrom: a@example.org\n\n{body}\n", encoding="utf-8")
    return read_file(path, limits=Limits())


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("RE: Minutes of the Race Equality Network, 12 January 2026", PaperKind.LETTER),
        ("Board paper: WRES annual report 2025", PaperKind.LETTER),
        ("Agenda for Thursday", PaperKind.LETTER),
        ("Staff newsletter, March", PaperKind.NEWSLETTER),
    ],
)
def test_kind_and_day(tmp_path: Path, subject: str, kind: PaperKind) -> None:
    body = "Dear all,\n\nPlease find attached the minutes of our meeting on 12 January 2026.\n\nApproved on 1 May 2024."
    (paper,) = split_papers(message(tmp_path, subject, body))
    assert paper.profile.kind is kind
    assert paper.profile.document_date == date(2026, 3, 3)
    assert paper.profile.meeting_date is None
    assert not paper.profile.date_is_weak
    assert dict(paper.profile.reasons)["document_date"] == "the day on which the message was sent"
    assert paper.profile.title.startswith(subject.removeprefix("RE: ")[:12])


def test_without_a_day_of_sending_the_text_is_asked(tmp_path: Path) -> None:
    (paper,) = split_papers(
        message(tmp_path, "Note", "Published 4 May 2025\n\nThe text of it.", sent="never")
    )
    assert paper.profile.document_date == date(2025, 5, 4)


def test_what_is_quoted_makes_no_passage(tmp_path: Path) -> None:
    earlier = "-----Original Message-----\nFrom: A\nSent: 1 March 2026\nTo: B\nSubject: Hello\n\nOld statement on race."
    document = message(
        tmp_path, "RE: Hello", f"We agreed to publish the plan in April.\n\n> An older one.\n\n{earlier}"
    )
    passages = split_passages(document, split_papers(document))
    said = " ".join(passage.text for passage in passages)
    assert "publish the plan" in said
    assert "Old statement" not in said
    assert "older one" not in said
