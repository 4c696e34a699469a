"""The pages in a real browser: no axe violation at WCAG 2.2 A and AA, reflow, print, keyboard, nothing fetched.

Needs Debian's Chromium (``apt-get install chromium``); without it these tests are skipped, and under ``CI=true`` such
a skip is a failure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from evidence_kit.records.decision import Decision, QuoteKey, Verdict
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports.ask import render_ask
from evidence_kit.reports.view import build
from evidence_kit.reports.webpage import render

LOOKS = (
    ("silver", 360),
    ("silver", 1280),
    ("bronze", 1280),
    ("torn", 1280),
    ("ask", 360),
    ("ask", 1280),
)
REFLOWS = (("large", 320), ("silver", 320), ("silver", 768), ("silver", 1100), ("torn", 320), ("ask", 320))


@pytest.fixture(scope="session")
def files(
    tmp_path_factory: pytest.TempPathFactory,
    sample_map: EvidenceMap,
    bronze_map: EvidenceMap,
    torn_map: EvidenceMap,
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    pages = {
        "silver": render(build(sample_map, _decisions(), sources="../papers")),
        "large": render(build(_large(sample_map))),
        "bronze": render(build(bronze_map)),
        "torn": render(build(torn_map)),
        "ask": render_ask(sample_map.framework, "gold", sample_map.as_of).html,
    }
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


def _decisions() -> list[Decision]:
    """Return decisions of two people who differ, and one without a place."""
    first = Decision(
        criterion="B1", verdict=Verdict.CONFIRMED, person="Priya Nair", at="2026-11-24T09:30:00Z"
    )
    lost = replace(first, verdict=Verdict.REJECT, quote=QuoteKey(text="words that stand nowhere"))
    return [first, replace(first, verdict=Verdict.PARTLY, person="Ben Asante", comment="Not yet."), lost]


LARGE_DOCUMENTS, LARGE_QUOTES = 300, 5000


def _large(evidence_map: EvidenceMap) -> EvidenceMap:
    """Return a map of 300 documents and 5,000 quotes: the sample's, many times over."""
    documents = [
        replace(one, id=f"d{number:012x}", path=f"year {number % 9}/{number}-{one.path}")
        for number in range(LARGE_DOCUMENTS)
        for one in [evidence_map.documents[number % len(evidence_map.documents)]]
    ]
    twins = {
        one.id: [
            copy.id
            for number, copy in enumerate(documents)
            if evidence_map.documents[number % len(evidence_map.documents)] is one
        ]
        for one in evidence_map.documents
    }
    pages = [
        replace(page, document=twin) for page in evidence_map.cited_pages for twin in twins[page.document]
    ]
    total = sum(len(one.quotes) for one in evidence_map.findings)
    each = -(-LARGE_QUOTES // total)
    findings = []
    for one in evidence_map.findings:
        quotes = [
            replace(
                quote,
                id=f"{quote.id}-{number}",
                document=twin,
                places=tuple(replace(place, document=twin) for place in quote.places),
            )
            for quote in one.quotes
            for number in range(each)
            for twin in [twins[quote.document][number % len(twins[quote.document])]]
        ]
        findings.append(replace(one, quotes=tuple(quotes)))
    return replace(
        evidence_map, documents=tuple(documents), findings=tuple(findings), cited_pages=tuple(pages)
    )


def _open(browser: Browser, file: Path, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=True)
    page.goto(file.as_uri())
    return page


def _wait(page: Page, true: str) -> None:
    """Wait until an expression holds; Playwright's own way evaluates in the page, which its policy forbids."""
    for _ in range(200):
        if page.evaluate(true):
            return
        page.wait_for_timeout(25)
    raise AssertionError(true)


@pytest.mark.parametrize(("name", "width"), LOOKS)
def test_axe_finds_nothing(
    violations: Callable[..., object], files: dict[str, Path], name: str, width: int
) -> None:
    assert not violations(files[name], width)


@pytest.mark.parametrize(("name", "width"), REFLOWS)
def test_no_page_scrolls_sideways(browser: Browser, files: dict[str, Path], name: str, width: int) -> None:
    page = _open(browser, files[name], width)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(part => !part.closest('.scroll')"
        " && part.getBoundingClientRect().right > innerWidth + 1).map(part => part.outerHTML.slice(0, 80))"
    )
    page.close()
    assert outside == []


def test_the_first_screen_says_how_it_stands_and_what_is_missing(
    browser: Browser, files: dict[str, Path]
) -> None:
    page = _open(browser, files["silver"], 1280)
    for part in (".card.target .line", ".card.target figcaption", ".first li:first-child a"):
        box = page.locator(part).bounding_box()
        assert box is not None and box["y"] + box["height"] < 900, part
    page.close()


def test_links_and_buttons_are_large_enough(browser: Browser, files: dict[str, Path]) -> None:
    page = _open(browser, files["silver"], 360)
    small = page.evaluate(
        "[...document.querySelectorAll('nav a, .chip, summary, .grid a')]"
        ".map(part => [part.outerHTML.slice(0, 80), part.getBoundingClientRect()])"
        ".filter(([_, box]) => box.width && (box.height < 24 || box.width < 24)).map(([text]) => text)"
    )
    page.close()
    assert small == []


def test_closed_parts_are_printed(browser: Browser, files: dict[str, Path]) -> None:
    page = _open(browser, files["silver"], 1280)
    assert page.evaluate("[...document.querySelectorAll('details')].every(part => !part.open)")
    hidden = "[...document.querySelectorAll('details > :not(summary)')].filter(part => !part.checkVisibility()).length"
    assert page.evaluate(hidden) > 0
    page.emulate_media(media="print")
    visible = "[...document.querySelectorAll('details > :not(summary)')].every(part => part.offsetHeight > 0)"
    assert page.evaluate(visible)
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(" ".join(leaf.get_textpage().get_text_range() for leaf in document).split())
    page.close()
    assert "Attendance at an event is not attendance at a network meeting." in text
    assert "This version does not compare shares." in text


def test_the_keyboard_reaches_the_content_and_the_scrolling_tables(
    browser: Browser, files: dict[str, Path]
) -> None:
    page = _open(browser, files["silver"], 360)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "[document.activeElement.tagName, document.activeElement.getAttribute('role'), "
                "document.activeElement.ariaLabel]"
            )
        )
    page.close()
    assert reached[0][0] == "A"  # what is missing first
    assert ["DIV", "region", "Criteria by status"] in reached


