"""What each kind of finding means, what to do about it, and how a finding gets its id."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from evidence_kit.records.sharing import Kind, SharingFinding

ID_DIGITS = 12


class Meaning(NamedTuple):
    """A kind of finding in words."""

    title: str
    why: str
    way_out: str


MEANINGS: Mapping[Kind, Meaning] = {
    Kind.COVERED_TEXT: Meaning(
        "Text under a box",
        "A black box or picture covers the words for the eye only: anybody can select, copy or search them.",
        "Take the words out in the source and export again, or use a redaction tool that removes them; a drawn "
        "rectangle does not.",
    ),
    Kind.HIDDEN_TEXT: Meaning(
        "Hidden text",
        "Words that nobody sees are found by search, by copying and by every program that reads the file.",
        "Delete the words, or show them and decide whether they may leave.",
    ),
    Kind.HIDDEN_SHEET: Meaning(
        "Hidden sheet",
        "A hidden sheet opens with two clicks; it often holds the records behind the figures.",
        "Copy what is meant to be seen into a new workbook as values, or publish a PDF or CSV of it.",
    ),
    Kind.HIDDEN_CELLS: Meaning(
        "Hidden rows or columns",
        "Hidden rows and columns are shown by anybody who selects around them, and by every export to CSV.",
        "Delete them, or copy what is meant to be seen into a new workbook as values.",
    ),
    Kind.HIDDEN_SLIDE: Meaning(
        "Hidden slide",
        "A hidden slide is in the file and is shown in the list of slides.",
        "Delete the slide, or share a PDF of the slides that are shown.",
    ),
    Kind.SPEAKER_NOTES: Meaning(
        "Speaker's notes",
        "Notes hold what was said aloud, often names and opinions.",
        "Delete the notes (File, Info, Inspect document), or share a PDF without them.",
    ),
    Kind.COMMENTS: Meaning(
        "Comments",
        "Comments name their authors and hold what was not meant for readers.",
        "Delete all comments and save again.",
    ),
    Kind.TRACKED_CHANGES: Meaning(
        "Tracked changes",
        "What was deleted stands in the file with the name of who deleted it.",
        "Accept or reject all changes and save again.",
    ),
    Kind.EARLIER_VERSIONS: Meaning(
        "Earlier versions",
        "A PDF that was saved onto itself holds its earlier states whole, words since removed included.",
        "Print it to a new PDF, or save it under another name with “reduced size” or “optimised”.",
    ),
    Kind.PIVOT_CACHE: Meaning(
        "Pivot table's records",
        "A pivot table carries a copy of every record that it counts, person by person, also where the sheet with "
        "the records was deleted.",
        "Copy the table into a new workbook as values.",
    ),
    Kind.DATA_BEHIND: Meaning(
        "Data behind what is shown",
        "A chart or link carries a copy of the data that it was made from, often a whole workbook.",
        "Paste the chart as a picture, break the links, or share a PDF.",
    ),
    Kind.ATTACHMENTS: Meaning(
        "Files inside the file",
        "Attached files leave with the file that holds them.",
        "Take them out, and check each by itself if it is to leave.",
    ),
    Kind.PROPERTIES: Meaning(
        "Document properties",
        "Properties name people and say what the file was called or meant for.",
        "Remove them (File, Info, Inspect document; in a PDF: print to a new one).",
    ),
    Kind.PATHS: Meaning(
        "Addresses on a drive",
        "Links to a drive tell folder names, user names and how the network is built.",
        "Remove the links, and attach the plain template (File, Options, Add-ins, Templates).",
    ),
    Kind.NOT_CHECKED: Meaning(
        "Not checked",
        "What was not opened or not understood may hold anything.",
        "Look at it yourself, or save it as .docx, .xlsx, .pptx or PDF and check again.",
    ),
    Kind.MARKING: Meaning(
        "Marked as confidential",
        "The paper says itself that it is not for everybody.",
        "Ask its owner; leave it out, or take the marking off if it no longer holds.",
    ),
    Kind.NHS_NUMBER: Meaning(
        "NHS number",
        "A number with ten digits and the right check digit names one patient.",
        "Remove it.",
    ),
    Kind.EMAIL: Meaning(
        "E-mail address",
        "An address with a name in it is personal data.",
        "Put the address of a team in its place.",
    ),
    Kind.PHONE: Meaning(
        "Telephone number",
        "A direct line or mobile number is personal data.",
        "Put the number of a switchboard in its place.",
    ),
    Kind.NAME: Meaning(
        "Perhaps a name beside a sensitive matter",
        "What looks like a name stands near words of a sensitive matter: a case, health, ethnicity, a complaint. "
        "This is a guess by the look of the words.",
        "Read it. Put a role in place of the name, or leave the words out.",
    ),
    Kind.ACCOUNT: Meaning(
        "Perhaps a personal account of racism",
        "Somebody seems to tell what was done to them: people recognise themselves and each other, also without a "
        "name. This is a guess by the look of the words.",
        "Ask the person who told it, or leave it out; `share` masks such quotes.",
    ),
    Kind.RECORDS: Meaning(
        "Perhaps records of single people",
        "A table seems to hold a row a person with the person's ethnicity: special category data of each of them.",
        "Take the table out and give counts in its place.",
    ),
    Kind.SMALL_NUMBER: Meaning(
        "Small number of people by ethnicity",
        "Few people in a group can be told apart, and what is known of the group is then known of them.",
        "Show it as “fewer than {limit}”, and hide the other cells that are named here, since a total would give it "
        "away; or join groups.",
    ),
}


def finding(kind: Kind, file: str, place: str, what: str, *, limit: int) -> SharingFinding:
    """Return a finding with its id and its meaning."""
    content = "\0".join((kind.value, file, place, what)).encode("utf-8", "replace")
    meaning = MEANINGS[kind]
    return SharingFinding(
        id=hashlib.sha256(content).hexdigest()[:ID_DIGITS],
        kind=kind,
        file=file,
        place=place,
        what=what,
        why=meaning.why,
        way_out=meaning.way_out.format(limit=limit),
    )
