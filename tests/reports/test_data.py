"""The map as data: nothing lost, same bytes, clear errors, tables that no spreadsheet runs."""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_kit.errors import ExitCode, OutputUnwritable, UsageError
from evidence_kit.records.document import Document
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Quote, Status
from evidence_kit.reports.data import (
    evidence_csv,
    findings_csv,
    from_json,
    json_schema,
    schema_bytes,
    texts_jsonl_gz,
    to_json,
    write_data,
)
from evidence_kit.reports.tables import EVIDENCE_COLUMNS, FINDINGS_COLUMNS
from evidence_kit.reports.words import cell

DOCS = Path(__file__).parents[2] / "docs"
PUBLISHED = DOCS / "evidence-map.schema.json"

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_plain = settings(max_examples=60, deadline=None)


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_round_trip_of_the_sample(sample_map: EvidenceMap) -> None:
    assert from_json(to_json(sample_map)) == sample_map


@_plain
@given(
    organisation=_text,
    as_of=st.dates(),
    remark=_text,
    number=st.floats(0, 1),
    box=st.tuples(*[st.floats(-1e4, 1e4, width=32)] * 4),
    parameter=st.one_of(
        _text, st.integers(-999, 999), st.booleans(), st.floats(-5, 5), st.lists(_text).map(tuple)
    ),
)
def test_round_trip_of_any_map(
    sample_map: EvidenceMap,
    organisation: str,
    as_of: date,
    remark: str,
    number: float,
    box: tuple,
    parameter: object,
) -> None:
    finding = sample_map.findings[0]
    quote: Quote = finding.quotes[0]
    place = replace(quote.places[0], boxes=(box,), label=None)
    quote = replace(quote, remark=remark, probability=number, places=(place,), act_date=None)
    criterion = sample_map.framework.criteria[0]
    element = replace(criterion.elements[0], parameters=((remark, parameter),))
    framework = replace(sample_map.framework, criteria=(replace(criterion, elements=(element,)),))
    changed = replace(
        sample_map,
        organisation=organisation,
        as_of=as_of,
        framework=framework,
        findings=(replace(finding, quotes=(quote,)),),
    )
    again = from_json(to_json(changed))
    assert again == changed
    assert to_json(again) == to_json(changed)


def test_json_is_for_people_and_safe_in_a_page(sample_map: EvidenceMap) -> None:
    text = to_json(sample_map).decode()
    assert text.startswith('{\n  "schema": "evidence-kit/evidence-map",\n  "schema_version": 1,')
    assert "<" not in text
    assert "<script>" in json.dumps(json.loads(text))


def test_lone_surrogates_do_not_stop_the_run(
    sample_map: EvidenceMap, documents: tuple[Document, ...]
) -> None:
    odd = replace(sample_map, organisation="caf\udce9")
    assert from_json(to_json(odd)).organisation == "caf\ufffd"
    texts_jsonl_gz([replace(documents[0], path="caf\udce9.pdf")])
    findings_csv(odd)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not an evidence map"),
        (b"%PDF-1.7", "not an evidence map"),
        (b"\xff\xfe", "not an evidence map"),
        (b"[1, 2]", "not an evidence map"),
        (b'{"x":' * 100_000, "not an evidence map"),
        (b'{"schema": "somebody/else", "schema_version": 1}', "somebody/else"),
        (b'{"schema": "evidence-kit/evidence-map", "schema_version": 2}', "version 2"),
        (b'{"schema": "evidence-kit/evidence-map", "schema_version": 0}', "version 0"),
        (b'{"schema": "evidence-kit/evidence-map", "schema_version": 1}', "damaged"),
    ],
)
def test_other_files_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        from_json(data)
    assert caught.value.exit_code is ExitCode.USAGE
    assert caught.value.next_step


def test_cut_file_is_refused(sample_map: EvidenceMap) -> None:
    with pytest.raises(UsageError):
        from_json(to_json(sample_map)[:-200])


