"""What a file is, by its content; and for each kind that is not read, the way out."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from evidence_kit.readers import base
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.sniff import sniff
from evidence_kit.records.document import Media

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def zipped(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.pdf", b"%PDF-1.7\n", Media.PDF),
        ("scan.pdf", JPEG, Media.IMAGE),
        ("poster.jpg", JPEG, Media.IMAGE),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, Media.IMAGE),
        ("a.tif", b"II*\x00" + b"\x00" * 20, Media.IMAGE),
        ("a.tiff", b"MM\x00*" + b"\x00" * 20, Media.IMAGE),
        ("a.docx", b"junk before\r\n%PDF-1.4\n", Media.PDF),
        ("a.docx", zipped(**{"word/document.xml": "<w/>"}), Media.WORD),
        ("paper", zipped(**{"word/document.xml": "<w/>"}), Media.WORD),
        ("a.xlsx", zipped(**{"xl/workbook.xml": "<x/>"}), Media.WORKBOOK),
        ("a.docx", zipped(**{"xl/workbook.xml": "<x/>"}), Media.WORKBOOK),
        ("a.ods", zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), Media.WORKBOOK),
        ("a.xls", OLE + "Workbook\0".encode("utf-16-le"), Media.WORKBOOK),
        ("a.xlsx", OLE + "Book\0".encode("utf-16-le"), Media.WORKBOOK),
        ("a.pptx", zipped(**{"ppt/presentation.xml": "<p/>"}), Media.SLIDES),
        ("a.odt", zipped(mimetype="application/vnd.oasis.opendocument.text"), Media.OPENDOCUMENT),
        ("a.csv", b"name,grade\nx,8a\n", Media.CSV),
        ("a.tsv", b"name\tgrade\nx\t8a\n", Media.CSV),
        ("export.xls", b"name\tgrade\nx\t8a\n", Media.CSV),
        ("export.xls", b"<html><table></table></html>", Media.HTML),
        ("a.html", b"<p>Our statement</p>", Media.HTML),
        ("page.txt", b"\xef\xbb\xbf \n<!DOCTYPE html><html></html>", Media.HTML),
        ("a.xml", b'<?xml version="1.0"?>\n<html xmlns="x"></html>', Media.HTML),
        ("a.md", b"# Title\n\nText", Media.MARKDOWN),
        ("a.txt", "Café minutes".encode("cp1252"), Media.TEXT),
        ("a.txt", "Café minutes".encode("utf-16"), Media.TEXT),
        ("README", b"BME network minutes", Media.TEXT),
        ("a.eml", b"From: a@example.org\nSubject: x\n\nText", Media.MAIL),
        ("mail.txt", b"Received: x\nFrom: a\nSubject: b\nDate: c\n\nText", Media.MAIL),
        ("a.msg", OLE, Media.MAIL),
        ("message", OLE + "__properties_version1.0".encode("utf-16-le"), Media.MAIL),
        ("a.zip", zipped(**{"minutes.pdf": "x"}), Media.ARCHIVE),
        ("papers", zipped(**{"minutes.pdf": "x"}), Media.ARCHIVE),
        ("a.zip", zipped(**{"ppt/deck.pptx": "x"}), Media.ARCHIVE),
        ("a.zip", zipped(), Media.ARCHIVE),
        ("a.txt", b"From: the chair\nTo: the board\nSubject: minutes\n\nPlease read.", Media.TEXT),
    ],
)
def test_media_by_content(tmp_path: Path, name: str, content: bytes, media: Media) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert sniff(path) is media


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("a.pdf", b"", base.EMPTY_FILE, "0 bytes"),
        ("poster.docx", b"GIF89a" + b"\x00" * 20, base.WRONG_NAME, "GIF"),
        ("poster.gif", b"GIF89a" + b"\x00" * 20, base.NOT_READ_YET, "GIF"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", base.NOT_READ_YET, "WebP"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 20, base.NOT_READ_YET, "HEIC"),
        ("a.doc", OLE, base.NOT_READ_YET, ".doc"),
        ("a.xls", OLE, base.DAMAGED, "no whole workbook"),
        ("a.xls", OLE + b"\xff" * 500, base.DAMAGED, "no whole workbook"),
        ("a.xlsx", OLE, base.WRONG_NAME, "old Office"),
        ("a.ppt", OLE, base.NOT_READ_YET, ".ppt"),
        ("a.docx", OLE, base.WRONG_NAME, "old Office"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), base.ENCRYPTED, "password"),
        ("a.docx", b"PK\x03\x04broken", base.DAMAGED, "Word document"),
        ("a.docx", b"\x00\x01\x02\x03" * 50, base.DAMAGED, ".docx"),
        ("a.pdf", b"Just a note.", base.WRONG_NAME, "plain text"),
        ("a.pdf", b"<!DOCTYPE html><title>Not found</title>", base.WRONG_NAME, "web page"),
        ("a.xlsb", zipped(**{"xl/workbook.bin": "x"}), base.NOT_READ_YET, ".xlsb"),
        ("a.xlsx", b"PK\x03\x04broken", base.DAMAGED, "workbook"),
        ("a.pptx", b"A failed download", base.WRONG_NAME, "plain text"),
        (
            "a.odp",
            zipped(mimetype="application/vnd.oasis.opendocument.presentation"),
            base.NOT_READ_YET,
            "OpenDocument",
        ),
        ("a.docx", zipped(**{"minutes.pdf": "x"}), base.NOT_READ_YET, "main part"),
        ("a.zip", zipped(**{"[Content_Types].xml": "x"}), base.NOT_READ_YET, "package"),
        ("a.pages", zipped(**{"Index/Document.iwa": "x"}), base.NOT_READ_YET, "iWork"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + b"\x00" * 20, base.NOT_READ_YET, "7-Zip"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", base.NOT_READ_YET, "RAR"),
        ("a.gz", gzip.compress(b"x"), base.NOT_READ_YET, "gzip"),
        ("a.rtf", b"{\\rtf1\\ansi Text}", base.NOT_READ_YET, "RTF"),
        ("a.url", b"[InternetShortcut]\r\nURL=https://example.org", base.NOT_READ_YET, "link"),
        ("a.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 40, base.NOT_READ_YET, "shortcut"),
        ("a.svg", b"<svg/>", base.NOT_READ_YET, "drawing"),
        ("a.bin", b"\x00\x01\x02\x03" * 50, base.NOT_READ_YET, "not known"),
    ],
)
def test_what_cannot_be_read_names_the_way_out(
    tmp_path: Path, name: str, content: bytes, code: str, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError) as caught:
        sniff(path)
    assert caught.value.code == code
    assert says in caught.value.message
    assert caught.value.next_step.endswith(".")


def test_a_folder_in_a_files_place_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        sniff(tmp_path)
    assert caught.value.code == base.UNREADABLE
