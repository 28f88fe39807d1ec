"""Fields for plain text, one line long."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from claims_desk.domain.lao import LAO_DIGITS
from claims_desk.ui.widgets.edit import Edit


class TextEdit(Edit[str]):
    """A line of text; `fixed_length` characters move on by themselves. Lao digits of a code are read as 0 to 9."""

    def __init__(self, parent: QWidget | None = None, fixed_length: int = 0, is_code: bool = False) -> None:
        super().__init__(parent)
        self.fixed_length = fixed_length
        self._digits = LAO_DIGITS if is_code else {}
        if fixed_length:
            self.setMaxLength(fixed_length)
        self.typed.connect(self._move_when_full)

    def read(self, text: str) -> str:
        """The text without spaces around it and without zero-width ones inside."""
        return " ".join(text.translate(self._digits).split())

    def _move_when_full(self) -> None:
        if self.fixed_length and len(self.text()) == self.fixed_length and self.hasFocus():
            self.move_on_by_itself()


class PasswordEdit(TextEdit):
    """A password: shown as dots, its spaces kept as typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def plain(self) -> str:
        """As typed, to the last space."""
        return self.text()

    def read(self, text: str) -> str:
        """The password exactly as typed."""
        return self.text()
