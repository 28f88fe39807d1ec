"""Rows changed from a day on, tried first, and a whole scheme moved: by keys, in the registers pane."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.models import User
from claims_desk.models.database import Database
from claims_desk.queries.row_timelines import held_row, row_timeline
from claims_desk.services.claims import key_claim
from claims_desk.ui.registers.change_dialog import ChangeDialog
from claims_desk.ui.registers.edit_dialog import EditDialog
from claims_desk.ui.registers.pane import RegistersPane
from claims_desk.ui.registers.switch_dialog import SwitchDialog
from claims_desk.ui.registers.what_if_view import WhatIfDialog
from claims_desk.ui.widgets.words_dialog import HouseDialog
from tests.small_office import START, form
from tests.ui.conftest import Settle, type_keys
from tests.ui.test_registers import CONTROL, Make, bring_in, make, plain, press, register_of

__all__ = ["make"]
D = TypeVar("D", bound=QDialog)
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
COPAY = {"scheme": "NHI", "level": "HC", "care_type": "OPD"}
NEXT_YEAR = "1/1/2027"


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day of May 2026, so that the quarter before is that of the small office's claims."""
    monkeypatch.setattr("claims_desk.ui.desk.office_today", lambda: date(2026, 5, 4))


def clerk(db: Database) -> Actor:
    with db.session() as session:
        user = session.query(User).filter_by(name="noy").one()
        return Actor(user.id, user.name, frozenset({Role.CLERK}))


