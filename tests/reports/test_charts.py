"""Pictures are drawn from what the map says, and say it in words too."""

from __future__ import annotations

from dataclasses import replace

from lxml import html

from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Step, Trend
from evidence_kit.reports.charts import TREND_HEIGHT, TREND_WIDTH, trends
from evidence_kit.reports.view import build
from evidence_kit.reports.webpage import render

TREND = Trend(
    measure="wres_abuse_staff",
    label="Abuse by staff",
    years=(2024, 2025, 2026),
    values=(27.2, 25.9, 26.4),
    written=("27.2%", "25.9%", "26.4%"),
    steps=(Step.BETTER, Step.WORSE),
    quote="",
)


def with_trends(evidence_map: EvidenceMap, *found: Trend) -> EvidenceMap:
    """Give the first finding trends that its first quote tells."""
    first, *rest = evidence_map.findings
    quoted = tuple(replace(one, quote=one.quote or first.quotes[0].id) for one in found)
    return replace(evidence_map, findings=(replace(first, trends=quoted), *rest))


def test_a_measures_line_stays_in_its_picture_and_falls_where_its_figures_fall(
    sample_map: EvidenceMap,
) -> None:
    (group,) = trends(build(with_trends(sample_map, TREND)).findings)
    (line,) = group.lines
    assert group.finding.criterion.id == sample_map.findings[0].criterion
    assert all(0 <= x <= TREND_WIDTH and 0 <= y <= TREND_HEIGHT for x, y in line.points)
    heights = [y for _, y in line.points]
    assert heights[0] < heights[2] < heights[1]
    assert line.words == "better, then worse"
    assert group.words == "Of 1 measure: 1 better in 2025, 0 better in 2026 and 0 in every year"


def test_figures_that_never_change_are_a_line_in_the_picture(sample_map: EvidenceMap) -> None:
    flat = replace(TREND, values=(3.0, 3.0, 3.0), steps=(Step.SAME, Step.SAME))
    (group,) = trends(build(with_trends(sample_map, flat)).findings)
    assert all(0 <= y <= TREND_HEIGHT for _, y in group.lines[0].points)
    assert group.lines[0].words == "the same, then the same"


def test_what_two_papers_say_is_shown_once_and_what_is_not_quoted_never(sample_map: EvidenceMap) -> None:
    other = replace(TREND, label="Abuse by the public")
    lost = replace(other, label="Nobody's figures", quote="no such quote")
    (group,) = trends(build(with_trends(sample_map, TREND, TREND, other, lost)).findings)
    assert [line.label for line in group.lines] == ["Abuse by staff", "Abuse by the public"]


def test_figures_of_a_quote_that_is_not_at_its_place_are_not_shown(torn_map: EvidenceMap) -> None:
    assert trends(build(with_trends(torn_map, TREND)).findings) == ()


def test_the_page_says_in_words_what_the_lines_show(sample_map: EvidenceMap) -> None:
    hostile = replace(TREND, label="<b>Abuse</b>\u202e")
    page = html.fromstring(render(build(with_trends(sample_map, hostile))))
    (row,) = page.xpath("//table[@class='trends']/tbody/tr")
    words = [" ".join(cell.text_content().split()) for cell in row]
    assert words[:4] == ["<b>Abuse</b>[U+202E]", *TREND.written]
    assert words[5] == "better, then worse"
    assert row.xpath(".//a/@href")[0].startswith("#") and len(row.xpath(".//svg//line")) == 2
