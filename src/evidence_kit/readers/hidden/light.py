"""When a colour is that of paper, and letters are too small: what makes words that nobody sees."""

from __future__ import annotations

LIGHT = 231
"""Of 255 tones: a letter whose every channel is lighter is not seen on paper."""
SMALLEST = 4.0
"""Points: letters below it are specks."""


def is_light(colour: str) -> bool:
    """Tell whether a colour ("FFFFFF", with or without "#", or with an opaque byte before) is next to paper's."""
    digits = colour.strip().removeprefix("#")
    if len(digits) == 8:
        digits = digits[2:]
    if len(digits) == 3:
        digits = "".join(2 * each for each in digits)
    try:
        return len(digits) == 6 and min(bytes.fromhex(digits)) >= LIGHT
    except ValueError:
        return False
