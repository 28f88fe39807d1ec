from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from claims_desk.models.database import Database
from claims_desk.services.office import set_up_office
from claims_desk.services.opening import own_database_url
from claims_desk.ui.desk import Desk
from claims_desk.ui.first_run import ON_SERVER, find_offices
from claims_desk.ui.settings import Settings, load_settings
from claims_desk.ui.start import StartWindow
from tests.conftest import ADMINISTRATOR, PASSWORD
from tests.ui.conftest import Settle, type_keys

ENTER = Qt.Key.Key_Return


def start(qtbot: QtBot, url: str = "", settings: Settings | None = None) -> StartWindow:
    window = StartWindow(settings or Settings(language="en"), url)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def address(db: Database) -> str:
    return db.engine.url.render_as_string(hide_password=False)


def test_the_first_run_sets_up_an_office_on_this_pc_and_the_administrator_signs_in(
    qtbot: QtBot, settle: Settle
) -> None:
    window = start(qtbot)
    desks: list[Desk] = []
    window.ready.connect(desks.append)
    window.begin()
    window.where.next()
    settle()
    page = window.set_up
    assert page.isVisible()
    type_keys(page.office, "vangv")
    settle()
    QTest.keyClick(page.office, ENTER)
    type_keys(page.name, "Somphone")
    for field in (page.password, page.again):
        type_keys(field, PASSWORD)
    page.finish()
    settle()
    assert window.sign_in.isVisible()
    type_keys(window.sign_in.user, "Somphone")
    type_keys(window.sign_in.password, PASSWORD)
    QTest.keyClick(window.sign_in.password, ENTER)
    settle()
    (desk,) = desks
    assert desk.actor.name == "Somphone"
    assert "1005" not in str(desk.office_name)
    kept = load_settings()
    assert (kept.last_user, kept.database) == ("Somphone", own_database_url())


def test_two_different_passwords_are_told_beside_the_field_and_nothing_is_made(qtbot: QtBot, settle: Settle) -> None:
    window = start(qtbot)
    window.begin()
    window.where.next()
    settle()
    page = window.set_up
    page.office.set_value("1003")
    page.name.set_value("Somphone")
    page.password.setText(PASSWORD)
    page.again.setText("another")
    page.finish()
    settle()
    assert page.again.problem is not None
    assert page.isVisible()


def test_a_poor_password_is_refused_in_the_page_with_advice(qtbot: QtBot, settle: Settle) -> None:
    window = start(qtbot)
    window.begin()
    window.where.next()
    settle()
    page = window.set_up
    page.office.set_value("1003")
    page.name.set_value("Somphone")
    for field in (page.password, page.again):
        field.setText("12345")
    page.finish()
    settle()
    assert page.strip.text() != ""
    assert page.isVisible()
    assert page.isEnabled()


def test_a_second_pc_of_an_office_comes_straight_to_signing_in(db: Database, qtbot: QtBot, settle: Settle) -> None:
    window = start(qtbot, address(db))
    window.begin()
    settle()
    assert window.sign_in.isVisible()


def test_a_wrong_password_is_told_in_the_page_and_the_password_emptied(
    db: Database, qtbot: QtBot, settle: Settle
) -> None:
    window = start(qtbot, address(db), Settings(language="en", last_user=ADMINISTRATOR))
    window.begin()
    settle()
    assert window.sign_in.user.text() == ADMINISTRATOR
    type_keys(window.sign_in.password, "wrong")
    QTest.keyClick(window.sign_in.password, ENTER)
    settle()
    assert window.sign_in.strip.text() != ""
    assert window.sign_in.password.text() == ""


