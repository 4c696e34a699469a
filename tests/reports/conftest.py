"""A small, rich map of an invented trust: every status, both wordings, hostile strings, quotes over pages and rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from evidence_kit.records.criterion import (
    Basis,
    Criterion,
    CriterionKind,
    Driver,
    Element,
    Force,
    Framework,
    Level,
    NearMiss,
    NearMissEffect,
    Principle,
    Short,
    Wording,
)
from evidence_kit.records.document import (
    Block,
    BlockKind,
    Document,
    DocumentState,
    Media,
    Page,
    PageState,
    Problem,
)
from evidence_kit.records.evidence_map import CitedPage, DocumentSummary, EvidenceMap, LevelLine, Run
from evidence_kit.records.finding import (
    Conclusion,
    ElementResult,
    Finding,
    Outcome,
    Place,
    Quote,
    Role,
    Status,
)
from evidence_kit.records.passage import Paper, PaperKind, PaperStatus, Profile
from evidence_kit.records.reading import Cue, Stance, Whose

AS_OF = date(2026, 10, 1)

HOSTILE_SCRIPT = "<script>alert('pack')</script>"
HOSTILE_LINK = "[see here](javascript:alert(1)) <img src=x onerror=alert(1)>"
HOSTILE_BIDI = "approved \u202edetcejer\u202c by the Board"
HOSTILE_FORMULA = '=HYPERLINK("http://example.invalid","Open")'
HOSTILE_FILE = "notes <b onmouseover=alert(1)>.html"
LONG_WORD = "Antidiscriminationimplementationaccountabilityframework" * 6

BOARD_PACK = (
    "Minutes of the Board of Directors, 26 March 2026\n\n9.1 Equality, diversity and inclusion report\n\n"
    "The Board confirmed Dr Ada Penhallow, Medical Director, as executive sponsor for race equality, with a remit to "
    "advance anti-racism across the Trust.\n",
    "Listening to our networks\n\nThe Chief Executive attended the Race Equality Network on 14 January 2026 and on 11 "
    "March 2026. Attendance was two of the six meetings that the network held. The network will be\n",
    "offered a standing seat at the People Committee from January 2027.\n\nMeeting | Held | Executive present\n"
    "14 January 2026 | yes | Chief Executive\n",
    "This Trust will publish a stretch goal for ethnic minority representation at Band 8A and above by March 2027.\n",
)
POLICY = (
    "Racist abuse: our zero-tolerance policy\n\nWe told every patient and every colleague in writing on 2 February "
    "2026 that racist abuse is not tolerated here and that care may be refused.\n\nReview date: 1 February 2029\n",
)
STATEMENT = (
    "Anti-racism statement\n\nIn June 2021 the Board published this statement and made racial equity a corporate "
    "objective.\n",
    f"We would like every leader to become an ally. {LONG_WORD} {HOSTILE_SCRIPT} {HOSTILE_LINK}\n"
    f"The talent plan was {HOSTILE_BIDI}. {HOSTILE_FORMULA}\n",
)
NETWORK_NOTES = ("Race Equality Network\n\nThe network chair spoke at an Iftar on 20 March 2026.\n",)


def _framework() -> Framework:
    return Framework(
        id="example",
        title="Example Anti-racism Framework",
        edition="first edition, 2024",
        publisher="The Example Assembly",
        source="https://example.invalid/framework",
        attribution="Example Anti-racism Framework, first edition, 2024, The Example Assembly. Quoted.",
        levels=(
            Level(
                id="bronze",
                label="Bronze",
                text="Bronze shows that an organisation has taken its first steps.",
            ),
            Level(
                id="silver", label="Silver", text="Silver shows that structures for accountability are there."
            ),
            Level(
                id="gold",
                label="Gold",
                text="Gold shows that anti-racism is embedded throughout all levels, with parity in staff experience.",
                asks_more=(
                    "Is anti-racism embedded throughout all levels?",
                    "Is there parity in staff experience?",
                ),
            ),
            Level(id="review", label="Regular review", cumulative=False),
        ),
        principles=(Principle("lead", "Lead from the top"), Principle("act", "Act on what you hear")),
        drivers=(
            Driver(id="front", label="Leading from the front", principle="lead"),
            Driver(id="listen", label="Listen and learn", principle="act"),
            Driver(id="zero", label="Zero tolerance", principle="act"),
        ),
        criteria=_criteria(),
        digest="0" * 64,
    )


def _criterion(name: str, level: str, plain: str, elements: tuple[Element, ...], **more: object) -> Criterion:
    fields: dict[str, object] = {
        "driver": "front",
        "principle": "lead",
        "kind": CriterionKind.SUPPORTING_ACTION if "." in name else CriterionKind.DELIVERABLE,
        "force": Force.MUST,
        "gates_level": "." not in name,
        "wordings": (Wording("table", f"The organisation must show this: {plain}"),),
        "parent": name.partition(".")[0] if "." in name else "",
        "expected_in": ("board paper", "annual report"),
        "typical_evidence": ("a minute that records it",),
    }
    return Criterion(id=name, level=level, plain=plain, elements=elements, **(fields | more))  # type: ignore[arg-type]


def _element(name: str, asks: str, **more: object) -> Element:
    fields: dict[str, object] = {"check": "acts.done", "basis": Basis.WORDING, "required": True}
    return Element(id=name, asks=asks, **(fields | more))  # type: ignore[arg-type]


def _criteria() -> tuple[Criterion, ...]:
    who = _element(
        "who", "Is the person an executive director?", parameters=(("at_least", "executive_director"),)
    )
    done = _element("done", "Is it reported as done?", core=True)
    seen = _element("seen", "Was it approved or minuted?", required=False, basis=Basis.HOUSE)
    told = _element(
        "told", "Does the level text's accountability show?", required=False, basis=Basis.LEVEL_TEXT
    )
    return (
        _criterion(
            "B1",
            "bronze",
            "A senior director is appointed as sponsor for race equality.",
            (
                _element("sponsor", "Is a sponsor appointed?", core=True, variants=("table",)),
                _element("lead", "Is a lead appointed?", core=True, variants=("checklist",)),
                who,
                seen,
                told,
            ),
            wordings=(
                Wording("table", "The appointment of an executive or director level sponsor for equality."),
                Wording("checklist", "A senior director level lead for equality has been appointed."),
            ),
            same_act=(("sponsor", "who"),),
            near_misses=(
                NearMiss(
                    looks_like="a sponsor of another network",
                    because="the other strand is not race",
                    effect=NearMissEffect.EXCLUDE,
                ),
            ),
            assumptions=("A medical director counts as an executive director.",),
        ),
        _criterion("B1.s1", "bronze", "The sponsor has a role description with goals.", (done, seen)),
        _criterion("B2", "bronze", "A stretch goal is set and published.", (done,)),
        _criterion(
            "B3",
            "bronze",
            "Zero tolerance of racist abuse is communicated clearly.",
            (done, _element("racist", "Is racism named?")),
            driver="zero",
            principle="act",
        ),
        _criterion("B4", "bronze", "An anti-racism statement is published.", (done,)),
        _criterion("B4.s1", "bronze", "The statement names a health inequality.", (done,)),
        _criterion(
            "S1",
            "silver",
            "An executive director goes to ethnic minority staff network meetings at least four times a year.",
            (who, done, _element("often", "At least four in a year?", short=Short.CONTRADICTED)),
            driver="listen",
            principle="act",
            window_months=12,
            same_act=(("who", "done"),),
        ),
        _criterion("S1.s1", "silver", "The network chair attends and contributes to committees.", (done,)),
        _criterion("S2", "silver", "All leaders have a development goal on inclusion.", (done,)),
        _criterion(
            "G1",
            "gold",
            "The board's diversity matches that of the local population.",
            (_element("match", "Does the share of seats match?", core=True),),
        ),
        _criterion("R1", "review", "Progress is reviewed at least once a year.", (done,), force=Force.SHOULD),
    )


@dataclass(frozen=True)
class _File:
    path: str
    media: Media
    pages: tuple[str, ...]
    numbered: bool = True
    label_offset: int = 2


_FILES = (
    _File("board/2026-03 board-pack.pdf", Media.PDF, BOARD_PACK),
    _File("policies/zero-tolerance.docx", Media.WORD, POLICY, numbered=False),
    _File("statement.pdf", Media.PDF, STATEMENT),
    _File(HOSTILE_FILE, Media.HTML, NETWORK_NOTES, numbered=False),
)


def _documents() -> tuple[Document, ...]:
    documents = []
    for index, file in enumerate(_FILES, start=1):
        pages = tuple(
            Page(
                number=number if file.numbered else None,
                label=str(number + file.label_offset) if file.numbered else None,
                text=text,
                blocks=(Block(kind=BlockKind.PARAGRAPH, start=0, end=len(text.rstrip()), line=1),),
            )
            for number, text in enumerate(file.pages, start=1)
        )
        if index == 1:
            pages += (
                Page(number=5, state=PageState.BLANK),
                Page(number=6, state=PageState.UNREAD, reason="A picture of text."),
                Page(number=7, state=PageState.UNREAD, reason="A picture of text."),
            )
        documents.append(
            Document(
                id=f"d{index:012d}",
                path=file.path,
                sha256=f"{index:064d}",
                size=1000 * index,
                media=file.media,
                state=DocumentState.PARTLY_READ if index == 1 else DocumentState.READ,
                pages=pages,
            )
        )
    documents.append(
        Document(
            id="d000000000005",
            path="locked.pdf",
            sha256=f"{5:064d}",
            size=5000,
            media=Media.PDF,
            state=DocumentState.NOT_READ,
        )
    )
    return tuple(documents)


DOCUMENTS = _documents()


def _quote(document: int, *parts: tuple[int, str], role: Role, stance: Stance, **more: object) -> Quote:
    """Quote words of a document (from 1), each part on its page (from 0), where they stand."""
    source = DOCUMENTS[document - 1]
    places = []
    for page_index, words in parts:
        page = source.pages[page_index]
        start = page.text.index(words)
        places.append(
            Place(
                document=source.id,
                page_index=page_index,
                page=page.number,
                label=page.label,
                start=start,
                end=start + len(words),
                boxes=((72.0, 100.5, 400.0, 112.25),) if page.number else (),
                line=None if page.number else 3,
            )
        )
    passage = f"{source.id}@{places[0].page_index}:{places[0].start}"
    fields: dict[str, object] = {
        "id": f"{passage}+0",
        "passage": passage,
        "document": source.id,
        "paper": f"{source.id}:p1",
        "text": " ".join(words for _, words in parts),
        "whose": Whose.OWN,
        "probability": 0.9123,
        "reasons": (("race_equality", 1.5),),
    }
    return Quote(places=tuple(places), role=role, stance=stance, **(fields | more))  # type: ignore[arg-type]


def _cue(quote_text: str, words: str, name: str = "done") -> Cue:
    start = quote_text.index(words)
    return Cue(name, words, start, start + len(words))


def _finding(
    name: str, status: Status, rule: int, reason: str, *results: ElementResult, **more: object
) -> Finding:
    intention = bool(more.pop("intention_only", False))
    conclusions = more.pop(
        "conclusions",
        (
            Conclusion(
                variant="table",
                status=status,
                rule=rule,
                reason=reason,
                elements=results,
                intention_only=intention,
            ),
        ),
    )
    return Finding(criterion=name, status=status, conclusions=conclusions, **more)  # type: ignore[arg-type]


def _result(element: str, outcome: Outcome, reason: str, *quotes: Quote) -> ElementResult:
    return ElementResult(
        element=element, outcome=outcome, reason=reason, quotes=tuple(quote.id for quote in quotes)
    )


def _b1() -> Finding:
    words = (
        "The Board confirmed Dr Ada Penhallow, Medical Director, as executive sponsor for race equality, with a remit "
        "to advance anti-racism across the Trust."
    )
    quote = _quote(
        1,
        (0, words),
        role=Role.SUPPORT,
        stance=Stance.DONE,
        cues=(_cue(words, "confirmed"),),
        elements=("sponsor", "who", "seen"),
        act_date=date(2026, 3, 26),
        headings=("Minutes of the Board of Directors", "9.1 Equality, diversity and inclusion report"),
        remark="Minutes of a meeting.",
    )
    who = _result("who", Outcome.SHOWN, "A medical director is an executive director.", quote)
    seen = _result("seen", Outcome.SHOWN, "It stands in board minutes.", quote)
    told = _result("told", Outcome.NOT_SHOWN, "Nothing says so.")
    return _finding(
        "B1",
        Status.EVIDENCED,
        3,
        "",
        conclusions=(
            Conclusion(
                variant="table",
                status=Status.EVIDENCED,
                rule=3,
                reason="A named executive director is sponsor for race equality.",
                elements=(
                    _result("sponsor", Outcome.SHOWN, "A sponsor is confirmed.", quote),
                    who,
                    seen,
                    told,
                ),
            ),
            Conclusion(
                variant="checklist",
                status=Status.NOT_FOUND,
                rule=8,
                reason="A sponsor is not a lead.",
                elements=(_result("lead", Outcome.NOT_SHOWN, "No lead is named."), who, seen, told),
            ),
        ),
        quotes=(quote,),
        split_by_wording=True,
        newest=date(2026, 3, 26),
        oldest=date(2026, 3, 26),
        notes=("The sponsor is named by role.",),
    )


def _s1() -> Finding:
    attended = (
        "The Chief Executive attended the Race Equality Network on 14 January 2026 and on 11 March 2026."
    )
    short = "Attendance was two of the six meetings that the network held."
    row = "14 January 2026 | yes | Chief Executive"
    support = _quote(
        1,
        (1, attended),
        role=Role.SUPPORT,
        stance=Stance.DONE,
        cues=(_cue(attended, "attended"),),
        elements=("who", "done"),
        act_date=date(2026, 3, 11),
        headings=("Listening to our networks",),
    )
    table = _quote(
        1,
        (2, row),
        role=Role.SUPPORT,
        stance=Stance.DONE,
        elements=("done",),
        act_date=date(2026, 1, 14),
        header=("Meeting", "Held", "Executive present"),
    )
    against = _quote(
        1,
        (1, short),
        role=Role.AGAINST,
        stance=Stance.CONTRADICTS,
        cues=(Cue("count", "two of the six", 15, 29),),
        elements=("often",),
        act_date=date(2026, 3, 26),
        date_from_paper=True,
        headings=("Listening to our networks",),
    )
    near = _quote(
        4,
        (0, "The network chair spoke at an Iftar on 20 March 2026."),
        role=Role.NEAR_MISS,
        stance=Stance.DONE,
        whose=Whose.OTHER,
        act_date=date(2026, 3, 20),
        remark="Attendance at an event is not attendance at a network meeting.",
    )
    return _finding(
        "S1",
        Status.CONTRADICTED,
        2,
        "Two of six meetings fall short of four in a year.",
        _result("who", Outcome.SHOWN, "The Chief Executive is an executive director.", support),
        _result("done", Outcome.SHOWN, "Attendance is reported.", support, table),
        _result("often", Outcome.AGAINST, "Two of six meetings.", against),
        quotes=(support, table, against, near),
        newest=date(2026, 3, 11),
        oldest=date(2026, 1, 14),
        next_steps=("Give the attendance record of the network's meetings since October 2025.",),
    )


def _others() -> tuple[Finding, ...]:
    goal = BOARD_PACK[3].strip()
    plan = _quote(
        1,
        (3, goal),
        role=Role.PLAN,
        stance=Stance.PLANNED,
        cues=(_cue(goal, "will publish"),),
        elements=("done",),
        act_date=date(2026, 3, 26),
        date_from_paper=True,
    )
    letter = POLICY[0].split("\n\n")[1]
    told = _quote(
        2,
        (0, letter),
        role=Role.SUPPORT,
        stance=Stance.DONE,
        cues=(_cue(letter, "told"),),
        elements=("done", "racist"),
        act_date=date(2026, 2, 2),
        headings=("Racist abuse: our zero-tolerance policy",),
    )
    old = _quote(
        3,
        (0, STATEMENT[0].split("\n\n")[1].strip()),
        role=Role.SUPPORT,
        stance=Stance.DONE,
        elements=("done",),
        act_date=date(2021, 6, 1),
        in_window=False,
    )
    crossing = _quote(
        1,
        (1, "The network will be"),
        (2, "offered a standing seat at the People Committee from January 2027."),
        role=Role.PLAN,
        stance=Stance.PLANNED,
        elements=("done",),
    )
    hostile = _quote(
        3,
        (1, STATEMENT[1].strip()),
        role=Role.PLAN,
        stance=Stance.ASPIRATION,
        elements=("done",),
        headings=(HOSTILE_SCRIPT, HOSTILE_BIDI),
        remark=HOSTILE_FORMULA,
        stem=HOSTILE_LINK,
    )
    formula = _quote(
        3,
        (1, HOSTILE_FORMULA),
        role=Role.NEAR_MISS,
        stance=Stance.MENTION,
        remark="Not about leaders at all.",
    )
    return (
        _finding(
            "B1.s1", Status.NOT_FOUND, 1, "Nothing direct.", _result("done", Outcome.NOT_SHOWN, "Nothing.")
        ),
        _finding(
            "B2",
            Status.PLANNED,
            7,
            "It is promised.",
            _result("done", Outcome.PLANNED, "A plan.", plan),
            quotes=(plan,),
        ),
        _finding(
            "B3",
            Status.PARTLY,
            6,
            "Told to patients, not to the public.",
            _result("done", Outcome.SHOWN, "It was told in writing.", told),
            _result("racist", Outcome.SHORT, "Named once."),
            quotes=(told,),
            newest=date(2026, 2, 2),
            oldest=date(2026, 2, 2),
        ),
        _finding(
            "B4",
            Status.STALE,
            4,
            "Published in June 2021, more than 36 months ago. This is our own rule.",
            _result("done", Outcome.SHOWN_OLD, "Over 36 months old.", old),
            quotes=(old,),
            newest=date(2021, 6, 1),
            oldest=date(2021, 6, 1),
        ),
        _finding(
            "B4.s1", Status.NOT_FOUND, 8, HOSTILE_SCRIPT, _result("done", Outcome.NOT_SHOWN, "Nothing.")
        ),
        _finding(
            "S1.s1",
            Status.PLANNED,
            7,
            "A seat is promised.",
            _result("done", Outcome.PLANNED, "A plan.", crossing),
            quotes=(crossing,),
        ),
        _finding(
            "S2",
            Status.PLANNED,
            7,
            "A wish that names the thing.",
            _result("done", Outcome.PLANNED, "A wish.", hostile),
            quotes=(hostile, formula),
            intention_only=True,
        ),
        _finding(
            "G1",
            Status.NEEDS_PERSON,
            5,
            "Not yet checked.",
            _result("match", Outcome.OPEN, "This version does not compare shares."),
        ),
        _finding(
            "R1", Status.NOT_FOUND, 1, "Nothing direct.", _result("done", Outcome.NOT_SHOWN, "Nothing.")
        ),
    )


def _papers() -> tuple[Paper, ...]:
    profiles = (
        Profile(
            title="Board of Directors, public meeting",
            organisation="Anyshire Hospitals Trust",
            kind=PaperKind.BOARD_MINUTES,
            meeting_date=date(2026, 3, 26),
            body="Board of Directors",
            public=True,
            reasons=(
                ("kind", "title says minutes"),
                ("meeting_date", "“Minutes of … 26 March 2026” on page 1"),
            ),
        ),
        Profile(
            title="Racist abuse: our zero-tolerance policy",
            kind=PaperKind.POLICY,
            status=PaperStatus.IN_FORCE,
            document_date=date(2026, 2, 2),
            review_date=date(2029, 2, 1),
        ),
        Profile(
            title=HOSTILE_BIDI, kind=PaperKind.STATEMENT, document_date=date(2021, 6, 1), date_is_weak=True
        ),
        Profile(title="", kind=PaperKind.NETWORK_MINUTES, status=PaperStatus.DRAFT),
    )
    return tuple(
        Paper(
            id=f"{document.id}:p1",
            document=document.id,
            first_page=0,
            last_page=len(document.pages) - 1,
            profile=profile,
            item="9.1" if index == 0 else "",
            duplicate_of="d000000000003:p1" if index == 3 else "",
        )
        for index, (document, profile) in enumerate(zip(DOCUMENTS, profiles, strict=False))
    )


def _summary(document: Document) -> DocumentSummary:
    def numbers(state: PageState) -> tuple[int, ...]:
        return tuple(n for n, page in enumerate(document.pages, start=1) if page.state is state)

    return DocumentSummary(
        id=document.id,
        path=document.path,
        sha256=document.sha256,
        size=document.size,
        media=document.media,
        state=document.state,
        page_count=len(document.pages),
        read_pages=len(numbers(PageState.READ)),
        blank_pages=numbers(PageState.BLANK),
        unread_pages=numbers(PageState.UNREAD),
    )


def _cited(findings: tuple[Finding, ...]) -> tuple[CitedPage, ...]:
    places = sorted({(p.document, p.page_index) for f in findings for q in f.quotes for p in q.places})
    by_id = {document.id: document for document in DOCUMENTS}
    return tuple(
        CitedPage(
            document=name,
            page_index=index,
            page=by_id[name].pages[index].number,
            label=by_id[name].pages[index].label,
            text=by_id[name].pages[index].text,
        )
        for name, index in places
    )


def make_map(target: str = "silver") -> EvidenceMap:
    """Return the map; every criterion of the example framework has a finding."""
    findings = (_b1(), _s1(), *_others())
    framework = _framework()
    lines = []
    for level in framework.levels:
        gating = {c.id for c in framework.criteria if c.level == level.id and c.gates_level}
        shown = sum(f.status is Status.EVIDENCED and f.criterion in gating for f in findings)
        lines.append(
            LevelLine(
                level=level.id, evidenced=shown, total=len(gating), confirmed=0, text=f"{level.label}: …"
            )
        )
    return EvidenceMap(
        organisation="Anyshire Hospitals Trust",
        organisation_reason="given with --organisation",
        as_of=AS_OF,
        target=target,
        framework=framework,
        findings=findings,
        levels=tuple(lines),
        documents=tuple(_summary(document) for document in DOCUMENTS),
        papers=_papers(),
        problems=(
            Problem(
                code="no_text",
                file="board/2026-03 board-pack.pdf",
                message="Pages 6 and 7 are pictures of text.",
                next_step="Give a text version of these pages, or run with --ocr auto.",
                pages=(6, 7),
            ),
            Problem(
                code="encrypted",
                file="locked.pdf",
                message="The file asks for a password.",
                next_step="Save a copy without a password.",
            ),
        ),
        cited_pages=_cited(findings),
        run=Run(
            tool_version="0.1.0",
            framework_digest="0" * 64,
            lexicon_digest="1" * 64,
            classifier="keywords",
            settings=(
                ("as_of", "2026-10-01"),
                ("organisation", "Anyshire Hospitals Trust"),
                ("target", target),
            ),
        ),
    )


@pytest.fixture(scope="session")
def sample_map() -> EvidenceMap:
    return make_map()


@pytest.fixture(scope="session")
def bronze_map() -> EvidenceMap:
    return make_map("bronze")


@pytest.fixture(scope="session")
def documents() -> tuple[Document, ...]:
    return DOCUMENTS


@pytest.fixture(scope="session")
def torn_map() -> EvidenceMap:
    """The map with a cited page changed after the quotes were taken: B1's quote is no longer on it."""
    whole = make_map()
    first, *rest = whole.cited_pages
    return replace(
        whole, cited_pages=(replace(first, text=first.text.replace("confirmed", "discussed")), *rest)
    )
