"""Keys that stand on no button, with what they do in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from claims_desk.ui.speech import Spoken, bind_text


class HotKey(QShortcut):
    """A key of a window or pane; the sheet of keys (Ctrl+F1) reads its words from here."""

    def __init__(self, parent: QWidget, keys: str, does: Spoken, deed: Callable[[], object]) -> None:
        super().__init__(QKeySequence(keys), parent)
        bind_text(self.setWhatsThis, does)
        self.activated.connect(deed)


def key_words(keys: str) -> str:
    """A key as it is shown: `Ctrl+Enter`."""
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return shown.replace("Return", "Enter").replace("PgDown", "Page Down").replace("PgUp", "Page Up")
