"""E-mail messages: own text and nothing else is content; attachments are documents; nobody's address is kept."""

from __future__ import annotations

import importlib.util
import io
import struct
import sys
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.readers import base
from evidence_kit.readers.containers.members import MIB, Allowance
from evidence_kit.readers.mail.quotes import own_lines
from evidence_kit.readers.mail.reader import read_whole
from evidence_kit.readers.pack import read_pack
from evidence_kit.records.document import BlockKind, Document, DocumentState, Media
from evidence_kit.workers import Limits

LIMITS = Limits()
OWN = "The network met on Tuesday and agreed to write to the board about progression."
BODY = f"Dear all\n\n{OWN}\n\nKind regards\nAlex\n"
EARLIER = "We should not forget the mentoring programme that was set up in 2019."


def _helper() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outlook", Path(__file__).with_name("outlook.py"))
    assert spec and spec.loader
    module = sys.modules["outlook"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


o = _helper()


def mail(subject: str = "Network meeting", body: str = BODY, markup: str = "") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Sandra Sender <sandra.sender@example.org>"
    message["To"] = "Rashid Receiver <rashid.receiver@example.org>"
    message["Date"] = "Tue, 03 Mar 2026 17:05:00 +0000"
    if body:
        message.set_content(body)
    if markup and body:
        message.add_alternative(markup, subtype="html")
    elif markup:
        message.set_content(markup, subtype="html")
    return message


def attach(message: EmailMessage, name: str, data: bytes) -> EmailMessage:
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def read(folder: Path, **options: object) -> dict[str, Document]:
    return {d.path: d for d in read_pack(folder, **{"limits": LIMITS, **options})}


def one(folder: Path, content: bytes | EmailMessage, name: str = "mail.eml") -> Document:
    data = content if isinstance(content, bytes) else content.as_bytes()
    (folder / name).write_bytes(data)
    return read(folder)[name]


def blocks(document: Document, *, furniture: bool = False) -> list[str]:
    return [
        page.text[block.start : block.end]
        for page in document.pages
        for block in page.blocks
        if (block.kind is BlockKind.FURNITURE) == furniture
    ]


def all_text(document: Document) -> str:
    return "\n".join(page.text for page in document.pages)


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawString(72, 720, "The board approved the plan of the network in full.")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx() -> bytes:
    buffer = io.BytesIO()
    document = python_docx.Document()
    document.add_paragraph("The committee looked at the figures by ethnicity.")
    document.save(buffer)
    return buffer.getvalue()


def picture(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + bytes(400)


def test_subject_text_and_day_and_no_address(tmp_path: Path) -> None:
    document = one(tmp_path, mail("RE: FW: Network meeting"))
    assert (document.media, document.state, codes(document)) == (Media.MAIL, DocumentState.READ, [])
    assert blocks(document) == ["Network meeting", "Dear all", OWN, "Kind regards", "Alex"]
    heading = document.pages[0].blocks[0]
    assert (heading.kind, heading.level) == (BlockKind.HEADING, 1)
    assert {b.kind for b in document.pages[0].blocks[1:]} == {BlockKind.PARAGRAPH}
    assert document.metadata.title == "Network meeting"
    assert document.metadata.created.startswith("2026-03-03T17:05")
    assert document.metadata.author == ""
    said = all_text(document) + repr(document.metadata)
    assert not any(part in said for part in ("Sender", "Receiver", "example.org"))


def test_attachments_are_documents_of_their_own(tmp_path: Path) -> None:
    inner = attach(
        mail("Earlier paper", "Please see the note.\n"), "note.md", b"# Note\n\nText of the note.\n"
    )
    message = attach(attach(mail(), "minutes.pdf", pdf()), "../paper.docx", docx())
    message.add_attachment(inner)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("in/list.txt", "A list of what was agreed at the meeting.\n")
    attach(message, "papers.zip", buffer.getvalue())
    attach(message, "photo.heic", b"\x00\x00\x00\x18ftypheic" + bytes(40))
    (tmp_path / "mail.eml").write_bytes(message.as_bytes())
    found = read(tmp_path)
    assert {name: d.state is DocumentState.READ for name, d in found.items()} == {
        "mail.eml": True,
        "mail.eml/Earlier paper.eml": True,
        "mail.eml/Earlier paper.eml/note.md": True,
        "mail.eml/minutes.pdf": True,
        "mail.eml/paper.docx": False,
        "mail.eml/papers.zip": True,
        "mail.eml/papers.zip/in/list.txt": True,
        "mail.eml/photo.heic": False,
    }
    assert codes(found["mail.eml/paper.docx"]) == [base.OUTSIDE]
    assert codes(found["mail.eml/photo.heic"]) == [base.NOT_READ_YET]
    assert "approved the plan" in all_text(found["mail.eml/minutes.pdf"])
    assert "Text of the note" in all_text(found["mail.eml/Earlier paper.eml/note.md"])
    assert codes(found["mail.eml"]) == []
    assert "approved the plan" not in all_text(found["mail.eml"])


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_never_shows(tmp_path: Path, workers: int) -> None:
    for number in range(3):
        message = attach(mail(f"Mail {number}"), "minutes.docx", docx())
        message.add_attachment(attach(mail("Inner"), "a.pdf", pdf()))
        (tmp_path / f"{number}.eml").write_bytes(message.as_bytes())
    assert read(tmp_path, workers=workers) == read(tmp_path)


SEPARATORS = [
    "-----Original Message-----\nFrom: A\nSent: 1 March 2026 09:00\nTo: B\nSubject: Hello\n\n",
    "________________________________\nFrom: A <a@example.org>\nDate: 1 March 2026\nTo: B\nSubject: Hello\n\n",
    "From: A\nSent: Sunday, March 1, 2026 9:00 AM\nTo: B; C\nCc: D\nSubject: RE: Hello\n\n",
    "*From:* A\n*Sent:* 1 March 2026\n*To:* B\n\n",
    "On Sun, 1 Mar 2026 at 09:00, A B <a@example.org> wrote:\n\n",
    "On Sun, 1 Mar 2026 at 09:00, A B\n<a@example.org> wrote:\n",
    "---------- Forwarded message ---------\nFrom: A\nDate: Sun, 1 Mar 2026\nSubject: Hello\nTo: B\n\n",
]


@pytest.mark.parametrize("separator", SEPARATORS)
def test_earlier_mails_are_kept_apart(tmp_path: Path, separator: str) -> None:
    own = f"{OWN} " * 4
    document = one(tmp_path, mail("RE: Hello", f"{own}\n\n{separator}{EARLIER}\n\n> And older still.\n"))
    assert "\n".join(blocks(document)).split() == ["Hello", *own.split()]
    assert EARLIER in "\n".join(blocks(document, furniture=True))
    assert document.metadata.created.startswith("2026-03-03")


def test_lines_marked_as_quoted_are_apart_and_answers_between_them_are_not(tmp_path: Path) -> None:
    body = (
        f"On Sunday, A wrote:\n> {EARLIER}\n> > Older.\n\n{OWN}\n\n> One more question.\nYes, on 3 March.\n"
    )
    document = one(tmp_path, mail("RE: Hello", body))
    assert blocks(document) == ["Hello", OWN, "Yes, on 3 March."]


def test_below_the_dashes_of_a_signature_nothing_is_content(tmp_path: Path) -> None:
    document = one(
        tmp_path, mail(body=f"{OWN}\n-- \nAlex, Lead for Inclusion\nWe are proud to be anti-racist.\n")
    )
    assert blocks(document) == ["Network meeting", OWN]


def test_a_mail_that_hands_another_on_has_that_one_as_content(tmp_path: Path) -> None:
    body = f"For the file.\n\n{SEPARATORS[0]}{EARLIER}\n\n{SEPARATORS[2]}Something older still.\n"
    document = one(tmp_path, mail("FW: Hello", body))
    content = "\n".join(blocks(document))
    assert EARLIER in content
    assert "For the file." in content
    assert "older still" not in content
    assert "Sent:" not in content
    assert document.metadata.created == "2026-03-01"


def test_a_line_that_only_looks_like_a_head_is_text() -> None:
    lines = ["From: here on we meet monthly.", "Everyone may come.", "To: be confirmed"]
    assert own_lines(lines, forwards=False).lines == (True, True, True)


@given(
    st.lists(
        st.sampled_from([*"\n".join(SEPARATORS).split("\n"), "> q", OWN, "", "-- ", "On it"]), max_size=30
    )
)
def test_every_line_is_told_own_or_not(lines: list[str]) -> None:
    for forwards in (False, True):
        own = own_lines(lines, forwards=forwards)
        assert len(own.lines) == len(lines)
        assert not any(flag for flag, line in zip(own.lines, lines, strict=True) if line.startswith(">"))


MARKUP = f"""<html><head><title>x</title></head><body><p>Dear all</p><p>{OWN}</p>
<table><tr><th>Band</th><th>Staff</th></tr><tr><td>8a</td><td>14</td></tr></table>
{{quoted}}</body></html>"""
QUOTES = [
    f'<div class="gmail_quote">On Sunday A wrote:<blockquote><p>{EARLIER}</p></blockquote></div>',
    f'<blockquote type="cite"><p>{EARLIER}</p></blockquote>',
    "<div><p><b>From:</b> A<br><b>Sent:</b> 1 March 2026<br><b>To:</b> B<br><b>Subject:</b> Hello</p>"
    f"<p>{EARLIER}</p></div>",
    f"<p>From: A<br>Sent: 1 March 2026<br>To: B<br>Subject: Hello<br><br>{EARLIER}</p>",
]


@pytest.mark.parametrize("quoted", QUOTES)
def test_html_alone_is_read_and_its_quotes_kept_apart(tmp_path: Path, quoted: str) -> None:
    document = one(tmp_path, mail("RE: Hello", "", MARKUP.replace("{quoted}", quoted)))
    assert blocks(document) == ["Hello", "Dear all", OWN, "Band\tStaff", "8a\t14"]
    assert EARLIER in "\n".join(blocks(document, furniture=True))
    assert document.pages[0].blocks[3].kind is BlockKind.TABLE_ROW


def test_plain_text_comes_before_html_unless_it_says_nothing(tmp_path: Path) -> None:
    markup = MARKUP.replace("{quoted}", "")
    assert "Band" not in all_text(one(tmp_path, mail("a", BODY, markup)))
    assert "Band" in all_text(one(tmp_path, mail("a", "See the HTML part.", markup)))


def test_small_pictures_are_named_and_large_ones_are_documents(tmp_path: Path) -> None:
    message = mail("a", "", f'<p>{OWN}</p><img src="cid:1"><img src="cid:2">')
    for cid, name, data in (("<1>", "logo.png", picture(400, 90)), ("<2>", "chart.png", picture(900, 600))):
        message.add_related(data, "image", "png", cid=cid, filename=name)
    (tmp_path / "mail.eml").write_bytes(message.as_bytes())
    found = read(tmp_path)
    assert list(found) == ["mail.eml", "mail.eml/chart.png"]
    assert blocks(found["mail.eml"], furniture=True) == ["Picture in the message, not read: logo.png"]
    assert codes(found["mail.eml/chart.png"])
    assert found["mail.eml/chart.png"].state is DocumentState.NOT_READ


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"Subject: =?utf-8?Q?Caf=C3=A9_minutes?=\n\nText.\n", "Café minutes"),
        (b"Subject: =?nonsense?Z?xx?=\nDate: never\n\nText.\n", "=?nonsense?Z?xx?="),
        (b"Subject: a\nContent-Type: text/plain; charset=nonsense\n\nCaf\xc3\xa9 opened.\n", "Café opened."),
        (b"Subject: a\nContent-Type: text/plain; charset=iso-8859-1\n\nCaf\xe9 opened.\n", "Café opened."),
        (b"Subject: a\nContent-Type: multipart/mixed\n\nNo boundary.\n", "No boundary."),
        (
            b"Subject: a\nContent-Transfer-Encoding: base64\n\nVGV4dCBvZiBpdC4\n",
            "Text of it.",
        ),
    ],
)
def test_malformed_messages_are_taken_as_far_as_they_go(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    document = one(tmp_path, content)
    assert document.state is DocumentState.READ
    assert expected in all_text(document)


def test_a_message_whose_end_is_missing_says_so(tmp_path: Path) -> None:
    document = one(
        tmp_path, b"Subject: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nNever ended.\n"
    )
    assert (codes(document), document.state) == ([base.DAMAGED], DocumentState.PARTLY_READ)
    assert "Never ended." in all_text(document)


def test_what_cannot_be_read_of_a_message_is_told(tmp_path: Path) -> None:
    sealed = b"Subject: a\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nxxxx\n"
    assert codes(one(tmp_path, sealed)) == [base.ENCRYPTED]
    assert codes(one(tmp_path, b"Nothing like a message.\n")) == [base.DAMAGED]
    elsewhere = b'Subject: a\nContent-Type: message/external-body; access-type=URL; URL="http://x"\n\n\n'
    assert codes(one(tmp_path, elsewhere)) == [base.NOT_READ_YET]
    deep = b"Subject: a\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(60)
    )
    assert set(codes(one(tmp_path, deep + b"\nText.\n"))) == {base.DAMAGED}
    endless = b"Subject: a\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
    )
    assert set(codes(one(tmp_path, endless + b"\nText.\n"))) == {base.DAMAGED}


