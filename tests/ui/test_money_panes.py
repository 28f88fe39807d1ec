"""Batches and Payments by the keyboard: what is approved, posted, printed and sealed is so in the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from claims_desk.domain.codes import BatchState, Decision, VoucherState
from claims_desk.domain.dates import office_today
from claims_desk.domain.paging import PageWanted
from claims_desk.queries.batches import batch, batches
from claims_desk.queries.payment_files import payment_files
from claims_desk.queries.vouchers import vouchers
from claims_desk.services.batches import approve_batch, make_batches
from claims_desk.services.vouchers import certify_voucher, post_voucher, prepare_vouchers
from claims_desk.ui.batches.pane import BatchesPane
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.pane_stack import PaneStack
from claims_desk.ui.payments import letter_view, voucher_view
from claims_desk.ui.payments.pane import PaymentsPane
from claims_desk.ui.settings import Settings
from claims_desk.ui.widgets import MessageStrip
from tests.payable import KIP, closed_bundle, open_treasury
from tests.queries.test_letters import PEND
from tests.queries.test_letters import claim as pended
from tests.ui.conftest import type_keys

CTRL = Qt.KeyboardModifier.ControlModifier


def give_reason(qtbot, words):
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit))
    type_keys(QApplication.focusWidget(), words)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)


def test_a_clerk_makes_the_batches_of_closed_bundles(db, open_pane, qtbot, settle):
    people = open_treasury(db)
    closed_bundle(db, people, 1, 2)
    pane = open_pane(BatchesPane, people.staff.kham)
    qtbot.keyClick(pane, Qt.Key.Key_N, CTRL)
    settle()
    assert db.read(batches, PageWanted()).kip == 2 * KIP
    assert "Batches were made for 1 bundles" in pane.strip.text().replace("\u200b", "")
    assert not pane.approve_button.isVisible()


def test_a_supervisor_sees_the_totals_and_approves_with_one_key(db, open_pane, qtbot, settle):
    people = open_treasury(db)
    (key,) = make_batches(db, people.staff.kham, closed_bundle(db, people, 1, 2))
    pane = open_pane(BatchesPane, people.vanh)
    assert pane.control.badge.text() == "agree"
    assert pane.claims.model.count == 2
    qtbot.keyClick(pane, Qt.Key.Key_F9)
    settle()
    assert db.read(batch, key).state == BatchState.APPROVED
    assert pane.listing.model.count == 0


def test_a_refused_approval_is_told_in_the_pane(db, open_pane, qtbot, settle):
    people = open_treasury(db)
    (key,) = make_batches(db, people.staff.dao, closed_bundle(db, people, 1))
    pane = open_pane(BatchesPane, people.staff.dao)
    qtbot.keyClick(pane, Qt.Key.Key_F9)
    settle()
    assert "dao took part" in pane.strip.text().replace("\u200b", "")
    assert db.read(batch, key).state == BatchState.PROPOSED


def test_a_batch_is_given_back_with_a_reason(db, open_pane, qtbot, settle):
    people = open_treasury(db)
    (key,) = make_batches(db, people.staff.kham, closed_bundle(db, people, 1))
    pane = open_pane(BatchesPane, people.vanh)
    qtbot.keyClick(pane, Qt.Key.Key_R, CTRL)
    give_reason(qtbot, "the card of form 1 is missing")
    settle()
    assert db.read(batch, key).reason == "the card of form 1 is missing"


def test_of_many_batches_the_done_and_the_refused_are_both_told(db, open_pane, qtbot, settle):
    people = open_treasury(db)
    (first,) = make_batches(db, people.staff.kham, closed_bundle(db, people, 1))
    (second,) = make_batches(db, people.staff.kham, closed_bundle(db, people, 2))
    pane = open_pane(BatchesPane, people.vanh)
    approve_batch(db, people.vanh, first)
    pane.listing.table.selectAll()
    qtbot.keyClick(pane, Qt.Key.Key_F9)
    settle()
    assert "1 done, 1 refused" in pane.strip.text().replace("\u200b", "")
    assert db.read(batch, second).state == BatchState.APPROVED


def approved(db, people):
    for key in make_batches(db, people.staff.kham, closed_bundle(db, people, 1, 2)):
        approve_batch(db, people.vanh, key)


@pytest.mark.parametrize("kind", [BatchesPane, PaymentsPane])
def test_the_keyboard_starts_in_the_list(db, qtbot, settle, kind):
    people = open_treasury(db)
    approved(db, people)
    prepare_vouchers(db, people.mai)
    make_batches(db, people.staff.kham, closed_bundle(db, people, 3))
    stack = PaneStack(Desk(db, people.mai, Settings()), [kind])
    qtbot.addWidget(stack)
    stack.show()
    stack.activateWindow()
    qtbot.waitUntil(stack.isActiveWindow)
    stack.open(Place(kind.key))
    settle()
    pane = stack.current()
    assert pane.focusWidget() is (pane.listing if kind is BatchesPane else pane.vouchers.listing).table


def test_a_voucher_is_prepared_by_one_and_certified_and_posted_by_another(db, open_pane, qtbot, settle):
    people = open_treasury(db)
    approved(db, people)
    first = open_pane(PaymentsPane, people.mai)
    qtbot.keyClick(first, Qt.Key.Key_N, CTRL)
    settle()
    first.close()
    second = open_pane(PaymentsPane, people.tou)
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F9):  # the voucher stays chosen from one step to the next
        qtbot.keyClick(second, key)
        settle()
    (row,) = db.read(vouchers, PageWanted()).rows
    assert (row.state, row.prepared_by, row.certified_by) == (VoucherState.POSTED, "mai", "tou")
    assert row.posted_on == office_today()
    assert row.number == f"1003/{office_today().year}/00001"


def test_a_voucher_of_ones_own_is_not_offered_for_certifying_and_it_is_said_why(db, open_pane, qtbot, settle):
    people = open_treasury(db)
    approved(db, people)
    (key,) = prepare_vouchers(db, people.mai)
    own = open_pane(PaymentsPane, people.mai).vouchers
    assert not own.certify_button.isEnabled()
    assert own.note.plain == "You prepared this; another accountant certifies it."
    other = open_pane(PaymentsPane, people.tou).vouchers
    assert other.certify_button.isEnabled()
    assert not other.note.isVisible()
    certify_voucher(db, people.tou, key)
    own.refresh()
    settle()
    assert not own.note.isVisible()


def test_the_letters_open_on_the_newest_month_that_has_any(db, open_pane, settle):
    people = open_treasury(db)
    pended(db, people, "1", Decision.PEND, PEND)
    view = open_pane(PaymentsPane, people.mai).letters
    assert (view.months.first.text(), view.months.last.text()) == ("3/2026", "3/2026")
    assert [row.facility_code for row in view.listing.model.rows] == ["HC1"]


def posted(db, people):
    approved(db, people)
    (key,) = prepare_vouchers(db, people.mai)
    certify_voucher(db, people.tou, key)
    post_voucher(db, people.tou, key, on=office_today())
    return key


def test_a_posted_voucher_is_printed_and_sealed_into_a_file(db, open_pane, qtbot, settle, tmp_path, monkeypatch):
    people = open_treasury(db)
    posted(db, people)
    shown: list[Path] = []
    monkeypatch.setattr(voucher_view, "paper_folder", lambda: tmp_path)
    monkeypatch.setattr(voucher_view, "show_paper", shown.append)
    pane = open_pane(PaymentsPane, people.mai)
    qtbot.keyClick(pane, Qt.Key.Key_P, CTRL)
    settle()
    assert shown[0].read_bytes().startswith(b"%PDF")
    qtbot.keyClick(pane, Qt.Key.Key_B, CTRL)
    settle()
    assert db.read(payment_files, PageWanted()).kip == 2 * KIP
    assert pane.files.listing.model.count == 1


def test_a_posted_voucher_is_reversed_with_a_reason_and_an_open_one_cancelled(db, open_pane, qtbot, settle):
    people = open_treasury(db)
    posted(db, people)
    pane = open_pane(PaymentsPane, people.mai)
    for _ in ("reverse the posted one", "cancel that reversal, which is the newest"):
        pane.vouchers.listing.table.clearSelection()
        pane.vouchers.listing.table.selectRow(0)
        qtbot.keyClick(pane, Qt.Key.Key_R, CTRL)
        give_reason(qtbot, "paid to the wrong facility")
        settle()
        pane.activateWindow()
        qtbot.waitUntil(pane.isActiveWindow)
    assert [row.state for row in db.read(vouchers, PageWanted()).rows] == [VoucherState.CANCELLED, VoucherState.POSTED]


def letters_of_march(db, open_pane, settle, monkeypatch, tmp_path):
    """The letters of two facilities for March; what is shown lands in the list."""
    people = open_treasury(db)
    pended(db, people, "1", Decision.PEND, PEND)
    pended(db, people, "2", Decision.PEND, PEND, facility_code="HC2")
    pended(db, people, "3", Decision.ACCEPT, facility_code="DH1")
    shown: list[Path] = []
    monkeypatch.setattr(letter_view, "paper_folder", lambda: tmp_path)
    monkeypatch.setattr(letter_view, "show_paper", shown.append)
    pane = open_pane(PaymentsPane, people.mai)
    pane.switch.set_value("letters")
    view = pane.letters
    for edit in (view.months.first, view.months.last):
        edit.setFocus()
        edit.selectAll()
        type_keys(edit, "3/2026")
        edit.settle()
    settle()
    return pane, view, shown


def test_the_letter_of_a_facility_is_printed_in_the_language_chosen(
    db, open_pane, qtbot, settle, tmp_path, monkeypatch
):
    pane, view, shown = letters_of_march(db, open_pane, settle, monkeypatch, tmp_path)
    assert [row.facility_code for row in view.listing.model.rows] == ["DH1", "HC1", "HC2"]
    view.listing.table.selectRow(1)
    qtbot.keyClick(pane, Qt.Key.Key_P, CTRL)
    settle()
    view.language.set_value("en")
    qtbot.keyClick(pane, Qt.Key.Key_P, CTRL)
    settle()
    assert [path.name for path in shown] == ["letter-HC1-2026-03-lo.pdf", "letter-HC1-2026-03-en.pdf"]
    assert "Saved as" in pane.findChild(MessageStrip).text().replace("\u200b", "")


def test_the_letters_of_all_who_have_something_to_hear_go_into_one_folder(
    db, open_pane, qtbot, settle, tmp_path, monkeypatch
):
    pane, _, shown = letters_of_march(db, open_pane, settle, monkeypatch, tmp_path)
    qtbot.keyClick(pane, Qt.Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert shown == [tmp_path / "letters-2026-03-lo"]
    assert sorted(path.name for path in shown[0].iterdir()) == [
        "letter-HC1-2026-03-lo.pdf",
        "letter-HC2-2026-03-lo.pdf",
    ]


def test_an_auditor_sees_everything_and_can_do_nothing(db, open_pane):
    people = open_treasury(db)
    posted(db, people)
    pane = open_pane(PaymentsPane, people.vanh)
    assert pane.vouchers.listing.model.count == 1
    buttons = (pane.vouchers.prepare_button, pane.vouchers.post_button, pane.vouchers.undo_button)
    assert not any(button.isVisible() for button in buttons)
