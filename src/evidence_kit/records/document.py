"""What was read of a file: pages of text, blocks over them, and packed boxes of their words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points (1/72 inch) from the page's top left corner, after rotation."""

Span = tuple[int, int]
"""Half-open character range ``[start, end)``."""


class Media(StrEnum):
    """The format of a file, told from its content."""

    PDF = "pdf"
    WORD = "word"
    OPENDOCUMENT = "opendocument"
    """A text (.odt); spreadsheets are workbooks."""
    WORKBOOK = "workbook"
    """Excel (.xlsx, .xlsm, .xls) and OpenDocument (.ods)."""
    CSV = "csv"
    """A table of values, whatever parts them."""
    SLIDES = "slides"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    IMAGE = "image"
    MAIL = "mail"
    ARCHIVE = "archive"
    """Holds other files, each a document of its own; has no text itself."""
    UNKNOWN = "unknown"


class BlockKind(StrEnum):
    """What a block of a page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    """A note at the foot of a page or behind the text: it interrupts what goes on over it."""
    FURNITURE = "furniture"
    """Running header, footer, page number, navigation: kept, never quoted."""


class PageState(StrEnum):
    """Whether a page's text was had."""

    READ = "read"
    BLANK = "blank"
    """Nothing on it: no problem."""
    UNREAD = "unread"
    """Something on it that could not be read: listed in every report."""


class DocumentState(StrEnum):
    """How a file ended."""

    READ = "read"
    PARTLY_READ = "partly_read"
    NOT_READ = "not_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of a page's text.

    Attributes:
        start, end: Half-open character span in the page's text.
        level: Heading level from 1, or nesting of a list item from 1; 0 elsewhere and for headings not yet levelled.
        size: Font size in points where the format tells it, else 0.
        bold: Whether the block is set in bold.
        table, row: Running number of the table in the document and of the row in the table, from 0.
        header: Whether the row is a header row.
        cells: Character spans of the row's cells, in column order; an empty cell is ``(n, n)``.
        line: Source line from 1, for text formats: the line on which the block begins.
        lines: For text formats, the source line from 1 of each line of the block's text (split at line feeds): a
            block may join lines that do not stand next to each other in the source.
        joins_next: The paragraph goes on in the next block that is not furniture (next column or page).
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    size: float = 0.0
    bold: bool = False
    table: int | None = None
    row: int | None = None
    header: bool = False
    cells: tuple[Span, ...] = ()
    line: int | None = None
    lines: tuple[int, ...] = ()
    joins_next: bool = False


@dataclass(frozen=True, slots=True)
class WordBoxes:
    """The boxes of a page's words, packed: an object a word would cost more than the reading itself.

    Attributes:
        spans: ``array('I')`` bytes, two entries a word: start and end in the page's text. Sorted by start. A word
            that a line end breaks has one entry a part.
        boxes: ``array('f')`` bytes, four entries a word: a :data:`Box`.
        sure: One byte a word: the confidence of text recognition in percent. Empty where the file itself has the text.
    """

    spans: bytes = b""
    boxes: bytes = b""
    sure: bytes = b""

    def __len__(self) -> int:
        return len(self.spans) // 8

    def within(self, start: int, end: int) -> Iterator[Box]:
        """Yield the boxes of the words that overlap the half-open character span."""
        spans = memoryview(self.spans).cast("I")
        boxes = memoryview(self.boxes).cast("f")
        for index in range(len(self)):
            if spans[2 * index] < end and spans[2 * index + 1] > start:
                left, top, right, bottom = boxes[4 * index : 4 * index + 4]
                yield (left, top, right, bottom)

    def sure_within(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield span and confidence (percent) of the recognised words that overlap the half-open character span."""
        spans = memoryview(self.spans).cast("I")
        ends = spans[1::2]
        for index in range(bisect_right(ends, start), len(self.sure)):
            if spans[2 * index] >= end:
                return
            yield spans[2 * index], spans[2 * index + 1], self.sure[index]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A PDF page, a slide, a sheet of a workbook (a long one: a part of it), or a section of a format without pages.

    Attributes:
        number: Page, slide or sheet number from 1 as the file counts it; ``None`` where the format has no pages (Word,
            HTML, text). The parts of a long sheet have the same number.
        label: The page number printed on the page, where one was found.
        text: All text of the page in reading order; blocks are spans over it, and text between blocks is white space.
        width, height: In points; 0 where the format has no geometry.
        reason: Why the page is unread, else empty.
        ocr: The text was recognised in the page's picture: words may be wrong.
        confidence: Mean confidence of the recognised words, from 0 to 1; ``None`` for text that the file itself has.
    """

    number: int | None
    text: str = ""
    label: str | None = None
    blocks: tuple[Block, ...] = ()
    words: WordBoxes | None = None
    state: PageState = PageState.READ
    width: float = 0.0
    height: float = 0.0
    reason: str = ""
    ocr: bool = False
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A bookmark: its title, the index of its page from 0, and its depth from 1."""

    title: str
    page: int
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that went wrong with a file or some of its pages; the run went on.

    Attributes:
        code: A stable word for programs: ``encrypted``, ``damaged``, ``no_text``, ``time_limit``, ``empty_file``, …
        file: Path relative to the pack, with forward slashes.
        message: What happened, in plain English.
        next_step: What a person can do about it.
        pages: Page numbers from 1 that are concerned; empty for the whole file.
    """

    code: str
    file: str
    message: str
    next_step: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a file's own properties say; weak evidence for anything. Dates as ISO 8601 text, empty if unknown.

    Attributes:
        tracked_changes: How many changes wait to be accepted; the text is read as if they were.
    """

    title: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""
    tracked_changes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that was read, or tried.

    Attributes:
        id: ``d`` and the first 12 digits of the file's SHA-256 (of the path, where the bytes could not be had);
            followed by ``.2``, ``.3`` … for further files of the pack with the same bytes.
        path: Relative to the pack, with forward slashes.
        size: In bytes.
    """

    id: str
    path: str
    sha256: str
    size: int
    media: Media
    state: DocumentState
    pages: tuple[Page, ...] = ()
    outline: tuple[OutlineItem, ...] = ()
    metadata: Metadata = Metadata()
    problems: tuple[Problem, ...] = ()
