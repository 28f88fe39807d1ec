"""What the code fields of a form offer: the registers out of memory, members out of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from claims_desk.domain.carrying import USUAL
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.registers import Registers
from claims_desk.domain.terms import CARE_TYPES, EXEMPTIONS
from claims_desk.queries.members import MemberFound, find_members
from claims_desk.ui.desk import Desk
from claims_desk.ui.speech import Spoken
from claims_desk.ui.widgets import Choice
from claims_desk.ui.widgets.choices import SHOWN_AT_MOST

LookUp = Callable[[str], list[Choice[str]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A code with its names, folded for search."""

    choice: Choice[str]
    code: str
    names: str


class Named(Protocol):
    """A register's row with a code and a name."""

    @property
    def code(self) -> str:
        """Its code."""
        ...

    @property
    def name(self) -> Name:
        """Its name in both scripts."""
        ...


def entry(code: str, name: Spoken) -> Entry:
    """A code ready to be found."""
    return Entry(Choice(code, code, name), fold(code), f"{fold(name.text('lo'))} {fold(name.text('en'))}")


def find(entries: Iterable[Entry], text: str) -> list[Choice[str]]:
    """At most ten: codes that begin with `text`, then names with a word that does, then those that hold its words."""
    wanted = fold(text)
    ranked: tuple[list[Entry], ...] = ([], [], [], [])
    for each in entries:
        rank = _rank(each, wanted)
        if rank is not None:
            ranked[rank].append(each)
            if rank == 1 and len(ranked[1]) >= SHOWN_AT_MOST:
                break
    return [each.choice for group in ranked for each in group][:SHOWN_AT_MOST]


def _rank(each: Entry, wanted: str) -> int | None:
    if each.code.startswith(wanted):
        return 0 if each.code == wanted else 1
    if f" {each.names}".find(f" {wanted}") >= 0:
        return 2
    return 3 if all(word in each.names for word in wanted.split()) else None


class LookUps:
    """One look-up a code field; each runs in the background. `diagnosis` is the form's main one, as far as known."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: tuple[int, dict[str, list[Entry]]] = (-1, {})
        self.scheme_of: dict[str, str] = {}
        self.diagnosis = ""

    def schemes(self, text: str) -> list[Choice[str]]:
        """Schemes by code or name."""
        return find(self._entries("schemes"), text)

    def facilities(self, text: str) -> list[Choice[str]]:
        """Facilities by code or name."""
        return find(self._entries("facilities"), text)

    def members(self, text: str) -> list[Choice[str]]:
        """Members by any number, name in either script, birth date or village; a choice a member number."""
        found = self._desk.db.read(find_members, text) if text.strip() else ()
        numbers = [(scheme, number, each) for each in found for scheme, number in each.numbers]
        self.scheme_of = {number: scheme for scheme, number, _ in reversed(numbers)}
        return [Choice(number, number, _who(scheme, each)) for scheme, number, each in numbers][:SHOWN_AT_MOST]

    def items(self, text: str) -> list[Choice[str]]:
        """Items by code or name."""
        return find(self._entries("items"), text)

    def diagnoses(self, text: str) -> list[Choice[str]]:
        """Diagnoses by code, with or without its dot, or name."""
        found = find(self._entries("diagnoses"), text)
        dotted = f"{text[:3]}.{text[3:]}"
        return found or (find(self._entries("diagnoses"), dotted) if text[3:4].isdigit() else [])

    def case_groups(self, text: str) -> list[Choice[str]]:
        """Case groups by code or name; those of the form's diagnosis stand first, where it is known already."""
        registers = self._desk.registers.at_hand() or self._desk.registers.current()
        fits = registers.groups_of(self.diagnosis)
        return find(sorted(self._entries("case_groups"), key=lambda each: each.choice.code not in fits), text)

    def care_types(self, text: str) -> list[Choice[str]]:
        """Kinds of care by code or name."""
        return find((entry(code, name) for code, name in CARE_TYPES.items()), text)

    def exemptions(self, text: str) -> list[Choice[str]]:
        """Reasons to pay no co-payment, by code or name."""
        return find((entry(code, name) for code, name in EXEMPTIONS.items()), text)

    def item_name(self, code: str) -> str:
        """An item's name in the language in use; empty while the registers are on their way, or for none."""
        held = self._desk.registers.at_hand()
        item = held.items.get(code) if held else None
        return item.name.text() if item else ""

    def carried_fields(self) -> tuple[str, ...]:
        """What the next form begins with; the usual while the registers are on their way."""
        held = self._desk.registers.at_hand()
        return held.carried_fields(self._desk.today()) if held else USUAL

    def _entries(self, table: str) -> list[Entry]:
        registers = self._desk.registers.at_hand() or self._desk.registers.current()
        version, made = self._made
        if version != registers.version:
            made = {}
            self._made = (registers.version, made)
        if table not in made:
            made[table] = _entries_of(registers, table)
        return made[table]


def _entries_of(registers: Registers, table: str) -> list[Entry]:
    if table == "diagnoses":
        return [entry(code, row.title) for code, row in sorted(registers.diagnoses.items())]
    rows: Mapping[str, Mapping[str, Named]] = {
        "schemes": registers.schemes,
        "facilities": registers.facilities,
        "items": registers.items,
        "case_groups": registers.case_groups,
    }
    return [entry(row.code, row.name) for row in rows[table].values()]


def _who(scheme: str, member: MemberFound) -> Message:
    values = {"scheme": scheme, "name": member.name, "born": member.birth_date, "village": member.village}
    if member.matched:
        return say("{scheme} · {name} · {born} · {village} · {matched}", **values, matched=member.matched)
    return say("{scheme} · {name} · {born} · {village}", **values)