def test_a_server_that_does_not_answer_is_told_and_asked_for_again(qtbot: QtBot, settle: Settle) -> None:
    window = start(qtbot)
    window.begin()
    page = window.where
    page.where.set_value(ON_SERVER)
    page.where.typed.emit()
    for field, text in ((page.server, "127.0.0.1:1"), (page.database, "claims"), (page.user, "office")):
        field.set_value(text)
    page.next()
    settle()
    assert page.isVisible()
    assert page.strip.text() != ""


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(settle: Settle, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(focused(), key)
        settle()


def write(settle: Settle, text: str) -> None:
    """Type where the keyboard is, and press Enter."""
    type_keys(focused(), text)
    settle()
    press(settle, ENTER)


def test_the_first_run_goes_by_enter_alone_from_the_first_key(qtbot: QtBot, settle: Settle) -> None:
    window = start(qtbot)
    desks: list[Desk] = []
    window.ready.connect(desks.append)
    window.begin()
    settle()
    press(settle, ENTER)
    assert window.set_up.isVisible()
    for text in ("vangv", "Somphone", PASSWORD, PASSWORD):
        write(settle, text)
    assert window.sign_in.isVisible()
    for text in ("Somphone", PASSWORD):
        write(settle, text)
    assert [desk.actor.name for desk in desks] == ["Somphone"]


def test_escape_leads_back_from_another_database_and_forth_again(db: Database, qtbot: QtBot, settle: Settle) -> None:
    window = start(qtbot)
    window.begin()
    press(settle, ENTER)
    press(settle, Qt.Key.Key_Escape)
    assert window.where.isVisible()
    press(settle, Qt.Key.Key_Escape)
    assert window.set_up.isVisible()
    assert focused() is window.set_up.office
    window.open(address(db))
    settle()
    window.sign_in.other_asked.emit()
    settle()
    press(settle, Qt.Key.Key_Escape)
    assert window.sign_in.isVisible()


def test_who_types_at_once_types_his_name(db: Database, qtbot: QtBot, settle: Settle) -> None:
    window = start(qtbot, address(db))
    desks: list[Desk] = []
    window.ready.connect(desks.append)
    window.begin()
    settle()
    for text in (ADMINISTRATOR, PASSWORD):
        write(settle, text)
    assert [desk.actor.name for desk in desks] == [ADMINISTRATOR]


def test_who_was_here_last_is_named_and_asked_for_his_password(db: Database, qtbot: QtBot, settle: Settle) -> None:
    settings = Settings(language="en", last_user=ADMINISTRATOR, database=address(db))
    window = start(qtbot, address(db), settings)
    window.begin()
    settle()
    page = window.sign_in
    assert focused() is page.password
    assert page.who.note.plain.startswith("Signed in here last.")
    QTest.keyClick(focused(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    type_keys(focused(), "noy")
    assert (page.user.text(), page.who.note.plain) == ("noy", "")


def test_tab_goes_from_the_name_to_the_password_to_signing_in_and_reaches_the_language(
    db: Database, qtbot: QtBot, settle: Settle
) -> None:
    window = start(qtbot, address(db))
    window.begin()
    settle()
    reached = []
    for _ in range(6):
        reached.append(focused().accessibleName())
        press(settle, Qt.Key.Key_Tab)
    assert reached == ["User", "Password", "Sign in", "Another database", "Language", "User"]


def test_who_was_here_last_in_another_database_is_not_offered(db: Database, qtbot: QtBot, settle: Settle) -> None:
    settings = Settings(language="en", last_user="somphone", database="sqlite:///elsewhere.db")
    window = start(qtbot, address(db), settings)
    window.begin()
    settle()
    assert focused() is window.sign_in.user
    assert window.sign_in.user.text() == ""


def test_keys_typed_while_a_password_is_checked_press_no_button(db: Database, qtbot: QtBot, settle: Settle) -> None:
    window = start(qtbot, address(db), Settings(language="en", last_user=ADMINISTRATOR))
    window.begin()
    settle()
    type_keys(focused(), "wrong")
    QTest.keyClick(focused(), ENTER)
    type_keys(focused(), "x y")
    QTest.keyClick(focused(), ENTER)
    assert focused() is window.sign_in.password
    settle()
    assert window.sign_in.isVisible()
    assert focused() is window.sign_in.password
    assert window.sign_in.password.text() == ""


def test_a_password_refused_leaves_the_keyboard_where_it_was(qtbot: QtBot, settle: Settle) -> None:
    window = start(qtbot)
    window.begin()
    press(settle, ENTER)
    for text in ("1003", "Somphone", "12345", "12345"):
        write(settle, text)
    assert window.set_up.strip.text() != ""
    assert window.set_up.isAncestorOf(focused())


def test_a_demo_office_says_so(new_sqlite: object, qtbot: QtBot, settle: Settle, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    db = Database.open(url)
    set_up_office(db, office="1003", administrator=ADMINISTRATOR, password=PASSWORD, demo=True)
    db.close()
    window = start(qtbot, url)
    window.begin()
    settle()
    assert window.sign_in.office.text().startswith("Demo")


@pytest.mark.parametrize(("typed", "code"), [("vangviang", "1005"), ("ແກ້ວອຸດົມ", "1003"), ("1000", "1000")])
def test_an_office_is_found_by_name_in_either_script_or_by_number(typed: str, code: str) -> None:
    assert code in [choice.code for choice in find_offices(typed)]


def test_ten_offices_are_offered_at_most() -> None:
    assert len(find_offices("a")) == 10


def test_the_language_chosen_at_the_start_is_the_one_signed_in_with(db: Database, qtbot: QtBot, settle: Settle) -> None:
    window = start(qtbot, address(db), Settings(language="en", last_user=ADMINISTRATOR))
    window.begin()
    settle()
    window.language.setFocus()
    type_keys(window.language, "ລ")
    type_keys(window.sign_in.password, PASSWORD)
    QTest.keyClick(window.sign_in.password, ENTER)
    settle()
    assert load_settings().language == "lo"
