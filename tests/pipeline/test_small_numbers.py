"""Small numbers by ethnicity: which tables count people, which cells are small, and what gives them away."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_kit.pipeline.sharing.small_numbers import (
    HIDDEN,
    Cell,
    CountTable,
    advise,
    records_of,
    secondary,
    small_cells,
    tables_of,
)
from evidence_kit.records.document import Block, BlockKind, Page

LIMIT = 10


def table(inner: Sequence[Sequence[int]], *, row_totals: bool, column_totals: bool) -> CountTable:
    rows = [list(row) for row in inner]
    if row_totals:
        rows = [[*row, sum(row)] for row in rows]
    if column_totals:
        rows.append([sum(column) for column in zip(*rows, strict=True)])
    return CountTable(
        counts=rows,
        rows=tuple(f"r{number}" for number in range(len(rows))),
        columns=tuple(f"c{number}" for number in range(len(rows[0]))),
        total_row=len(rows) - 1 if column_totals else None,
        total_column=len(rows[0]) - 1 if row_totals else None,
    )


def known_from_sums(one: CountTable, hidden: frozenset[Cell]) -> set[Cell]:
    """Return the hidden cells that the table's sums fix, by solving the equations: nothing of the rule under test."""
    unknown = sorted(hidden)
    equations = []
    width, height = len(one.counts[0]), len(one.counts)
    if one.total_column is not None:
        for row in range(height):
            equations.append(
                {(row, column): 1 if column != one.total_column else -1 for column in range(width)}
            )
    if one.total_row is not None:
        for column in range(width):
            equations.append({(row, column): 1 if row != one.total_row else -1 for row in range(height)})
    matrix = [[Fraction(equation.get(cell, 0)) for cell in unknown] for equation in equations]
    pivots: dict[int, list[Fraction]] = {}
    for line in matrix:
        for column, pivot in pivots.items():
            factor = line[column]
            line = [a - factor * b for a, b in zip(line, pivot, strict=True)]
        lead = next((number for number, value in enumerate(line) if value), None)
        if lead is None:
            continue
        line = [value / line[lead] for value in line]
        for column, pivot in list(pivots.items()):
            factor = pivot[lead]
            pivots[column] = [a - factor * b for a, b in zip(pivot, line, strict=True)]
        pivots[lead] = line
    return {unknown[lead] for lead, line in pivots.items() if sum(value != 0 for value in line) == 1}


TABLES = st.builds(
    table,
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(st.one_of(st.integers(0, 14), st.integers(0, 400)), min_size=width, max_size=width),
            min_size=1,
            max_size=6,
        )
    ),
    row_totals=st.booleans(),
    column_totals=st.booleans(),
)


@given(TABLES)
@settings(max_examples=400, deadline=None)
def test_no_small_cell_can_be_worked_out_from_the_totals(one: CountTable) -> None:
    small = small_cells(one, LIMIT)
    more = secondary(one, small)
    assert not small & more
    assert not known_from_sums(one, small | more) & small


@given(TABLES)
@settings(max_examples=200, deadline=None)
def test_nothing_is_hidden_where_nothing_is_small_or_given_away(one: CountTable) -> None:
    assert secondary(one, frozenset()) == frozenset()
    small = small_cells(one, LIMIT)
    if not known_from_sums(one, small) & small:
        assert secondary(one, small) == frozenset()


@given(TABLES, st.integers(1, 50))
@settings(max_examples=200, deadline=None)
def test_every_small_cell_is_told_and_no_other(one: CountTable, limit: int) -> None:
    values = [value for row in one.counts for value in row]
    told = [advice.value for advice in advise(one, limit)]
    assert sorted(told) == sorted(value for value in values if value is not None and 0 < value < limit)


def test_the_smallest_other_cell_is_named() -> None:
    one = table([[800, 4, 31], [300, 60, 22]], row_totals=True, column_totals=False)
    (advice,) = advise(one, LIMIT)
    assert (advice.row, advice.column, advice.value, advice.also) == ("r0", "c1", 4, ("r0, c2",))


