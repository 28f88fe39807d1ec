"""The scheme that a member number typed by hand belongs to, filled in where the form leaves it blank."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from claims_desk.ui.key.form import ClaimForm
from claims_desk.ui.look_ups import LookUps
from claims_desk.ui.widgets import CodeEdit


class MemberScheme(QObject):
    """Waits for the answer to a number the clerk typed; what the program itself shows asks for nothing.

    `filled` carries the name of the field that was filled.
    """

    filled = Signal(str)

    def __init__(self, form: ClaimForm, look_ups: LookUps) -> None:
        super().__init__(form)
        self._look_ups = look_ups
        self._member, self._scheme = form.edit("member_no"), form.edit("scheme")
        self._is_typed = False
        self._member.typed.connect(self._on_typed)
        if isinstance(self._member, CodeEdit):
            self._member.chosen.connect(self._fill)

    def forget(self) -> None:
        """Another form, or an earlier state of it, is shown: its number was not typed now."""
        self._is_typed = False

    def _on_typed(self) -> None:
        self._is_typed = True

    def _fill(self, _choice: object) -> None:
        known = self._look_ups.scheme_of.get(str(self._member.value() or ""))
        if self._is_typed and known and self._scheme.is_blank():
            self._scheme.set_value(known)
            self.filled.emit("scheme")
