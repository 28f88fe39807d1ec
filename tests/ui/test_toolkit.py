"""The window's toolkit itself: a release that breaks the interpreter is not taken in unseen."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget


def test_calls_that_return_nothing_cost_no_reference_to_nothing(qtbot):
    """PySide6 6.12.0 lost one with each: before Python 3.12, where None is counted, the program ended in mid-work."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    before = sys.getrefcount(None)
    for _ in range(2_000):
        widget.repaint()
    assert sys.getrefcount(None) > before - 1_000
