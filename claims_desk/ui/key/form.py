"""The head of the form: every field above the lines, in the paper's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from claims_desk.domain.facts import Claim
from claims_desk.domain.judgement import Finding
from claims_desk.domain.messages import Message, say
from claims_desk.ui.key.edits import PapersEdit
from claims_desk.ui.key.form_fields import FIELDS, FormField
from claims_desk.ui.key.notes import NotedRow
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.paper_form import ROWS
from claims_desk.ui.theme import repolish
from claims_desk.ui.tones import FINDING_TONES
from claims_desk.ui.widgets import DateEdit, Edit, Field, MoneyEdit, YesNoEdit
from claims_desk.ui.widgets.edit import ENTER_KEYS

_PASSING = (
    *(*ENTER_KEYS, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End),
)


class ClaimForm(QWidget):
    """The fields of one form. `left` carries the name of a field that was left, `typed` comes with every key.

    `fields` are in the order they are typed in, which is that of the names in `rows`.
    """

    left = Signal(str)
    typed = Signal()

    def __init__(
        self,
        look_ups: LookUps,
        fields: Sequence[FormField] = FIELDS,
        rows: Sequence[Iterable[str]] = ROWS,
    ) -> None:
        super().__init__()
        self._locked: list[Edit[Any]] = []
        self._made_of = {each.name: each for each in fields}
        self.fields = {each.name: self._make(each, look_ups) for each in fields}
        self.visited: set[str] = set()
        self._told: dict[str, Finding] = {}
        self._hints: dict[str, Message | str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self._rows = [NotedRow([self.fields[name] for name in row]) for row in rows]
        for noted in self._rows:
            column.addWidget(noted)
        edits = [field.edit for field in self.fields.values()]
        for before, after in pairwise(edits):
            QWidget.setTabOrder(before, after)

    def stand_close(self, close: bool) -> None:
        """Take less height, with nothing left out."""
        for row in self._rows:
            row.stand_close(close)

    def row_height(self) -> int:
        """Pixels of one row of fields with its notes."""
        return self._rows[0].least_height()

    def _make(self, each: FormField, look_ups: LookUps) -> Field:
        edit = each.make(look_ups, self._first_day)
        edit.setObjectName(each.name)
        edit.typed.connect(self.typed)
        edit.installEventFilter(self)
        return Field(each.label, edit, name=each.name, help_text=each.help_text, width=each.width, grows=each.grows)

    def _first_day(self) -> date | None:
        day = self.edit("visit_from").value()
        return day if isinstance(day, date) else None

    def edit(self, name: str) -> Edit[Any]:
        """The edit of the field called `name`."""
        edit = self.fields[name].edit
        assert isinstance(edit, Edit)
        return edit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell of a field that was left, once it has settled; keep keys that would change it from a locked one."""
        if self._locked and isinstance(watched, Edit) and _would_change(event):
            return True
        if event.type() == QEvent.Type.FocusOut and isinstance(watched, Edit):
            watched.settle()
            self.visited.add(watched.objectName())
            self.left.emit(watched.objectName())
        return False

    def set_locked(self, locked: bool) -> None:
        """Let the fields be read only, which the keyboard still goes through, or typed into again."""
        if locked == bool(self._locked):
            return
        edits = [self.edit(name) for name in self.fields]
        changed = [edit for edit in edits if not edit.isReadOnly()] if locked else self._locked
        for edit in changed:
            edit.setReadOnly(locked)
        for edit in edits:
            edit.setProperty("plain", locked)
            repolish(edit)
        self._locked = changed if locked else []

    def write_into(self, claim: Claim) -> Claim:
        """The claim with what stands in the fields; unreadable ones count as blank."""
        return replace(claim, **{name: self._value(name) for name in self.fields})

    def _value(self, name: str) -> Any:
        value = self.edit(name).value()
        return self._made_of[name].blank if value is None else value

    def show_claim(self, claim: Claim, names: Iterable[str] | None = None) -> None:
        """Fill the fields called `names`, or all, from a claim."""
        for name in self.fields if names is None else names:
            value = getattr(claim, name)
            self.edit(name).set_value(None if value in ("", ()) else value)

    def clear(self) -> None:
        """Empty every field and forget what was told of it."""
        self.visited.clear()
        self._told.clear()
        self._hints.clear()
        for name, field in self.fields.items():
            self.edit(name).set_value(None)
            field.set_finding(None)
            field.set_hint("")

    def visit_all(self) -> None:
        """Count every field as visited, so that everything missing is told."""
        self.visited.update(self.fields)

    def remember(self, claim: Claim) -> None:
        """Let F3 repeat the values of a saved form."""
        for name in self.fields:
            value = getattr(claim, name)
            self.edit(name).repeat_value = None if value in ("", ()) else value

    def unreadable(self) -> list[str]:
        """The names of fields whose text cannot be read."""
        for name in self.fields:
            self.edit(name).settle()
        return [name for name in self.fields if self.edit(name).problem is not None]

    def skipped(self) -> list[str]:
        """The names of required fields that are blank though nobody has been in them."""
        needed = (name for name, each in self._made_of.items() if each.required and name not in self.visited)
        return [name for name in needed if self.edit(name).is_blank()]

    def go_to(self, name: str) -> bool:
        """Put the focus on a field, so that typing replaces what stands there; False where no field has that name."""
        if name not in self.fields:
            return False
        self.edit(name).setFocus()
        self.edit(name).selectAll()  # Qt does so on entry, not where the keyboard is there already
        return True

    def go_to_first_blank(self) -> None:
        """Put the focus where typing most likely goes on."""
        last = [name for name in self.fields if not self.edit(name).is_blank()]
        names = list(self.fields)
        after = names.index(last[-1]) + 1 if last else 0
        self.edit(names[min(after, len(names) - 1)]).setFocus()

    def show_other(self, claim: Claim) -> None:
        """Say under each field that differs what stands in a claim somebody else has saved."""
        for name, field in self.fields.items():
            edit, theirs = self.edit(name), getattr(claim, name)
            if theirs != self._value(name):
                shown = edit.show_value(theirs) if theirs not in (None, "", ()) else say("blank")
                field.set_hint(say("There now: {value}", value=shown))

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Say under each field the weightiest thing found of it."""
        told: dict[str, Finding] = {}
        for found in findings:
            if found.line_no is None:
                told.setdefault(found.field, found)
        for name, field in self.fields.items():
            finding = told.get(name)
            if finding != self._told.get(name):  # what is said already is left alone: drawing it again takes time
                _tell(field, finding)
        self._told = told

    def _hint(self, name: str, said: Message | str) -> None:
        if said != self._hints.get(name, ""):
            self._hints[name] = said
            self.fields[name].set_hint(said)

    def show_nights(self) -> None:
        """Say under the last day how many nights the stay has."""
        first, last = self._first_day(), self.edit("visit_to").value()
        nights = (last - first).days if first and isinstance(last, date) and last > first else 0
        said: Message | str = say("{nights} nights", nights=nights) if nights > 0 else ""
        self._hint("visit_to", said)

    def show_sum_of_lines(self, kip: int) -> None:
        """Say under the claimed total what the lines add up to."""
        self._hint("claimed_total", say("Lines: {kip:kip}", kip=kip) if kip else "")

    def as_typed(self) -> dict[str, Any]:
        """Everything typed, right or wrong, as JSON can hold it."""
        return {name: _plain(self.edit(name)) for name in self.fields if not self.edit(name).is_blank()}

    def show_typed(self, typed: Mapping[str, Any]) -> None:
        """Fill the fields from `as_typed`."""
        for name, content in typed.items():
            if name in self.fields:
                _show_plain(self.edit(name), content)


def _tell(field: Field, finding: Finding | None) -> None:
    if finding is None:
        field.set_finding(None)
    else:
        field.set_finding(finding.message, FINDING_TONES[finding.severity])


def _would_change(event: QEvent) -> bool:
    """Whether a key or a click does more than go through a field or copy from it."""
    if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
        kept = QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll
        return event.key() not in _PASSING and not any(event.matches(key) for key in kept)
    return event.type() == QEvent.Type.MouseButtonPress


def _plain(edit: Edit[Any]) -> Any:
    value = edit.value()
    if value is None:
        return {"text": edit.text()}
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _show_plain(edit: Edit[Any], content: Any) -> None:
    value = _value_in(edit, content)
    if value is not None:
        edit.set_value(value)
    else:  # typed wrong, or not what this field holds today: the clerk sees what stood there
        edit.setText(str(content.get("text", "") if isinstance(content, dict) else content))
        edit.settle()


def _value_in(edit: Edit[Any], content: Any) -> Any:
    """The value that `_plain` wrote; None for what this edit does not hold."""
    if isinstance(edit, DateEdit):
        with suppress(ValueError, TypeError):
            return date.fromisoformat(content)
        return None
    if isinstance(edit, PapersEdit):
        is_list = isinstance(content, list) and all(isinstance(each, str) for each in content)
        return tuple(content) if is_list else None
    kind = bool if isinstance(edit, YesNoEdit) else int if isinstance(edit, MoneyEdit) else str
    return content if type(content) is kind else None
