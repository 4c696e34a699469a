"""What the walks over the XML of office files share: names, ways down, text without what does not print."""

from __future__ import annotations

import re

from lxml import etree

from evidence_kit.characters import LINE_ENDS, without_silent

_CHANGES = frozenset({"ins", "del", "moveTo", "changed-region"})
_BREAKING = re.compile(f"[{LINE_ENDS}]")


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for entities, comments and instructions."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the element reached by the first child of each name in turn, or ``None``."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def alternative(element: etree._Element) -> list[etree._Element]:
    """Return the children of the one branch of ``mc:AlternateContent`` to read: the same text stands in each."""
    branches = [one for one in element if local(one) == "Choice"]
    branches += [one for one in element if local(one) == "Fallback"]
    for branch in branches:
        if any(local(one) in ("t", "txbxContent", "relIds", "textpath") for one in branch.iter()):
            return list(branch)
    return list(branches[0]) if branches else []


def relation_id(element: etree._Element) -> str:
    """Return the id of the relationship that an element names, in either namespace of them; empty for none."""
    return next((str(value) for name, value in element.attrib.items() if str(name).endswith("}id")), "")


def tracked_changes(root: etree._Element) -> int:
    """Return how many insertions, deletions and moves of text wait to be accepted, in Word or OpenDocument."""
    return sum(1 for element in root.iter(etree.Element) if local(element) in _CHANGES)


def tidy(text: str) -> str:
    """Drop characters that do not print; no blank lines, no white space at either end of a line."""
    text = without_silent(_BREAKING.sub("\n", text.replace("\xa0", " ")))
    return "\n".join(line for line in (line.strip() for line in text.split("\n")) if line)
