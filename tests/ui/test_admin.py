from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.errors import Refused
from claims_desk.models.database import Database
from claims_desk.services.backup import backup, checked_backup
from claims_desk.services.users import add_user, change_roles, disable_user, sign_in
from claims_desk.services.verify import verify
from claims_desk.ui.admin.audit_view import AuditView
from claims_desk.ui.admin.backup_view import BackupView
from claims_desk.ui.admin.health_view import HealthView
from claims_desk.ui.admin.pane import AdminPane
from claims_desk.ui.admin.user_dialogs import AddDialog, RolesDialog
from claims_desk.ui.admin.user_view import UserView
from claims_desk.ui.desk import Place
from claims_desk.ui.speech import switch_language
from claims_desk.ui.widgets import HouseDialog
from tests.conftest import ADMINISTRATOR, PASSWORD
from tests.ui.conftest import OpenPane, Settle, type_keys

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
NEW = "Phonsavanh 77"
Make = Callable[..., AdminPane]


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
    """Opens admin and audit for a user with roles; noy is a clerk."""
    add_user(db, sign_in(db, ADMINISTRATOR, PASSWORD), "noy", PASSWORD, [Role.CLERK])

    def open_for(*roles: Role) -> AdminPane:
        user = sign_in(db, ADMINISTRATOR, PASSWORD)
        return open_pane(AdminPane, Actor(user.user_id, user.name, frozenset(roles)))

    return open_for


def users_of(pane: AdminPane) -> UserView:
    view = pane.views["users"]
    assert isinstance(view, UserView)
    pane.switch.set_value("users")
    return view


def audit_of(pane: AdminPane) -> AuditView:
    view = pane.views["audit"]
    assert isinstance(view, AuditView)
    pane.switch.set_value("audit")
    return view


def choose(view: UserView, name: str) -> None:
    view.table.setFocus()
    view.table.selectRow([row.name for row in view.table.rows_model.rows].index(name))


