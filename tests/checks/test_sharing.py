"""Where something was published, presented or written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from evidence_kit.checks.base import Parameters, Witness
from evidence_kit.checks.sharing import in_paper, presented_to, published
from evidence_kit.records.finding import Outcome
from evidence_kit.records.passage import STATED_BY_TRUST, PaperKind
from evidence_kit.records.reading import Mention, Origin

ONLINE: Parameters = {"any_of": ("on_website",)}


@pytest.fixture
def witness(make_witness, make_paper) -> Callable[..., Witness]:
    """Build a witness in a paper of a kind, with concepts of certain origins."""

    def build(kind: PaperKind, *where: tuple[str, Origin], public: bool | None = None) -> Witness:
        made = make_witness(concepts=())
        found = tuple(Mention(concept, 0, 3, concept, origin) for concept, origin in where)
        return replace(
            made,
            act=replace(made.act, mentions=found),
            paper=make_paper(kind=kind, public=public, title="The paper"),
        )

    return build


def outcome(shown: bool) -> Outcome:
    return Outcome.SHOWN if shown else Outcome.NOT_SHOWN


@pytest.mark.parametrize(
    ("kind", "public", "where", "parameters", "shown"),
    [
        (PaperKind.REPORT, None, [("on_website", Origin.TEXT)], ONLINE, True),
        (PaperKind.REPORT, None, [("on_website", Origin.HEADING)], ONLINE, False),
        (PaperKind.REPORT, None, [], ONLINE, False),
        (PaperKind.REPORT, True, [], ONLINE, True),
        (PaperKind.ANNUAL_REPORT, None, [], ONLINE, True),
        (PaperKind.WEB_PAGE, None, [], ONLINE, True),
        # a paper that is said not to be public is not, whatever its kind
        (PaperKind.WEB_PAGE, False, [], ONLINE, False),
        (PaperKind.WEB_PAGE, True, [], {**ONLINE, "public_paper": False}, False),
        # minutes tell of a statement, and do not print it
        (PaperKind.BOARD_MINUTES, True, [], ONLINE, True),
        (PaperKind.BOARD_MINUTES, True, [], {**ONLINE, "not_in": ("board_minutes",)}, False),
        (PaperKind.WEB_PAGE, True, [("on_website", Origin.TEXT)], {**ONLINE, "public_paper": False}, True),
    ],
)
def test_published(witness, kind, public, where, parameters: Parameters, shown: bool) -> None:
    assert published(witness(kind, *where, public=public), parameters).outcome is outcome(shown)


@pytest.mark.parametrize(
    ("kind", "where", "expected"),
    [
        (PaperKind.REPORT, [], Outcome.OPEN),
        (PaperKind.REPORT, [("on_website", Origin.TEXT)], Outcome.SHOWN),
        (PaperKind.ANNUAL_REPORT, [], Outcome.SHOWN),
    ],
)
def test_what_only_the_register_states_is_open(witness, kind, where, expected: Outcome) -> None:
    made = witness(kind, *where, public=True)
    profile = replace(made.paper.profile, reasons=(("public", STATED_BY_TRUST),))
    result = published(replace(made, paper=replace(made.paper, profile=profile)), ONLINE)
    assert result.outcome is expected
    assert ("stated by the trust in its evidence register" in result.reason) is (expected is Outcome.OPEN)


@pytest.mark.parametrize(
    ("kind", "where", "parameters", "shown"),
    [
        (PaperKind.REPORT, [("board", Origin.TEXT)], {"any_of": ("board",)}, True),
        (PaperKind.REPORT, [], {"any_of": ("board",)}, False),
        (PaperKind.BOARD_PAPER, [], {"any_of": ("board",)}, True),
        (PaperKind.BOARD_MINUTES, [], {"any_of": ("board",)}, True),
        (PaperKind.COMMITTEE_PAPER, [], {"any_of": ("board",)}, False),
        (PaperKind.COMMITTEE_PAPER, [], {"any_of": ("committee",)}, True),
        (PaperKind.COMMITTEE_MINUTES, [], {"any_of": ("board", "committee")}, True),
        (PaperKind.NETWORK_MINUTES, [("race_network", Origin.PAPER)], {"any_of": ("race_network",)}, True),
        (PaperKind.BOARD_PAPER, [], {"any_of": ("board",), "own_words": True}, False),
        (PaperKind.BOARD_PAPER, [("board", Origin.TEXT)], {"any_of": ("board",), "own_words": True}, True),
    ],
)
def test_presented_to(witness, kind, where, parameters: Parameters, shown: bool) -> None:
    assert presented_to(witness(kind, *where), parameters).outcome is outcome(shown)


@pytest.mark.parametrize(
    ("kind", "where", "parameters", "shown"),
    [
        (PaperKind.POLICY, [], {"kinds": ("policy", "statement")}, True),
        (PaperKind.REPORT, [], {"kinds": ("policy", "statement")}, False),
        (PaperKind.REPORT, [], {"kinds": "report"}, True),
        (PaperKind.POLICY, [("racism", Origin.PAPER)], {"kinds": ("policy",), "any_of": ("racism",)}, True),
        (PaperKind.POLICY, [("racism", Origin.TEXT)], {"kinds": ("policy",), "any_of": ("racism",)}, False),
    ],
)
def test_in_paper(witness, kind, where, parameters: Parameters, shown: bool) -> None:
    assert in_paper(witness(kind, *where), parameters).outcome is outcome(shown)


def test_reasons_name_the_paper(witness) -> None:
    assert (
        published(witness(PaperKind.ANNUAL_REPORT), ONLINE).reason
        == "it stands in a public paper (The paper)"
    )
    assert "board papers" in presented_to(witness(PaperKind.BOARD_PAPER), {"any_of": ("board",)}).reason
    assert in_paper(witness(PaperKind.POLICY), {"kinds": ("policy",)}).reason == "in “The paper”"
