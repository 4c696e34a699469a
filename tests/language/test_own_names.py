"""Names that the papers explain, and what only looks like an explanation."""

from __future__ import annotations

import pytest

from evidence_kit.language.lexicon import Lexicon, load_lexicon
from evidence_kit.language.own_names import learn_names
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Context, Passage, Segment
from evidence_kit.resources import lexicon_root

NETWORK, COUNCIL, TEAM = "ethnic_minority_staff_network", "leadership_council", "executive_team"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(lexicon_root())


def passage(text: str, kind: BlockKind = BlockKind.PARAGRAPH, header: tuple[str, ...] = ()) -> Passage:
    place = Segment(page=0, start=0, end=len(text))
    return Passage(
        id="d@0:0",
        document="d",
        paper="p",
        kind=kind,
        segments=(place,),
        text=text,
        context=Context(header=header),
    )


@pytest.mark.parametrize(
    ("text", "learnt"),
    [
        (
            "Kiln is the staff network of our ethnic minority colleagues. She spoke at Kiln.",
            ("Kiln", NETWORK),
        ),
        ("We met Kiln, our network of racialised colleagues, in May.", ("Kiln", NETWORK)),
        ("Money went to Kiln, the race equality network, and this was agreed.", ("Kiln", NETWORK)),
        ("They wrote to Kiln: the network for Black and Asian staff.", ("Kiln", NETWORK)),
        ("They wrote to Kiln – our BAME staff network – in May.", ("Kiln", NETWORK)),
        ("They wrote to Kiln (our global majority network) in May.", ("Kiln", NETWORK)),
        ("Our network of ethnic minority colleagues, known as Kiln, met.", ("Kiln", NETWORK)),
        ("Our network of ethnic minority colleagues is called Kiln.", ("Kiln", NETWORK)),
        ("Our race equality network (Kiln) met.", ("Kiln", NETWORK)),
        ("Kiln is what we call our race equality network. All of Kiln came.", ("Kiln", NETWORK)),
        ("The Upper Room is our leadership council. In the Upper Room we decide.", ("Upper Room", COUNCIL)),
        ("By the Monday Circle we mean the senior leadership team.", ("Monday Circle", TEAM)),
        ("Our senior leadership team (the Monday Circle) agreed.", ("Monday Circle", TEAM)),
        ("Spark is our appraisal. Everybody has a Spark each year.", ("Spark", "appraisal_word")),
        (
            "Bridges is the network of disabled colleagues. We thank Bridges.",
            ("Bridges", "other_staff_network"),
        ),
    ],
)
def test_explained(lexicon: Lexicon, text: str, learnt: tuple[str, str]) -> None:
    assert learn_names([passage(text)], lexicon) == (learnt,)


@pytest.mark.parametrize(
    "text",
    [
        "Joan Pell is the chair of our ethnic minority staff network. We thank Joan Pell.",
        "Our race equality network (Joan Pell) met.",
        "The chair of our race equality network is called Joan Pell.",
        "We asked Unison, the BAME staff network and others.",
        "We asked Unison, the BAME staff network, and the chaplains.",
        "People came from UNISON, the council, schools, from the BAME community.",
        "We asked Unison, our network of Black staff and the chaplains.",
        "This is our race equality network.",
        "Membership is the staff network of our Black colleagues. Pay for membership.",
        "Kiln is the senior leadership team of Ravenholme Hospitals. We met Kiln.",
        "Kiln is the place where our Black colleagues meet. We met Kiln.",
        "Kiln is our network lead for Black colleagues. We met Kiln.",
        "Kiln is our race equality network. We met Kiln. Kiln is our senior leadership team.",
    ],
)
def test_not_explained(lexicon: Lexicon, text: str) -> None:
    assert learn_names([passage(text)], lexicon) == ()


def test_a_glossary_explains_by_its_rows(lexicon: Lexicon) -> None:
    header = ("Name", "What it is")
    rows = [
        passage("Kiln\tStaff network of ethnic minority colleagues", BlockKind.TABLE_ROW, header),
        passage("The Upper Room\tOur leadership council", BlockKind.TABLE_ROW, header),
        passage("Joan Pell\tChair of the race equality network", BlockKind.TABLE_ROW, header),
        passage("Today Joan Pell brought Kiln to the Upper Room."),
    ]
    assert learn_names(rows, lexicon) == (("Kiln", NETWORK), ("Upper Room", COUNCIL))
    others = [
        passage(row.text, BlockKind.TABLE_ROW, ("Body", "Asked")) if row.context.header else row
        for row in rows
    ]
    assert learn_names(others, lexicon) == ()


def test_a_title_explains_by_its_colon(lexicon: Lexicon) -> None:
    told = passage("In May we wrote Open Doors.")
    title = "Open Doors: anti-racism action plan 2026/27"
    assert learn_names([passage(title, BlockKind.HEADING), told], lexicon) == (
        ("Open Doors", "anti_racism_plan"),
    )
    assert learn_names([passage(title), told], lexicon) == ()
