"""What the files in an output folder are called: one list for who writes them and who must not take them for papers."""

from __future__ import annotations

PAGE = "evidence-map.html"
WORKBOOK = "evidence-map.xlsx"
PACK = "evidence-pack.docx"
CITED = "cited-pages.pdf"
DATA = "data"
"""The folder inside it that is not for sending."""
README = "README.txt"
MAP = "evidence-map.json"
FINDINGS = "findings.csv"
EVIDENCE = "evidence.csv"
TEXTS = "texts.jsonl.gz"
IN_DATA = (README, MAP, FINDINGS, EVIDENCE, TEXTS)

MARK = f"{DATA}/{MAP}"
"""A folder that holds this holds an earlier output, perhaps beside papers."""
FILES = frozenset({PAGE, WORKBOOK, PACK, CITED, *(f"{DATA}/{name}" for name in IN_DATA)})
"""All of them, by their paths in the folder."""
