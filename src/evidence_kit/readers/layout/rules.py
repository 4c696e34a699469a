"""The straight rules of a page, whoever found them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical rule as shown: its place across, and where it begins and ends along."""

    at: float
    begin: float
    end: float


@dataclass(slots=True)
class Rules:
    """All rules of a page."""

    horizontal: list[Rule]
    vertical: list[Rule]
