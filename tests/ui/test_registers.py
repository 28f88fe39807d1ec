from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.errors import Refused
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Price
from claims_desk.models.database import Database
from claims_desk.queries.register_lists import register_rows
from claims_desk.services.imports import import_table
from claims_desk.services.sign_in import sign_in
from claims_desk.ui.desk import Place
from claims_desk.ui.registers.import_dialog import ImportDialog
from claims_desk.ui.registers.member_view import MemberView
from claims_desk.ui.registers.pane import RegistersPane
from claims_desk.ui.registers.register_view import RegisterView
from claims_desk.ui.registers.words import TITLES
from claims_desk.ui.speech import switch_language
from tests.conftest import ADMINISTRATOR, PASSWORD
from tests.small_office import open_small_office
from tests.ui.conftest import OpenPane, Settle, type_keys

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Make = Callable[..., RegistersPane]


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key once the widget's window has the keyboard: right after a dialog it may not have it yet."""
    for _ in range(400):
        if widget.isActiveWindow():
            break
        widget.activateWindow()
        QTest.qWait(5)
    assert widget.isActiveWindow()
    QTest.keyClick(widget, key, modifier)


def plain(text: str) -> str:
    """What a label says, without the places where its lines may break."""
    return text.replace("\u200b", "")


@pytest.fixture
def make(db: Database, open_pane: OpenPane) -> Make:
    """Opens the registers of the small office for a user with roles."""
    open_small_office(db)

    def open_for(*roles: Role) -> RegistersPane:
        user = sign_in(db, ADMINISTRATOR, PASSWORD)
        return open_pane(RegistersPane, Actor(user.user_id, user.name, frozenset(roles)))

    return open_for


def members_of(pane: RegistersPane) -> MemberView:
    view = pane.views["members"]
    assert isinstance(view, MemberView)
    return view


def register_of(pane: RegistersPane, name: str, settle: Settle) -> RegisterView:
    pane.shelf.show_register(name)
    settle()
    view = pane.views[name]
    assert isinstance(view, RegisterView)
    return view


def names(view: MemberView) -> set[str]:
    return {row.name.roman for row in view.listing.model.rows}


@pytest.mark.parametrize("typed", ["ແກ້ວມະນີ", "keom", "N-3"])
def test_a_member_is_found_in_either_script_and_by_number(make: Make, settle: Settle, typed: str) -> None:
    view = members_of(make(Role.CLERK))
    view.listing.search.setFocus()
    type_keys(view.listing.search, typed)
    QTest.keyClick(view.listing.search, Qt.Key.Key_Return)
    settle()
    assert names(view) == {"Keomany"}
    assert view.listing.totals.all.text().count("1") == 1


@pytest.mark.parametrize(
    ("field", "typed", "found"),
    [
        ("born", "3/2/1985", {"Noy Keo"}),
        ("book", "FB-7", {"Noy Keo", "Bounmy"}),
        ("village", "ຫວ້ຍແຍ້", {"Noy Keo", "Bounmy", "Keomany", "Kongkeo"}),
        ("village", "ຜາແດງ", set()),
    ],
)
def test_members_are_found_by_birth_date_family_book_and_village(
    make: Make, settle: Settle, qtbot: QtBot, field: str, typed: str, found: set[str]
) -> None:
    view = members_of(make(Role.CLERK))
    edit = getattr(view, field)
    edit.setFocus()
    type_keys(edit, typed)
    qtbot.waitUntil(lambda: names(view) == found)


def test_enter_opens_the_card_with_household_and_esc_closes_it(make: Make, settle: Settle) -> None:
    view = members_of(make(Role.CLERK))
    row = [member.person_no for member in view.listing.model.rows].index("P1")
    view.listing.table.setFocus()
    view.listing.table.selectRow(row)
    QTest.keyClick(view.listing.table, Qt.Key.Key_Return)
    settle()
    assert view.card.isVisible()
    relatives = [each for each in view.card.findChildren(QPushButton) if "Noy Keo" in each.text()]
    QTest.keyClick(relatives[0], Qt.Key.Key_Return)
    settle()
    assert view.card.person is not None
    assert view.card.person.person_no == "P2"
    QTest.keyClick(view.card, Qt.Key.Key_Escape)
    assert not view.card.isVisible()


def test_what_was_found_elsewhere_opens_here(make: Make, settle: Settle) -> None:
    pane = make(Role.SUPERVISOR)
    pane.show_place(Place("registers", "member", text="P3"))
    settle()
    assert members_of(pane).card.isVisible()
    pane.show_place(Place("registers", "facility", text="DH1"))
    settle()
    assert pane.shelf.register() == "facilities"
    view = pane.views["facilities"]
    assert view.listing.search.text() == "DH1"


