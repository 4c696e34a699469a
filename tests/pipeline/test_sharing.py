"""What `share` writes holds nothing that may not leave; the check before it finds what it says it finds."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_kit import outputs
from evidence_kit.cli.main import cli
from evidence_kit.errors import ExitCode
from evidence_kit.options import MapOptions
from evidence_kit.passages.duplicates import venue_of
from evidence_kit.pipeline.reporting import write_map
from evidence_kit.pipeline.run import MapResult, map_evidence
from evidence_kit.pipeline.sharing.acceptance import accepted, template
from evidence_kit.pipeline.sharing.check import check_map
from evidence_kit.pipeline.sharing.fields import CONSIDERED
from evidence_kit.pipeline.sharing.kinds import MEANINGS
from evidence_kit.pipeline.sharing.kinds import finding as found
from evidence_kit.pipeline.sharing.reduced import ACCOUNT, reduce
from evidence_kit.pipeline.sharing.writing import reports_of
from evidence_kit.records.decision import Decision, Verdict
from evidence_kit.records.finding import Step, Trend
from evidence_kit.records.sharing import Kind, SharingCheck
from evidence_kit.reports.data import to_json
from evidence_kit.reports.decided import quote_key
from evidence_kit.reports.sharing_check import render
from evidence_kit.reports.writing import write_file
from evidence_kit.store.decisions import append_decisions, read_decisions
from evidence_kit.workers import Limits

SECRETS = {
    "words beside a quote": "Vantablossom",
    "marked paper": "Quillfeather",
    "title of the marked paper": "Marrowby",
    "file of the marked paper": "ferretlog",
    "internal paper": "Thistlewick",
    "paper that the register and the paper call otherwise": "Ombersley",
    "hidden sheet": "Brackenfold",
    "comment": "Dunwhistle",
    "property": "Larkspurrow",
    "folder": "Hollinshaw",
    "folder above": "Zephyrgate",
    "sender": "Pennyroyal",
    "owner": "Wexcombe",
    "decider": "Ysolde",
    "what a decider wrote": "Crumblewood",
    "account": "Ashgrove",
    "address": "fenella.hartwhistle",
    "mobile": "07700 900123",
    "user": "jsparrowgate",
    "paper for internal use": "Nettlecombe",
    "private part of an open paper": "Sallowfield",
    "archived file that was not unpacked": "Vetchlington",
    "folder where it is published": "Mallowdrive",
    "e-mail address that begins like a team's": "edith.plumbottom",
}
LIKE_A_TEAM = "e-mail address that begins like a team's"
FUNDED = (
    "In November 2025 the Board of Directors approved recurrent funding of £236,000 for two anti-racism practitioner "
    "posts that work with clinical divisions."
)
ATTENDED = "The Chief Nurse attended the Race Equality Network meeting on 4 February 2026"


def _word(path: Path, *blocks: str, marking: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = docx.Document()
    if marking:
        document.add_paragraph(marking)
    title, *rest = blocks
    document.add_heading(title, 1)
    for block in rest:
        if block.startswith("# "):
            document.add_heading(block[2:], 2)
        else:
            document.add_paragraph(block)
    document.core_properties.author = SECRETS["property"]
    document.add_comment(document.paragraphs[-1].runs, text=SECRETS["comment"], author=SECRETS["comment"])
    document.save(str(path))
    return path


def _nested(path: Path, name: str) -> None:
    """Write an archive in archives, one deeper than is opened, all of which have the name and a number."""
    data = b""
    for number in range(Limits().nesting + 2):
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as package:
            package.writestr(f"{name}{number}.zip", data)
        data = packed.getvalue()
    path.write_bytes(data)


def _register(folder: Path) -> None:
    text = StringIO()
    writer = csv.writer(text)
    drive = f"N:\\{SECRETS['folder where it is published']}"
    writer.writerow(
        ["file", "title", "owner", "address where published", "date published", "public/internal"]
    )
    writer.writerow([f"{SECRETS['folder']}/board.docx", "", SECRETS["owner"], drive, "", "public"])
    writer.writerow([f"{SECRETS['folder']}/network.docx", "", SECRETS["owner"], "", "", "internal"])
    writer.writerow([f"{SECRETS['folder']}/page.html", "", SECRETS["owner"], "", "", "internal"])
    (folder / "evidence-register.csv").write_text(text.getvalue())


def make_pack(folder: Path) -> Path:
    """Write papers that hold a secret in every place from which nothing may leave."""
    inner = folder / SECRETS["folder"]
    _word(
        inner / "board.docx",
        "Board of Directors, 26 March 2026",
        "Example Vale NHS Trust, minutes of the meeting of the Board of Directors held in public on 26 March 2026.",
        FUNDED,
        f"{ATTENDED}. Write to {SECRETS['address']}@example.org or ring {SECRETS['mobile']} about it.",
        f"{ATTENDED.replace('4', '9')}. Write to {SECRETS[LIKE_A_TEAM]}@example.org about it.",
        "I was racially abused by a patient and my manager told me to ignore it, in the Race Equality Network meeting "
        f"the Medical Director attended on 5 March 2026, said {SECRETS['account']}.",
        f"The car park at {SECRETS['words beside a quote']} will be resurfaced.",
        *("The Board noted the report on estates." for _ in range(20)),
        "# Part 2: private session",
        "The Chief Nurse attended the Race Equality Network meeting on 7 July 2026 with "
        f"{SECRETS['private part of an open paper']}.",
    )
    _word(
        inner / "internal.docx",
        "Board of Directors, 30 July 2026",
        "Example Vale NHS Trust, minutes of the Board of Directors.",
        f"In July 2026 the Board of Directors approved recurrent funding of £7,000 for "
        f"{SECRETS['paper for internal use']} as anti-racism practitioner.",
        marking="INTERNAL USE ONLY – for the people team",
    )
    _nested(inner / "bundle.zip", SECRETS["archived file that was not unpacked"])
    _word(
        inner / f"{SECRETS['file of the marked paper']}.docx",
        f"Board of Directors, private meeting about {SECRETS['title of the marked paper']}, 28 May 2026",
        "Example Vale NHS Trust, minutes of the Board of Directors.",
        f"In May 2026 the Board of Directors approved recurrent funding of £99,000 for {SECRETS['marked paper']} as "
        "anti-racism practitioner.",
        f"The Medical Director {SECRETS['marked paper']} is executive sponsor for race equality.",
        marking="OFFICIAL-SENSITIVE",
    )
    _word(
        inner / "network.docx",
        "Race Equality Network notes, 10 April 2026",
        f"The Chief People Officer {SECRETS['internal paper']} attended the Race Equality Network meeting on "
        "10 April 2026.",
    )
    (inner / "page.html").write_text(
        "<!doctype html><html><body><h1>Our anti-racism statement</h1><p>Page last updated 3 May 2026.</p><p>The "
        "Board approved our anti-racism statement on 1 May 2026 and "
        f"{SECRETS['paper that the register and the paper call otherwise']} published it.</p></body></html>"
    )
    book = openpyxl.Workbook()
    book.active.append(["Race equality", "Funding approved in 2026"])
    hidden = book.create_sheet("People")
    hidden.append([SECRETS["hidden sheet"]])
    hidden.sheet_state = "hidden"
    book.save(inner / "figures.xlsx")
    (inner / "message.eml").write_text(
        f"From: {SECRETS['sender']} <{SECRETS['sender']}@example.org>\nTo: edi@example.org\nSubject: Race equality\n"
        "Date: Mon, 2 Feb 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain\n\n"
        "The Board of Directors approved a race equality budget in January 2026.\n"
    )
    _register(folder)
    return folder


@pytest.fixture(scope="module", autouse=True)
def in_this_process() -> Iterator[None]:
    """Open files here: what workers do is tested with the guard, and starting them takes most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("evidence_kit.cli.sharing.default_workers", lambda: 0)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A map with decisions, in a folder of a user's, over papers full of secrets."""

    home = tmp_path_factory.mktemp(SECRETS["user"])
    pack = make_pack(home / SECRETS["folder above"])
    result = map_evidence(
        MapOptions(
            pack=pack,
            organisation="Example Vale NHS Trust",
            as_of=date(2026, 10, 1),
            stated=(("organisation", str(home / "evidence-kit.toml")),),
        )
    )
    folder = home / "map"
    write_map(result.evidence_map, result.documents, folder, papers=pack)
    _decide(folder, result)
    return folder, result


