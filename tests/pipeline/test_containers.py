"""Papers in an archive or attached to a message are evidence like any other; what was left out by its name is told."""

from __future__ import annotations

import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from evidence_kit.options import MapOptions
from evidence_kit.pipeline.run import MapResult, map_evidence
from evidence_kit.resources import demo_root

PAPER = "the-bridge-2026-07.md"


def mapped(pack: Path) -> MapResult:
    return map_evidence(MapOptions(pack=pack, as_of=date(2026, 10, 1), organisation="Example Vale NHS Trust"))


def conclusions(result: MapResult) -> list[tuple[object, ...]]:
    return [
        (finding.criterion, finding.status, tuple(quote.text for quote in finding.quotes))
        for finding in result.evidence_map.findings
    ]


def test_a_paper_concludes_the_same_alone_in_an_archive_and_attached_to_a_message(tmp_path: Path) -> None:
    content = (demo_root() / PAPER).read_bytes()
    alone, zipped, sent = (tmp_path / name for name in ("alone", "zipped", "sent"))
    for folder in (alone, zipped, sent):
        folder.mkdir()
    (alone / PAPER).write_bytes(content)
    with zipfile.ZipFile(zipped / "pack.zip", "w") as archive:
        archive.writestr(PAPER, content)
    message = EmailMessage()
    message["Subject"] = "Papers"
    message.set_content("Please see the attachment.\n")
    message.add_attachment(content, maintype="text", subtype="markdown", filename=PAPER)
    (sent / "mail.eml").write_bytes(message.as_bytes())
    expected = mapped(alone)
    assert any(quotes for _, _, quotes in conclusions(expected))
    for folder, path in ((zipped, f"pack.zip/{PAPER}"), (sent, f"mail.eml/{PAPER}")):
        result = mapped(folder)
        assert conclusions(result) == conclusions(expected)
        by_id = {document.id: document.path for document in result.evidence_map.documents}
        assert {by_id[page.document] for page in result.evidence_map.cited_pages} == {path}


def test_files_left_out_by_their_names_are_told(tmp_path: Path) -> None:
    (tmp_path / PAPER).write_bytes((demo_root() / PAPER).read_bytes())
    assert "left out by their names" not in dict(mapped(tmp_path).evidence_map.run.settings)
    for number in range(25):
        (tmp_path / f".{number:02d}.md").write_text("hidden", encoding="utf-8")
    told = dict(mapped(tmp_path).evidence_map.run.settings)["left out by their names"]
    assert told.startswith(".00.md, .01.md, ")
    assert told.endswith(".19.md and 5 more")
