"""The Word document around a pack: styles of our own or of a user's document, properties, page, and fixed bytes."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from evidence_kit.errors import UsageError
from evidence_kit.reports.word_parts import NAMESPACE, Body, footer
from evidence_kit.reports.words import one_line

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document
    from docx.opc.rel import Relationships
    from docx.section import Section

_W = f"{{{NAMESPACE}}}"
_LANGUAGE = "en-GB"
_EMU = 635
"""In a twentieth of a point."""
_TEXT_WIDTH = 9638
"""Of a document that states no page: A4 with margins of two centimetres, in twentieths of a point."""
_ADDED = "Pack"
"""Begins the ids of styles that a user's document lacked."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LONGEST_PROPERTY = 255
_OF_THE_TEXT = (
    "hyperlink",
    "image",
    "oleObject",
    "package",
    "chart",
    "aFChunk",
    "comments",
    "commentsExtended",
    "people",
    "vbaProject",
)
"""Kinds of what belongs to the text of a user's document, to remarks about it or to its macros: all that goes."""
_FETCHING = re.compile(r"\b(INCLUDEPICTURE|INCLUDETEXT|IMPORT|DDE|DDEAUTO|LINK|DATABASE|RD)\b", re.IGNORECASE)
"""Fields that read something outside the document."""


@dataclass(slots=True, kw_only=True)
class Base:
    """An empty document and the body that is written for it."""

    document: Document
    body: Body

    @contextmanager
    def landscape(self) -> Iterator[None]:
        """Lay out what is written inside on pages that are wider than high."""
        from docx.enum.section import WD_ORIENT
        from docx.section import Section

        upright = _last(self.document)._sectPr
        self.body.section_end(copy.deepcopy(upright))
        wide = Section(copy.deepcopy(upright), self.document.part)
        width, height = wide.page_width, wide.page_height
        if width is not None and height is not None and width < height:
            wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, height, width
        across, self.body.width = self.body.width, _text_width(wide)
        yield
        self.body.section_end(wide._sectPr)
        self.body.width = across


def open_base(template: Path | None, *, foot: str) -> Base:
    """Return an empty document to write into.

    Args:
        template: A user's Word document whose styles, page, header and footer are used; ``None`` for ours.
        foot: Words of each page's foot, unless a user's document has a foot of its own.

    Raises:
        UsageError: It is no Word document, or refers to something outside itself.
    """
    import docx

    if template is None:
        document = docx.Document()
        _use_own_styles(document)
    else:
        document = _opened(template)
        document.element.body[:] = [_last(document)._sectPr]
        _refuse_links(document, template)
        _add_missing_styles(document)
    _set_language(document)
    body = Body(styles=_ids_by_name(document.styles.element), width=_text_width(_last(document)))
    edge = document.sections[-1].footer
    if template is None or not "".join(paragraph.text for paragraph in edge.paragraphs).strip():
        edge.is_linked_to_previous = False
        edge._element[:] = [footer(foot, body.styles)]
    return Base(document=document, body=body)