def _decide(folder: Path, result: MapResult) -> None:
    evidence_map = result.evidence_map
    given = {
        "person": SECRETS["decider"],
        "at": "2026-11-20T09:00:00Z",
        "comment": SECRETS["what a decider wrote"],
    }
    decisions = [Decision(criterion="B2", verdict=Verdict.CONFIRMED, **given)]
    for finding in evidence_map.findings:
        for quote in finding.quotes:
            key = quote_key(quote, evidence_map)
            decisions.append(
                Decision(criterion=finding.criterion, verdict=Verdict.ACCEPT, quote=key, **given)
            )
    append_decisions(folder / outputs.DECISIONS, SECRETS["decider"], decisions)


def share(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["share", *map(str, arguments)])


def accept_all(template: Path) -> None:
    text = re.sub(r'^  # "', '  "', template.read_text(), flags=re.MULTILINE)
    text = text.replace('accepted_by = ""', 'accepted_by = "Robin Vale"')
    template.write_text(text.replace('accepted_on = ""', 'accepted_on = "2026-11-24"'))


def shared(folder: Path, out: Path, *more: str) -> Path:
    accept = out.with_suffix(".toml")
    assert share(folder, "--out", out, "--accept", accept, *more).exit_code == ExitCode.SHARING_REFUSED
    assert not out.exists()
    accept_all(accept)
    done = share(folder, "--out", out, "--accept", accept, *more)
    assert done.exit_code == 0, done.output
    return out


