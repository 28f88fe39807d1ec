"""What the window says, said again when the language is switched: texts are bound once and forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, Qt, Signal

from claims_desk.domain.messages import use_language


class Spoken(Protocol):
    """What can be said in either language: a `Message` or a `Name`."""

    def text(self, language: str | None = None) -> str:
        """The words in `language`, or in the language in use."""
        ...


class Speech(QObject):
    """Tells every bound text that the language was switched."""

    changed = Signal()


speech = Speech()


class _Binding(QObject):
    """One text of one widget; a child of its owner, so that it goes when the owner goes."""

    def __init__(self, owner: QObject, setter: Callable[[str], object], words: Spoken) -> None:
        super().__init__(owner)
        self.setObjectName(_key(setter))
        self._setter = setter
        self.words = words
        speech.changed.connect(self.say)

    def say(self) -> None:
        """Set the text in the language in use."""
        self._setter(self.words.text())


def _key(setter: Callable[[str], object]) -> str:
    return f"says:{getattr(setter, '__name__', '')}"


def bind_text(setter: Callable[[str], object], words: Spoken) -> None:
    """Set a text now and after every switch of language: `bind_text(label.setText, say("Save"))`.

    `setter` is a bound method of a QObject; binding it again replaces its words.
    """
    owner = cast(QObject, cast(Any, setter).__self__)
    binding = owner.findChild(_Binding, _key(setter), Qt.FindChildOption.FindDirectChildrenOnly)
    if binding is None:
        binding = _Binding(owner, setter, words)
    binding.words = words
    binding.say()


def words_of(setter: Callable[[str], object]) -> Spoken | None:
    """The words bound to a setter, in both languages; None where nothing is."""
    owner = cast(QObject, cast(Any, setter).__self__)
    binding = owner.findChild(_Binding, _key(setter), Qt.FindChildOption.FindDirectChildrenOnly)
    return binding.words if binding is not None else None


def unbind_text(setter: Callable[[str], object]) -> None:
    """Clear a bound text, so that the next switch of language does not bring it back."""
    owner = cast(QObject, cast(Any, setter).__self__)
    binding = owner.findChild(_Binding, _key(setter), Qt.FindChildOption.FindDirectChildrenOnly)
    if binding is not None:
        speech.changed.disconnect(binding.say)
        binding.setParent(None)
        binding.deleteLater()
    setter("")


def switch_language(language: str) -> None:
    """Say everything in `language` from now on, what stands on the screen included.

    Raises ValueError for a language that is not shipped.
    """
    use_language(language)
    speech.changed.emit()
