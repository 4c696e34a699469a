"""Writes files that mean harm, or that harm came to: ``python tests/readers/hostile.py FOLDER``.

Not a test module. Everything is made here and nothing is large on disk; what it would become is another matter.
"""

from __future__ import annotations

import io
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "readers"
MIB = 1024 * 1024
SECRET = "a-line-that-no-paper-may-show"
PROSE = "The board looked at the report in March and asked for a plan with dates."
SUFFIXES = ("pdf", "docx", "xlsx", "xls", "pptx", "odt", "ods", "html", "md", "txt", "csv", "eml", "msg", "zip",
            "png", "jpg", "tif", "vtt")  # fmt: skip
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha ha ha ha ha ha ha ha ha ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)

# Archives and office files --------------------------------------------------------------------------------------------


def zipped(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(source: str, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a golden file with one of its parts changed."""
    with zipfile.ZipFile(GOLDEN / source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    return zipped(parts)


def with_entities(xml: bytes, declared: str, used: str) -> bytes:
    """Put a document type in front of the root and a reference into the first text."""
    head, _, rest = xml.partition(b"?>")
    at = rest.index(b"</")
    return head + b"?>" + declared.encode() + rest[:at] + used.encode() + rest[at:]


def nested_zip(depth: int) -> bytes:
    inner = zipped({"deepest.txt": PROSE})
    for number in range(depth):
        inner = zipped({f"level{number}.zip": inner})
    return inner


def deep_word(depth: int) -> bytes:
    """Return tables in tables."""
    cell = "<w:p><w:r><w:t>deep</w:t></w:r></w:p>"
    opening, closing = "<w:tbl><w:tr><w:tc>" * depth, "<w:p/></w:tc></w:tr></w:tbl>" * depth
    text = f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>"
    body = f"<w:document {_WORD}><w:body>{text}{opening}{cell}{closing}</w:body></w:document>"
    return changed("report.docx", "word/document.xml", lambda _: body.encode())


def far_cell(xml: bytes) -> bytes:
    """Add a cell in the last row and column that there can be."""
    row = b'<row r="1048576"><c r="XFD1048576" t="str"><v>far</v></c></row></sheetData>'
    return xml.replace(b"</sheetData>", row)


def office() -> dict[str, bytes]:
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>'
    files = {
        "bomb.zip": zipped({"zeros.txt": bytes(96 * MIB), "good.txt": PROSE}),
        "bomb.docx": changed(
            "report.docx",
            "word/document.xml",
            lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b" " * 96 * MIB),
        ),
        "nested.zip": nested_zip(30),
        "traversal.zip": zipped(
            {
                "../../escaped.txt": SECRET,
                "/tmp/escaped.txt": SECRET,
                "C:\\escaped.txt": PROSE,
                "good.txt": PROSE,
            }
        ),
        "many.zip": zipped({f"{number}.txt": f"{number}" for number in range(1000)}),
        "deep.docx": deep_word(3000),
        "far-cell.xlsx": changed("report.xlsx", "xl/worksheets/sheet1.xml", far_cell),
        "laughs.odt": changed("report.odt", "content.xml", lambda xml: with_entities(xml, _LAUGHS, "&a9;")),
        "laughs.xlsx": changed(
            "report.xlsx", "xl/sharedStrings.xml", lambda xml: with_entities(xml, _LAUGHS, "&a9;")
        ),
        "laughs.pptx": changed(
            "report.pptx", "ppt/slides/slide1.xml", lambda xml: with_entities(xml, _LAUGHS, "&a9;")
        ),
        "laughs.docx": changed(
            "report.docx", "word/document.xml", lambda xml: with_entities(xml, _LAUGHS, "&a9;")
        ),
    }
    for name, address in (("file", "file:///etc/passwd"), ("web", "http://127.0.0.1:9/x")):
        declared = outside.format(address=address)
        files[f"outside-{name}.docx"] = changed(
            "report.docx", "word/document.xml", lambda xml, d=declared: with_entities(xml, d, "&e;")
        )
        files[f"outside-{name}.odt"] = changed(
            "report.odt", "content.xml", lambda xml, d=declared: with_entities(xml, d, "&e;")
        )
    return files


# PDF ------------------------------------------------------------------------------------------------------------------


def raw_pdf(objects: dict[int, str]) -> bytes:
    """Write objects as they are, with a table of where they stand."""
    out = b"%PDF-1.7\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    size = max(objects) + 1
    rows = "".join(
        f"{places.get(number, 0):010} {'00000 n' if number in places else '65535 f'} \n"
        for number in range(size)
    )
    out += (
        f"xref\n0 {size}\n{rows}trailer\n<</Size {size} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return out


def stream(content: str, extra: str = "") -> str:
    return f"<</Length {len(content)} {extra}>>\nstream\n{content}\nendstream"


FONT = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
SAY = f"BT /F1 12 Tf 72 700 Td ({PROSE}) Tj ET"


def simple(page: str = "", content: str = SAY, more: dict[int, str] | None = None, pages: str = "") -> bytes:
    """Return a file of one page; ``page`` is put into its dictionary, ``pages`` into that of the tree."""
    objects = {
        1: "<</Type /Catalog /Pages 2 0 R /Outlines 7 0 R>>",
        2: f"<</Type /Pages /Kids [3 0 R] /Count 1 {pages}>>",
        3: "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F1 5 0 R>> /XObject <</X 6 0 R>>>> "
        f"{page or '/MediaBox [0 0 595 842]'}>>",
        4: stream(content),
        5: FONT,
    }
    return raw_pdf(objects | (more or {}))


def tree(kids: str) -> bytes:
    return raw_pdf({1: "<</Type /Catalog /Pages 2 0 R>>", 2: f"<</Type /Pages /Kids [{kids}] /Count 5>>"})


def many_pages(count: int) -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(10, count + 10))
    page = "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>> /MediaBox [0 0 595 842]>>"
    shared = {1: "<</Type /Catalog /Pages 2 0 R>>", 2: f"<</Type /Pages /Kids [{kids}] /Count {count}>>"}
    return raw_pdf(shared | {4: stream(SAY), 5: FONT} | dict.fromkeys(range(10, count + 10), page))


def graph_paper(lines: int = 400) -> bytes:
    """Return a good pack with a sheet of graph paper as its second page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for number in range(3):
        canvas.drawString(72, 760, PROSE)
        if number == 1:
            for place in range(lines):
                canvas.line(40 + place * 1.25, 60, 40 + place * 1.25, 740)
                canvas.line(40, 60 + place * 1.7, 540, 60 + place * 1.7)
            for row in range(30):
                canvas.drawString(60, 80 + 20 * row, "one")
                canvas.drawString(300, 80 + 20 * row, "two")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def encrypted_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("the-right-one", ownerPassword="another"))
    canvas.drawString(72, 700, PROSE)
    canvas.save()
    return out.getvalue()


def encrypted_zip() -> bytes:
    """Return an archive whose one file says that it needs a password."""
    data = bytearray(zipped({"secret.txt": PROSE}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def pdfs() -> dict[str, bytes]:
    form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <</XObject <</X 6 0 R>>>>"
    loop = {
        7: "<</Type /Outlines /First 8 0 R /Last 8 0 R>>",
        8: "<</Title (a) /Parent 7 0 R /Next 8 0 R /First 8 0 R /Dest [3 0 R /Fit]>>",
    }
    return {
        "pages-in-themselves.pdf": tree("2 0 R"),
        "pages-of-nothing.pdf": tree("9 0 R 9 0 R"),
        "form-in-itself.pdf": simple(content=f"{SAY} /X Do", more={6: stream("/X Do /X Do", form)}),
        "bookmarks-in-a-ring.pdf": simple(more=loop),
        "length-of-itself.pdf": simple(more={4: f"<</Length 4 0 R>>\nstream\n{SAY}\nendstream"}),
        "deep-array.pdf": simple(more={6: "[" * 20_000 + "]" * 20_000}),
        "huge-page.pdf": simple("/MediaBox [0 0 14400000 14400000]", "0 0 14400000 7200000 re f"),
        "huge-page-with-text.pdf": simple("/MediaBox [0 0 2000000 2000000]"),
        "no-page-size.pdf": simple("/MediaBox [5 5 5 5]"),
        "page-upside-down.pdf": simple("/MediaBox [595 842 0 0] /Rotate 450"),
        "far-away.pdf": simple(content="BT /F1 12 Tf 99999999999 700 Td (far) Tj ET"),
        "many-marks.pdf": simple(content=SAY + " 0 0 5 5 re f" * 60_000),
        "ten-thousand-pages.pdf": many_pages(10_000),
        "graph-paper.pdf": graph_paper(),
        "locked.pdf": encrypted_pdf(),
    }


# Text, mail, and what is not what it says -----------------------------------------------------------------------------


def nested_mail(depth: int) -> bytes:
    body = b"Subject: deep\r\nContent-Type: text/plain\r\n\r\n" + PROSE.encode()
    for number in range(depth):
        edge = f"edge{number}".encode()
        body = b"Content-Type: multipart/mixed; boundary=%b\r\n\r\n--%b\r\n%b\r\n--%b--\r\n" % (
            edge,
            edge,
            body,
            edge,
        )
    return b"Subject: deep mail\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\n" + body


def texts() -> dict[str, bytes]:
    return {
        "deep.html": b"<html><body><p>"
        + PROSE.encode()
        + b"</p>"
        + b"<div>" * 60_000
        + b"deep"
        + b"</div>" * 60_000,
        "deep-list.html": b"<ul><li>" * 5_000 + b"deep",
        "deep.md": b"> " * 5_000 + b"deep\n\n" + b"- " * 5_000 + b"deep\n",
        "brackets.md": b"[" * 50_000 + b"](" * 50_000,
        "one-line.txt": b"a-" * 2 * MIB,
        "blanks.txt": PROSE.encode() + b" " * 4 * MIB + b"\t" * MIB + b".",
        "one-line.csv": b"1," * MIB,
        "quotes.csv": b'"' * MIB,
        "deep.eml": nested_mail(300),
        "dots.txt": b". " * MIB,
        "script.html": b"<script>document.write('"
        + SECRET.encode()
        + b"')</script><p>"
        + PROSE.encode()
        + b"</p>",
    }


def misnamed() -> dict[str, bytes]:
    pdf, word = (GOLDEN / "report.pdf").read_bytes(), (GOLDEN / "report.docx").read_bytes()
    return {
        "pdf-as.docx": pdf,
        "word-as.pdf": word,
        "text-as.xlsx": PROSE.encode(),
        "page-as.doc": (GOLDEN / "report.html").read_bytes(),
        "program-as.pdf": b"MZ\x90\x00" + bytes(200),
        "picture-as.pdf": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "old-word.doc": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000),
        "rich.rtf": rb"{\rtf1 hello}",
        "packed.7z": b"7z\xbc\xaf\x27\x1c" + bytes(100),
        "packed.rar": b"Rar!\x1a\x07\x00" + bytes(100),
        "link.url": b"[InternetShortcut]\nURL=https://example.org/\n",
        "locked.zip": encrypted_zip(),
    }


def damaged() -> dict[str, bytes]:
    files = {}
    for suffix in ("pdf", "docx", "xlsx", "xls", "pptx", "odt", "ods", "zip", "eml"):
        data = (GOLDEN / f"report.{suffix}").read_bytes()
        for tenth in range(1, 10):
            files[f"cut-{tenth}.{suffix}"] = data[: len(data) * tenth // 10]
    chance = random.Random(9)
    for suffix in SUFFIXES:
        files[f"noise.{suffix}"] = chance.randbytes(5000)
        files[f"empty.{suffix}"] = b""
    for suffix, head in (
        ("pdf", b"%PDF-1.7\n"),
        ("docx", b"PK\x03\x04"),
        ("xls", bytes.fromhex("d0cf11e0a1b11ae1")),
    ):
        files[f"noise-behind-a-head.{suffix}"] = head + chance.randbytes(5000)
    return files


def write(folder: Path) -> None:
    """Write all of them, and a good file beside them."""
    files = office() | pdfs() | texts() | misnamed() | damaged()
    files["good.pdf"] = (GOLDEN / "report.pdf").read_bytes()
    for name, content in files.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
