"""Reads web pages (HTML): the main content as blocks; navigation, forms, banners and hidden text as furniture.

Nothing is fetched and nothing runs. Text that is not content is kept as furniture, so that nothing is lost and
nothing of it is quoted; scripts and styles are no text. A place is a section, since a web page has no pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from lxml import etree, html

from evidence_kit.readers.base import DAMAGED, EMPTY_FILE, Draft, Inspection, ReadError, Whole
from evidence_kit.readers.headings import looks_like_heading
from evidence_kit.readers.sections import make_sections
from evidence_kit.readers.text.lines import clean, decode, read_bytes
from evidence_kit.readers.web.tables import is_layout, read_rows
from evidence_kit.records.document import BlockKind, Metadata, Page, Problem
from evidence_kit.workers import Limits

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})[\"']")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNSEEN = frozenset(
    {
        "script", "style", "head", "title", "meta", "link", "template", "iframe", "object", "embed",
        "applet", "svg", "canvas", "audio", "video", "datalist", "colgroup", "input", "img", "area",
    }
)  # fmt: skip
_FURNITURE_TAGS = frozenset(
    {
        "nav", "aside", "form", "button", "select", "textarea", "noscript", "dialog", "menu",
    }
)  # fmt: skip
_FURNITURE_ROLES = frozenset(
    {
        "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu",
        "menubar",
    }
)  # fmt: skip
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|gdpr|ccpa|skip|skip-?links?|skip-to|sidebar|pagination"
    r"|pager|share|sharing|social-?(?:media|links?|icons?|share)|newsletter|subscribe|related|search|toolbar|popup|modal"
    r"|advert|(?:site|page|global)-?footer|consent-?(?:banner|bar|notice|popup|modal))(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEAST_MAIN = 200
"""Characters; a main part with less is a frame that a script would have filled."""
_NAMED_TAGS = frozenset({"a", "div", "section", "ul", "ol", "span", "p", "table"})
_BLOCKS = frozenset(
    {
        "p", "div", "section", "article", "main", "header", "footer", "body", "html", "ul", "ol", "dl",
        "dt", "dd", "li", "pre", "blockquote", "figure", "figcaption", "caption", "address", "details",
        "summary", "fieldset", "legend", "hr", "center", "table", "thead", "tbody", "tfoot", "tr", "td",
        "th", "hgroup", "h1", "h2", "h3", "h4", "h5", "h6",
    }
)  # fmt: skip
_BOLD = frozenset({"b", "strong", "th", "dt", "summary"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ISO_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2}(?:T[\d:.]{4,15}(?:Z|[+-]\d{2}:?\d{2})?)?)?")
_CREATED = ("article:published_time", "dc.date", "dcterms.date", "dcterms.created", "dcterms.issued", "datepublished",
            "date", "pubdate")  # fmt: skip
_MODIFIED = ("article:modified_time", "dcterms.modified", "og:updated_time", "datemodified", "last-modified")


def read_whole(path: Path, limits: Limits) -> Whole:
    """Read the page into sections; ``Page.number`` is ``None``.

    Raises:
        ReadError: The file is empty, larger than the limit, or holds no HTML.
    """
    root, whole = parse_markup(read_bytes(path, limits))
    problem = Problem(
        code=DAMAGED,
        file="",
        message="The page is nested too deeply; text after the deepest place may be missing.",
        next_step="Open it in a browser, print it to PDF and map that.",
    )
    metadata = _metadata(root)
    pages = _pages(root)
    return Inspection(page_count=len(pages), metadata=metadata, problems=() if whole else (problem,)), pages


def parse_markup(data: bytes, *, remarks: bool = False) -> tuple[html.HtmlElement, bool]:
    """Return the tree of a page, with the remarks in its source if wanted, and whether all of the page is in it.

    Raises:
        ReadError: It is empty, or holds no HTML.
    """
    head = data[:4096]
    match = _XML_ENCODING.search(head) or _CHARSET.search(head)
    # Browsers read Latin-1 as Windows-1252, which differs by quotation marks and dashes.
    told = match[1].decode("ascii").lower() if match else ""
    told = "cp1252" if told in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else told
    text = decode(data, told).replace("\x00", "\ufffd")
    # The parser gets bytes of a known encoding, so that what the page says of its encoding means nothing to it.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=not remarks, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(
            EMPTY_FILE, "The file holds no web page.", "Save the page again from a browser."
        ) from error
    return root, not any("XML_PARSE_HUGE" in entry.message for entry in parser.error_log)


def _pages(root: html.HtmlElement) -> tuple[Page, ...]:
    return make_sections(drafts_of(root))


def drafts_of(root: html.HtmlElement) -> tuple[Draft, ...]:
    """Return the blocks of a page's tree, furniture too."""
    drafts = _Walk(root).drafts()
    if not any(draft.kind is not BlockKind.FURNITURE for draft in drafts):
        # A page all of whose text is in a banner or a form is a page all the same.
        drafts = _Walk(root, strict=False).drafts()
    return tuple(_settled(drafts))


