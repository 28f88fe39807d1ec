"""The end of the window: everything of Qt goes while Qt still runs; nothing is left to the end of Python."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from shiboken6 import isValid

from claims_desk.ui import background


def take_down(*parts: QObject | None) -> None:
    """End the background's threads, then delete these parts and all that is in them before this returns."""
    background.close()
    for part in parts:
        if part is not None and isValid(part):
            part.deleteLater()
    delete_now()


def delete_now() -> None:
    """Delete what waits for it; Qt does so by itself only in its event loop, which is over at the end."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
