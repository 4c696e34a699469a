"""YAML read key by key: what is missing, of the wrong type or unknown is named by file and line, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from evidence_kit.framework.yaml_lines import LinedDict, LinedList, YamlFault, load_yaml

E = TypeVar("E", bound=StrEnum)


@dataclass(slots=True)
class Faults:
    """Collects what is wrong, so that an author sees every fault at once."""

    lines: list[str] = field(default_factory=list)

    def add(self, path: Path, line: int | None, message: str) -> None:
        """Note a fault; ``line`` counts from 1."""
        where = f"{path}:{line}" if line else f"{path}"
        self.lines.append(f"{where}: {message}")


def read_yaml(path: Path, faults: Faults) -> Mapping[str, Any]:
    """Return the mapping in a YAML file, or an empty one after noting a fault."""
    loaded = _load(path, faults)
    if loaded is None:
        return {}
    if not isinstance(loaded, Mapping):
        faults.add(path, 1, "a mapping is expected")
        return {}
    return loaded


def read_yaml_list(path: Path, faults: Faults) -> Iterator[Node]:
    """Yield the mappings of a YAML file that is a list."""
    loaded = _load(path, faults)
    if loaded is None:
        return
    if isinstance(loaded, (str, Mapping)) or not isinstance(loaded, Sequence):
        faults.add(path, 1, "a list of mappings is expected")
        return
    for index, item in enumerate(loaded):
        if isinstance(item, Mapping):
            yield Node(item, path, faults)
        else:
            faults.add(path, line_of(loaded, index), f"a mapping is expected, not {item!r}")


def _load(path: Path, faults: Faults) -> Any:
    try:
        return load_yaml(path.read_text(encoding="utf-8"))
    except YamlFault as fault:
        faults.add(path, fault.line, fault.message)
    except (UnicodeDecodeError, OSError) as error:
        faults.add(path, None, f"cannot be read: {error}")
    return None


def line_of(node: Any, key: Any = None) -> int | None:
    """Return the source line, from 1, of a mapping's key or a sequence's item, or of the node itself."""
    if isinstance(node, LinedDict):
        return node.lines.get(key, node.line)
    if isinstance(node, LinedList):
        return node.lines[key] if isinstance(key, int) else node.line
    return None


class Node:
    """One mapping of a file, read key by key; what is missing, of the wrong type or unknown is noted."""

    def __init__(self, data: Mapping[str, Any], path: Path, faults: Faults) -> None:
        self._data = data
        self._path = path
        self._faults = faults
        self._seen: set[str] = set()

    def fault(self, message: str, key: str | None = None) -> None:
        """Note a fault at this mapping, or at one of its keys."""
        self._faults.add(self._path, line_of(self._data, key), message)

    def has(self, key: str) -> bool:
        """Tell whether the key stands here."""
        return key in self._data

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string; ``default=None`` makes the key obligatory."""
        self._seen.add(key)
        value = self._data.get(key, default)
        if isinstance(value, str):
            return str(value)
        self.fault(f"`{key}` must be text" if key in self._data else f"`{key}` is missing", key)
        return ""

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        self._seen.add(key)
        value = self._data.get(key, default)
        if not isinstance(value, bool):
            self.fault(f"`{key}` must be true or false", key)
            return default
        return value

    def number(self, key: str) -> int | None:
        """Return a whole number, or ``None`` if the key is not there."""
        self._seen.add(key)
        value = self._data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(f"`{key}` must be a whole number", key)
            return None
        return int(value)

    def day(self, key: str) -> date | None:
        """Return a calendar day, written ``2026-05-06`` with or without quotes, or ``None`` if it is not there."""
        self._seen.add(key)
        value = self._data.get(key)
        if value is None or isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(f"`{key}` must be a day, written YYYY-MM-DD", key)
            return None

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of strings; empty if the key is not there."""
        self._seen.add(key)
        value = self._data.get(key, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.fault(f"`{key}` must be a list", key)
            return ()
        for item in value:
            if not isinstance(item, str):
                self.fault(f"`{key}` must hold text only, not {item!r}", key)
        return tuple(str(item) for item in value)

    def one_of(self, key: str, choices: type[E], default: E | None = None) -> E:
        """Return a member of an enumeration; ``default=None`` makes the key obligatory."""
        self._seen.add(key)
        value = self._data.get(key, default)
        try:
            return choices(value)
        except ValueError:
            allowed = ", ".join(str(choice) for choice in choices)
            self.fault(
                f"`{key}` must be one of: {allowed}" if value is not None else f"`{key}` is missing", key
            )
            return default or next(iter(choices))

    def mapping(self, key: str) -> Mapping[str, Any]:
        """Return a mapping with text keys; empty if the key is not there."""
        self._seen.add(key)
        value = self._data.get(key, {})
        if not isinstance(value, Mapping):
            self.fault(f"`{key}` must be a mapping", key)
            return {}
        return {str(name): inner for name, inner in value.items()}

    def groups(self, key: str) -> tuple[Any, ...]:
        """Return a list whose items are text or lists of text; empty if the key is not there."""
        self._seen.add(key)
        value = self._data.get(key, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.fault(f"`{key}` must be a list", key)
            return ()
        for item in value:
            if not isinstance(item, str) and not isinstance(item, Sequence):
                self.fault(f"`{key}` must hold names or lists of names", key)
                return ()
        return tuple(value)

    def children(self, key: str) -> Iterator[Node]:
        """Yield the mappings of a list."""
        self._seen.add(key)
        value = self._data.get(key, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.fault(f"`{key}` must be a list of mappings", key)
            return
        for item in value:
            if isinstance(item, Mapping):
                yield Node(item, self._path, self._faults)
            else:
                self.fault(f"`{key}` must hold mappings, not {item!r}", key)

    def child(self, key: str) -> Node:
        """Return the mapping at a key as a node of its own; an empty one if the key is not there."""
        self._seen.add(key)
        value = self._data.get(key, {})
        if not isinstance(value, Mapping):
            self.fault(f"`{key}` must be a mapping", key)
            value = {}
        return Node(value, self._path, self._faults)

    def refuse_unknown(self) -> None:
        """Note every key that nothing asked for: a typing error must not pass in silence."""
        for key in self._data:
            if key not in self._seen:
                known = ", ".join(sorted(self._seen))
                self.fault(f"unknown key `{key}`; known here: {known}", key)
