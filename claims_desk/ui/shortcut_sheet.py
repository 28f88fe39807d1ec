"""Ctrl+F1: every key of the house and of the pane in front, read from the keys themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from claims_desk.documents.keys import TITLE, KeyLine, keys_pdf
from claims_desk.domain.columns import Column
from claims_desk.domain.messages import current_language, say
from claims_desk.services.printing import write_paper
from claims_desk.ui import background
from claims_desk.ui.papers import paper_folder, show_paper
from claims_desk.ui.speech import Spoken, bind_text
from claims_desk.ui.widgets import (
    Button,
    Edit,
    HelpKey,
    MessageStrip,
    PrimaryButton,
    RowsModel,
    Table,
    Words,
    key_words,
)
from claims_desk.ui.widgets.help_note import known_keys

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
COLUMNS: tuple[Column[KeyLine], ...] = (
    Column("where", say("Where"), lambda line: line.where, width=14),
    Column("keys", say("Press"), lambda line: line.keys, width=13),
    Column("does", say("What it does"), lambda line: line.does, width=30),
)
EVERYWHERE = say("Everywhere")
IN_FIELDS = say("In fields")
IN_LISTS = say("In lists")


PORTABLE = QKeySequence.SequenceFormat.PortableText


def keys_here(window: QWidget, pane: QWidget | None, title: Spoken) -> list[KeyLine]:
    """Every key that works now: the window's own, those of the pane's view on screen, of its fields and lists."""
    lines = _shortcuts(window.findChildren(QShortcut, options=DIRECT), EVERYWHERE.text())
    if pane is not None:
        shown = [part for part in pane.findChildren(QWidget) if part.isVisibleTo(pane)]
        own = [key for key in pane.findChildren(QShortcut) if key.parent() is pane or key.parent() in shown]
        lines += _shortcuts(own, title.text()) + _buttons(shown, title.text())
        lines += _known(IN_FIELDS.text(), [part for part in shown if isinstance(part, Edit)])
        lines += _known(IN_LISTS.text(), [part for part in shown if not isinstance(part, Edit)])
    return list(dict.fromkeys(lines))


def _shortcuts(shortcuts: Iterable[QShortcut], where: str) -> list[KeyLine]:
    return [KeyLine(where, key_words(key.key().toString(PORTABLE)), key.whatsThis()) for key in shortcuts]


def _buttons(parts: Iterable[QWidget], where: str) -> list[KeyLine]:
    buttons = [part for part in parts if isinstance(part, QAbstractButton) and not part.shortcut().isEmpty()]
    return [KeyLine(where, key_words(each.shortcut().toString(PORTABLE)), each.accessibleName()) for each in buttons]


def _known(where: str, parts: Iterable[QWidget]) -> list[KeyLine]:
    return [KeyLine(where, keys, does.text()) for part in parts for keys, does in known_keys(part).items()]


class ShortcutSheet(QDialog):
    """The keys as a list; Ctrl+P puts it on paper, Esc closes it."""

    def __init__(self, parent: QWidget, lines: Sequence[KeyLine]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind_text(self.setWindowTitle, TITLE)
        self.lines = lines
        self.strip = MessageStrip()
        self.table = Table(RowsModel(COLUMNS, lines, self), TITLE)
        bind_text(
            self.table.setWhatsThis, say("The keys that work now. Each comes from the button or field that has it.")
        )
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(Button(say("Close"), "Esc", self.reject))
        buttons.addWidget(PrimaryButton(say("Print"), "Ctrl+P", self.print_lines))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(Words(TITLE, "title"))
        column.addWidget(self.strip)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        HelpKey(self)
        self.resize(min(760, parent.width() - 40), min(620, parent.height() - 40))

    def print_lines(self) -> None:
        """Write the keys as PDF and open it in the PC's viewer."""
        language = current_language()

        def write() -> Path:
            return write_paper(paper_folder(), "keys.pdf", keys_pdf(self.lines, language))

        background.run(self, write, show_paper, self.strip.tell_refusal)