def unpacked(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield all bytes of a folder's files, and those of the parts of packed ones."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as package:
                    for name in package.namelist():
                        yield f"{path.name}/{name}", name.encode() + package.read(name)


def forms(secret: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield secret.casefold().encode(encoding)


@pytest.fixture(scope="module")
def out(made: tuple[Path, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared(made[0], tmp_path_factory.mktemp("shared") / "out")


def test_the_secrets_are_in_the_map_that_is_not_shared(made: tuple[Path, Any]) -> None:
    """Else the next test could not fail: what is planted and never read cannot leak."""
    folder, _ = made
    data = (folder / "data" / "evidence-map.json").read_text() + "".join(
        path.read_text() for path in (folder / outputs.DECISIONS).iterdir()
    )
    never_read = {"hidden sheet", "comment", "property", "sender", "folder above", "user"}
    for place, secret in SECRETS.items():
        assert (secret in data) or place in never_read, place


def test_reports_of_the_whole_map_do_hold_secrets(made: tuple[Path, Any], tmp_path: Path) -> None:
    """What the next test looks for can be seen by the way in which it looks."""
    folder, result = made
    known = read_decisions(folder / outputs.DECISIONS).decisions
    whole = replace(reduce(result.evidence_map, known), map=result.evidence_map, decisions=known)
    for name, content in reports_of(whole).items():
        write_file(tmp_path / name, content)
    seen = {
        place
        for place, secret in SECRETS.items()
        for _, data in unpacked(tmp_path)
        if any(form in data.lower() for form in forms(secret))
    }
    expected = {
        "marked paper",
        "title of the marked paper",
        "file of the marked paper",
        "internal paper",
        "folder",
    }
    assert seen >= expected | {"decider", "what a decider wrote", "account", "address", "mobile", "owner"}


@pytest.mark.parametrize("place", SECRETS)
def test_nothing_that_may_not_leave_is_in_what_is_written(place: str, out: Path) -> None:
    for name, data in unpacked(out):
        for form in forms(SECRETS[place]):
            assert form not in data.lower(), f"{place} in {name}"


def test_open_evidence_and_what_was_left_out_is_told(out: Path, made: tuple[Path, Any]) -> None:
    page = (out / outputs.PAGE).read_text()
    assert FUNDED in page
    assert ACCOUNT in page
    assert "board.docx" in page
    assert "not shared" in page
    told = (out / "left-out.txt").read_text()
    whole = made[1].evidence_map
    held = [
        quote
        for finding in whole.findings
        for quote in finding.quotes
        if any(SECRETS[name] in quote.text for name in ("marked paper", "internal paper"))
    ]
    assert held
    number = int(re.search(r"- (\d+) quotes? from", told)[1])  # type: ignore[index]
    assert number >= len(held)


def test_machine_status_and_decisions_go_with_the_quotes_that_stay(out: Path) -> None:
    page = (out / outputs.PAGE).read_text()
    assert "accepted by person 1" in page
    assert "confirmed by person 1" in page


def test_names_of_deciders_go_only_when_asked_for(made: tuple[Path, Any], tmp_path: Path) -> None:
    page = (shared(made[0], tmp_path / "out", "--with-names") / outputs.PAGE).read_text()
    assert SECRETS["decider"] in page
    assert SECRETS["what a decider wrote"] not in page


def test_file_names_can_be_left_out(made: tuple[Path, Any], tmp_path: Path) -> None:
    folder = shared(made[0], tmp_path / "out", "--no-file-names")
    for name, data in unpacked(folder):
        assert b"board.docx" not in data, name


def test_the_same_map_gives_the_same_bytes(made: tuple[Path, Any], out: Path, tmp_path: Path) -> None:
    again = shared(made[0], tmp_path / "out")
    assert dict(unpacked(again)) == dict(unpacked(out))


def test_properties_are_fixed_and_nothing_but_reports_is_written(out: Path) -> None:
    assert {path.name for path in out.iterdir()} == {
        outputs.PAGE,
        outputs.WORKBOOK,
        outputs.PACK,
        "left-out.txt",
    }
    for name in (outputs.WORKBOOK, outputs.PACK):
        with zipfile.ZipFile(out / name) as package:
            assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = package.read("docProps/core.xml").decode()
        assert re.search(r"<dc:creator>evidence-kit</dc:creator>", core)


def test_who_accepted_what_is_kept_beside_the_map(made: tuple[Path, Any], out: Path) -> None:
    record = json.loads((made[0] / "data" / "shared.json").read_text())
    assert record["accepted"]
    assert {one["accepted"] for one in record["accepted"]} == {"Robin Vale, 24 November 2026"}
    assert set(record["files"]) == {path.name for path in out.iterdir()}


def test_an_accepted_finding_that_changed_is_open_again(made: tuple[Path, Any], tmp_path: Path) -> None:
    accept = tmp_path / "a.toml"
    share(made[0], "--check-only", "--accept", accept)
    accept_all(accept)
    assert share(made[0], "--check-only", "--accept", accept).exit_code == 0
    lines = accept.read_text().splitlines()
    shorter = [line for line in lines if not line.startswith('  "')]
    first = next(line for line in lines if line.startswith('  "'))
    shorter.insert(shorter.index("accepted = [") + 1, first)
    accept.write_text("\n".join(shorter))
    refused = share(made[0], "--out", tmp_path / "out", "--accept", accept)
    assert refused.exit_code == ExitCode.SHARING_REFUSED
    assert not (tmp_path / "out").exists()


def test_a_file_of_accepted_findings_says_who_and_when(made: tuple[Path, Any], tmp_path: Path) -> None:
    accept = tmp_path / "a.toml"
    share(made[0], "--check-only", "--accept", accept)
    text = accept.read_text()
    accept.write_text(re.sub(r'^  # "', '  "', text, flags=re.MULTILINE))
    nobody = share(made[0], "--check-only", "--accept", accept)
    assert nobody.exit_code == ExitCode.USAGE
    assert "who accepted" in nobody.output


def test_a_folder_with_other_files_is_refused(made: tuple[Path, Any], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for target in (tmp_path, made[0], made[0] / "data"):
        assert share(made[0], "--out", target).exit_code == ExitCode.USAGE


def test_papers_that_are_gone_are_a_finding(made: tuple[Path, Any], tmp_path: Path) -> None:
    told = reduce(made[1].evidence_map, ())
    check = check_map(told.map, {}, None)
    assert Kind.NOT_CHECKED in {one.kind for one in check.open}


def test_what_is_not_known_to_be_open_is_left_out(sample: MapResult) -> None:
    """A quote whose paper the map does not know goes nowhere."""
    whole = sample.evidence_map
    assert sum(len(one.quotes) for one in reduce(whole, ()).map.findings) > 100
    told = reduce(replace(whole, papers=()), ())
    assert not any(one.quotes for one in told.map.findings)
    assert told.map.cited_pages == ()


@pytest.mark.parametrize("record", CONSIDERED, ids=lambda record: record.__name__)
def test_every_field_of_the_map_was_thought_about(record: type) -> None:
    """Who adds a field says in `pipeline/sharing/fields.py` whether it may leave; until then it does not."""
    assert set(CONSIDERED[record].split()) == {field.name for field in fields(record)}


def test_measures_over_the_years_go_with_the_quote_that_gives_them(sample: MapResult) -> None:
    trend = Trend(
        measure="m", label="Board", years=(2024, 2025), values=(1.0, 2.0), written=("1", "2"), steps=(Step.BETTER,),
        quote="",
    )  # fmt: skip
    whole = sample.evidence_map
    finding = next(one for one in whole.findings if one.quotes)
    lost = replace(finding, trends=(replace(trend, quote="gone"), replace(trend, quote=finding.quotes[0].id)))
    told = reduce(replace(whole, findings=(lost,)), ()).map.findings[0]
    assert [one.quote for one in told.trends] == [finding.quotes[0].id]


def test_every_shared_quote_stands_at_its_place_and_nothing_else_does(sample: MapResult) -> None:
    told = reduce(sample.evidence_map, ()).map
    pages = {(page.document, page.page_index): page.text for page in told.cited_pages}
    spans: dict[tuple[str, int], set[int]] = {}
    for finding in told.findings:
        for quote in finding.quotes:
            words = [pages[at.document, at.page_index][at.start : at.end] for at in quote.places]
            assert " ".join(words) == quote.text
            for at in quote.places:
                spans.setdefault((at.document, at.page_index), set()).update(range(at.start, at.end))
    for key, text in pages.items():
        assert not "".join(mark for number, mark in enumerate(text) if number not in spans[key]).strip()


def test_the_page_of_findings_is_a_page_and_the_data_is_data(
    tmp_path: Path, make_pdf: Callable[..., Path]
) -> None:
    make_pdf(tmp_path / "a.pdf", ["Write to jo.bloggs@example.org <script>alert(1)</script>."])
    page, data = tmp_path / "f.html", tmp_path / "f.json"
    assert share("--check-only", tmp_path / "a.pdf", "--findings", page).exit_code == ExitCode.SHARING_REFUSED
    assert "E-mail address" in page.read_text()
    assert "<script>" not in page.read_text()
    share("--check-only", tmp_path / "a.pdf", "--findings", data)
    found = json.loads(data.read_text())
    assert found["schema"] == "evidence-kit/sharing-check"
    (one,) = found["findings"]
    assert (one["kind"], one["file"], one["place"]) == ("email", "a.pdf", "page 1")


def test_a_folder_without_findings_passes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The board met in public.\n")
    done = share("--check-only", tmp_path)
    assert done.exit_code == 0
    assert "1 file checked: 0 findings" in done.output


def test_a_folder_without_files_does_not_pass(tmp_path: Path) -> None:
    """Whoever mistypes a folder must not read that all is well."""
    done = share("--check-only", tmp_path)
    assert done.exit_code == ExitCode.SHARING_REFUSED
    assert "there is no file in this folder" in done.output


def test_a_paper_that_is_held_back_is_named_nowhere(sample: MapResult) -> None:
    """Not as the other place of a paper that is shared, nor in a trail of headings, nor as the counted twin."""
    whole = sample.evidence_map
    shut, other, *rest = whole.papers
    shut = replace(shut, profile=replace(shut.profile, title="Ferret review", marking="Restricted"))
    other = replace(other, venues=("Ferret review", "Board pack"), duplicate_of=shut.id)
    finding = next(one for one in whole.findings if any(quote.paper == other.id for quote in one.quotes))
    quote = next(one for one in finding.quotes if one.paper == other.id)
    headed = replace(finding, quotes=(replace(quote, headings=("Ferret review", "Staff")),))
    told = reduce(replace(whole, papers=(shut, other, *rest), findings=(headed,)), ()).map
    assert "Ferret" not in to_json(told).decode()
    kept = next(one for one in told.papers if one.id == other.id)
    assert (kept.venues, kept.duplicate_of) == (("Board pack",), "")
    assert told.findings[0].quotes[0].headings == ("Staff",)


def test_a_held_back_paper_is_known_again_in_other_capitals_and_by_its_meeting(sample: MapResult) -> None:
    whole = sample.evidence_map
    shut, other, *rest = whole.papers
    panel = replace(shut.profile, title="Ferret  review", marking="Restricted", body="Ferret Panel")
    shut = replace(shut, profile=panel)
    other = replace(other, venues=(venue_of(shut), "Board pack"))
    finding = next(one for one in whole.findings if any(quote.paper == other.id for quote in one.quotes))
    quote = next(one for one in finding.quotes if one.paper == other.id)
    headed = replace(finding, quotes=(replace(quote, headings=("FERRET REVIEW", "Staff")),))
    told = reduce(replace(whole, papers=(shut, other, *rest), findings=(headed,)), ()).map
    assert "ferret" not in to_json(told).decode().casefold()
    assert shut.document[1:] not in {one.id[1:] for one in told.documents} - {
        one.document for one in told.papers
    }


def test_a_title_that_shared_words_say_is_no_secret(sample: MapResult) -> None:
    """A role description called after the network takes the network's name from nobody."""
    whole = sample.evidence_map
    shut, *rest = whole.papers
    shut = replace(shut, profile=replace(shut.profile, title="Race Equality Network", marking="Restricted"))
    finding = next(
        one for one in whole.findings for quote in one.quotes
        if quote.paper != shut.id and "Race Equality Network" in quote.text
    )  # fmt: skip
    quote = next(one for one in finding.quotes if "Race Equality Network" in one.text)
    headed = replace(finding, quotes=(replace(quote, headings=("Race Equality Network",)),))
    told = reduce(replace(whole, papers=(shut, *rest), findings=(headed,)), ()).map
    assert told.findings[0].quotes[0].headings == ("Race Equality Network",)


def test_findings_of_a_kind_are_told_together_with_one_way_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Write to jo.bloggs@example.org.\n\nOr write to al.smith@example.org.\n")
    page = tmp_path / "f.html"
    told = share("--check-only", tmp_path / "a.txt", "--findings", page).output
    assert told.count("Put the address of a team in its place.") == 1
    assert page.read_text().count("Put the address of a team in its place.") == 1
    assert "E-mail address (2)" in page.read_text()
    assert len(re.findall(r"^    [0-9a-f]{12}  line \d: ", told, flags=re.MULTILINE)) == 2


@pytest.mark.parametrize(
    "note",
    [
        "Only claimed: “the “Ferret” plan was made” (Application).",
        "Only claimed: “”Ferret plan” (Application).",
        "Only claimed: “the Ferret plan.",
        "Only claimed: ‘the Ferret plan’.",
    ],
)
def test_a_note_with_words_that_are_not_shared_goes(sample: MapResult, note: str) -> None:
    """However its quotation marks stand."""
    whole = sample.evidence_map
    finding = next(one for one in whole.findings if one.quotes)
    told = reduce(replace(whole, findings=(replace(finding, notes=(note, "Nothing is quoted here.")),)), ())
    assert told.map.findings[0].notes == ("Nothing is quoted here.",)


def test_a_file_s_name_that_is_an_address_is_found(sample: MapResult) -> None:
    told = reduce(sample.evidence_map, ()).map
    first, *rest = told.documents
    named = replace(told, documents=(replace(first, path="fenella.hartwhistle@example.org.eml"), *rest))
    assert Kind.EMAIL in {one.kind for one in check_map(named, {}, None).findings}


def test_names_of_files_and_headings_that_leave_are_looked_at(sample: MapResult) -> None:
    told = reduce(sample.evidence_map, ()).map
    first, *rest = told.documents
    named = replace(told, documents=(replace(first, path="grievance_Adaeze_Okonkwo.pdf"), *rest))
    places = {one.place for one in check_map(named, {}, None).findings if one.kind is Kind.NAME}
    assert "name of a file" in places
    with_quotes = next(one for one in told.findings if one.quotes)
    words = ("The grievance of Adaeze Okonkwo",)
    for context in ({"headings": words}, {"header": words}, {"stem": words[0]}):
        quote = replace(with_quotes.quotes[0], **context)
        around = replace(told, findings=(replace(with_quotes, quotes=(quote,)),))
        places = {one.place for one in check_map(around, {}, None).findings if one.kind is Kind.NAME}
        assert f"{with_quotes.criterion}, quote 1" in places
    first_paper, *others = told.papers
    placed = replace(told, papers=(replace(first_paper, venues=words), *others))
    assert "title of a paper" in {one.place for one in check_map(placed, {}, None).findings}


@given(st.lists(st.text(max_size=60), min_size=3, max_size=3))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_file_of_accepted_findings(tmp_path: Path, texts: list[str]) -> None:
    file, place, what = texts
    check = SharingCheck(files=1, limit=10, findings=(found(Kind.NAME, file, place, what, limit=10),))
    accept = tmp_path / "a.toml"
    write_file(accept, template(check))
    assert accepted(check, [accept]).open == check.findings
    accept_all(accept)
    (one,) = accepted(check, [accept]).findings
    assert one.accepted == "Robin Vale, 24 November 2026"
    page = render(check, {kind: meaning.title for kind, meaning in MEANINGS.items()})
    assert page.count("<article") == 1
    assert "<script" not in page