def open_dialog(pane: AdminPane, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> QDialog:
    press(pane, key, modifier)
    return next(each for each in pane.findChildren(QDialog) if each.isVisible())


def new_user(pane: AdminPane, name: str, password: str, again: str, *roles: Role) -> AddDialog:
    dialog = open_dialog(pane, Qt.Key.Key_N, CONTROL)
    assert isinstance(dialog, AddDialog)
    type_keys(dialog.name, name)
    type_keys(dialog.password.password, password)
    type_keys(dialog.password.again, again)
    for role in roles:
        QTest.keyClick(dialog.roles.boxes[role], Qt.Key.Key_Space)
    press(dialog, Qt.Key.Key_Return, CONTROL)
    return dialog


def test_a_user_is_added_and_can_sign_in(db: Database, make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    new_user(pane, "kham", NEW, NEW, Role.CLERK, Role.SUPERVISOR)
    settle()
    assert sign_in(db, "kham", NEW).roles == {Role.CLERK, Role.SUPERVISOR}
    assert "kham" in [row.name for row in users_of(pane).table.rows_model.rows]


def test_two_different_passwords_add_nobody_and_keep_what_was_typed(make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    dialog = new_user(pane, "kham", NEW, "Phonsavanh 78", Role.CLERK)
    settle()
    assert dialog.isVisible()
    assert dialog.password.again.problem is not None
    assert dialog.name.text() == "kham"
    dialog.reject()


@pytest.mark.parametrize(
    ("name", "password", "roles", "told"),
    [
        ("noy", NEW, [Role.CLERK], "already"),
        ("kham", "short", [Role.CLERK], "too short"),
        ("kham", NEW, [], "at least one role"),
    ],
)
def test_a_refusal_is_told_in_the_dialog(
    make: Make, settle: Settle, name: str, password: str, roles: list[Role], told: str
) -> None:
    dialog = new_user(make(Role.ADMINISTRATOR), name, password, password, *roles)
    settle()
    assert dialog.isVisible()
    assert told in plain(dialog.strip.text())
    dialog.reject()


def test_roles_are_changed(db: Database, make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    choose(users_of(pane), "noy")
    dialog = open_dialog(pane, Qt.Key.Key_F6)
    assert isinstance(dialog, RolesDialog)
    for role in (Role.CLERK, Role.ACCOUNTANT):
        QTest.keyClick(dialog.roles.boxes[role], Qt.Key.Key_Space)
    press(dialog, Qt.Key.Key_Return, CONTROL)
    settle()
    assert sign_in(db, "noy", PASSWORD).roles == {Role.ACCOUNTANT}


def test_a_disabled_user_signs_in_no_more_until_he_is_enabled(db: Database, make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    choose(users_of(pane), "noy")
    confirming = open_dialog(pane, Qt.Key.Key_F8)
    assert isinstance(confirming, HouseDialog)
    press(confirming.do_button, Qt.Key.Key_Return)
    settle()
    with pytest.raises(Refused):
        sign_in(db, "noy", PASSWORD)
    choose(users_of(pane), "noy")
    press(pane, Qt.Key.Key_F8)
    settle()
    assert sign_in(db, "noy", PASSWORD).name == "noy"


def test_an_auditor_reads_the_trail_and_the_users_and_has_no_button_to_change_them(
    db: Database, make: Make, settle: Settle, tmp_path: Path
) -> None:
    pane = make(Role.AUDITOR)
    assert list(pane.views) == ["audit", "health", "users"]
    assert audit_of(pane).listing.isVisible()
    view = users_of(pane)
    assert view.table.isVisible()
    assert not any(b.isVisible() for b in (view.add_button, view.roles_button, view.password_button, view.able_button))
    choose(view, "noy")
    for key in (Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_Return):
        QTest.keyClick(view.table, key)
    assert [each for each in pane.findChildren(QDialog) if each.isVisible()] == []
    auditor = pane.desk.actor
    for deed in (
        lambda: add_user(db, auditor, "kham", NEW, [Role.CLERK]),
        lambda: change_roles(db, auditor, "noy", [Role.ADMINISTRATOR]),
        lambda: disable_user(db, auditor, "noy"),
        lambda: backup(db, auditor, tmp_path / "copy.db"),
    ):
        with pytest.raises(Refused):
            deed()


def test_an_entry_shows_before_and_after_and_marks_what_changed(db: Database, make: Make, settle: Settle) -> None:
    change_roles(db, sign_in(db, ADMINISTRATOR, PASSWORD), "noy", [Role.SUPERVISOR])
    view = audit_of(make(Role.AUDITOR))
    view.listing.table.setFocus()
    view.listing.table.selectRow(0)
    assert view.card.title.text() == "Roles changed"
    said = [label.text().replace("\u200b", "") for label in view.card.findChildren(type(view.card.title))]
    assert {"≠ Roles", "clerk", "supervisor"} <= set(said)


def test_the_trail_is_asked_by_person_and_day_by_keyboard(make: Make, settle: Settle) -> None:
    view = audit_of(make(Role.AUDITOR))
    all_entries = view.listing.model.count
    assert all_entries > 0
    view.user.setFocus()
    type_keys(view.user, "n")
    settle()
    assert view.listing.model.count == 0
    QTest.keyClick(view.user, Qt.Key.Key_Backspace)
    settle()
    assert view.listing.model.count == all_entries
    view.last.setFocus()
    type_keys(view.last, "1/1/2020")
    QTest.keyClick(view.last, Qt.Key.Key_Return)
    settle()
    assert view.listing.model.count == 0


def test_the_chain_is_checked_and_a_whole_one_holds(make: Make, settle: Settle) -> None:
    pane = make(Role.AUDITOR)
    view = audit_of(pane)
    press(pane, Qt.Key.Key_F9)
    settle()
    assert view.badge.text() == "the chain holds"


def test_the_health_of_the_database_is_told_check_by_check(make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    pane.show_place(Place("admin", "health"))
    view = pane.views["health"]
    assert isinstance(view, HealthView)
    press(pane, Qt.Key.Key_F9)
    settle()
    checks = len(verify(pane.desk.db))
    assert len(view.table.rows_model.rows) == checks > 8
    assert all(row.fault is None for row in view.table.rows_model.rows)
    assert plain(pane.strip.text()) == f"All {checks} checks hold."


def test_a_backup_is_made_whole_and_told(make: Make, settle: Settle, tmp_path: Path) -> None:
    pane = make(Role.ADMINISTRATOR)
    view = pane.views["backup"]
    assert isinstance(view, BackupView)
    path = tmp_path / "copy.db"
    view.back_up(path)
    settle()
    assert str(path) in plain(pane.strip.text())
    with checked_backup(path) as copy:
        assert sign_in(copy, "noy", PASSWORD).name == "noy"


def test_every_word_of_the_pane_is_said_in_lao_too(make: Make, settle: Settle) -> None:
    pane = make(Role.ADMINISTRATOR)
    switch_language("lo")
    settle()
    for view in pane.views.values():
        for table in view.findChildren(type(users_of(pane).table)):
            model = table.rows_model
            titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
            assert not [title for title in titles if title.isascii()]