def test_more_attachments_than_the_limits_are_told(tmp_path: Path) -> None:
    message = mail()
    for number in range(5):
        attach(message, f"{number}.md", b"# Note\n\nText.\n")
    (tmp_path / "mail.eml").write_bytes(message.as_bytes())
    found = read(tmp_path, limits=Limits(members=2))
    assert list(found) == ["mail.eml", "mail.eml/0.md", "mail.eml/1.md"]
    assert (codes(found["mail.eml"]), found["mail.eml"].state) == (
        [base.TOO_LARGE],
        DocumentState.PARTLY_READ,
    )
    flat = read(tmp_path, limits=Limits(nesting=0))
    assert list(flat) == ["mail.eml"]
    assert "nested" in flat["mail.eml"].problems[0].message


# Outlook --------------------------------------------------------------------------------------------------------------

SENT = (
    int((datetime(2026, 3, 3, 17, 5, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds())
    * 10_000_000
)


def outlook(**more: object) -> bytes:
    values = {(o.SUBJECT, o.TEXT): "RE: Network meeting", (o.SENT, o.TIME): SENT, (o.BODY, o.TEXT): BODY}
    values |= {(0x0C1A, o.TEXT): "Sandra Sender", (0x0E04, o.TEXT): "Rashid Receiver"}
    values |= more.get("values", {})
    return o.compound(
        o.message({k: v for k, v in values.items() if v is not None}, more.get("attachments", ()))
    )


def test_an_outlook_message_reads_like_any_other(tmp_path: Path) -> None:
    body = BODY.replace("\n", "\r\n") + "\r\n" + SEPARATORS[2].replace("\n", "\r\n") + EARLIER
    document = one(tmp_path, outlook(values={(o.BODY, o.TEXT): body}), "mail.msg")
    assert (document.media, document.state, codes(document)) == (Media.MAIL, DocumentState.READ, [])
    assert blocks(document) == ["Network meeting", "Dear all", OWN, "Kind regards", "Alex"]
    assert document.metadata.created.startswith("2026-03-03T17:05")
    assert "Sandra" not in all_text(document) + repr(document.metadata)


def test_attachments_of_an_outlook_message_and_messages_in_it(tmp_path: Path) -> None:
    innermost = o.message({(o.SUBJECT, o.TEXT): "Deep", (o.BODY, o.TEXT): "The deepest text."}, head=24)
    inner = o.message(
        {(o.SUBJECT, o.TEXT): "Inner", (o.BODY, o.TEXT): EARLIER, (o.SENT, o.TIME): SENT},
        (o.attached("plan.docx", docx()), o.attached_message("Deep", innermost)),
        head=24,
    )
    attachments = (
        o.attached("minutes.pdf", pdf()),
        o.attached("logo.png", picture(300, 50), cid="1"),
        o.attached_message("Inner", inner),
    )
    (tmp_path / "mail.msg").write_bytes(outlook(attachments=attachments))
    found = read(tmp_path)
    assert {name: d.state for name, d in found.items()} == dict.fromkeys(
        [
            "mail.msg",
            "mail.msg/Inner.eml",
            "mail.msg/Inner.eml/Deep.eml",
            "mail.msg/Inner.eml/plan.docx",
            "mail.msg/minutes.pdf",
        ],
        DocumentState.READ,
    )
    assert found["mail.msg/Inner.eml"].metadata.created.startswith("2026-03-03")
    assert EARLIER in all_text(found["mail.msg/Inner.eml"])
    assert "deepest text" in all_text(found["mail.msg/Inner.eml/Deep.eml"])
    assert read(tmp_path) == found


def test_outlook_html_and_text_that_is_rtf_only(tmp_path: Path) -> None:
    markup = MARKUP.replace("{quoted}", "").replace("Dear all", "Café for all").encode("cp1252")
    values = {(o.BODY, o.TEXT): None, (o.HTML, o.BYTES): markup, (o.CODE_PAGE, o.LONG): 1252}
    document = one(tmp_path, outlook(values=values), "mail.msg")
    assert blocks(document) == ["Network meeting", "Café for all", OWN, "Band\tStaff", "8a\t14"]
    values = {(o.BODY, o.TEXT): None, (o.RTF, o.BYTES): b"xxxx"}
    document = one(tmp_path, outlook(values=values), "mail.msg")
    assert (codes(document), document.state) == ([base.NOT_READ_YET], DocumentState.PARTLY_READ)
    values = {(o.CLASS, o.TEXT): "IPM.Note.SMIME", (o.BODY, o.TEXT): None}
    assert codes(one(tmp_path, outlook(values=values), "mail.msg")) == [base.ENCRYPTED]


def test_damaged_outlook_messages_are_problems(tmp_path: Path) -> None:
    good = outlook(attachments=(o.attached("minutes.pdf", pdf()),))
    for content in (good[:700], good[:8] + bytes(1000), o.compound(o.Folder({"x": b"y"}))):
        assert codes(one(tmp_path, content, "mail.msg")) == [base.DAMAGED]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_bytes_end_as_pages_or_a_problem(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    inner = attach(mail("Inner"), "a.md", b"# a\n\nText.\n")
    message = attach(mail("Outer", BODY, MARKUP), "b.md", b"# b\n\nText.\n")
    message.add_attachment(inner)
    start = data.draw(
        st.sampled_from([message.as_bytes(), outlook(attachments=(o.attached("a.md", b"# a\n\nText.\n"),))])
    )
    content = bytearray(start)
    for _ in range(data.draw(st.integers(0, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + 1] = data.draw(st.binary(min_size=0, max_size=3))
    path = folder / "mail.eml"
    path.write_bytes(bytes(content[: data.draw(st.integers(1, len(content)))]))
    try:
        inspection, pages = read_whole(path, LIMITS)
        assert len(pages) == inspection.page_count
        from evidence_kit.readers.mail.reader import unpack

        out = folder / "out"
        out.mkdir()
        allowance = Allowance(members=50, size=MIB, member_size=MIB, limits=LIMITS)
        unpacked = unpack(path, out, allowance)
        assert all(Path(m.path).parent == out for m in unpacked.members if m.path)
    except base.ReadError as error:
        assert error.next_step
