"""Reads Markdown, made by hand or drawn from a PDF: headings, lists, tables, paragraphs, each with its source lines.

Text of a block has one line for each source line that it joins. Emphasis marks, escapes, link addresses, list and
heading marks are left out of it. Where a blank line follows every line, as in text drawn from a PDF, blank lines tell
nothing, and lines are joined by whether the sentence goes on; page numbers and running heads are furniture there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from evidence_kit.readers.base import Draft
from evidence_kit.readers.text.lines import (
    Line,
    clean,
    ends_sentence,
    has_letters,
    is_contents_line,
    is_spaced,
    running_lines,
    starts_small,
)
from evidence_kit.readers.text.paragraphs import Form, Joiner, Read
from evidence_kit.records.document import Metadata

_LONGEST_HEADING = 150
_LONGEST_BOLD_HEADING = 120

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDE = 0xE000  # escaped marks wait in the private use area until the unescaped ones are gone
_PRIVATE = re.compile(r"[\ue021-\ue07e]")
_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()]{0,2000}\)")
_LINK = re.compile(
    r"\[([^\[\]]{0,1000})\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?(?:\s+\"[^\"]{0,300}\")?\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]{1,1000})\]\[[^\[\]]{0,200}\]")
_DEFINITION = re.compile(r"\s{0,3}\[[^\[\]^]{1,200}\]:\s+\S+.{0,300}")
_ADDRESS = re.compile(r"<((?:https?://|mailto:|www\.)[^<>\s]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255})>")
_TAG = re.compile(
    r"</?(?:b|i|u|s|em|strong|sup|sub|span|p|div|a|img|font|small|center|details|summary|table|thead|tbody|tr|td|th"
    r"|ul|ol|li|h[1-6]|hr|figure|figcaption|mark|kbd|code|pre|blockquote)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"(?<=\d)\*(?=\d)|(?<=\d )\*(?= \d)")
_LOOSE_STAR = re.compile(r"^\s*\*|(?<=\s)\*(?=\s|$)")
_KEPT_STAR = "\ue010"
_BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_UNDERSCORES = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_]{1,500})(?<=\S)\1(?![\w_])")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*")
_BULLET = re.compile(r"(\s*)[-+*]\s+(?=\S)")
_GLYPH = re.compile(r"([•●▪◦‣➢■\uf0b7\uf0a7])\s*")
_NUMBER = re.compile(r"(\s*)[*_]{0,3}(?:\d{1,3}[.)]|\(?[a-z]\)|\(?[ivx]{1,4}\))\s+(?=\S)")
_NUMBERED_TITLE = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[.):]?\s+[^\W\d_a-z]")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_COMMENT = re.compile(r"<!--.{0,20000}?-->", re.DOTALL)
_FRONT = re.compile(r"(title|author|date|created|modified|updated)\s*:\s*(.{1,300})", re.IGNORECASE)
_ISO_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


def plain(text: str) -> str:
    """Return a line without Markdown's marks: emphasis, escapes, link addresses, known HTML tags."""
    if "\\" in text:
        text = _PRIVATE.sub("\ufffd", text)
        text = _ESCAPE.sub(lambda match: chr(_HIDE + ord(match[1])), text)
    if "[" in text:
        text = _REFERENCE.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", _ADDRESS.sub(r"\1", text)))
    text = _without_stars(text).replace("`", "").replace("~~", "")
    if "_" in text:
        text = _UNDERSCORES.sub(r"\2", text)
    if "&" in text:
        text = html.unescape(text)
    if _PRIVATE.search(text):
        text = _PRIVATE.sub(lambda match: chr(ord(match[0]) - _HIDE), text)
    return clean(text)


def _without_stars(text: str) -> str:
    """Remove asterisks that mean emphasis: all doubled ones, single ones where they come in pairs.

    A lone one after a word is a footnote's mark ("staff*") and stays; one between numbers is a product.
    """
    if "*" not in text:
        return text
    text = _PRODUCT.sub(_KEPT_STAR, re.sub(r"\*{2,}", "", text))
    text = text.replace("*", "") if text.count("*") % 2 == 0 else _LOOSE_STAR.sub("", text)
    return text.replace(_KEPT_STAR, "*")


