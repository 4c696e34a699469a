"""What the readers of text formats share: decoding, source lines, when a line goes on, what repeats page by page."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from evidence_kit.characters import LINE_ENDS, without_silent
from evidence_kit.readers.base import DAMAGED, EMPTY_FILE, TOO_LARGE, UNREADABLE, Draft, ReadError
from evidence_kit.records.document import BlockKind
from evidence_kit.workers import Limits

MAX_BLOCK_CHARS = 4_000
"""Lines are joined up to here: interleaved columns could otherwise grow into one block."""
_CONTROL_SHARE = 0.02
"""More control characters than this, and the file is no text. Random bytes have a tenth."""
_BROKEN_SHARE = 10
"""UTF-8 with fewer broken characters than one in so many is UTF-8 all the same."""
_PAGE_CHAIN = 5
"""So many numbers that count up, with text between them, are page numbers."""
_PAGE_STEP = 3
"""Pages without a number, or lost ones, may leave gaps of this size in the count."""
_PAGE_CHARS = 200
"""Less text than this between two numbers is a list or a table, no page."""
_WORDED_PAGES = 3
"""So many lines "Page 7" and the like are page numbers in whatever order."""
_RUNNING_CHARS = 100

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings that a page may name for itself; Python knows others that would do more than decode.
_ENCODINGS = re.compile(
    r"utf-8|iso8859-\d{1,2}|cp\d{3,4}|ascii|koi8-[ru]|mac-roman|gb\w{2,6}|big5\w{0,6}|shift_jis\w{0,6}|euc_\w{2,8}"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_BREAKING = re.compile(f"[{LINE_ENDS}]")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.)?[\s|–-]*(\d{1,4})[\s|–-]*(?:(?:of|/)\s*\d{1,4})?(?:\s*\|\s*page)?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_WORDED = re.compile(r"(?:page|p\.)\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.{5,}|…{3,}|(?:\. ){5,})[\s.]*\d{0,4}$")
# A line that ends with one of these words is not over, whatever the next begins with.
_HANGING_WORDS = """
a an the of to in on at by for from with within without and or nor but as than that which who whose our their its his
her this these those is are was were be been has have had will would should can may must not into over under between
through across about per via including
"""
_HANGING = frozenset(_HANGING_WORDS.split())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source with text: its number from 1, and its text without what does not print."""

    number: int
    text: str


def read_bytes(path: Path, limits: Limits) -> bytes:
    """Read a file whole.

    Raises:
        ReadError: The file cannot be opened, or is larger than the limit.
    """
    try:
        if path.stat().st_size > limits.decompressed_mib * 1024 * 1024:
            raise ReadError(
                TOO_LARGE,
                f"The file is larger than the limit of {limits.decompressed_mib:,} MiB.",
                "Save it in parts, or raise the limit with --limit decompressed_mib=VALUE",
            )
        return path.read_bytes()
    except OSError as error:
        message = f"The file cannot be opened ({error.strerror})."
        raise ReadError(
            UNREADABLE, message, "Check that you may read it, or ask for a fresh copy."
        ) from error


def read_text(path: Path, limits: Limits) -> str:
    """Read and decode a text file.

    Raises:
        ReadError: As :func:`read_bytes` and :func:`decode`.
    """
    return decode(read_bytes(path, limits))


