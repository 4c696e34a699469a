"""What a Word file hides: comments, tracked changes, text set hidden or white."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from evidence_kit.readers.hidden.light import SMALLEST, is_light
from evidence_kit.readers.hidden.office import all_text, excerpt, package_hidden, properties, remarks, root_of
from evidence_kit.readers.hidden.picture import in_package
from evidence_kit.readers.office.package import Package
from evidence_kit.readers.office.xml import child, local
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Limits

_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})
_OFF = frozenset({"0", "false", "off", "none"})
_DEEPEST_STYLE = 12
_BODIES = ("document", "header", "footer", "footnotes", "endnotes")


def look(path: Path, limits: Limits) -> tuple[Hidden, ...]:
    """Return what a Word file hides.

    Raises:
        ReadError: The file cannot be opened.
    """
    with Package(path, limits) as package:
        return tuple(_look(package))


def _look(package: Package) -> Iterator[Hidden]:
    yield from package_hidden(package)
    yield from in_package(package)
    yield from properties(_left_behind(package))
    parts = [name for name in package.names() if name.startswith("word/") and name.endswith(".xml")]
    for name in parts:
        stem = name.removeprefix("word/").removesuffix(".xml")
        if stem == "comments":
            root = root_of(package, name)
            yield from remarks(Kind.COMMENTS, "", "comment", _comments(root))
    styles = root_of(package, "word/styles.xml")
    hidden_styles = _hidden_styles(styles)
    for name in parts:
        stem = name.removeprefix("word/").removesuffix(".xml")
        if stem.rstrip("0123456789") not in _BODIES:
            continue
        root = root_of(package, name)
        if root is not None:
            place = "text" if stem == "document" else stem
            yield from remarks(Kind.TRACKED_CHANGES, place, "tracked change", _changes(root))
            yield from _unseen(root, place, hidden_styles)


def _left_behind(package: Package) -> Iterator[tuple[str, str]]:
    """Yield people who once commented, and values that no page shows: they stay when comments are deleted."""
    people = root_of(package, "word/people.xml")
    for one in () if people is None else people:
        yield "commented once", _attribute(one, "author")
    settings = root_of(package, "word/settings.xml")
    for one in () if settings is None else settings.iter():
        if local(one) == "docVar":
            yield f"variable ‘{_attribute(one, 'name')}’", _attribute(one, "val")


def _comments(root: etree._Element | None) -> Iterator[tuple[str, str]]:
    for one in () if root is None else root:
        if local(one) == "comment":
            yield _attribute(one, "author"), all_text(one, "t")


def _changes(root: etree._Element) -> Iterator[tuple[str, str]]:
    for one in root.iter():
        if local(one) in _CHANGES:
            text = all_text(one, "t", "delText")
            if text:
                yield _attribute(one, "author"), text


def _unseen(root: etree._Element, place: str, hidden_styles: frozenset[str]) -> Iterator[Hidden]:
    """Yield text set hidden and text set white without a filling behind it."""
    hidden = [text for run, text in _runs(root) if _is_hidden(run, hidden_styles)]
    white = [text for run, text in _runs(root) if _is_white(run) and not _is_hidden(run, hidden_styles)]
    for texts, how in ((hidden, "set hidden"), (white, "white on white")):
        if texts:
            characters = sum(map(len, texts))
            yield Hidden(
                kind=Kind.HIDDEN_TEXT,
                place=place,
                what=f"{characters} characters {how}, beginning ‘{excerpt(texts[0])}’",
            )


def unseen_text(path: Path, limits: Limits) -> str:
    """Return the text of a Word file that its reader reads and nobody sees: white by itself or by its style, or tiny.

    Only a filling of its own, its paragraph's or its cell's makes white text seen here: what a table style or a box
    fills is not looked up.

    Raises:
        ReadError: The file cannot be opened.
    """
    with Package(path, limits) as package:
        root = root_of(package, "word/document.xml")
        sheet = root_of(package, "word/styles.xml")
        styles = {_attribute(style, "styleId"): style for style in (() if sheet is None else sheet)}
        return (
            " ".join(text for run, text in _runs(root) if _is_unseen(run, styles)) if root is not None else ""
        )


def _is_unseen(run: etree._Element, styles: Mapping[str, etree._Element]) -> bool:
    size = _styled(run, styles, "sz")
    if size.isdecimal() and int(size) / 2 < SMALLEST:
        return True
    return is_light(_styled(run, styles, "color").upper()) and not _is_shaded(run)


def _styled(run: etree._Element, styles: Mapping[str, etree._Element], name: str) -> str:
    """Return what a run's own properties, its style or its paragraph's style say of something."""
    paragraph = next((one for one in run.iterancestors() if local(one) == "p"), None)
    own = child(run, "rPr", name)
    if own is not None:
        return _attribute(own, "val")
    for named in (child(run, "rPr", "rStyle"), child(paragraph, "pPr", "pStyle")):
        for _ in range(_DEEPEST_STYLE):
            style = None if named is None else styles.get(_attribute(named, "val"))
            told = child(style, "rPr", name)
            if told is not None:
                return _attribute(told, "val")
            named = child(style, "basedOn")
    return ""


def _runs(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for run in root.iter():
        if local(run) == "r" and (text := all_text(run, "t")).strip():
            yield run, text


def _is_white(run: etree._Element) -> bool:
    return is_light(_colour(child(run, "rPr", "color"), "val")) and not _is_filled(run)


def _is_hidden(run: etree._Element, hidden_styles: frozenset[str]) -> bool:
    own = child(run, "rPr", "vanish")
    if own is not None:
        return _attribute(own, "val") not in _OFF
    named = [child(run, "rPr", "rStyle")]
    paragraph = next((one for one in run.iterancestors() if local(one) == "p"), None)
    named.append(child(paragraph, "pPr", "pStyle"))
    return any(one is not None and _attribute(one, "val") in hidden_styles for one in named)


def _is_filled(run: etree._Element) -> bool:
    """Tell whether a run stands on a filling of its own, its paragraph's or its cell's, or in a styled table."""
    for one in run.iterancestors():
        name = local(one)
        if name == "tbl" and child(one, "tblPr", "tblStyle") is not None:
            return True  # a table style may fill its header row
        if name in ("txbxContent", "wsp", "textbox"):
            return True  # a box may be filled
    return _is_shaded(run)


def _is_shaded(run: etree._Element) -> bool:
    around = [one for one in run.iterancestors() if local(one) in ("p", "tc")]
    shades = [child(run, "rPr", "shd"), child(run, "rPr", "highlight")]
    shades += [child(one, f"{local(one)}Pr", "shd") for one in around]
    return any(
        shade is not None and not _is_paper(_colour(shade, "fill" if local(shade) == "shd" else "val"))
        for shade in shades
    )


def _is_paper(colour: str) -> bool:
    return colour in ("", "AUTO") or is_light(colour)


def _hidden_styles(styles: etree._Element | None) -> frozenset[str]:
    return frozenset(
        _attribute(style, "styleId")
        for style in ([] if styles is None else styles)
        if local(style) == "style"
        and (vanish := child(style, "rPr", "vanish")) is not None
        and _attribute(vanish, "val") not in _OFF
    )


def _colour(element: etree._Element | None, name: str) -> str:
    return "" if element is None else _attribute(element, name).upper()


def _attribute(element: etree._Element, name: str) -> str:
    """Return an attribute of the element's own namespace."""
    tag = str(element.tag)
    return element.get(f"{tag[: tag.rfind('}') + 1]}{name}") or ""
