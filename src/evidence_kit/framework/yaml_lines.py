"""Reads YAML into dicts and lists that know their source lines.

PyYAML's parser gives nodes with marks quickly (a pure Python parser took most of a short run's time); what the nodes
mean is decided here by YAML 1.2's core schema, so that ``no`` stays a word, and duplicate keys are refused.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?\d+")
_FLOAT = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_QUOTED = frozenset("'\"|>")
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value")
)
"""Tags of plain values; any other could ask for more than data."""


class YamlFault(Exception):
    """The text is not what this reader takes; ``line`` counts from 1."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class LinedDict(dict[str, Any]):
    """A mapping with the source line of itself and of each key."""

    line: int
    lines: dict[str, int]


class LinedList(list[Any]):
    """A sequence with the source line of itself and of each item."""

    line: int
    lines: list[int]


def load_yaml(text: str) -> Any:
    """Return the document's value: scalars, :class:`LinedDict`, :class:`LinedList`.

    Raises:
        YamlFault: Not YAML, a key stands twice, a tag that runs code, or an alias inside its own anchor.
    """
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlFault(f"not valid YAML: {error.problem}", mark.line + 1 if mark else None) from error
    except yaml.YAMLError as error:
        raise YamlFault(f"not valid YAML: {error}", None) from error
    return None if node is None else _Builder().build(node)


class _Builder:
    """Builds values from nodes, each node once: an alias shares its anchor's value."""

    words: ClassVar[dict[str, Any]] = {
        "": None, "~": None, "null": None, "Null": None, "NULL": None,
        "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    }  # fmt: skip

    def __init__(self) -> None:
        self._built: dict[int, Any] = {}
        self._open: set[int] = set()

    def build(self, node: yaml.Node) -> Any:
        if id(node) in self._built:
            return self._built[id(node)]
        if id(node) in self._open:
            raise YamlFault("an alias stands inside its own anchor", _line(node))
        if node.tag not in _TAGS:
            raise YamlFault(f"the tag `{node.tag}` is not allowed", _line(node))
        self._open.add(id(node))
        if isinstance(node, yaml.MappingNode):
            value: Any = self._mapping(node)
        elif isinstance(node, yaml.SequenceNode):
            value = self._sequence(node)
        elif isinstance(node, yaml.ScalarNode):
            value = self._scalar(node)
        else:
            raise YamlFault("not a value", _line(node))
        self._open.discard(id(node))
        self._built[id(node)] = value
        return value

    def _mapping(self, node: yaml.MappingNode) -> LinedDict:
        result = LinedDict()
        result.line = _line(node)
        result.lines = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlFault("a key must be text", _line(key_node))
            key = str(key_node.value)
            if key in result:
                raise YamlFault(f"the key `{key}` stands here twice", _line(key_node))
            result[key] = self.build(value_node)
            result.lines[key] = _line(key_node)
        return result

    def _sequence(self, node: yaml.SequenceNode) -> LinedList:
        result = LinedList(self.build(child) for child in node.value)
        result.line = _line(node)
        result.lines = [_line(child) for child in node.value]
        return result

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text = str(node.value)
        if node.style in _QUOTED:  # text, whatever it looks like
            return text
        if text in self.words:
            return self.words[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
        if _DAY.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                return text
        return text


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
