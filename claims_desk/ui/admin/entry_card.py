"""One entry of the audit trail: who, when, why, and before and after side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from claims_desk.domain.columns import show
from claims_desk.domain.dates import format_day
from claims_desk.domain.messages import Message, Name, say
from claims_desk.queries.audit import AuditRow
from claims_desk.ui import theme
from claims_desk.ui.admin.words import deed_name, field_name, record_name, written
from claims_desk.ui.speech import bind_text, speech
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Card, Rule, Words

WIDTH = 430
FIELD, BEFORE, AFTER = range(3)
SEAL = 64


class EntryCard(Card):
    """What one entry says; a field that changed carries a mark."""

    def __init__(self) -> None:
        super().__init__(say("Choose an entry"))
        self.entry: AuditRow | None = None
        self.setFixedWidth(WIDTH)
        self._scroll = QScrollArea()
        bind_text(self._scroll.setAccessibleName, say("The entry"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.add(self._scroll, 1)
        speech.changed.connect(self._say_again)
        self.show_entry(None)

    def show_entry(self, entry: AuditRow | None) -> None:
        """Show an entry, or none."""
        self.entry = entry
        page = QWidget()
        page.setObjectName("entry")
        page.setStyleSheet(f"QWidget#entry {{ background: {theme.CARD}; }}")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        self.title.say(deed_name(entry.action) if entry else say("Choose an entry"))
        for part in _parts(entry) if entry else [Words(say("What it changed stands here."), "muted")]:
            column.addWidget(part)
        column.addStretch()
        self._scroll.setWidget(page)

    def _say_again(self) -> None:
        self.show_entry(self.entry)


def moment(entry: AuditRow) -> str:
    """When it was done: d/M/yyyy HH:MM:SS by the office's clock."""
    return f"{format_day(entry.at.date())} {entry.at:%H:%M:%S}"


def _parts(entry: AuditRow) -> list[QWidget]:
    record = say("{record} {id}", record=record_name(entry.record), id=entry.record_id or "")
    parts: list[QWidget] = [
        Words(say("Entry {seq} · {user} · {when}", seq=entry.seq, user=entry.user, when=moment(entry))),
        _small(record),
    ]
    if entry.why:
        parts.append(Words(say("Why: {why}", why=entry.why), wraps=True))
    if entry.before or entry.after:
        parts += [Rule(), _changes(entry)]
    parts += [Rule(), _small(say("Seal of the entry before")), _seal(entry.previous)]
    return [*parts, _small(say("Seal of this entry")), _seal(entry.digest)]


def _changes(entry: AuditRow) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for column, words in enumerate((say("Field"), say("Before"), say("After"))):
        grid.setColumnStretch(column, 2 if column == AFTER and not entry.before else 1)
        if entry.before or column != BEFORE:
            grid.addWidget(Words(words, "label"), 0, column)
    for number, field in enumerate(dict.fromkeys((*entry.before, *entry.after)), start=1):
        _add_field(grid, number, field, entry)
    return box


def _add_field(grid: QGridLayout, number: int, field: str, entry: AuditRow) -> None:
    before, after = entry.before.get(field), entry.after.get(field)
    changed = bool(entry.before) and before != after
    name: Message | Name = say("≠ {field}", field=field_name(field)) if changed else field_name(field)
    new = Words("", wraps=True)
    new.say(_folded(show(written(field, after))), Tone.INFO if changed else None)
    labels = {FIELD: Words(name, "label", wraps=True), AFTER: new}
    if entry.before:
        labels[BEFORE] = Words(_folded(show(written(field, before))), wraps=True)
    for column, label in labels.items():
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(label, number, column, Qt.AlignmentFlag.AlignTop)


def _folded(text: str) -> str:
    """A seal in two lines; anything else as it is."""
    return f"{text[:32]}\n{text[32:]}" if len(text) == SEAL and text.isalnum() else text


def _small(words: Message) -> Words:
    return Words(words, "muted")


def _seal(digest: str) -> Words:
    label = Words(_folded(digest), "label")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