def test_published_schema_is_what_the_code_writes() -> None:
    """After a change of the records: ``python scripts/write_schema.py``."""
    assert PUBLISHED.read_bytes() == schema_bytes()


def _conforms(value: object, rule: dict, defs: dict) -> bool:  # type: ignore[type-arg]
    """Check a value by the parts of JSON Schema that our schema uses; an unknown part fails the test."""
    known = {"$ref", "anyOf", "type", "const", "enum", "properties", "required", "items", "prefixItems"}
    known |= {"minItems", "maxItems", "format", "title", "description", "default"}
    assert set(rule) <= known, set(rule) - known
    if "$ref" in rule:
        return _conforms(value, defs[rule["$ref"].removeprefix("#/$defs/")], defs)
    if "anyOf" in rule:
        return any(_conforms(value, choice, defs) for choice in rule["anyOf"])
    types = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
    types |= {"integer": int, "number": (int, float)}  # type: ignore[dict-item]
    if "type" in rule:
        if not isinstance(value, types[rule["type"]]):
            return False
        if rule["type"] in ("integer", "number") and isinstance(value, bool):
            return False
    if ("const" in rule and value != rule["const"]) or ("enum" in rule and value not in rule["enum"]):
        return False
    if isinstance(value, dict):
        properties = rule.get("properties", {})
        return (
            set(rule.get("required", ())) <= set(value)
            and set(value) <= set(properties)
            and all(_conforms(item, properties[name], defs) for name, item in value.items())
        )
    if isinstance(value, list):
        first = rule.get("prefixItems", [])
        rest = rule.get("items", {})
        if not rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", len(value)):
            return False
        return all(_conforms(v, first[n] if n < len(first) else rest, defs) for n, v in enumerate(value))
    return True


def test_the_map_conforms_to_its_schema(sample_map: EvidenceMap) -> None:
    schema = json_schema()
    written = json.loads(to_json(sample_map))
    root, defs = {"$ref": schema["$ref"]}, schema["$defs"]
    assert _conforms(written, root, defs)
    assert not _conforms({**written, "as_of": 3}, root, defs)
    assert not _conforms({**written, "schema_version": 2}, root, defs)
    assert not _conforms({**written, "extra": 1}, root, defs)


def test_findings_csv(sample_map: EvidenceMap) -> None:
    data = findings_csv(sample_map)
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == data.count(b"\n")
    rows = _rows(data)
    assert tuple(rows[0]) == FINDINGS_COLUMNS
    assert [row["criterion"] for row in rows] == [criterion.id for criterion in sample_map.framework.criteria]
    assert {row["status"] for row in rows} == {status.value for status in Status}
    by_id = {row["criterion"]: row for row in rows}
    assert by_id["S2"]["status_words"] == "planned only: intention only"
    assert by_id["B1.s1"]["status_words"] == (
        "not found in these documents (4 documents, 9 pages searched; 2 pages and 1 document could not be read)"
    )
    assert by_id["B1"]["split_by_wording"].startswith(
        "yes (table wording: evidenced and checklist wording: not found"
    )
    assert by_id["B1"]["elements_shown"].startswith(
        "Is a sponsor appointed? (required, core, framework wording)"
    )
    assert "(strengthens, level text, not shown)" in by_id["B1"]["elements_missing"]
    assert by_id["S1"]["newest"] == "2026-03-11" and by_id["S1"]["quotes"] == "4"
    assert all(row["next_steps"] for row in rows if row["status"] != "evidenced")


def test_evidence_csv(sample_map: EvidenceMap) -> None:
    rows = _rows(evidence_csv(sample_map))
    assert tuple(rows[0]) == EVIDENCE_COLUMNS
    assert len(rows) == sum(len(finding.quotes) for finding in sample_map.findings)
    crossing = next(row for row in rows if row["criterion"] == "S1.s1")
    assert crossing["page"] == "2 and 3" and crossing["printed_page"] == "4 and 5"
    assert crossing["quote"] == (
        "The network will be offered a standing seat at the People Committee from January 2027."
    )
    old = next(row for row in rows if row["criterion"] == "B4")
    assert old["in_window"] == "no" and old["date"] == "2021-06-01"