def finished(base: Base, *, title: str, made: date) -> bytes:
    """Return the document with its body and properties; the same bytes for the same input.

    Args:
        base: The document.
        title: For its properties.
        made: Stands as the day on which it was made, since no clock may be read.
    """
    document = base.document
    last = _last(document)._sectPr
    for block in base.body.blocks:
        last.addprevious(block)
    properties, at = document.core_properties, datetime.combine(made, datetime.min.time())
    properties.title = one_line(title)[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = "evidence-kit"
    properties.created = properties.modified = properties.last_printed = at
    properties.language, properties.revision = _LANGUAGE, 1
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    return _with_fixed_times(document)


def _last(document: Document) -> Section:
    """Return the section that ends with the document; one that has none gets it."""
    document.element.body.get_or_add_sectPr()
    return document.sections[-1]


def _text_width(section: Section) -> int:
    """Return the width of a section's text in twentieths of a point."""
    if section.page_width is None:
        return _TEXT_WIDTH
    return round((section.page_width - (section.left_margin or 0) - (section.right_margin or 0)) / _EMU)


def _use_own_styles(document: Document) -> None:
    from docx.shared import Mm

    document.styles.element[:] = list(_own_styles())
    _drop(document.part.rels, "stylesWithEffects", "customXml")
    _drop(document.part.package.rels, "thumbnail", "extended-properties")
    page = _last(document)
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    for mode in document.settings.element.iter(f"{_W}compatSetting"):
        if mode.get(f"{_W}name") == "compatibilityMode":
            mode.set(f"{_W}val", "15")  # else Word opens it in its compatibility mode


def _set_language(document: Document) -> None:
    defaults = document.styles.element.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
    if defaults is not None and defaults.find(f"{_W}lang") is None:
        defaults.append(defaults.makeelement(f"{_W}lang"))
    for language in (
        *document.styles.element.iter(f"{_W}lang"),
        *document.settings.element.iter(f"{_W}themeFontLang"),
    ):
        language.set(f"{_W}val", _LANGUAGE)


def _own_styles() -> etree._Element:
    content = (resources.files("evidence_kit.reports") / "templates" / "pack-styles.xml").read_bytes()
    return etree.fromstring(content, etree.XMLParser(remove_blank_text=True))


def _ids_by_name(styles: etree._Element) -> dict[str, str]:
    """Return the ids of styles by name in lower case: Word's own names are English everywhere, its ids are not."""
    names = {
        style.get(f"{_W}styleId", ""): style.find(f"{_W}name") for style in styles.iterchildren(f"{_W}style")
    }
    return {name.get(f"{_W}val", "").lower(): number for number, name in names.items() if name is not None}


def _add_missing_styles(document: Document) -> None:
    """Give a user's document those of our styles that it lacks, resting on its own; no list without its numbering."""
    styles, own = document.styles.element, _own_styles()
    theirs, ours = _ids_by_name(styles), _ids_by_name(own)
    here = {number: theirs.get(name, f"{_ADDED}{number}") for name, number in ours.items()}
    for style in own.findall(f"{_W}style"):
        number = here[style.get(f"{_W}styleId", "")]
        if not number.startswith(_ADDED) or style.find(f".//{_W}numPr") is not None:
            continue
        style.set(f"{_W}styleId", number)
        for reference in (*style.iterchildren(f"{_W}basedOn"), *style.iterchildren(f"{_W}next")):
            reference.set(f"{_W}val", here[reference.get(f"{_W}val", "")])
        styles.append(style)


def _opened(template: Path) -> Document:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        return docx.Document(str(template))
    except (
        PackageNotFoundError,
        OSError,
        ValueError,
        KeyError,
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
    ) as error:
        raise UsageError(
            f"{template} is no Word document that can be used: {error}.",
            next_step="Save it from Word as a document (.docx), without a password and without macros.",
        ) from error


def _refuse_links(document: Document, template: Path) -> None:
    """Drop what the document held and the name of its own template; refuse what would be fetched on opening."""
    for attached in document.settings.element.findall(f"{_W}attachedTemplate"):
        document.settings.element.remove(attached)
    _drop(document.part.rels, *_OF_THE_TEXT)
    for part in document.part.package.iter_parts():
        _drop(part.rels, "attachedTemplate")
        fetched = [one.reltype for one in part.rels.values() if one.is_external]
        outside = [kind for kind in (name.rsplit("/", 1)[-1] for name in fetched) if kind != "hyperlink"]
        if outside or _FETCHING.search(_field_codes(getattr(part, "element", None))):
            raise UsageError(
                f"{template} refers to something outside itself ({part.partname}), which would be fetched on opening.",
                next_step="Put pictures and texts into the document itself instead of linking them.",
            )


def _field_codes(element: etree._Element | None) -> str:
    if element is None:
        return ""
    codes = [one.text or "" for one in element.iter(f"{_W}instrText")]
    return "".join(codes) + " ".join(one.get(f"{_W}instr", "") for one in element.iter(f"{_W}fldSimple"))


def _drop(relations: Relationships, *kinds: str) -> None:
    for name, relation in list(relations.items()):
        if relation.reltype.rsplit("/", 1)[-1] in kinds:
            del relations[name]


def _with_fixed_times(document: Document) -> bytes:
    """Pack it again with one time for all files, in the order of their names behind the one that must come first."""
    raw, packed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
