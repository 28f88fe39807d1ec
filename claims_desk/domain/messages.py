"""Texts in two languages: a template with named values, said in Lao or English when somebody reads it.

The English template is the key of the one gettext catalogue that window, paper and commands share.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache, partial
from importlib.resources import as_file, files
from string import Formatter
from typing import Any, Final

from claims_desk.domain.dates import format_day
from claims_desk.domain.money import format_kip

LAO: Final = "lo"
ENGLISH: Final = "en"
LANGUAGES: Final = (LAO, ENGLISH)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence not yet said: English template and the values it names."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str | None = None) -> str:
        """The sentence in `language`, or in the language now in use."""
        spoken = language or current_language()
        return (
            _sentence(self.template, spoken).said(self.values, spoken)
            if self.values
            else translate(self.template, spoken)
        )

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stands in the registers in both scripts."""

    lao: str
    roman: str

    def text(self, language: str | None = None) -> str:
        """The name in the script of `language`; the other one where it is blank."""
        lao_first = (language or current_language()) == LAO
        return (self.lao or self.roman) if lao_first else (self.roman or self.lao)


def say(template: str, /, **values: Any) -> Message:
    """A message to be said later; `template` is marked for translation.

    Values: dates print as d/M/yyyy; `{amount:kip}` groups an amount of kip; a Message or Name inside is said in
    the same language.
    """
    return Message(template, values)


def tr(template: str, /, **values: Any) -> str:
    """The text now, in the language in use; `template` is marked for translation."""
    return Message(template, values).text()


def translate(template: str, language: str) -> str:
    """The template of `language`; English itself where the catalogue has none."""
    return template if language == ENGLISH or not template else _catalogue(language).gettext(template)


_language = ENGLISH


def current_language() -> str:
    """The language in use: `lo` or `en`."""
    return _language


def use_language(language: str) -> None:
    """Switch the language of everything said from now on. Raises ValueError for one that is not shipped."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = files("claims_desk.resources") / "locale" / language
    with as_file(folder / "claims_desk.mo") as path:
        if not path.exists():
            return gettext.NullTranslations()
        with path.open("rb") as stream:
            return gettext.GNUTranslations(stream)


_SPOKEN = (Message, Name)
Writer = Callable[[Any, str], str]  # a value as it is written in a language


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A template taken apart once: a run of judgements says the same few hundred sentences a million times."""

    pattern: str  # with %s in the place of each value
    slots: tuple[tuple[str, Writer], ...]

    def said(self, values: Mapping[str, Any], language: str) -> str:
        return self.pattern % tuple([write(values[name], language) for name, write in self.slots])


@lru_cache(maxsize=8192)
def _sentence(template: str, language: str) -> _Sentence:
    pattern, slots = "", []
    for words, name, spec, _ in Formatter().parse(translate(template, language)):
        pattern += words.replace("%", "%%")
        if name is not None:
            pattern += "%s"
            slots.append((name, _WRITERS.get(spec or "") or partial(_written_as, spec or "")))
    return _Sentence(pattern, tuple(slots))


def _written(value: Any, language: str) -> str:
    """A value the way the office writes it; most are plain texts and numbers."""
    if type(value) is str or type(value) is int:
        return str(value)
    if isinstance(value, _SPOKEN):
        return value.text(language)
    return format_day(value) if isinstance(value, date) else str(value)


def _written_in_kip(value: Any, _language: str) -> str:
    return format_kip(value)


def _written_as(spec: str, value: Any, _language: str) -> str:
    return format(value, spec)


_WRITERS: Final[Mapping[str, Writer]] = {"": _written, "kip": _written_in_kip}
