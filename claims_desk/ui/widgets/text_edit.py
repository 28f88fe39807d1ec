"""Fields for plain text, one line long."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from claims_desk.ui.widgets.edit import Edit


class TextEdit(Edit[str]):
    """A line of text; `fixed_length` characters move on by themselves."""

    def __init__(self, parent: QWidget | None = None, fixed_length: int = 0) -> None:
        super().__init__(parent)
        self.fixed_length = fixed_length
        if fixed_length:
            self.setMaxLength(fixed_length)
        self.typed.connect(self._move_when_full)

    def read(self, text: str) -> str:
        """The text without spaces around it and without zero-width ones inside."""
        return " ".join(text.replace("\u200b", "").split())

    def _move_when_full(self) -> None:
        if self.fixed_length and len(self.text()) == self.fixed_length and self.hasFocus():
            self.move_on()


class PasswordEdit(TextEdit):
    """A password: shown as dots, its spaces kept as typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def read(self, text: str) -> str:
        """The password exactly as typed."""
        return self.text()
