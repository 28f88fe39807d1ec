"""A newcomer is proposed from his form with what it says, and an administrator takes him in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from claims_desk.domain.codes import ProposalState, Severity
from claims_desk.domain.paging import PageWanted
from claims_desk.queries.members import find_members
from claims_desk.queries.proposals import proposals
from claims_desk.services.sign_in import sign_in
from claims_desk.ui.desk import Place
from claims_desk.ui.key.propose_dialog import ProposeDialog
from claims_desk.ui.registers.pane import RegistersPane
from claims_desk.ui.registers.proposal_view import ProposalView
from claims_desk.ui.widgets import HouseDialog
from tests.conftest import ADMINISTRATOR, PASSWORD
from tests.ui.conftest import type_keys
from tests.ui.key.conftest import Clerk

F4, F9, ENTER, ESC = Qt.Key.Key_F4, Qt.Key.Key_F9, Qt.Key.Key_Return, Qt.Key.Key_Escape


def key_newcomer(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type("000412", "nhi", "N-77", "ຄຳໄພ ແສງທອງ", "f")
    clerk.go_to("birth_date")
    clerk.type("2/6/2001")
    clerk.go_to("visit_from")
    clerk.type("10/3/2026")


def open_dialog(clerk: Clerk) -> ProposeDialog:
    QTest.keyClick(clerk.focus(), F4)
    clerk.settle()
    (dialog,) = clerk.pane.window().findChildren(ProposeDialog)
    return dialog


def press(key: Qt.Key) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def test_the_proposal_is_offered_where_nobody_has_the_number(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type("000412", "nhi", "N-1")
    assert not clerk.pane.member.propose_button.isVisible()
    clerk.go_to("member_no")
    clerk.type("N-77")
    assert clerk.pane.member.propose_button.isVisible()


def test_what_the_form_says_is_filled_in_and_the_form_is_keyed_on(clerk: Clerk) -> None:
    key_newcomer(clerk)
    dialog = open_dialog(clerk)
    village = dialog.grid.field("village")
    assert village is not None
    village.edit.setFocus()
    type_keys(village.edit, "ໂພນສະຫວັນ")
    press(F9)
    clerk.settle()
    (row,) = clerk.db.read(proposals, PageWanted()).rows
    assert (row.scheme, row.member_no, row.name.lao, row.sex) == ("NHI", "N-77", "ຄຳໄພ ແສງທອງ", "F")
    assert (f"{row.birth_date}", f"{row.valid_from}") == ("2001-06-02", "2026-03-10")
    assert (row.village, row.form_no, row.facility_code) == ("ໂພນສະຫວັນ", "000412", "DH1")
    assert "Proposed" in clerk.told()
    assert clerk.text("form_no") == "000412"


def test_once_proposed_the_card_says_so_and_the_claim_waits_with_nothing_to_correct(clerk: Clerk) -> None:
    key_newcomer(clerk)
    open_dialog(clerk)
    press(F9)
    clerk.settle()
    card = clerk.pane.member
    assert not card.propose_button.isVisible()
    assert card._person.plain == "Proposed: N-77 under NHI waits for the administrator. Key on."
    (found,) = [found for found in clerk.pane.findings.shown if found.code == "M01"]
    assert f"{found.message}" == "Number N-77 of NHI is proposed for the register; the administrator decides."
    assert "Nothing to correct" in f"{found.fix}"
    assert found.severity == Severity.PEND
    clerk.wait_for_keyboard()
    clerk.go_to("member_no")
    clerk.type("N-78")
    assert card.propose_button.isVisible()


def test_what_is_missing_is_told_in_the_dialog_and_nothing_is_proposed(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type("000412", "nhi", "N-77")
    dialog = open_dialog(clerk)
    press(F9)
    clerk.settle()
    assert dialog.isVisible()
    assert clerk.db.read(proposals, PageWanted()).count == 0
    press(ESC)
    assert clerk.text("member_no") == "N-77"


def test_an_administrator_takes_him_into_the_register(clerk: Clerk, open_pane: Callable[..., RegistersPane]) -> None:
    key_newcomer(clerk)
    open_dialog(clerk)
    press(F9)
    clerk.settle()
    pane = open_pane(RegistersPane, sign_in(clerk.db, ADMINISTRATOR, PASSWORD))
    pane.open(Place("registers", "proposals"))
    clerk.settle()
    view = pane.views["proposals"]
    assert isinstance(view, ProposalView)
    view.listing.table.selectRow(0)
    view.listing.table.setFocus()
    QTest.keyClick(view.listing.table, F9)
    (dialog,) = pane.window().findChildren(HouseDialog)
    QTest.keyClick(dialog.do_button, ENTER)
    clerk.settle()
    assert clerk.db.read(proposals, PageWanted(), ProposalState.ACCEPTED).count == 1
    assert [found.name.lao for found in clerk.db.read(find_members, "N-77")] == ["ຄຳໄພ ແສງທອງ"]
    assert "is in the register" in pane.strip.text().replace("\u200b", "")
