"""Long work as the user sees it: how far, how long still, and a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from claims_desk.domain.messages import Message, say
from claims_desk.ui.background import Done, Failed, IsCancelled, LongWork, Report, start_long
from claims_desk.ui.speech import bind_text
from claims_desk.ui.widgets.buttons import Button
from claims_desk.ui.widgets.labels import Words

T = TypeVar("T")


class ProgressDialog(QDialog):
    """Shows long work; Cancel asks it to stop, and the dialog stays until it has."""

    def __init__(self, parent: QWidget, title: Message, long: LongWork) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        bind_text(self.setWindowTitle, title)
        self._long = long
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        bind_text(self._bar.setAccessibleName, title)
        self._far = Words(say("Starting …"), "muted")
        self._cancel = Button(say("Cancel"), "Esc", self.reject)
        self._lay_out(title)
        long.moved.connect(self._show_pace)
        long.ended.connect(self.accept)

    def _lay_out(self, title: Message) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(Words(title, "heading"))
        column.addWidget(self._bar)
        foot = QHBoxLayout()
        foot.addWidget(self._far, 1)
        foot.addWidget(self._cancel)
        column.addLayout(foot)

    def reject(self) -> None:
        """Ask the work to stop at its next safe place."""
        self._long.cancel()
        self._cancel.setEnabled(False)
        self._far.say(say("Stopping …"))

    def _show_pace(self) -> None:
        pace = self._long.pace
        if pace.cancelled:
            return
        self._bar.setRange(0, pace.total)
        self._bar.setValue(pace.count)
        self._far.say(_pace_words(pace.count, pace.total, pace.seconds_left()))


def _pace_words(count: int, total: int, seconds: int | None) -> Message:
    if not total:
        return say("{count:kip} rows read", count=count)
    if seconds is None:
        return say("{count:kip} of {total:kip}", count=count, total=total)
    minutes, rest = divmod(seconds, 60)
    left = f"{minutes}:{rest:02}"
    return say("{count:kip} of {total:kip} · {left} left", count=count, total=total, left=left)


def show_progress(
    owner: QWidget,
    title: Message,
    work: Callable[[Report, IsCancelled], T],
    done: Done[T],
    failed: Failed | None = None,
) -> ProgressDialog:
    """Do long work with a bar, time left and Cancel; `work` calls `report(count, total)` and asks `cancelled()`.

    Work that is cancelled should undo what it began and return what `done` expects of it.
    """
    long = start_long(owner, work, done, failed)
    dialog = ProgressDialog(owner, title, long)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.open()
    return dialog
