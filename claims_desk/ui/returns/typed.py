"""What is typed into a return's form: the text of each place, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final

from claims_desk.domain.codes import AgeBand, Pays, Section, Sex
from claims_desk.domain.lao import LAO_DIGITS
from claims_desk.domain.monthly_return import MOST_PATIENTS, NOT_REPORTED, Cell, Counts, Who

MOST_DIGITS: Final = len(str(MOST_PATIENTS))


def digit_of(key: str) -> str:
    """The digit a key types, Lao ones too; empty for any other key."""
    typed = key.translate(LAO_DIGITS)
    return typed if len(typed) == 1 and typed in "0123456789" else ""


class TypedReturn:
    """The texts of the places: digits, `–` for "not reported", no entry where it is blank."""

    def __init__(self) -> None:
        self.texts: dict[Cell, str] = {}
        self._counts: dict[Cell, int | None] | None = None
        self._steps: list[Mapping[Cell, str]] = []
        self._undone: list[Mapping[Cell, str]] = []
        self._last: Cell | None = None

    @property
    def counts(self) -> dict[Cell, int | None]:
        """The numbers typed."""
        if self._counts is None:  # painting asks for them place by place
            self._counts = {cell: None if text == NOT_REPORTED else int(text) for cell, text in self.texts.items()}
        return self._counts

    def show(self, counts: Counts) -> None:
        """Begin with what is kept of a return."""
        self.show_texts({cell: NOT_REPORTED if number is None else str(number) for cell, number in counts.items()})

    def show_texts(self, texts: Mapping[Cell, str]) -> None:
        """Begin with what was typed before."""
        self.texts = dict(texts)
        self._steps, self._undone, self._last, self._counts = [], [], None, None

    def put(self, texts: Mapping[Cell, str]) -> None:
        """Put texts into places, an empty one to clear it, as one step that can be undone.

        The keys of one number in one place are one step.
        """
        changed = {cell: self.texts.get(cell, "") for cell, text in texts.items() if self.texts.get(cell, "") != text}
        if not changed:
            return
        alone = next(iter(changed)) if len(changed) == 1 else None
        if alone is None or alone != self._last:
            self._steps.append(changed)
        self._last = alone
        self._undone.clear()
        self._write(texts)

    def leave(self) -> None:
        """The place was left: what is typed next is a step of its own."""
        self._last = None

    def undo(self) -> Iterable[Cell]:
        """Take the last step back; the places it changed."""
        return self._step(self._steps, self._undone)

    def redo(self) -> Iterable[Cell]:
        """Do again what was taken back last; the places it changed."""
        return self._step(self._undone, self._steps)

    def _step(self, taken: list[Mapping[Cell, str]], given: list[Mapping[Cell, str]]) -> Iterable[Cell]:
        self._last = None
        step = taken.pop() if taken else {}
        if step:
            given.append({cell: self.texts.get(cell, "") for cell in step})
        self._write(step)
        return step

    def _write(self, texts: Mapping[Cell, str]) -> None:
        self._counts = None
        for cell, text in texts.items():
            if text:
                self.texts[cell] = text
            else:
                self.texts.pop(cell, None)


def as_json(texts: Mapping[Cell, str]) -> dict[str, str]:
    """The texts as a draft keeps them."""
    return {" ".join((cell.section, str(cell.group), *cell.who)): text for cell, text in texts.items()}


def from_json(kept: object) -> dict[Cell, str]:
    """What `as_json` gave; a place or text that no return has is passed over."""
    found = {}
    for name, text in kept.items() if isinstance(kept, dict) else ():
        with suppress(ValueError):
            section, group, sex, age, pays = name.split(" ")
            cell = Cell(Section(section), int(group), Who(Sex(sex), AgeBand(age), Pays(pays)))
            if text == NOT_REPORTED or (isinstance(text, str) and text.isdecimal() and len(text) <= MOST_DIGITS):
                found[cell] = text
    return found
