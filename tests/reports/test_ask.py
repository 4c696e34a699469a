"""What to gather: complete, dated, and the same in text and on the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from evidence_kit.errors import UsageError
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports.ask import render_ask

AS_OF = date(2026, 10, 1)


def test_levels_come_lowest_first_and_stop_at_the_target(sample_map: EvidenceMap) -> None:
    ask = render_ask(sample_map.framework, "silver", AS_OF)
    page = html.fromstring(ask.html)
    assert page.xpath("//h2/text()") == ["Bronze", "Silver"]
    assert ask.text.index("BRONZE") < ask.text.index("SILVER")
    for name in ("B1", "B1.s1", "S1"):
        assert page.get_element_by_id(name) is not None
    assert "G1" not in ask.text and "R1" not in ask.text


def test_windows_are_days(sample_map: EvidenceMap) -> None:
    ask = render_ask(sample_map.framework, "silver", AS_OF)
    flat = " ".join(ask.text.split())
    when = "from 1 October 2025 (12 months back from 1 October 2026; from 1 August 2025 is tolerated"
    assert when in flat
    assert when in " ".join(html.fromstring(ask.html).text_content().split())
    assert "over 36 months old" in flat


def test_text_and_page_say_the_same(sample_map: EvidenceMap) -> None:
    ask = render_ask(sample_map.framework, "gold", AS_OF)
    text = " ".join(ask.text.split())
    page = " ".join(html.fromstring(ask.html).text_content().split())
    for criterion in sample_map.framework.criteria:
        if criterion.level == "review":
            continue
        wanted = [
            criterion.plain,
            *(w.text for w in criterion.wordings),
            *(e.asks for e in criterion.elements),
        ]
        wanted += [miss.because for miss in criterion.near_misses]
        for words in wanted:
            assert words in text, words
            assert words in page, words
    assert "framework wording, in the table only" in text
    assert sample_map.framework.attribution in text
    assert max(len(line) for line in ask.text.splitlines()) <= 88


def test_it_says_whom_to_ask(sample_map: EvidenceMap) -> None:
    criterion = replace(
        sample_map.framework.criteria[0],
        expected_in=("network minutes", "WRES report"),
        typical_evidence=("attendance record",),
    )
    framework = replace(sample_map.framework, criteria=(criterion,))
    text = " ".join(render_ask(framework, "bronze", AS_OF).text.split())
    assert (
        "Whom to ask, as a rule: the trust secretary or governance team, the chair of the staff network or the "
        "workforce information team" in text
    )


def test_page_is_safe(sample_map: EvidenceMap) -> None:
    evil = "<script>alert(1)</script>"
    criterion = replace(sample_map.framework.criteria[0], plain=evil, expected_in=(evil,))
    page = render_ask(replace(sample_map.framework, title=evil, criteria=(criterion,)), "bronze", AS_OF).html
    assert "<script" not in page
    ids = html.fromstring(page).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_unknown_level(sample_map: EvidenceMap) -> None:
    with pytest.raises(UsageError, match="platinum"):
        render_ask(sample_map.framework, "platinum", AS_OF)
