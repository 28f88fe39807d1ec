"""The only place that catches everything and the only one that opens an error box.

A `UserError` is one calm sentence and what to do. Anything else is a bug: written to the log, shown once, with a
button that copies the report.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from shiboken6 import isValid

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import tr
from claims_desk.ui.sounds import sounds

log = logging.getLogger("claims_desk")
_LOG_BYTES = 1_000_000
_shown: set[str] = set()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a piece of work came to: its value, or what went wrong."""

    value: Any = None
    problem: Exception | None = None


def outcome_of(work: Callable[[], Any]) -> Outcome:
    """Do the work; whatever it raises is part of the outcome."""
    try:
        return Outcome(value=work())
    except Exception as problem:
        return Outcome(problem=problem)


def show(owner: QObject | None, problem: Exception) -> None:
    """Tell the user: a refusal in its own words, anything else as a bug that is logged and shown once."""
    if isinstance(problem, UserError):
        advice = problem.advice.text() if problem.advice else ""
        if not _stands(problem.message.text()):
            _box(owner, QMessageBox.Icon.Information, problem.message.text(), advice)
    else:
        report_bug(owner, problem)


def report_bug(owner: QObject | None, problem: BaseException) -> None:
    """Log a bug and show it the first time it happens, with a button that copies the report."""
    report = "".join(traceback.format_exception(problem))
    log.error("A fault of the program\n%s", report)
    place = "".join(traceback.format_tb(problem.__traceback__)[-1:]) + type(problem).__name__
    if place in _shown or QApplication.instance() is None:
        return
    _shown.add(place)
    box = _box(
        owner,
        QMessageBox.Icon.Warning,
        tr("The program made a mistake. What you typed is still there."),
        tr("Go on working. If it comes again, copy the report and send it to your administrator."),
    )
    _add_copy_button(box, report)


def watch(log_file: Path | None = None) -> None:
    """From now on report every exception nobody caught, and write the log to `log_file` (kept below 4 MB)."""
    sys.excepthook = _unexpected
    if log_file is not None:
        log_file.parent.mkdir(parents=True, exist_ok=True)
        writer = RotatingFileHandler(log_file, maxBytes=_LOG_BYTES, backupCount=3, encoding="utf-8")
        writer.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logging.getLogger().addHandler(writer)


def _unexpected(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    if isinstance(problem, KeyboardInterrupt):
        sys.__excepthook__(kind, problem, trace)
    elif isinstance(problem, Exception):
        show(None, problem)
    else:
        report_bug(None, problem)


def _stands(sentence: str) -> bool:
    """Whether a box says this already: a server that is gone refuses every list at once."""
    boxes = (each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox))
    return any(box.isVisible() and box.text() == sentence for box in boxes)


def _box(owner: QObject | None, icon: QMessageBox.Icon, sentence: str, advice: str) -> QMessageBox:
    sounds.refused()
    box = QMessageBox(_window_of(owner))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(icon)
    box.setWindowTitle("Claims Desk")
    box.setText(sentence)
    box.setInformativeText(advice)
    box.addButton(tr("Close"), QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


def _window_of(owner: QObject | None) -> QWidget | None:
    if isinstance(owner, QWidget) and isValid(owner):
        return owner.window()
    return QApplication.activeWindow()


def _add_copy_button(box: QMessageBox, report: str) -> None:
    button = box.addButton(tr("Copy report"), QMessageBox.ButtonRole.HelpRole)
    button.clicked.disconnect()
    button.clicked.connect(lambda: QApplication.clipboard().setText(report))
