"""Shows every widget of the house: `python scripts/gallery.py [--lao] [--shot FILE.png] [--size 1366x768]`."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from claims_desk.domain.columns import Column, Format
from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.paging import Page, PageWanted
from claims_desk.ui import theme, widgets
from claims_desk.ui.speech import switch_language
from claims_desk.ui.widgets import Choice, Field, Tone

CARE = [
    Choice("OPD", "OPD", say("Outpatient")),
    Choice("IPD", "IPD", say("Inpatient")),
    Choice("DELIVERY", "DELIVERY", say("Delivery")),
]
DISEASES = [
    Choice(code, code, Name(lao, roman))
    for code, lao, roman in (
        ("J18.9", "ປອດອັກເສບ", "Pneumonia, unspecified"),
        ("J18.0", "ຫຼອດລົມປອດອັກເສບ", "Bronchopneumonia"),
        ("A09", "ຖອກທ້ອງ", "Gastroenteritis"),
        ("B54", "ໄຂ້ຍຸງ", "Unspecified malaria"),
    )
]


PERSON = Name("ນາງ ບົວຈັນ ແກ້ວມະນີ ຢູ່ບ້ານປິ່ນ", "Bouachanh KEOMANY")
STATES = (
    (say("accepted"), Tone.GOOD),
    (say("pended"), Tone.WARN),
    (say("denied"), Tone.BAD),
    (say("keyed"), Tone.NEUTRAL),
)


@dataclass(frozen=True)
class Row:
    """A row of the sample list."""

    number: str
    name: Name
    day: date
    amount: int
    state: Message
    tone: Tone


ROWS = tuple(
    Row(f"10-2026-{n:04}", PERSON, date(2026, 3, n % 28 + 1), n * 15_500, *STATES[n % 4]) for n in range(1, 60)
)
COLUMNS: tuple[Column[Row], ...] = (
    Column("number", say("Claim number"), lambda row: row.number, width=14),
    Column("name", say("Name"), lambda row: row.name, width=30),
    Column("day", say("Day"), lambda row: row.day, Format.DAY, width=10),
    Column("amount", say("Amount"), lambda row: row.amount, Format.KIP, width=12),
    Column("state", say("Status"), lambda row: row.state, width=14),
)


def look_up(text: str) -> list[Choice[str]]:
    """Diseases whose code begins with, or whose name holds, `text`."""
    wanted = text.lower()
    return [c for c in DISEASES if c.code.lower().startswith(wanted) or wanted in c.words.lower()]


def fetch(wanted: PageWanted) -> Page[Row]:
    """One page of the sample list."""
    return Page(ROWS[wanted.offset : wanted.offset + wanted.limit], len(ROWS), sum(row.amount for row in ROWS))


def form() -> widgets.Card:
    """A card with every kind of field."""
    card = widgets.Card(say("Claim"))
    grid = widgets.FieldGrid()
    money, name = widgets.MoneyEdit(), widgets.TextEdit()
    code = widgets.CodeEdit(look_up)
    grid.add_row(
        Field(say("Form number"), widgets.TextEdit(), width=8, required=True),
        Field(say("Kind of care"), widgets.ChoiceEdit(CARE), width=16),
        Field(say("From"), widgets.DateEdit(), width=11, hint=say("2 nights")),
        Field(say("Main diagnosis"), code, width=20, grows=1, help_text=say("Type a code or part of a name.")),
    )
    grid.add_row(
        Field(say("Name on the form"), name, width=20, grows=1),
        Field(say("Co-payment taken"), money, width=14),
        Field(say("Seen"), widgets.YesNoEdit(), width=10),
        Field(say("Quantity"), widgets.NumberEdit(), width=8),
    )
    code.set_choice(DISEASES[0])
    money.setText("12.5")
    grid.fields[3].set_finding(say("The diagnosis does not fit the age of 3."), Tone.WARN)
    name.set_value("ນາງ ບົວຈັນ ແກ້ວມະນີ ທີ່ຢູ່ ນ້ຳປິ່ນ")
    grid.all_good()
    card.add(grid)
    return card


def gallery() -> QWidget:
    """Everything on one page."""
    page = QWidget()
    page.setProperty("ground", True)
    column = QVBoxLayout(page)
    header = widgets.PageHeader(say("Claims Desk"), say("Every widget of the house"))
    header.add(widgets.Button(say("Print"), "Ctrl+P"))
    header.add(widgets.PrimaryButton(say("Save and next"), "F9"))
    column.addWidget(header)
    strip = widgets.MessageStrip()
    strip.tell(say("The bundle differs from its hand count by {amount:kip} kip.", amount=30_000), Tone.WARN)
    column.addWidget(strip)
    tiles = QHBoxLayout()
    counts = ((say("To key"), 34, None), (say("Pended"), 1_412, Tone.WARN), (say("To approve"), 3, None))
    for words, count, tone in counts:
        tile = widgets.Tile(words)
        tile.show_count(count, say("oldest: {days} days", days=12), tone)
        tiles.addWidget(tile)
    column.addLayout(tiles)
    badges = QHBoxLayout()
    for tone in Tone:
        badges.addWidget(widgets.StatusBadge(say("accepted"), tone))
    badges.addStretch()
    column.addLayout(badges)
    column.addWidget(form())
    empty = widgets.EmptyState(say("No claims yet"), say("Register a bundle first: Alt+2."))
    listing = widgets.Listing(say("Claims"), COLUMNS, fetch, empty, kip_of=lambda row: row.amount, many=True)
    listing.table.badge("state", lambda row: row.tone)
    listing.setMinimumHeight(300)
    listing.refresh()
    column.addWidget(listing, 1)
    return page


def main() -> None:
    """Open the gallery, or write it to a picture."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--lao", action="store_true")
    arguments.add_argument("--shot", type=Path)
    arguments.add_argument("--size", default="1366x768")
    chosen = arguments.parse_args()
    app = QApplication([])
    theme.dress(app)
    switch_language("lo" if chosen.lao else "en")
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(gallery())
    width, height = map(int, chosen.size.split("x"))
    scroll.resize(width, height)
    scroll.show()
    if chosen.shot:
        QTimer.singleShot(700, lambda: (scroll.grab().save(str(chosen.shot)), app.quit()))
    app.exec()


if __name__ == "__main__":
    main()
