"""The option ``--ocr`` of the commands that read papers."""

from __future__ import annotations

import click

from evidence_kit.cli.config import OCR_MODES

ocr_option = click.option(
    "--ocr",
    type=click.Choice(OCR_MODES),
    help="Text recognition: off (the default), auto (pages without usable text) or force (every page).",
)