def _settled(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the blocks; short bold paragraphs above text become headings one level below the last one."""
    solid = [draft for draft in drafts if draft.kind is not BlockKind.FURNITURE]
    below = {id(draft): following for draft, following in pairwise(solid)}
    level = 0
    for draft in drafts:
        if draft.kind is BlockKind.HEADING:
            level = draft.level
        elif looks_like_heading(draft, below.get(id(draft))):
            draft = replace(draft, kind=BlockKind.HEADING, level=min(level + 1, 6))
        yield draft


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What the elements around a text make of it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    furniture: bool = False
    bold: bool = False
    pre: bool = False
    lists: int = 0
    main: bool = False
    term: bool = False


@dataclass(frozen=True, slots=True)
class _Weight:
    """How much text an element holds, scripts aside; whether it is or holds the main part, or that or an article."""

    chars: int
    main: bool
    article: bool


class _Walk:
    """One pass over a tree that gathers blocks.

    Args:
        strict: Whether navigation, forms and the like are furniture; hidden text always is.
    """

    def __init__(self, root: html.HtmlElement, *, strict: bool = True) -> None:
        self._root = root
        self._strict = strict
        self._context = _Context()
        self._done: list[Draft] = []
        self._parts: list[str] = []
        self._plain = False
        self._terms: list[str] = []
        self._tables = 0
        self._weights = _weights(root) if strict else {}
        self._h1 = list(root.iter("h1"))
        # A page that marks its main part says by that what is not.
        self._marked = any(
            element.tag == "main" and weight.chars >= _LEAST_MAIN for element, weight in self._weights.items()
        )

    def drafts(self) -> list[Draft]:
        """Return the blocks in order."""
        self._element(self._root)
        self._close()
        self._spill_terms()
        return self._done

    def _element(self, element: html.HtmlElement) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _UNSEEN or (tag == "sup" and element.find("a") is not None):
            return
        if tag == "br":
            self._parts.append("\n")
            return
        around = self._context
        within = self._entered(element, tag)
        block = tag in _BLOCKS or within.furniture != around.furniture
        if block:
            self._close()
        self._context = within
        if tag == "table" and not is_layout(element):
            self._table(element)
        else:
            self._text(element.text)
            for child in element:
                self._element(child)
                self._text(child.tail)
        if block:
            self._close()
        if tag == "dl":
            self._spill_terms()
        self._context = around

    def _entered(self, element: html.HtmlElement, tag: str) -> _Context:
        around = self._context
        kind, level = around.kind, around.level
        lists = around.lists + (tag in ("ul", "ol"))
        if tag in _HEADINGS:
            kind, level = BlockKind.HEADING, _HEADINGS[tag]
        elif tag in ("li", "dd"):
            kind, level = BlockKind.LIST_ITEM, max(lists, 1)
        elif tag in ("caption", "figcaption"):
            kind, level = BlockKind.CAPTION, 0
        elif tag in ("table", "blockquote", "dt"):
            kind, level = BlockKind.PARAGRAPH, 0
        return _Context(
            kind=kind,
            level=level,
            furniture=around.furniture or self._is_furniture(element, tag),
            bold=around.bold or tag in _BOLD,
            pre=around.pre or tag == "pre",
            lists=lists,
            main=around.main or tag == "main" or (tag == "article" and not self._marked),
            term=(around.term or tag == "dt") and tag != "dd",
        )

    def _is_furniture(self, element: html.HtmlElement, tag: str) -> bool:
        hidden = "hidden" in element.attrib or element.get("aria-hidden") == "true"
        if hidden or _HIDDEN.search(element.get("style", "")[:500]):
            return True
        if not self._strict or tag in ("main", "body", "html") or self._context.kind is BlockKind.HEADING:
            return False
        if len(self._h1) == 1 and (tag == "h1" or element.find(".//h1") is not None):
            # The page's only title counts wherever it stands; what stands around it is judged by itself.
            return tag in ("nav", "aside")
        if self._holds_content(element):
            return False
        if self._marked and not self._context.main:
            return True
        if tag in ("header", "footer"):
            return not self._context.main  # the head of an article holds its title
        role = (element.get("role") or "").lower()
        name = f"{element.get('class', '')} {element.get('id', '')}"[:500]
        named = tag in _NAMED_TAGS and bool(_FURNITURE_NAME.search(name))
        return named or tag in _FURNITURE_TAGS or role in _FURNITURE_ROLES

    def _holds_content(self, element: html.HtmlElement) -> bool:
        """Say whether an element is too much of the page to be its edge: some frameworks wrap it all in a form."""
        weight = self._weights[element]
        return (weight.main if self._marked else weight.article) or (
            weight.chars > self._weights[self._root].chars / 2
        )

    def _text(self, text: str | None) -> None:
        if not text:
            return
        self._parts.append(text if self._context.pre else text.replace("\n", " "))
        if not self._context.bold and any(map(str.isalnum, text)):
            self._plain = True

    def _close(self) -> None:
        """End the block that is open."""
        lines = [line for part in "".join(self._parts).split("\n") if (line := clean(part))]
        bold = not self._plain
        self._parts, self._plain = [], False
        if not lines:
            return
        text, context = "\n".join(lines), self._context
        if context.furniture:
            self._done.append(Draft(kind=BlockKind.FURNITURE, text=text))
        elif context.term:
            self._terms.append(text)
        else:
            if self._terms:
                # A term and its meaning are one statement.
                text, bold = "\n".join([*self._terms, text]), False
                self._terms = []
            self._done.append(Draft(kind=context.kind, text=text, level=context.level, bold=bold))

    def _spill_terms(self) -> None:
        self._done += [Draft(text=term, bold=True) for term in self._terms]
        self._terms = []

    def _table(self, table: html.HtmlElement) -> None:
        number, self._tables = self._tables, self._tables + 1
        captions = [child for child in table if child.tag == "caption"]
        for caption in captions:
            text = self._cell_text(caption)
            kind = BlockKind.FURNITURE if self._context.furniture else BlockKind.CAPTION
            self._done.append(Draft(kind=kind, text=text, table=number))
        for index, row in enumerate(read_rows(table, self._cell_text)):
            if self._context.furniture:
                self._done.append(Draft(kind=BlockKind.FURNITURE, text="\t".join(row.cells).strip()))
                continue
            self._done.append(
                Draft(kind=BlockKind.TABLE_ROW, cells=row.cells, table=number, row=index, header=row.header)
            )

    def _cell_text(self, cell: html.HtmlElement) -> str:
        """Return a cell's text, one line a block; hidden text in it becomes furniture before the row."""
        drafts = _Walk(cell, strict=False).drafts()
        self._done += [draft for draft in drafts if draft.kind is BlockKind.FURNITURE]
        return "\n".join(draft.text for draft in drafts if draft.kind is not BlockKind.FURNITURE)


def _weights(root: html.HtmlElement) -> dict[html.HtmlElement, _Weight]:
    """Return what each element holds.

    Counted once from the leaves up: asked of one element after the other it would cost the square of the page.
    """
    weights: dict[html.HtmlElement, _Weight] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        if not isinstance(element.tag, str):
            continue
        chars = len((element.text or "").strip()) if element.tag not in _UNSEEN else 0
        main, article = element.tag == "main", element.tag in ("main", "article")
        for child in element:
            chars += len((child.tail or "").strip())
            inner = weights.get(child)
            if inner is not None:
                chars += inner.chars
                main, article = main or inner.main, article or inner.article
        weights[element] = _Weight(chars, main, article)
    return weights


def _metadata(root: html.HtmlElement) -> Metadata:
    told: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = clean(meta.get("content") or "")
        if name and content:
            told.setdefault(name.lower(), content[:500])
    for element in root.iter("time"):
        name = (element.get("itemprop") or ("pubdate" if "pubdate" in element.attrib else "")).lower()
        told.setdefault(name or "time", element.get("datetime") or "")
    title = next((clean(one.text_content()) for one in root.iter("title")), "")[:500]
    return Metadata(
        title=title or told.get("og:title", "") or told.get("dc.title", ""),
        author=told.get("author", "") or told.get("dc.creator", ""),
        created=_first_date(told, (*_CREATED, "time")),
        modified=_first_date(told, _MODIFIED),
    )


def _first_date(told: dict[str, str], names: Sequence[str]) -> str:
    """Return the first value that is a date as ISO 8601 writes it; others are left alone."""
    return next((match[0] for name in names if (match := _ISO_DATE.match(told.get(name, "")))), "")