def page(rows: Sequence[Sequence[str]], heading: str = "") -> Page:
    text, blocks = heading, []
    if heading:
        blocks.append(Block(kind=BlockKind.HEADING, start=0, end=len(text)))
    for number, row in enumerate(rows):
        start, spans = len(text), []
        for cell in row:
            spans.append((len(text), len(text) + len(cell)))
            text += f"{cell}\t"
        blocks.append(
            Block(
                kind=BlockKind.TABLE_ROW, start=start, end=len(text), table=0, row=number, cells=tuple(spans)
            )
        )
    return Page(number=1, text=text, blocks=tuple(blocks))


def told(rows: Sequence[Sequence[str]], heading: str = "") -> list[tuple[str, str, int]]:
    found = [advice for one in tables_of(page(rows, heading)) for advice in advise(one, LIMIT)]
    return [(advice.row, advice.column, advice.value) for advice in found]


def test_groups_in_rows_and_in_columns() -> None:
    rows = [("Ethnic group", "Staff", "Leavers"), ("White", "2,104", "212"), ("Mixed", "38", "6 (15.8%)")]
    assert told(rows) == [("Mixed", "Leavers", 6)]
    rows = [
        ("Directorate", "White", "BME", "Total"),
        ("Pharmacy", "41", "3", "44"),
        ("Theatres", "88", "27", "115"),
    ]
    assert told(rows) == [("Pharmacy", "BME", 3)]


def test_figures_that_count_no_people_are_passed_over() -> None:
    assert told([("Indicator", "White", "BME"), ("Relative likelihood", "1", "2")]) == []
    assert told([("Ethnic group", "% of staff", "Pay gap"), ("Asian", "4", "7")]) == []
    assert told([("Grade", "Women", "Men"), ("Band 5", "3", "9")]) == []
    assert told([("Group", "Year", "Staff"), ("Asian", "3", "140")]) == []
    assert told([("Ethnic group", "Staff"), ("Asian", "1.6"), ("Black", "<10"), ("Mixed", "*")]) == []


def test_a_cell_that_the_table_hides_in_vain_is_told() -> None:
    rows = [
        ("Ethnic group", "Leavers"),
        ("White", "212"),
        ("Asian", "14"),
        ("Mixed", "<10"),
        ("Total", "232"),
    ]
    (one,) = tables_of(page(rows))
    (advice,) = advise(one, LIMIT)
    assert (advice.row, advice.value, advice.also) == ("Mixed", HIDDEN, ("Asian, Leavers",))
    rows[2] = ("Asian", "<20")
    assert told(rows) == []


def test_pay_bands_in_columns_count_people() -> None:
    rows = [
        ("Ethnic group", "Headcount", "Bands 1 to 4", "Band 8a and above", "Medical"),
        ("Indian", "312", "227", "<10", "81"),
        ("White British", "3,575", "3,188", "178", "209"),
    ]
    assert told(rows) == [("Indian", "Band 8a and above", HIDDEN)]
    assert told([("Ethnic group", "Pay band"), ("Asian", "5"), ("Black", "7")]) == []


def test_a_row_a_person_is_told_as_such_and_not_as_counts() -> None:
    groups = ("White", "Asian", "White", "Black", "White", "Asian", "Mixed", "White")
    rows = [
        ("Staff ID", "Age", "Ethnic group"),
        *((str(number), "41", group) for number, group in enumerate(groups)),
    ]
    assert list(records_of(page(rows))) == ["8 rows with Staff ID, Age, Ethnic group"]
    assert told(rows) == []
    counts = [("Ethnic group", "Age under 30"), *((group, "41") for group in sorted(set(groups)))]
    assert list(records_of(page(counts))) == []


def test_a_large_table_takes_no_long_time() -> None:
    rows = [("Team", "White", "BME", "Total"), *((f"Team {number}", "3", "4", "7") for number in range(3000))]
    assert len(told(rows)) == 9000