def _shown(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('article[data-criterion], details[data-criterion]')]"
        ".filter(part => !part.hidden).map(part => part.id)"
    )
    return found


@pytest.mark.parametrize("name", ["silver", "large"])
def test_filters_by_keyboard_lead_to_a_quote(browser: Browser, files: dict[str, Path], name: str) -> None:
    page = _open(browser, files[name], 1280)
    every = _shown(page)
    page.focus("select[name=status]")
    page.keyboard.press("p")  # "partly evidenced", the first that begins so
    _wait(page, "document.querySelector('select[name=status]').value === 'partly'")
    some = _shown(page)
    assert 0 < len(some) < len(every)
    assert f"{len(some)} of {len(every)} criteria are shown." in page.inner_text("#filtered")
    for link in [".glance tr:not([hidden]) a"] + (
        ["article:not([hidden]) td a.chip"] if name == "silver" else []
    ):
        page.focus(link)
        page.keyboard.press("Enter")
        goal = page.evaluate("location.hash.slice(1)")
        assert page.evaluate(f"document.getElementById('{goal}').checkVisibility()")
    page.focus("#filters button")
    page.keyboard.press("Enter")
    _wait(page, "document.getElementById('filtered').textContent.startsWith('All')")
    assert _shown(page) == every
    page.close()


def test_a_link_to_what_a_filter_hides_shows_it_again(browser: Browser, files: dict[str, Path]) -> None:
    page = _open(browser, files["silver"], 1280)
    every = _shown(page)
    page.select_option("select[name=level]", "silver")
    hidden = next(one for one in every if one not in _shown(page))
    page.click(f".nav-title ~ ul a[href='#{hidden}'], #principles ~ ul a[href='#{hidden}']")
    _wait(page, f"!document.getElementById('{hidden}').hidden")
    page.close()


def test_without_scripts_everything_stands_there(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(files["silver"].as_uri())
    assert not page.is_visible("#filters")
    assert page.locator("article[data-criterion]").first.is_visible()
    page.close()


def test_nothing_is_fetched_and_nothing_runs(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page()
    requests: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(files["silver"].as_uri())
    page.wait_for_timeout(200)
    page.close()
    assert requests == [files["silver"].as_uri()]
    assert dialogs == []
