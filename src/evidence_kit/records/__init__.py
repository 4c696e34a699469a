"""Frozen records that the stages hand to each other: text once, everything else spans and boxes over it."""