def test_another_day_shows_the_prices_of_that_day_and_none_shows_all(db: Database, make: Make, settle: Settle) -> None:
    pane = make(Role.CLERK)
    with db.session() as session:
        session.query(Price).filter_by(item_code="CONS").update({"valid_to": date(2026, 5, 31)})
        session.commit()
    view = register_of(pane, "prices", settle)
    assert view.as_of is not None
    assert view.as_of.edit.value() == pane.desk.today()
    for typed, codes in (("1/6/2026", {"PARA", "XRAY"}), ("31/5/2026", {"CONS", "PARA", "XRAY"})):
        view.as_of.edit.setFocus()
        view.as_of.edit.selectAll()
        type_keys(view.as_of.edit, typed)
        QTest.keyClick(view.as_of.edit, Qt.Key.Key_Return)
        settle()
        assert {row["item_code"] for row in view.listing.model.rows} == codes
    view.as_of.edit.setFocus()
    view.as_of.edit.selectAll()
    QTest.keyClick(view.as_of.edit, Qt.Key.Key_Delete)
    QTest.keyClick(view.as_of.edit, Qt.Key.Key_Return)
    settle()
    assert view.listing.model.count == 12


def test_a_wrong_day_is_told_beside_it_and_the_list_stays(make: Make, settle: Settle) -> None:
    view = register_of(make(Role.CLERK), "prices", settle)
    assert view.as_of is not None
    view.as_of.edit.setFocus()
    view.as_of.edit.selectAll()
    type_keys(view.as_of.edit, "1/1/2569")
    QTest.keyClick(view.as_of.edit, Qt.Key.Key_Return)
    settle()
    assert "2026" in view.as_of.note.text()
    assert view.listing.model.count == 12


def test_every_register_opens_with_its_title_and_columns_in_both_languages(make: Make, settle: Settle) -> None:
    pane = make(Role.AUDITOR)
    for language in ("en", "lo"):
        switch_language(language)
        for name in TITLES:
            pane.shelf.show_register(name)
            settle()
            model = pane.views[name].listing.model
            assert all(model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount()))


def bring_in(pane: RegistersPane, file: Path, kind: str, settle: Settle) -> ImportDialog:
    pane.shelf.show_register(kind)
    press(pane, Qt.Key.Key_I, CONTROL)
    dialog = next(each for each in pane.findChildren(ImportDialog) if each.isVisible())
    type_keys(dialog.file, str(file))
    press(dialog, Qt.Key.Key_F8)
    settle()
    return dialog


GOOD = "item_code,scheme,level,valid_from,valid_to,price\nXRAY,NHI,PH,1/1/2025,,90.000\n"
BAD = GOOD + "XRAY,NHI,RH,1/1/2025,,12.5\n"


def test_a_dry_run_tells_the_bad_row_and_nothing_comes_in(
    db: Database, make: Make, settle: Settle, tmp_path: Path
) -> None:
    file = tmp_path / "prices.csv"
    file.write_text(BAD, encoding="utf-8")
    dialog = bring_in(make(Role.ADMINISTRATOR), file, "prices", settle)
    told = dialog.problems.rows_model.rows
    assert [(row.row_no, row.column, row.value) for row in told] == [(3, "price", "12.5")]
    assert "whole number" in told[0].reason.text()
    assert not dialog.do_button.isEnabled()
    assert db.read(register_rows, "prices", PageWanted(search="XRAY PH"), None).count == 0
    dialog.reject()


def test_a_good_file_is_checked_first_and_taken_in_then(
    db: Database, make: Make, settle: Settle, tmp_path: Path
) -> None:
    file = tmp_path / "prices.csv"
    file.write_text(GOOD, encoding="utf-8")
    pane = make(Role.ADMINISTRATOR)
    dialog = bring_in(pane, file, "prices", settle)
    assert db.read(register_rows, "prices", PageWanted(search="XRAY PH"), None).count == 0
    assert dialog.do_button.isEnabled()
    press(dialog, Qt.Key.Key_F9)
    settle()
    assert db.read(register_rows, "prices", PageWanted(search="XRAY PH"), None).count == 1
    assert plain(pane.strip.text()) == "Prices: 1 new, 0 changed, 0 the same, 0 bad rows."


def test_the_good_rows_alone_come_in_when_asked_for_and_the_bad_ones_are_kept_in_a_file(
    db: Database, make: Make, settle: Settle, tmp_path: Path
) -> None:
    file = tmp_path / "prices.csv"
    file.write_text(BAD, encoding="utf-8")
    dialog = bring_in(make(Role.ADMINISTRATOR), file, "prices", settle)
    dialog.good_button.click()
    settle()
    assert db.read(register_rows, "prices", PageWanted(search="XRAY"), None).count == 5
    assert (tmp_path / "prices-rejected.csv").exists()


def test_another_file_must_be_checked_again(make: Make, settle: Settle, tmp_path: Path) -> None:
    file = tmp_path / "prices.csv"
    file.write_text(GOOD, encoding="utf-8")
    dialog = bring_in(make(Role.ADMINISTRATOR), file, "prices", settle)
    type_keys(dialog.file, "x")
    assert not dialog.do_button.isEnabled()
    press(dialog, Qt.Key.Key_F8)
    settle()
    assert "There is no file" in plain(dialog.strip.text())
    dialog.reject()


def test_only_an_administrator_brings_tables_in(db: Database, make: Make, settle: Settle, tmp_path: Path) -> None:
    file = tmp_path / "prices.csv"
    file.write_text(GOOD, encoding="utf-8")
    pane = make(Role.CLERK, Role.AUDITOR)
    assert not pane.import_button.isVisible()
    press(pane, Qt.Key.Key_I, CONTROL)
    assert pane.findChildren(ImportDialog) == []
    with pytest.raises(Refused):
        import_table(db, pane.desk.actor, "prices", file)