def is_markdown(lines: Sequence[str]) -> bool:
    """Say whether a text without a telling name is Markdown: it has several headings or a table of its kind."""
    heads = sum(1 for line in lines if _heading(line))
    return heads >= 3 or any(_is_delimiter(line) for line in lines)


def read_markdown(lines: Sequence[str]) -> Iterator[Draft]:
    """Yield the blocks of a Markdown text.

    Args:
        lines: All source lines, blank ones included.
    """
    lines = _without_comments(lines)
    spaced = is_spaced(lines)
    reads = list(_classified(lines, spaced=spaced))
    if spaced:
        running = running_lines([read.line for read in reads])
        reads = [
            Read(form=Form.RUNNING, line=read.line)
            if read.line.number in running and read.form is not Form.ROW
            else read
            for read in reads
        ]
    return Joiner(spaced=spaced).joined(reads)


def front_matter(lines: Sequence[str]) -> tuple[Metadata, int]:
    """Return what a YAML head says of the document, and how many lines it takes."""
    if not lines or lines[0].strip() != "---":
        return Metadata(), 0
    end = next((index for index, line in enumerate(lines[1:60], 1) if line.strip() in ("---", "...")), 0)
    if not end or not all(":" in line or not line.strip() or line[0] in " -#" for line in lines[1:end]):
        return Metadata(), 0
    told: dict[str, str] = {}
    for line in lines[1:end]:
        if match := _FRONT.fullmatch(line.strip()):
            told.setdefault(match[1].lower(), match[2].strip().strip("\"'"))
    created, modified = (
        date[0] if (date := _ISO_DATE.match(told.get(one, "") or told.get(other, ""))) else ""
        for one, other in (("date", "created"), ("modified", "updated"))
    )
    return (
        Metadata(
            title=told.get("title", ""), author=told.get("author", ""), created=created, modified=modified
        ),
        end + 1,
    )


def _without_comments(lines: Sequence[str]) -> list[str]:
    if not any("<!--" in line for line in lines):
        return list(lines)
    text = "\n".join(lines)
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text).split("\n")


def _classified(lines: Sequence[str], *, spaced: bool) -> Iterator[Read]:
    """Yield the lines with text, each with what it is."""
    gap, fenced, tables, index = True, False, 0, 0
    while index < len(lines):
        raw = lines[index]
        index += 1
        if _FENCE.match(raw):
            fenced, gap = not fenced, True
            continue
        if fenced:
            text = clean(raw)
            if text:
                yield Read(form=Form.CODE, line=Line(index, text), gap=gap)
            gap = not text
            continue
        rows, end = _table(lines, index - 1, tables, spaced=spaced)
        if end >= index:
            yield from rows
            index, tables, gap = end, tables + bool(rows), True
            continue
        underlined = gap and index < len(lines) and _underline(lines[index], raw)
        read = _classify(raw, index, gap=gap)
        gap = read is None
        if read is not None and underlined and read.form is not Form.HEADING:
            read, gap = Read(form=Form.HEADING, line=read.line, level=underlined), True
            index += 1
        if read is not None:
            yield read


def _underline(below: str, raw: str) -> int:
    """Return the level of a heading that the line below underlines, 0 for none."""
    mark = below.strip()
    if len(mark) < 3 or set(mark) not in ({"="}, {"-"}) or not raw.strip() or len(raw) > _LONGEST_HEADING:
        return 0
    return 1 if mark[0] == "=" else 2


def _classify(raw: str, number: int, *, gap: bool) -> Read | None:
    """Return what one line is; ``None`` for a line without text."""
    if _RULE.fullmatch(raw) or _DEFINITION.fullmatch(raw):
        return None
    raw = _QUOTE.sub("", raw, count=1) if raw.lstrip().startswith(">") else raw
    text = plain(raw)
    if not text:
        return None
    line = Line(number, text)
    if is_contents_line(text):
        return Read(form=Form.RUNNING, line=line)
    if level := _heading(raw):
        text = plain(raw.strip().strip("#"))
        return _ranked(Line(number, text), level, gap=gap) if text else None
    if glyph := _GLYPH.match(text):
        return Read(form=Form.ITEM, line=Line(number, text[glyph.end() :]), level=1, gap=gap)
    if _is_bold(raw):
        apt = _is_title(text) and len(text) <= _LONGEST_BOLD_HEADING and not starts_small(text)
        return Read(form=Form.BOLD if apt else Form.TEXT, line=line, gap=gap, bold=True)
    if (bullet := _BULLET.match(raw)) and not _is_italic(raw):
        text = plain(raw[bullet.end() :])
        return (
            Read(form=Form.ITEM, line=Line(number, text), level=_depth(bullet[1]), gap=gap) if text else None
        )
    if numbered := _NUMBER.match(raw):
        return Read(form=Form.ITEM, line=line, level=_depth(numbered[1]), gap=gap)
    return Read(form=Form.TEXT, line=line, gap=gap)


