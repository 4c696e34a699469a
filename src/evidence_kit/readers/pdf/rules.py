"""The straight rules that a page draws: lines, thin bars, and the edges of outlined rectangles.

Filled rectangles without an outline are no rules: most are backgrounds, and their edges cut through text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from evidence_kit.readers.layout.rules import Rule, Rules
from evidence_kit.readers.layout.segments import Geometry

THIN = 3.0
"""A bar of no more than so many points is a rule."""
SHORTEST = 6.0
"""Shorter rules are dashes, ticks and glyphs, in points."""
MOST_OBJECTS = 20_000
MOST_SEGMENTS = 400
"""A path with more segments is a drawing."""
DEEPEST_FORM = 4

Matrix = tuple[float, float, float, float, float, float]


def find_rules(page: Any, geometry: Geometry) -> Rules:
    """Collect the rules of a page, those inside form objects included."""
    rules = Rules([], [])
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for path, matrix in _paths(page):
        if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
            continue
        corners = (left.value, bottom.value, right.value, top.value)
        box = _shown(corners, matrix, geometry)
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            _add_bar(rules, box)
            continue
        segments = pdfium.FPDFPath_CountSegments(path)
        if segments > MOST_SEGMENTS or not _is_outlined(path):
            continue
        if 4 <= segments <= 6 and _is_rectangle(path, segments):
            _add_edges(rules, box)
        else:
            for piece in _straight_pieces(path, segments):
                _add_bar(rules, _shown(piece, _joined(_matrix_of(path), matrix), geometry))
    return rules


def _paths(page: Any) -> Iterator[tuple[Any, Matrix | None]]:
    """Yield path objects with the matrix of the forms around them."""
    get = pdfium.FPDFPage_GetObject
    kind_of = pdfium.FPDFPageObj_GetType
    for number in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        thing = get(page, number)
        kind = kind_of(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield thing, None
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _form_paths(thing, _matrix_of(thing), DEEPEST_FORM)


def _form_paths(form: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    for number in range(min(pdfium.FPDFFormObj_CountObjects(form), MOST_OBJECTS)):
        thing = pdfium.FPDFFormObj_GetObject(form, number)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield thing, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            yield from _form_paths(thing, _joined(_matrix_of(thing), matrix), depth - 1)


def _is_outlined(path: Any) -> bool:
    filled, outlined = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, filled, outlined) and outlined.value)


def _matrix_of(thing: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _joined(inner: Matrix, outer: Matrix | None) -> Matrix:
    """Return the matrix that applies ``inner`` first."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    a2, b2, c2, d2, e2, f2 = outer
    return (
        a * a2 + b * c2,
        a * b2 + b * d2,
        c * a2 + d * c2,
        c * b2 + d * d2,
        e * a2 + f * c2 + e2,
        e * b2 + f * d2 + f2,
    )


def _shown(
    corners: tuple[float, float, float, float], matrix: Matrix | None, geometry: Geometry
) -> tuple[float, float, float, float]:
    """Return the box between two corners as shown: left, top, right, bottom."""
    x, y, x2, y2 = corners
    if matrix is not None:
        a, b, c, d, e, f = matrix
        x, y, x2, y2 = a * x + c * y + e, b * x + d * y + f, a * x2 + c * y2 + e, b * x2 + d * y2 + f
    left, top = geometry.shown(x, y)
    right, bottom = geometry.shown(x2, y2)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def _add_bar(rules: Rules, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    if bottom - top <= THIN and right - left >= SHORTEST:
        rules.horizontal.append(Rule((top + bottom) / 2, left, right))
    elif right - left <= THIN and bottom - top >= SHORTEST:
        rules.vertical.append(Rule((left + right) / 2, top, bottom))


def _add_edges(rules: Rules, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    if right - left >= SHORTEST and bottom - top >= SHORTEST:
        rules.horizontal.extend((Rule(top, left, right), Rule(bottom, left, right)))
        rules.vertical.extend((Rule(left, top, bottom), Rule(right, top, bottom)))


def _points(path: Any, segments: int) -> Iterator[tuple[int, float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield pdfium.FPDFPathSegment_GetType(segment), x.value, y.value


def _is_rectangle(path: Any, segments: int) -> bool:
    """Whether every side runs along an axis and none is a curve."""
    points = list(_points(path, segments))
    if any(kind == pdfium.FPDF_SEGMENT_BEZIERTO for kind, _, _ in points):
        return False
    return all(
        abs(x - x2) < 0.1 or abs(y - y2) < 0.1
        for (_, x, y), (kind, x2, y2) in pairwise(points)
        if kind == pdfium.FPDF_SEGMENT_LINETO
    )


def _straight_pieces(path: Any, segments: int) -> Iterator[tuple[float, float, float, float]]:
    """Yield the pieces of a longer path that are lines along an axis, in the path's own coordinates."""
    last = (0.0, 0.0)
    for kind, x, y in _points(path, segments):
        if kind == pdfium.FPDF_SEGMENT_LINETO and (abs(x - last[0]) < 0.1 or abs(y - last[1]) < 0.1):
            yield (*last, x, y)
        last = (x, y)
