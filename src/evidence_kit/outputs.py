"""What the files in an output folder are called: one list for who writes them and who must not take them for papers."""

from __future__ import annotations

PAGE = "evidence-map.html"
WORKBOOK = "evidence-map.xlsx"
PACK = "evidence-pack.docx"
CITED = "cited-pages.pdf"
DECISIONS = "decisions"
"""The folder of people's decisions, a file a person; only ever added to."""
KEPT = "kept"
"""The folder of reports that a person had written in when a later run wrote new ones."""
LETTERS = "letters"
"""The folder of letters about gaps, a file an owner."""
COPIES = "marked-copies"
"""The folder of whole copies of cited PDFs, with the quotes marked."""
CALENDAR = "evidence-dates.ics"
DATA = "data"
"""The folder inside it that is not for sending."""
README = "README.txt"
MAP = "evidence-map.json"
FINDINGS = "findings.csv"
EVIDENCE = "evidence.csv"
TEXTS = "texts.jsonl.gz"
WRITTEN = "written.json"
PREVIOUS = "previous-map.json"
"""The map that stood there before the last one that was different, so that the page can say what changed."""
IN_DATA = (README, MAP, FINDINGS, EVIDENCE, TEXTS, WRITTEN, PREVIOUS)

MARK = f"{DATA}/{MAP}"
"""A folder that holds this holds an earlier output, perhaps beside papers."""
FILES = frozenset({PAGE, WORKBOOK, PACK, CITED, CALENDAR, *(f"{DATA}/{name}" for name in IN_DATA)})
"""All files, by their paths in the folder."""
FOLDERS = frozenset({DECISIONS, KEPT, LETTERS, COPIES})
"""Folders whose files are all ours or people's own."""