def decode(data: bytes, told: str = "") -> str:
    """Return the text of bytes, lines ended by line feeds.

    The encoding is that of the byte order mark, else the one told, else UTF-8, else UTF-16 (told by its zeros),
    else Windows-1252.

    Raises:
        ReadError: There is nothing in it, or it is no text.
    """
    if not data.strip():
        raise ReadError(EMPTY_FILE, "The file is empty.", "Ask for a fresh copy.")
    text = _decoded(data, told)
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > max(_CONTROL_SHARE * len(text), 4):
        raise ReadError(
            DAMAGED,
            "The file holds binary data, not text.",
            "Open it in the program that made it and save it as PDF, Word or text.",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, told: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    sample = data[:4096]
    if sample.count(0) > 0.3 * len(sample):
        # Plain English in UTF-16 has a zero in every second byte.
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if max(even, odd) > 10 * min(even, odd):
            return data.decode("utf-16-be" if even > odd else "utf-16-le", errors="replace")
    for encoding in (told, "utf-8"):
        try:
            if _ENCODINGS.fullmatch(codecs.lookup(encoding).name):
                return data.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    mended = data.decode("utf-8", errors="replace")
    foreign = sum(1 for char in mended if char > "\x7f")
    if foreign > _BROKEN_SHARE * mended.count("\ufffd"):
        return mended
    return data.decode("cp1252", errors="replace")


def clean(text: str) -> str:
    """Return a line's text on one line: zero bytes visible, nothing that does not print, single blanks."""
    text = _BREAKING.sub(" ", text).replace("\x00", "\ufffd")
    return " ".join(without_silent(text).split())


def make_draft(
    lines: Sequence[Line], kind: BlockKind, *, level: int = 0, bold: bool = False, joins_next: bool = False
) -> Draft:
    """Make a block of source lines: one line of text each."""
    return Draft(
        kind=kind,
        text="\n".join(line.text for line in lines),
        level=level,
        bold=bold,
        line=lines[0].number,
        lines=tuple(line.number for line in lines),
        joins_next=joins_next,
    )


def ends_sentence(text: str) -> bool:
    """Say whether a sentence, or the lead to a list, ends with the line."""
    return bool(_SENTENCE_END.search(text[-8:]))


def starts_small(text: str) -> bool:
    """Say whether the line begins with a small letter, quotation marks and brackets aside."""
    return text.lstrip("\"'“‘([")[:1].islower()


def goes_on(before: str, after: str) -> bool:
    """Say whether ``after`` continues the sentence of ``before``, though they stand on lines of their own.

    It does when the sentence is open and goes on in small letters, or breaks off at a word that cannot end it.
    """
    if ends_sentence(before) or not _LETTERS.search(before):
        return False
    return starts_small(after) or _hangs(before)


def _hangs(text: str) -> bool:
    if text.endswith((",", "&", "/", "–", "-", "(")):
        return True
    return text[-24:].rpartition(" ")[2].lower() in _HANGING


def has_letters(text: str) -> bool:
    """Say whether there is a word in it: two letters in a row."""
    return bool(_LETTERS.search(text))


def is_contents_line(text: str) -> bool:
    """Say whether it is a line of a table of contents: dots lead to a page number."""
    return bool(_LEADERS.search(text[-200:]))


def is_spaced(texts: Sequence[str]) -> bool:
    """Say whether a blank line follows every line, so that blank lines tell nothing about paragraphs.

    Text drawn from a PDF is often so.
    """
    filled = [bool(text.strip()) for text in texts]
    pairs = sum(1 for one, two in pairwise(filled) if one and two)
    return sum(filled) >= 20 and pairs <= 0.05 * sum(filled)


def running_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the source line numbers of page numbers and of the running heads and feet beside them.

    Args:
        lines: The lines with text, emphasis marks removed.
    """
    chain = _page_chain(lines)
    if len(chain) < _PAGE_CHAIN:
        chain = frozenset()
    chain |= _facing(lines, chain)
    worded = {index for index, line in enumerate(lines) if _WORDED.fullmatch(line.text[:24])}
    if len(worded) >= _WORDED_PAGES:
        chain |= worded
    beside: Counter[str] = Counter()
    for index in chain:
        beside.update({lines[near].text for near in _near(index, len(lines)) if near not in chain})
    repeated = max(3, len(chain) // 5)
    heads = {text for text, count in beside.items() if count >= repeated and len(text) <= _RUNNING_CHARS}
    found = {lines[index].number for index in chain}
    for index in chain:
        found.update(lines[near].number for near in _near(index, len(lines)) if lines[near].text in heads)
    return frozenset(found)


def _facing(lines: Sequence[Line], chain: frozenset[int]) -> frozenset[int]:
    """Return the numbers of facing pages: "8" and "9" on lines next to each other where one is a page number."""
    found = set()
    for index in chain:
        page = int(_DIGITS.findall(lines[index].text)[0])
        for near in (index - 1, index + 1):
            if 0 <= near < len(lines) and lines[near].text in (str(page - 1), str(page + 1)):
                found.add(near)
    return frozenset(found)


def _near(index: int, count: int) -> range:
    return range(max(index - 2, 0), min(index + 3, count))


def _page_chain(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the longest row of lone numbers that count up as pages do."""
    # Page number: length of the chain that it ends, index of its line, characters up to there.
    best: dict[int, tuple[int, int, int]] = {}
    before: dict[int, int] = {}
    position = 0
    for index, line in enumerate(lines):
        position += len(line.text)
        match = _PAGE_NUMBER.fullmatch(line.text) if len(line.text) <= 24 else None
        if match is None:
            continue
        page = int(match[1])
        length, last = 0, -1
        for step in range(1, _PAGE_STEP + 1):
            earlier = best.get(page - step)
            if earlier and earlier[0] > length and position - earlier[2] > _PAGE_CHARS:
                length, last = earlier[:2]
        if length + 1 > best.get(page, (0, 0, 0))[0]:
            best[page] = (length + 1, index, position)
            before[index] = last
    if not best:
        return frozenset()
    index = max(best.values(), key=lambda one: (one[0], -one[1]))[1]
    chain = set()
    while index >= 0:
        chain.add(index)
        index = before[index]
    return frozenset(chain)
