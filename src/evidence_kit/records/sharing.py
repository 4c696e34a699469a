"""What stands in the way of sharing a file: kinds of findings, and a finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SCHEMA = "evidence-kit/sharing-check"
SCHEMA_VERSION = 1


class Kind(StrEnum):
    """What was found. Those above the gap are told by a file's format, those below by its words."""

    COVERED_TEXT = "covered_text"
    HIDDEN_TEXT = "hidden_text"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_CELLS = "hidden_cells"
    HIDDEN_SLIDE = "hidden_slide"
    SPEAKER_NOTES = "speaker_notes"
    COMMENTS = "comments"
    TRACKED_CHANGES = "tracked_changes"
    EARLIER_VERSIONS = "earlier_versions"
    PIVOT_CACHE = "pivot_cache"
    DATA_BEHIND = "data_behind"
    ATTACHMENTS = "attachments"
    PROPERTIES = "properties"
    PATHS = "paths"
    NOT_CHECKED = "not_checked"

    MARKING = "marking"
    NHS_NUMBER = "nhs_number"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    ACCOUNT = "account"
    RECORDS = "records"
    SMALL_NUMBER = "small_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Something in one file.

    Attributes:
        place: Where in the file, in words ("page 3", "sheet ‘Data’"); empty for the whole file.
        what: What it is, with its first words.
    """

    kind: Kind
    place: str = ""
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingFinding:
    """Something that a person must look at before a file leaves.

    Attributes:
        id: Made from kind, file, place and what: the same for the same finding in every run.
        file: Path in the folder that was checked.
        why: Why it matters.
        way_out: What a person can do.
        accepted: Who accepted it and when, in words; empty for nobody.
    """

    id: str
    kind: Kind
    file: str
    place: str
    what: str
    why: str
    way_out: str
    accepted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingCheck:
    """What the check of a map or a folder found.

    Attributes:
        files: How many files were opened.
        limit: Numbers below this count as small.
    """

    files: int
    limit: int
    findings: tuple[SharingFinding, ...]
    schema: str = SCHEMA
    schema_version: int = SCHEMA_VERSION

    @property
    def open(self) -> tuple[SharingFinding, ...]:
        """The findings that nobody has accepted."""
        return tuple(finding for finding in self.findings if not finding.accepted)
