"""Labels of counts: which ethnic group they name, if any; small numbers miss none of the words."""

from __future__ import annotations

import pytest

from evidence_kit.language.count_labels import Group, group_of, names_ethnicity


@pytest.mark.parametrize(
    ("label", "group"),
    [
        ("White British", Group.WHITE),
        ("White and Asian", Group.MINORITY),
        ("Any other White background", Group.WHITE),
        ("Black, Asian and minority ethnic", Group.MINORITY),
        ("Ethnicity not stated", Group.UNSTATED),
        ("BME share", None),
        ("White to BME", None),
        ("Estates", None),
    ],
)
def test_groups(label: str, group: Group | None) -> None:
    assert group_of(label) is group


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("Ethnicity", True),
        ("Traveller", True),
        ("Filipino staff", True),
        ("Minoritised colleagues", True),
        ("White to BME", True),
        ("Share of Black staff", True),
        ("Not stated", True),
        ("Band 5", False),
        ("Total", False),
        ("Unmixed", False),
    ],
)
def test_any_word_of_ethnicity_tells(label: str, names: bool) -> None:
    assert names_ethnicity(label) is names