def opened(pane: QWidget, kind: type[D]) -> D:
    found = [each for each in pane.findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def typed(widget: QWidget, text: str, then: Key = Key.Key_Return) -> None:
    """Type over what stands in the field that has the focus, and go on."""
    QTest.keyClick(widget, Key.Key_A, CONTROL)
    type_keys(widget, text)
    QTest.keyClick(widget, then)


def amounts(db: Database) -> list[tuple[date, date | None, int]]:
    rows = db.read(row_timeline, "copayments", COPAY)
    return [(row.valid_from, row.valid_to, row.values["amount"]) for row in rows]


def change_first(pane: RegistersPane, register: str, settle: Settle, key: Key = Key.Key_D) -> ChangeDialog:
    view = register_of(pane, register, settle)
    view.listing.table.setFocus()
    view.listing.table.selectRow(0)
    press(view, key, CONTROL)
    settle()
    return opened(pane, ChangeDialog)


@pytest.mark.usefixtures("today")
def test_a_row_is_changed_from_a_day_on_with_the_keyboard_alone(db: Database, make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    dialog = change_first(pane, "copayments", settle)
    assert [row.values["amount"] for row in dialog.rows.rows_model.rows] == [5000]
    assert dialog.day.hasFocus()
    typed(dialog.day, NEXT_YEAR)
    typed(dialog.focusWidget(), "7.000")
    typed(dialog.focusWidget(), "")
    assert dialog.reason.hasFocus()
    type_keys(dialog.reason, "letter 12")
    press(dialog, Key.Key_F9)
    settle()
    assert amounts(db) == [(START, date(2026, 12, 31), 5000), (date(2027, 1, 1), None, 7000)]
    assert plain(pane.strip.text()) == "Co-payments: the new row holds from 1/1/2027."


@pytest.mark.usefixtures("today")
def test_what_is_missing_is_told_under_its_field_and_nothing_is_saved(db: Database, make: Make, settle: Settle) -> None:
    dialog = change_first(make(Role.ADMINISTRATOR), "copayments", settle)
    press(dialog, Key.Key_F9)
    settle()
    assert dialog.day.hasFocus()
    assert dialog.reason.problem is not None
    assert amounts(db) == [(START, None, 5000)]
    dialog.reject()


@pytest.mark.usefixtures("today")
def test_a_refusal_is_told_in_the_dialog_and_what_was_typed_stays(db: Database, make: Make, settle: Settle) -> None:
    dialog = change_first(make(Role.ADMINISTRATOR), "copayments", settle)
    typed(dialog.day, NEXT_YEAR)
    type_keys(dialog.reason, "letter 12")
    press(dialog, Key.Key_F9)
    settle()
    assert "holds on 1/1/2027 already" in plain(dialog.strip.text())
    assert dialog.reason.value() == "letter 12"
    dialog.reject()


@pytest.mark.usefixtures("today")
def test_a_change_is_tried_on_last_quarters_claims_before_it_is_saved(db: Database, make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    for n in (1, 3):
        key_claim(db, clerk(db), form(f"F-{n}", member_no=f"N-{n}"), None)
    dialog = change_first(pane, "copayments", settle)
    typed(dialog.day, NEXT_YEAR)
    typed(dialog.focusWidget(), "8.000")
    press(dialog, Key.Key_F8)
    settle()
    result = opened(pane, WhatIfDialog)
    model = result.lines.rows_model
    shown = [[column.text(row) for column in model.columns] for row in model.rows]
    assert shown == [
        ["All", "", "2", "0", "0", "0", "6.000", "40.000", "34.000", "-6.000", "-15,0 %"],
        ["NHI", "Health centre", "2", "0", "0", "0", "6.000", "40.000", "34.000", "-6.000", "-15,0 %"],
    ]
    assert [row.form_no for row in result.changed.rows_model.rows] == ["F-1", "F-3"]
    press(result, Key.Key_Escape)
    assert [each for each in pane.findChildren(WhatIfDialog) if each.isVisible()] == []
    assert dialog.isVisible()
    assert amounts(db) == [(START, None, 5000)]
    dialog.reject()


@pytest.mark.usefixtures("today")
def test_a_key_without_a_row_gets_one(db: Database, make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    view = register_of(pane, "copayments", settle)
    press(view, Key.Key_N, CONTROL)
    settle()
    dialog = opened(pane, ChangeDialog)
    typed(dialog.focusWidget(), "nhi", Key.Key_Tab)
    for letter in ("D", "I"):
        type_keys(dialog.focusWidget(), letter)
        QTest.keyClick(dialog.focusWidget(), Key.Key_Tab)
    for text in (NEXT_YEAR, "30000", ""):
        typed(dialog.focusWidget(), text)
    type_keys(dialog.reason, "letter 12")
    press(dialog, Key.Key_F9)
    settle()
    rows = db.read(row_timeline, "copayments", COPAY | {"level": "DH", "care_type": "IPD"})
    assert [(row.valid_from, row.values["amount"]) for row in rows] == [(date(2027, 1, 1), 30000)]


@pytest.mark.usefixtures("today")
def test_a_row_is_ended_on_its_last_day(db: Database, make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    view = register_of(pane, "copayments", settle)
    view.listing.table.setFocus()
    view.listing.table.selectRow(0)
    press(view, Key.Key_D, CONTROL | SHIFT)
    settle()
    dialog = opened(pane, ChangeDialog)
    typed(dialog.day, "31/12/2026")
    type_keys(dialog.reason, "letter 12")
    press(dialog, Key.Key_F9)
    settle()
    assert amounts(db) == [(START, date(2026, 12, 31), 5000)]


@pytest.mark.parametrize(
    "register",
    ["contracts", "prices", "case_rates", "payment_methods", "copayments"],
)
def test_every_kind_of_row_opens_and_shows_what_stands(make: Make, settle: Settle, register: str) -> None:
    dialog = change_first(make(Role.ADMINISTRATOR), register, settle)
    assert len(dialog.rows.rows_model.rows) == 1
    assert all(str(value) for value in dialog.row.typed().values())
    dialog.reject()


def test_others_look_and_change_nothing(make: Make, settle: Settle) -> None:
    pane = make(Role.CLERK, Role.SUPERVISOR, Role.AUDITOR)
    view = register_of(pane, "copayments", settle)
    view.listing.table.selectRow(0)
    for key in (Key.Key_D, Key.Key_N, Key.Key_M):
        press(view, key, CONTROL)
    view.listing.table.setFocus()
    press(view.listing.table, Key.Key_Return)
    assert pane.findChildren(HouseDialog) == []
    assert [each.title.text() for each in pane.commands() if each.shortcut] == []


@pytest.mark.parametrize("register", ["schemes", "facilities", "items", "case_groups", "diagnoses"])
def test_a_plain_row_opens_with_what_stands_and_is_saved_with_a_reason(
    db: Database, make: Make, settle: Settle, register: str
) -> None:
    pane = make(Role.ADMINISTRATOR)
    view = register_of(pane, register, settle)
    view.listing.table.setFocus()
    view.listing.table.selectRow(0)
    press(view, Key.Key_D, CONTROL)
    settle()
    dialog = opened(pane, EditDialog)
    assert dialog.seen is not None
    before = dialog.seen.values
    name = next(each for each in dialog.row.fields if each in ("name_lo", "title_lo"))
    field = dialog.row.fields[name]
    field.edit.setFocus()
    typed(field.edit, "ຊື່ໃໝ່")
    type_keys(dialog.reason, "letter 12")
    press(dialog, Key.Key_F9)
    settle()
    after = db.read(held_row, register, {"code": str(before["code"])})
    assert after is not None
    derived = {"name_folded": after.values.get("name_folded")} if "name_folded" in before else {}
    assert after.values == {**before, name: "ຊື່ໃໝ່", **derived}


FILE = "scheme,level,care_type,valid_from,valid_to,amount\nNHI,HC,OPD,1/1/2025,,8000\n"


@pytest.mark.usefixtures("today")
def test_a_file_is_tried_before_it_is_taken_in(db: Database, make: Make, settle: Settle, tmp_path: Path) -> None:
    pane = make(Role.ADMINISTRATOR)
    key_claim(db, clerk(db), form("F-1"), None)
    file = tmp_path / "copayments.csv"
    file.write_text(FILE, encoding="utf-8")
    dialog = bring_in(pane, file, "copayments", settle)
    press(dialog, Key.Key_F7)
    settle()
    result = opened(pane, WhatIfDialog)
    assert result.outcome.total.difference == -3000
    result.reject()
    dialog.reject()


def fill_switch(pane: RegistersPane, settle: Settle, open_it: Callable[[], object]) -> SwitchDialog:
    open_it()
    settle()
    dialog = opened(pane, SwitchDialog)
    for text in ("sass", "nhi"):
        typed(dialog.focusWidget(), text, Key.Key_Tab)
    typed(dialog.focusWidget(), "1/3/2025", Key.Key_Tab)
    press(dialog, Key.Key_F8)
    settle()
    return dialog


@pytest.mark.usefixtures("today")
def test_a_scheme_is_moved_once_it_was_looked_at_and_confirmed(db: Database, make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    found = [each for each in pane.commands() if each.title.text() == "Move a whole scheme"]
    dialog = fill_switch(pane, settle, found[0].do)
    told = {row.what.text(): row.count for row in dialog.table.rows_model.rows}
    assert told["Only ended: the person is in the new scheme already"] == 1
    type_keys(dialog.reason, "decree 470")
    press(dialog, Key.Key_F9)
    settle()
    question = next(each for each in pane.findChildren(HouseDialog) if each.isVisible() and each is not dialog)
    QTest.keyClick(question.do_button, Key.Key_Return)
    settle()
    assert plain(pane.strip.text()) == "1 coverages moved, 0 contracts copied."
    key = {"scheme": "SASS", "member_no": "S-2", "person_no": "P2"}
    assert [row.valid_to for row in db.read(row_timeline, "coverages", key)] == [date(2025, 2, 28)]


@pytest.mark.usefixtures("today")
def test_what_was_typed_anew_must_be_looked_at_again(make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    view = register_of(pane, "schemes", settle)
    dialog = fill_switch(pane, settle, lambda: press(view, Key.Key_M, CONTROL))
    assert dialog.do_button.isEnabled()
    dialog.day.setFocus()
    typed(dialog.day, "2/3/2025", Key.Key_Tab)
    assert not dialog.do_button.isEnabled()
    press(dialog, Key.Key_F7)
    settle()
    result = opened(pane, WhatIfDialog)
    assert result.outcome.lines == ()
    result.reject()
    dialog.reject()
