"""Edits that only a claim form needs: sex, papers seen, quantity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from claims_desk.domain.codes import Document, Sex
from claims_desk.domain.lao import LAO_DIGITS, fold
from claims_desk.domain.messages import LANGUAGES, Message, say
from claims_desk.domain.money import format_kip, parse_kip
from claims_desk.domain.terms import PAPERS
from claims_desk.ui.speech import speech
from claims_desk.ui.widgets import CodeEdit, Edit, Unreadable
from claims_desk.ui.widgets.code_edit import LookUp

T = TypeVar("T")
SEX_LETTERS: Mapping[str, Message] = {Sex.F: say("F"), Sex.M: say("M")}
_SEX_KEYS = {"f": Sex.F, "m": Sex.M, "ຍ": Sex.F, "ຊ": Sex.M, "1": Sex.F, "2": Sex.M}


class SpokenEdit(Edit[T]):
    """An edit that shows its value in words, and says them again when the language is switched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speech.changed.connect(self._say_again)

    def _say_again(self) -> None:
        value = self.value()  # the words of either language are read
        if value is not None:
            self.set_value(value)


class SexEdit(SpokenEdit[str]):
    """F or M, or the first letter of the Lao word; one key answers and moves on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typed.connect(self._answer)

    def read(self, text: str) -> str:
        """F or M. Raises Unreadable for anything else."""
        sex = _SEX_KEYS.get(fold(text)[:1])
        if sex is None:
            raise Unreadable(say("“{typed}” is no sex. Type F or M.", typed=text))
        return sex

    def show_value(self, value: str) -> str:
        """The letter in the language in use."""
        return SEX_LETTERS[value].text() if value in SEX_LETTERS else value

    def _answer(self) -> None:
        if self.hasFocus() and len(self.text()) == 1 and fold(self.text()) in _SEX_KEYS:
            self.move_on_by_itself()


class CareEdit(CodeEdit):
    """What kind of care it was. No kind has a figure in it: the first figure is the next field's, where it goes."""

    def __init__(self, look_up: LookUp, parent: QWidget | None = None) -> None:
        super().__init__(look_up, parent)
        self._kinds = look_up

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A figure takes the kind typed, or leaves the one that stands here, and is typed into the next field."""
        found = self._kinds(self.plain()) if self.plain() and event.text().isdecimal() else []
        if not found:
            super().keyPressEvent(event)
            return
        self.take(self.marked() or found[0])
        self.move_on()
        landed = self.window().focusWidget()
        if isinstance(landed, Edit) and landed is not self:
            QApplication.sendEvent(landed, event.clone())


class PapersEdit(SpokenEdit[tuple[str, ...]]):
    """Which of the patient's papers were seen: the first letters of each (`i f`), or 1 2 3; 0 for none."""

    def read(self, text: str) -> tuple[str, ...]:
        """The codes of the papers. Raises Unreadable for a word that stands for none."""
        return tuple(dict.fromkeys(_paper(word) for word in _words(text)))

    def show_value(self, value: tuple[str, ...]) -> str:
        """The papers by name."""
        return "; ".join(PAPERS[code].text() if code in PAPERS else code for code in value)


class QuantityEdit(Edit[Decimal]):
    """How many: whole, grouped as kip are, or with a part after comma or dot - a rule says what it thinks of that."""

    def read(self, text: str) -> Decimal:
        """The quantity. Raises Unreadable for what is no number."""
        plain = text.translate(LAO_DIGITS).strip()
        try:
            return Decimal(parse_kip(plain))
        except ValueError:
            return _with_part(plain)

    def show_value(self, value: Decimal) -> str:
        """The quantity, whole ones without a part."""
        if value != value.to_integral_value():
            return format(value.normalize(), "f")
        return format_kip(int(value)) if abs(value) >= 10_000 else str(int(value))


def _with_part(text: str) -> Decimal:
    whole, _, part = text.replace(",", ".").removeprefix("-").partition(".")
    if not (whole.isdecimal() and part.isdecimal() and len(text) < 16):
        raise Unreadable(say("“{typed}” is no number.", typed=text))
    number = Decimal(f"{whole}.{part}")
    return -number if text.startswith("-") else number


def _words(text: str) -> Sequence[str]:
    by_sign = [word.strip() for word in text.replace(",", ";").split(";")]
    if len(by_sign) == 1 and not _is_paper(by_sign[0]):
        return text.split()
    return [word for word in by_sign if word]


def _is_paper(word: str) -> bool:
    try:
        return bool(_paper(word))
    except Unreadable:
        return False


def _paper(word: str) -> str:
    digits = {"1": Document.ID, "2": Document.FAMILY_BOOK, "3": Document.CARD, "0": Document.NONE}
    if (digit := word.translate(LAO_DIGITS)) in digits:
        return digits[digit]
    wanted = fold(word)
    for code, name in PAPERS.items():
        if any(fold(said).startswith(wanted) for said in (code, *(name.text(each) for each in LANGUAGES))):
            return code
    raise Unreadable(say("“{typed}” is none of: {papers}.", typed=word, papers=_all_papers()))


def _all_papers() -> Message:
    first, *rest = PAPERS.values()
    said = first
    for name in rest:
        said = say("{first}, {second}", first=said, second=name)
    return said
