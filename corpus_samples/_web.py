"""Builds the web page of the sample pack, with the clutter that real pages have around their words."""

from html import escape
from pathlib import Path

from _markup import Block, Source, with_bold

STYLE = """
body { font-family: Arial, sans-serif; margin: 0; color: #222; }
header, footer { background: #1f4e4a; color: #fff; padding: 1rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; }
nav a, footer a { color: inherit; }
.page { display: grid; grid-template-columns: 14rem 1fr 14rem; gap: 2rem; padding: 1rem; }
.skip { position: absolute; left: -999px; }
"""


def build_web(source: Source, organisation: str, target: Path) -> None:
    """Write the page: banner, navigation, breadcrumbs, side menu, the text itself, news and footer."""
    meta = source.meta
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(meta['title'])}</title>",
        f'<link rel="canonical" href="{escape(meta["url"])}">',
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#main">Skip to main content</a>',
        '<div role="region" aria-label="Cookies"><p>We use cookies to make this website work.</p>'
        '<button type="button">Accept</button> <button type="button">Reject</button></div>',
        f"<header><p>{escape(organisation)}</p>",
        f'<nav aria-label="Main">{_links(meta["nav"])}</nav>',
        '<form role="search"><label for="q">Search</label> <input id="q" name="q"></form></header>',
        f'<nav aria-label="Breadcrumb">{_links(meta["crumbs"])}</nav>',
        '<div class="page">',
        f'<aside aria-label="In this section"><h2>In this section</h2>{_links(meta["side"])}</aside>',
        '<main id="main">',
        *[_block(block) for block in source.blocks],
        f"<p>Page last updated: {escape(meta['updated'])}</p>",
        "</main>",
        f'<aside aria-label="News"><h2>Latest news</h2>{_links(meta["news"])}</aside>',
        "</div>",
        f"<footer>{_links(meta['footer_links'])}",
        *[f"<p>{escape(text)}</p>" for text in meta["footer_text"]],
        f"<p>Copyright 2026 {escape(organisation)}</p></footer>",
        "</body>",
        "</html>",
    ]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _links(labels: list[str]) -> str:
    """A list of links that lead nowhere."""
    return "<ul>" + "".join(f'<li><a href="#">{escape(label)}</a></li>' for label in labels) + "</ul>"


def _block(block: Block) -> str:
    """One block of the text as HTML."""
    if block.kind == "heading":
        return f"<h{block.level}>{with_bold(block.text, 'strong')}</h{block.level}>"
    if block.kind == "bullets":
        return "<ul>" + "".join(f"<li>{with_bold(item, 'strong')}</li>" for item in block.items) + "</ul>"
    return f"<p>{with_bold(block.text, 'strong')}</p>"
