"""Archives: every file in one is a document; names lead nowhere; limits hold for all of it; nothing is left behind."""

from __future__ import annotations

import io
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evidence_kit.readers import base
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.containers.archive import name_of
from evidence_kit.readers.containers.members import LONGEST_NAME, plain_name, safe_name
from evidence_kit.readers.pack import READERS, read_file, read_pack
from evidence_kit.records.document import Document, DocumentState, Media
from evidence_kit.workers import TIME_LIMIT, Limits

LIMITS = Limits()
NOTE = b"# Note\n\nThe network met in March.\n"


@pytest.fixture(autouse=True)
def scratch(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Temporary files go here; after every test nothing of a run may be left."""
    folder = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content, compress_type=method)
    return buffer.getvalue()


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def read(folder: Path, **options: object) -> dict[str, Document]:
    documents = read_pack(folder, **{"limits": LIMITS, **options})
    assert [d.path for d in documents] == sorted(d.path for d in documents)
    assert len({d.id for d in documents}) == len(documents)
    return {document.path: document for document in documents}


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def text(document: Document) -> str:
    return "\n".join(page.text for page in document.pages)


def test_every_file_in_an_archive_is_a_document_with_an_id_of_its_own_bytes(tmp_path: Path) -> None:
    put(tmp_path, "pack.zip", zipped(("folder/note.md", NOTE), ("plan.txt", b"The plan of the network.\n")))
    put(tmp_path, "same.md", NOTE)
    found = read(tmp_path)
    assert list(found) == ["pack.zip", "pack.zip/folder/note.md", "pack.zip/plan.txt", "same.md"]
    archive, note = found["pack.zip"], found["pack.zip/folder/note.md"]
    assert (archive.media, archive.state, archive.pages) == (Media.ARCHIVE, DocumentState.READ, ())
    assert note.media is Media.MARKDOWN
    assert "met in March" in text(note)
    assert found["same.md"].sha256 == note.sha256
    assert found["same.md"].id == f"{note.id}.2"
    assert note.size == len(NOTE)


def test_one_archive_read_as_a_file_is_the_archive(tmp_path: Path) -> None:
    path = put(tmp_path, "pack.zip", zipped(("note.md", NOTE)))
    document = read_file(path, limits=LIMITS)
    assert (document.path, document.media, document.state) == ("pack.zip", Media.ARCHIVE, DocumentState.READ)
    assert list(read(path)) == ["pack.zip", "pack.zip/note.md"]


@pytest.mark.parametrize(
    ("given_name", "read_as"),
    [
        ("/etc/note.md", "etc/note.md"),
        ("C:\\Users\\me\\note.md", "Users/me/note.md"),
        ("\\\\server\\share\\note.md", "server/share/note.md"),
        ("a\\b\\note.md", "a/b/note.md"),
        ("./a//./note.md", "a/note.md"),
        ("CON.md", "_CON.md"),
        ("sub/aux/note.md", "sub/_aux/note.md"),
        ("what?*|.md", "what___.md"),
        ("odd\u202egpj.md", "oddgpj.md"),
        ("line\nbreak.md", "linebreak.md"),
    ],
)
def test_names_are_made_safe(tmp_path: Path, given_name: str, read_as: str) -> None:
    put(tmp_path, "pack.zip", zipped((zipfile.ZipInfo(given_name), NOTE)))
    found = read(tmp_path)
    assert list(found) == ["pack.zip", f"pack.zip/{read_as}"]
    assert found[f"pack.zip/{read_as}"].state is DocumentState.READ


@pytest.mark.parametrize(
    "name", ["../../note.md", "a/../../note.md", "..\\note.md", "a/ .. /note.md", "C:..\\note.md"]
)
def test_what_leads_upwards_is_not_unpacked_and_says_so(tmp_path: Path, name: str) -> None:
    pack = tmp_path / "deep" / "pack"
    pack.mkdir(parents=True)
    put(pack, "pack.zip", zipped((zipfile.ZipInfo(name), NOTE), ("good.md", NOTE)))
    found = read(pack)
    assert codes(found["pack.zip/good.md"]) == []
    bad = next(d for d in found.values() if codes(d))
    assert (codes(bad), bad.state) == ([base.OUTSIDE], DocumentState.NOT_READ)
    assert ".." not in bad.path
    assert found["pack.zip"].state is DocumentState.READ
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["deep", "pack", "pack.zip"]


def test_links_in_archives_are_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("passwords.txt")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    put(tmp_path, "pack.zip", zipped((link, b"/etc/passwd"), ("good.md", NOTE)))
    found = read(tmp_path)
    assert codes(found["pack.zip/passwords.txt"]) == [base.OUTSIDE]
    assert found["pack.zip/good.md"].state is DocumentState.READ


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_one_name_are_both_read(tmp_path: Path) -> None:
    other = b"# Note\n\nThe network met in April.\n"
    put(tmp_path, "pack.zip", zipped(("note.md", NOTE), ("note.md", other), ("a/x", NOTE), ("/a/x", other)))
    found = read(tmp_path)
    assert list(found)[1:] == [
        "pack.zip/a/x",
        "pack.zip/a/x (2)",
        "pack.zip/note (2).md",
        "pack.zip/note.md",
    ]
    assert "April" in text(found["pack.zip/note (2).md"])


def test_names_in_old_letters_and_in_unicode() -> None:
    def entry(raw: bytes, flag: int = 0, extra: bytes = b"") -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(raw.decode("utf-8" if flag else "cp437"))
        info.flag_bits, info.extra = flag, extra
        return info

    assert name_of(entry("Café.md".encode("cp437"))) == "Café.md"
    assert name_of(entry("Café.md".encode())) == "Café.md"
    assert name_of(entry("Café.md".encode(), flag=0x800)) == "Café.md"
    told = "Žofie.md".encode()
    field = struct.pack("<HHBI", 0x7075, 5 + len(told), 1, zlib.crc32(b"_ofie.md")) + told
    assert name_of(entry(b"_ofie.md", extra=b"\x01\x00\x02\x00xx" + field)) == "Žofie.md"
    assert name_of(entry(b"plain.md", extra=b"\x75\x70\xff\xff")) == "plain.md"


def encrypted(content: bytes) -> bytes:
    """An archive whose first file says that it is encrypted, in both of its heads."""
    data = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def test_what_is_encrypted_or_damaged_costs_itself_alone(tmp_path: Path) -> None:
    put(tmp_path, "locked.zip", encrypted(zipped(("secret.md", NOTE), ("open.md", NOTE))))
    stored = zipped(("bad.md", NOTE), ("open.md", NOTE), method=zipfile.ZIP_STORED)
    put(tmp_path, "damaged.zip", stored.replace(b"met in March", b"met in Xarch", 1))
    odd = bytearray(zipped(("odd.md", NOTE)))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        odd[odd.index(mark) + offset] = 97
    put(tmp_path, "odd.zip", bytes(odd))
    put(tmp_path, "cut.zip", stored[:-30])
    found = read(tmp_path)
    assert codes(found["locked.zip/secret.md"]) == [base.ENCRYPTED]
    assert codes(found["damaged.zip/bad.md"]) == [base.DAMAGED]
    assert codes(found["odd.zip/odd.md"]) == [base.NOT_READ_YET]
    assert codes(found["cut.zip"]) == [base.DAMAGED]
    for name in ("locked.zip/open.md", "damaged.zip/open.md"):
        assert found[name].state is DocumentState.READ
    assert found["locked.zip"].state is DocumentState.READ
    assert found["odd.zip"].state is DocumentState.NOT_READ
    assert all(problem.next_step for document in found.values() for problem in document.problems)


def nested(depth: int) -> bytes:
    data = zipped((f"level{depth}.md", NOTE))
    for level in range(depth - 1, 0, -1):
        data = zipped((f"level{level}.md", NOTE), ("in.zip", data))
    return data


def test_archives_in_archives_are_read_down_to_the_limit(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", nested(5))
    found = read(tmp_path, limits=Limits(nesting=3))
    assert [name for name in found if name.endswith(".md")] == [
        "a.zip/in.zip/in.zip/level3.md",
        "a.zip/in.zip/level2.md",
        "a.zip/level1.md",
    ]
    deepest = found["a.zip/in.zip/in.zip/in.zip"]
    assert codes(deepest) == [base.TOO_LARGE]
    assert "3 deep" in deepest.problems[0].message
    assert "level4.md" in deepest.problems[0].message
    assert deepest.state is DocumentState.NOT_READ
    assert found["a.zip/in.zip"].state is DocumentState.READ
    assert read(tmp_path, limits=Limits(nesting=5))["a.zip/in.zip/in.zip/in.zip/in.zip/level5.md"]


def test_a_bomb_unpacks_no_further_than_the_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = bytes(3 * 1024 * 1024)
    inner = zipped(("big.txt", zeros))
    put(
        tmp_path, "bomb.zip", zipped(("a.md", NOTE), *((f"{n}.zip", inner) for n in range(6)), ("z.md", NOTE))
    )
    written: list[int] = []
    from evidence_kit.readers.containers import unpacking as containers

    unpack = containers._unpack

    def counted(task: containers._Unpacking) -> object:
        result = unpack(task)
        written.extend(path.stat().st_size for one in task.containers for path in Path(one.folder).iterdir())
        return result

    monkeypatch.setattr(containers, "_unpack", counted)
    found = read(tmp_path, limits=Limits(decompressed_mib=8))
    assert sum(written) <= 8 * 1024 * 1024
    assert found["bomb.zip/a.md"].state is DocumentState.READ
    told = [d for d in found.values() if codes(d) == [base.TOO_LARGE]]
    assert [d.path for d in told] == [f"bomb.zip/{n}.zip" for n in (2, 3, 4, 5)]
    assert all("8 MiB" in d.problems[0].message and "big.txt" in d.problems[0].message for d in told)


def test_one_file_over_its_limit_costs_itself_alone(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", zipped(("big.txt", bytes(2 * 1024 * 1024)), ("note.md", NOTE)))
    found = read(tmp_path, limits=Limits(member_mib=1))
    assert codes(found["a.zip/big.txt"]) == [base.TOO_LARGE]
    assert found["a.zip/note.md"].state is DocumentState.READ


def test_a_size_that_lies_does_not_help(tmp_path: Path) -> None:
    data = bytearray(zipped(("big.txt", bytes(2 * 1024 * 1024)), ("note.md", NOTE)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + offset
        data[place : place + 4] = struct.pack("<I", 100)
    put(tmp_path, "a.zip", bytes(data))
    found = read(tmp_path, limits=Limits(member_mib=1))
    assert codes(found["a.zip/big.txt"]) in ([base.DAMAGED], [base.TOO_LARGE])
    assert found["a.zip/note.md"].state is DocumentState.READ


def test_more_files_than_the_limit_are_told_not_lost(tmp_path: Path) -> None:
    files = [(f"{number:02d}.md", NOTE + str(number).encode()) for number in range(12)]
    put(tmp_path, "a.zip", zipped(*files))
    found = read(tmp_path, limits=Limits(members=4))
    assert len(found) == 5
    archive = found["a.zip"]
    assert (codes(archive), archive.state) == ([base.TOO_LARGE], DocumentState.PARTLY_READ)
    assert "‘04.md’, ‘05.md’, ‘06.md’, ‘07.md’, ‘08.md’ and 3 more" in archive.problems[0].message
    assert "limit of 4 files" in archive.problems[0].message


def test_what_is_no_paper_is_left_out_of_archives_too(tmp_path: Path) -> None:
    names = [
        "__MACOSX/._a.md",
        ".DS_Store",
        "sub/~$a.docx",
        "Thumbs.db",
        "old/data/evidence-map.json",
        "old/data/README.txt",
        "old/evidence-map.html",
    ]
    put(tmp_path, "a.zip", zipped(*((name, b"x") for name in names), ("old/note.md", NOTE), ("dir/", b"")))
    put(tmp_path, "empty.zip", zipped((".DS_Store", b"x")))
    found = read(tmp_path)
    assert list(found) == ["a.zip", "a.zip/old/note.md", "empty.zip"]
    assert (codes(found["empty.zip"]), found["empty.zip"].state) == (
        [base.EMPTY_FILE],
        DocumentState.NOT_READ,
    )


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mixed")
    mail = (
        b"Subject: Papers\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nSee below.\n"
        b'--x\nContent-Type: text/markdown\nContent-Disposition: attachment; filename="note.md"\n\n'
        + NOTE
        + b"--x--\n"
    )
    inner = zipped(("note.md", NOTE), ("big.txt", bytes(1024 * 1024)), ("mail.eml", mail))
    put(folder, "one.zip", zipped(("a.zip", inner), ("b.zip", inner), ("../up.md", NOTE), ("mail.eml", mail)))
    put(folder, "two.zip", nested(6))
    put(folder, "mail.eml", mail)
    put(folder, "locked.zip", encrypted(zipped(("secret.md", NOTE))))
    return folder


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_never_shows(mixed: Path, workers: int) -> None:
    limits = Limits(decompressed_mib=2, members=12)
    expected = read(mixed, limits=limits)
    assert any(base.TOO_LARGE in codes(d) for d in expected.values())
    assert "mail.eml/note.md" in expected
    assert read(mixed, limits=limits, workers=workers) == expected


DYING = """
import os, zipfile
from evidence_kit.readers.containers import archive
from evidence_kit.readers.containers.archive import read_whole

def unpack(path, folder, allowance):
    if "die.md" in zipfile.ZipFile(path).namelist():
        os._exit(9)
    return archive.unpack(path, folder, allowance)
"""
SLOW = """
import time
from evidence_kit.readers.containers.archive import read_whole

def unpack(path, folder, allowance):
    (folder / "half").write_bytes(b"x")
    if path.name == "slow.zip":
        time.sleep(600)
    raise RuntimeError("no")
"""


def test_an_archive_that_never_ends_or_fails_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules, pack = tmp_path / "modules", tmp_path / "pack"
    modules.mkdir()
    pack.mkdir()
    (modules / "slow_archive.py").write_text(SLOW, encoding="utf-8")
    monkeypatch.syspath_prepend(modules)
    put(pack, "slow.zip", zipped(("a.md", NOTE)))
    put(pack, "fails.zip", zipped(("a.md", NOTE)))
    put(pack, "note.md", NOTE)
    readers = {**READERS, Media.ARCHIVE: "slow_archive"}
    found = read(pack, workers=2, limits=Limits(seconds=2.0), readers=readers)
    assert codes(found["slow.zip"]) == [TIME_LIMIT]
    assert codes(found["fails.zip"]) == [base.CRASHED]
    assert found["slow.zip"].state is DocumentState.NOT_READ
    assert found["note.md"].state is DocumentState.READ


def test_of_containers_unpacked_together_only_the_bad_one_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules, pack = tmp_path / "modules", tmp_path / "pack"
    modules.mkdir()
    pack.mkdir()
    (modules / "dying_archive.py").write_text(DYING, encoding="utf-8")
    monkeypatch.syspath_prepend(modules)
    inner = [(f"{n}.zip", zipped((f"{n}.md", NOTE + str(n).encode()))) for n in range(4)]
    put(pack, "a.zip", zipped(*inner, ("bad.zip", zipped(("die.md", NOTE))), ("z.zip", inner[0][1])))
    found = read(pack, workers=2, readers={**READERS, Media.ARCHIVE: "dying_archive"})
    assert [d.path for d in found.values() if codes(d)] == ["a.zip/bad.zip"]
    assert codes(found["a.zip/bad.zip"]) == [base.CRASHED]
    assert sum(d.media is Media.MARKDOWN for d in found.values()) == 5


def test_nothing_is_left_behind_when_a_run_is_broken_off(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", zipped(("a.md", NOTE)))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(tmp_path, progress=stop)
    # The fixture looks into the folder for temporary files.


def test_no_room_for_temporary_files_is_a_problem_of_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.zip", zipped(("a.md", NOTE)))
    put(tmp_path, "note.md", NOTE)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", full)
    found = read(tmp_path)
    assert codes(found["a.zip"]) == [base.UNREADABLE]
    assert "No space left" in found["a.zip"].problems[0].message
    assert found["note.md"].state is DocumentState.READ


@given(st.text(max_size=60).filter(bool))
@example("../x")
@example("a" * 300 + ".docx")
def test_no_name_leads_anywhere(name: str) -> None:
    try:
        safe = safe_name(name)
    except ReadError as error:
        assert error.code == base.OUTSIDE
        safe = plain_name(name)
    parts = safe.split("/")
    assert all(part and part == part.strip() and not part.endswith(".") for part in parts)
    assert not any(character in safe for character in '\\:<>"|?*\x00\n')
    assert all(len(part) <= LONGEST_NAME for part in parts)
    resolved = os.path.normpath(os.path.join("/pack", safe))
    assert resolved == f"/pack/{safe}"
    assert plain_name(safe) == safe


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_archives_end_as_problems(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    good = zipped(("a.md", NOTE), ("sub/in.zip", zipped(("b.md", NOTE))))
    content = bytearray(good)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(content) // 2, len(content)))
    put(folder, "a.zip", bytes(content[:cut]))
    for document in read(folder).values():
        assert document.state is DocumentState.READ or document.problems or document.media is Media.ARCHIVE
        assert base.CRASHED not in codes(document), document.problems
