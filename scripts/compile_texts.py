"""Make the one Lao catalogue the program reads out of the `.po` file of each area.

    python scripts/compile_texts.py

Refuses two different translations of one text, a placeholder that the translation lost or invented, and an
empty or unsure (`fuzzy`) translation, and names file and line of each.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser

LAO_FOLDER: Final = Path(__file__).resolve().parents[1] / "claims_desk" / "resources" / "locale" / "lo"
CATALOGUE_NAME: Final = "claims_desk.mo"


@dataclass(frozen=True, slots=True)
class Entry:
    """One translated text as it stands in a `.po` file."""

    template: str
    lao: str
    place: str
    unsure: bool = False


class TextFault(Exception):
    """The texts cannot be made into a catalogue; `faults` holds one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class _Listing(Catalog):
    """A catalogue that keeps every entry read, also those that stand twice in one file."""

    def __init__(self) -> None:
        super().__init__(locale="lo", domain="claims_desk")
        self.read: list[Message] = []

    def __setitem__(self, template: Any, message: Message) -> None:
        self.read.append(message)
        super().__setitem__(template, message)


def read_entries(path: Path) -> list[Entry]:
    """All entries of one `.po` file, in order, without its header. Raises TextFault where it does not parse."""
    listing = _Listing()
    try:
        with path.open(encoding="utf-8") as stream:
            PoFileParser(listing, ignore_obsolete=True, abort_invalid=True).parse(stream)
    except (PoFileError, UnicodeDecodeError) as error:
        raise TextFault([f"{path.name}: not a readable .po file: {error}"]) from error
    return [_entry(path, message) for message in listing.read if message.id]


def _entry(path: Path, message: Message) -> Entry:
    return Entry(str(message.id), str(message.string or ""), f"{path.name}:{message.lineno}", message.fuzzy)


def placeholders(template: str) -> set[tuple[str, str]]:
    """The named values of a template with their formats: `{paid:kip}` is `("paid", "kip")`.

    Raises ValueError for braces that do not close.
    """
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(template) if name is not None}


def faults_of(entry: Entry) -> Iterator[str]:
    """What is wrong with one translation by itself."""
    if not entry.lao.strip():
        yield f"{entry.place}: no translation for {entry.template!r}"
        return
    if entry.unsure:
        yield f"{entry.place}: marked fuzzy: {entry.template!r}"
    try:
        differs = placeholders(entry.template) ^ placeholders(entry.lao)
    except ValueError as error:
        yield f"{entry.place}: {error} in {entry.template!r}"
        return
    if differs:
        names = ", ".join(sorted(f"{{{name}:{spec}}}" if spec else f"{{{name}}}" for name, spec in differs))
        yield f"{entry.place}: {names} stands on one side only of {entry.template!r}"


def read_texts(folder: Path = LAO_FOLDER) -> dict[str, Entry]:
    """Every text of every area by its English template. Raises TextFault with all that is wrong at once."""
    texts: dict[str, Entry] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.po")):
        for entry in read_entries(path):
            faults += faults_of(entry)
            known = texts.setdefault(entry.template, entry)
            if known.lao != entry.lao:
                faults.append(f"{entry.place}: {entry.template!r} is translated otherwise in {known.place}")
    if faults:
        raise TextFault(faults)
    return texts


def compile_texts(folder: Path = LAO_FOLDER) -> Path:
    """Write `claims_desk.mo` beside the `.po` files and return its path. Raises TextFault.

    The file is replaced in one step, so a program that is starting never reads half of it.
    """
    catalogue = Catalog(locale="lo", domain="claims_desk", charset="utf-8")
    for entry in read_texts(folder).values():
        catalogue.add(entry.template, entry.lao)
    target = folder / CATALOGUE_NAME
    fresh = target.with_suffix(f".mo.{os.getpid()}")
    folder.mkdir(parents=True, exist_ok=True)
    with fresh.open("wb") as stream:
        write_mo(stream, catalogue)
    fresh.replace(target)
    return target


def main() -> int:
    """Compile, or print every fault and return 1."""
    try:
        compile_texts()
    except TextFault as fault:
        print(*fault.faults, sep="\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
