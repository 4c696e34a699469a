"""Calendar days: worded, and counted back by months. The same for every room, whatever the machine's language is."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_words(day: date) -> str:
    """Word a day the British way: "12 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the month's last day where it has no such day.

    Args:
        day: Where to count from.
        months: How many; later for a negative number. Nothing is earlier than year 1 or later than year 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    year, month = min(max(year, date.min.year), date.max.year), month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