def _ranked(line: Line, level: int, *, gap: bool) -> Read:
    """Return a heading, or text where ``#`` marks something that cannot be one."""
    if len(line.text) > _LONGEST_HEADING or not has_letters(line.text):
        return Read(form=Form.TEXT, line=line, gap=gap)
    if len(line.text) > 80 and ends_sentence(line.text):
        return Read(form=Form.TEXT, line=line, gap=gap, bold=True)
    return Read(form=Form.HEADING, line=line, level=level, gap=gap)


def _heading(raw: str) -> int:
    """Return the level of a ``#`` heading, 0 where it is none."""
    stripped = raw.strip()
    marks = len(stripped) - len(stripped.lstrip("#"))
    return marks if 1 <= marks <= 6 and stripped[marks : marks + 1].isspace() else 0


def _is_title(text: str) -> bool:
    if text[:1].isdigit() and not _NUMBERED_TITLE.match(text):
        return False  # a figure set large: "11 years", "7.2%"
    return has_letters(text) and not text.endswith((".", ";", ",")) and text.count(" ") < 16


def _is_bold(raw: str) -> bool:
    """Say whether all letters and digits of the line stand between bold marks."""
    text = _ESCAPE.sub(r"\1", raw.strip()).replace("****", "")
    if not text.startswith(("**", "__")):
        return False
    parts = re.split(r"\*{2,}|_{2,}", text)
    if len(parts) < 3 or len(parts) % 2 == 0:
        return False
    return not any(map(str.isalnum, "".join(parts[0::2])))


def _is_italic(raw: str) -> bool:
    """Say whether a line that opens with an asterisk and a blank is emphasis with stray blanks, not an item."""
    text = raw.strip()
    return text.startswith("*") and text.endswith("*") and text.replace("**", "").count("*") % 2 == 0


def _depth(indent: str) -> int:
    return min(len(indent.expandtabs(4)) // 2 + 1, 6)


def _table(lines: Sequence[str], start: int, table: int, *, spaced: bool) -> tuple[list[Read], int]:
    """Return the rows of a pipe table that begins at the line with this index, and the index of the line after it.

    It has a line of dashes under its head, or two rows or more that begin with a bar.
    """
    if "|" not in lines[start]:
        return [], start
    rows = _row_indexes(lines, start, spaced=spaced, framed=False)
    next(rows)
    below = next(rows, None)
    told = below is not None and _is_delimiter(lines[below])
    if not told and not lines[start].lstrip().startswith("|"):
        return [], start
    indexes = list(_row_indexes(lines, start, spaced=spaced, framed=not told))
    if len(indexes) < 2:
        return [], start
    reads = []
    for index in indexes:
        cells = () if _is_delimiter(lines[index]) else _cells(lines[index])
        if any(cells):
            line = Line(index + 1, "\t".join(cells))
            header = told and index == start
            reads.append(Read(form=Form.ROW, line=line, cells=cells, header=header, table=table))
    return reads, indexes[-1] + 1


def _row_indexes(lines: Sequence[str], start: int, *, spaced: bool, framed: bool) -> Iterator[int]:
    blank = False
    for index in range(start, len(lines)):
        raw = lines[index].strip()
        if not raw:
            if not spaced or blank:
                return
            blank = True
        elif raw.startswith("|") or ("|" in raw and not framed):
            blank = False
            yield index
        else:
            return


def _is_delimiter(raw: str) -> bool:
    text = raw.strip()
    return len(text) >= 3 and "|" in text and "-" in text and set(text) <= set("|:- ")


def _cells(raw: str) -> tuple[str, ...]:
    text = raw.strip()
    text = text.removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    return tuple(plain(cell) for cell in re.split(r"(?<!\\)\|", text))