def test_no_cell_of_a_table_is_a_formula(sample_map: EvidenceMap) -> None:
    every = [
        v
        for data in (findings_csv(sample_map), evidence_csv(sample_map))
        for row in _rows(data)
        for v in row.values()
    ]
    assert any(value.startswith("'=HYPERLINK") for value in every)
    assert not any(value[:1] in tuple("=+-@\t\r\n＝＋－＠") for value in every)


@given(st.text(max_size=12))
def test_cells_are_text(text: str) -> None:
    safe = cell(text)
    assert safe in (text, f"'{text}")
    assert not safe.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r1", " =1", "\u200b=1", "\ufeff=1", "＝1", "＠x"]
)
def test_risky_cells_get_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "2026-03-26", "‘quoted’", "'already"])
def test_harmless_cells_stay(text: str) -> None:
    assert cell(text) == text


def test_texts(documents: tuple[Document, ...]) -> None:
    packed = texts_jsonl_gz(documents)
    assert packed == texts_jsonl_gz(documents)
    assert packed[4:8] == b"\0\0\0\0"
    lines = [json.loads(line) for line in gzip.decompress(packed).splitlines()]
    assert [line["path"] for line in lines] == [document.path for document in documents]
    page = lines[0]["pages"][0]
    assert page["number"] == 1 and page["label"] == "3"
    assert page["text"] == documents[0].pages[0].text
    block = page["blocks"][0]
    assert page["text"][block["start"] : block["end"]] == documents[0].pages[0].text.rstrip()
    assert "words" not in page


def test_write_data(sample_map: EvidenceMap, documents: tuple[Document, ...], tmp_path: Path) -> None:
    folder = tmp_path / "map" / "data"
    write_data(sample_map, documents, folder)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(first) == [
        "README.txt",
        "evidence-map.json",
        "evidence.csv",
        "findings.csv",
        "texts.jsonl.gz",
    ]
    assert from_json(first["evidence-map.json"]) == sample_map
    assert first["README.txt"].startswith(b"NOT FOR SENDING")
    assert all(name.encode() in first["README.txt"] for name in first)
    write_data(sample_map, documents, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_a_file_in_the_folder_s_place(sample_map: EvidenceMap, tmp_path: Path) -> None:
    (tmp_path / "map").write_text("not a folder")
    with pytest.raises(OutputUnwritable, match="map") as caught:
        write_data(sample_map, (), tmp_path / "map")
    assert caught.value.exit_code is ExitCode.OUTPUT_UNWRITABLE and caught.value.next_step


def test_a_folder_in_a_file_s_place_leaves_nothing_behind(sample_map: EvidenceMap, tmp_path: Path) -> None:
    (tmp_path / "findings.csv" / "inside").mkdir(parents=True)
    with pytest.raises(OutputUnwritable, match=r"findings\.csv"):
        write_data(sample_map, (), tmp_path)
    assert not list(tmp_path.glob(".*"))


def test_unknown_criterion_in_a_map_is_refused(sample_map: EvidenceMap) -> None:
    stray = replace(sample_map, findings=(replace(sample_map.findings[0], criterion="X9"),))
    with pytest.raises(UsageError, match="X9"):
        findings_csv(stray)


def test_every_column_is_documented() -> None:
    page = (DOCS / "reports.md").read_text(encoding="utf-8")
    assert [name for name in (*FINDINGS_COLUMNS, *EVIDENCE_COLUMNS) if f"`{name}`" not in page] == []


def test_records_need_no_msgspec_types(sample_map: EvidenceMap) -> None:
    assert msgspec.json.decode(to_json(sample_map))["findings"][0]["criterion"] == "B1"
