"""How well and how fast pages are recognised: pages whose text is known, made into pictures and read.

Usage: ``python benchmarks/ocr.py [FILE.pdf …] [--pages N]`` (the sample pack's PDFs, if none is named)

Each page is rendered at 200 dpi as it is, and then made worse in the ways of real scans. *Words* is the F1 of words
(as multisets, punctuation at their ends left out) against the page's own text, as a mean over pages, and *of all* by
the words that they hold, since a cover has few; *in order* the share of words that stand
in the same order (a file may give headers, footers and tables another place than they have on the page). Seconds are
process CPU time a page, on one thread. *Unsure* is the share of pages below the confidence under which nothing rests on
a page alone; *wrong* the share of the other pages with a word accuracy under .9.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from PIL import Image, ImageFilter

from evidence_kit.checks.gather import LEAST_PAGE
from evidence_kit.readers.ocr import engines as ocr
from evidence_kit.readers.ocr.engines import Picture
from evidence_kit.readers.ocr.page import read_picture
from evidence_kit.readers.pdf import picture as pdf_picture
from evidence_kit.readers.pdf import reader as pdf
from evidence_kit.records.document import Page, PageState
from evidence_kit.resources import demo_root
from evidence_kit.workers import Limits

LIMITS = Limits()
LEAST_WORDS = 20
"""Pages with fewer words say little."""
ACCURATE = 0.9

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


def as_it_is(image: Image.Image) -> Image.Image:
    """Leave the page as it is rendered."""
    return image


def slanting(image: Image.Image) -> Image.Image:
    """Turn the page by a degree and a half."""
    return image.rotate(-1.5, resample=Image.Resampling.BICUBIC, fillcolor=255)


def grainy(image: Image.Image) -> Image.Image:
    """Blur a little, lower the contrast and add grain, as a copier does."""
    soft = image.filter(ImageFilter.GaussianBlur(0.8)).point(lambda grey: 40 + grey * 0.75)
    noise = Image.frombytes("L", soft.size, random.Random(7).randbytes(soft.width * soft.height))
    return Image.blend(soft, noise, 0.12)


def coarse(image: Image.Image) -> Image.Image:
    """Scan at 100 dpi."""
    small = image.resize((image.width // 2, image.height // 2), Image.Resampling.BOX)
    return small.resize(image.size, Image.Resampling.BICUBIC)


def faxed(image: Image.Image) -> Image.Image:
    """Scan at 100 dpi in black and white, blurred: hardly to be read."""
    small = image.filter(ImageFilter.GaussianBlur(1.5)).resize((image.width // 2, image.height // 2))
    return small.point(lambda grey: 255 if grey > 150 else 0).resize(image.size)


WAYS: tuple[Callable[[Image.Image], Image.Image], ...] = (as_it_is, slanting, grainy, coarse, faxed)


@dataclass(frozen=True)
class Read:
    """How one page was read."""

    words: float
    in_order: float
    confidence: float
    seconds: float
    size: int


def words_of(text: str) -> list[str]:
    """Return the words of a text, without the punctuation around them."""
    stripped = (word.strip(".,;:!?()[]“”‘’\"'•·*–—-|").replace("’", "'").lower() for word in text.split())
    return [word for word in stripped if word]


def f1(ours: list[str], theirs: list[str]) -> float:
    """Return the F1 of two multisets of words."""
    common = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * common / max(1, len(ours) + len(theirs))


def in_order(ours: list[str], theirs: list[str]) -> float:
    """Return the share of words that both have in the same order."""
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


def pages_with_text(files: list[Path], most: int) -> Iterator[tuple[Page, Picture]]:
    """Yield pages that have their own text, and their pictures."""
    for path in files:
        count = pdf.inspect(path, LIMITS).page_count
        for index in range(min(count, most)):
            (page,) = pdf.read(path, index, index + 1, LIMITS)
            if page.state is PageState.READ and len(page.text.split()) >= LEAST_WORDS:
                yield page, pdf_picture.picture(path, index, LIMITS)


def read(page: Page, picture: Picture, way: Callable[[Image.Image], Image.Image]) -> Read:
    """Recognise a page made worse in one way."""
    size = (picture.width, picture.height)
    image = way(Image.frombytes("L", size, picture.pixels))
    start = time.process_time()
    found = read_picture(ocr.engine(), replace(picture, pixels=image.tobytes()), page)
    seconds = time.process_time() - start
    ours, theirs = words_of(found.text if found else ""), words_of(page.text)
    confidence = (found.confidence if found else 0.0) or 0.0
    return Read(f1(ours, theirs), in_order(ours, theirs), confidence, seconds, len(theirs))


def main() -> None:
    """Read every page in every way and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=6, help="at most so many pages of each file")
    arguments = parser.parse_args()
    if not ocr.is_installed():
        sys.exit(f"Text recognition is not installed: {ocr.INSTALL}")
    files = arguments.files or sorted(demo_root().glob("*.pdf"))
    pages = list(pages_with_text(files, arguments.pages))
    print(f"{ocr.engine_name()}; {len(pages)} pages of {len(files)} files")
    heads = ("words", "of all", "worst", "in order", "confidence", "seconds", "unsure")
    widths = (6, 6, 6, 8, 10, 8, 7)
    told = " ".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True))
    print(f"{'way':<10} {told} wrong")
    for way in WAYS:
        print_row(way.__name__, [read(page, picture, way) for page, picture in pages])
    if resource:
        print(
            f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
        )


def print_row(name: str, found: list[Read]) -> None:
    """Print the means over all pages read in one way."""
    count = max(1, len(found))
    sure = [one for one in found if one.confidence >= LEAST_PAGE]
    wrong = sum(one.words < ACCURATE for one in sure)
    print(
        f"{name:<10} {sum(one.words for one in found) / count:>6.3f} "
        f"{sum(one.words * one.size for one in found) / max(1, sum(one.size for one in found)):>6.3f} "
        f"{min((one.words for one in found), default=0):>6.3f} {sum(one.in_order for one in found) / count:>8.3f} "
        f"{sum(one.confidence for one in found) / count:>10.3f} {sum(one.seconds for one in found) / count:>8.2f} "
        f"{(len(found) - len(sure)) / count:>7.0%} {wrong / max(1, len(sure)):>5.0%}"
    )


if __name__ == "__main__":
    main()
