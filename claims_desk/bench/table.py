"""The performance table as lines of text."""

from __future__ import annotations

from claims_desk.bench.measures import Measured
from claims_desk.domain.messages import tr
from claims_desk.domain.money import format_kip


def heading() -> str:
    """The titles of the columns."""
    return _row(
        tr("What"),
        tr("Count"),
        tr("Ours"),
        tr("Each"),
        tr("Bare code"),
        tr("Ratio"),
        tr("Worst"),
        tr("Statements"),
        tr("MB"),
    )


def line(measured: Measured) -> str:
    """One measure: times, the ratio to bare code, the worst single one, the statements of each, the memory held."""
    return _row(
        measured.what.text(),
        format_kip(measured.count),
        _time(measured.ours),
        _time(measured.ours / measured.count),
        _time(measured.bare),
        f"{measured.ratio:.1f}",
        "" if measured.worst is None else _time(measured.worst),
        "" if measured.statements is None else f"{measured.statements:.3g}",
        "" if measured.megabytes is None else str(measured.megabytes),
    )


def _row(what: str, *cells: str) -> str:
    return f"{what:<42}" + "".join(f"{cell:>11}" for cell in cells)


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"
